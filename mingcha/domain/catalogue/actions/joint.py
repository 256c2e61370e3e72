"""跨部门联查事项清单: drawn up by the lead of a sector from the departments' lists, walked through the shared steps."""

from datetime import datetime
from typing import Unpack

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.actions import steps
from mingcha.domain.catalogue.models import InspectionItem, JointItem, JointList
from mingcha.domain.catalogue.queries.joint import batch_under_way, entries_of, keys_taken, next_batch
from mingcha.domain.catalogue.rules import PaperText
from mingcha.domain.catalogue.rules import joint as joint_rules
from mingcha.domain.catalogue.rules.joint import JointFields
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import BodyCode, Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.organisation.queries import body_for
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def draft_joint_list(department: Department, *, sector: str, by: User, at: datetime) -> JointList:
    """Begin the next batch of a sector that this department leads."""
    require(by, Permission.CATALOGUE_EDIT, within=department)
    department, sector = locked(department), sector.strip()
    joint_rules.check_sector(sector)
    lead = body_for(department.region, BodyCode.SECTOR_LEAD, sector=sector)
    joint_rules.check_lead(department, lead, sector=sector)
    joint_rules.check_batch_free(batch_under_way(department.region, sector))
    joint = JointList.objects.create(
        region=department.region,
        sector=sector,
        batch=next_batch(department.region, sector),
        department=department,
        drafted_by=by,
    )
    record("catalogue.joint_drafted", joint, by=by, at=at, details={"sector": sector, "batch": joint.batch})
    return joint


@action
def pick_item(
    joint: JointList, item: InspectionItem, *, by: User, at: datetime, **said: Unpack[JointFields]
) -> JointItem:
    """Put an item of a department on the list, with the five things the list must say."""
    require(by, Permission.CATALOGUE_EDIT, within=joint.department)
    joint = locked(joint)
    joint_rules.check_writable(joint)
    joint_rules.check_pickable(item, joint, taken=keys_taken(joint))
    joint_rules.check_five(said)
    entry = JointItem.objects.create(joint_list=joint, item=item, **_trimmed(said))
    details = {"code": item.code, "department": item.item_list.department.code}
    record("catalogue.joint_item_picked", joint, by=by, at=at, details=details)
    return entry


@action
def amend_entry(entry: JointItem, *, by: User, at: datetime, **said: Unpack[JointFields]) -> JointItem:
    """Say the five things of an item anew."""
    require(by, Permission.CATALOGUE_EDIT, within=entry.joint_list.department)
    joint_rules.check_writable(locked(entry.joint_list))
    entry = locked(entry)
    joint_rules.check_five(said)
    for field, value in _trimmed(said).items():
        setattr(entry, field, value)
    entry.save(update_fields=list(joint_rules.FIVE))
    record("catalogue.joint_item_amended", entry.joint_list, by=by, at=at, details={"code": entry.item.code})
    return entry


@action
def drop_entry(entry: JointItem, *, by: User, at: datetime) -> None:
    """Take an item off the list again."""
    require(by, Permission.CATALOGUE_EDIT, within=entry.joint_list.department)
    joint = locked(entry.joint_list)
    joint_rules.check_writable(joint)
    details = {"code": entry.item.code, "project": entry.project}
    locked(entry).delete()
    record("catalogue.joint_item_dropped", joint, by=by, at=at, details=details)


@action
def submit_joint_list(joint: JointList, *, by: User, at: datetime) -> JointList:
    """Hand a batch in: items of two departments at least, all in force."""
    require(by, Permission.CATALOGUE_EDIT, within=joint.department)
    joint = locked(joint)
    rules.check_at(joint, ListState.DRAFT)
    joint_rules.check_joint(list(entries_of(joint)))
    return steps.submit_paper(joint, text=text_of_joint(joint), by=by, at=at)


@action
def review_joint_list(
    joint: JointList, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> JointList:
    """法制审核, where the rules name it."""
    return steps.review_paper(joint, text=text_of_joint(joint), opinion=opinion, seen=seen, by=by, at=at)


@action
def approve_joint_list(
    joint: JointList, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> JointList:
    """The head of the lead department approves."""
    return steps.approve_paper(joint, text=text_of_joint(joint), opinion=opinion, seen=seen, by=by, at=at)


@action
def authorise_joint_list(
    joint: JointList, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> JointList:
    """One of the bodies that the rules name agrees (编办, 法制办)."""
    return steps.authorise_paper(joint, text=text_of_joint(joint), opinion=opinion, seen=seen, by=by, at=at)


@action
def return_joint_list(joint: JointList, *, reason: str, by: User, at: datetime) -> JointList:
    """Back to the lead, with what has to be put right."""
    return steps.return_paper(joint, text=text_of_joint(joint), reason=reason, by=by, at=at)


@action
def publish_joint_list(joint: JointList, *, by: User, at: datetime) -> JointList:
    """Every recipient has given its number (商改办, 优化办): the batch is published beside those before."""
    return steps.publish_paper(joint, text=text_of_joint(joint), by=by, at=at)


def text_of_joint(joint: JointList) -> PaperText:
    """What is decided on, as it stands now."""
    return joint_rules.joint_text(joint, entries_of(joint))


def _trimmed(said: JointFields) -> dict[str, str]:
    return {field: str(value).strip() for field, value in said.items()}
