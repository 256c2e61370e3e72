"""整合相同或相近领域监管事项: alike items are brought together on a joint list, or set apart for a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.actions.joint import amend_entry, pick_item
from mingcha.domain.catalogue.models import InspectionItem, JointItem, JointList, SetApart
from mingcha.domain.catalogue.queries.alike import entry_in, leads_of, set_apart_before
from mingcha.domain.catalogue.rules import alike as rules
from mingcha.domain.catalogue.rules.joint import JointFields, check_writable, key_of
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def set_apart(
    department: Department, one: InspectionItem, other: InspectionItem, *, reason: str, by: User, at: datetime
) -> SetApart:
    """Say that two items that look alike are not to be brought together; nobody is asked again."""
    require(by, Permission.CATALOGUE_EDIT, within=department)
    department = locked(department)
    one, other = sorted((one, other), key=key_of)
    rules.check_pair(one, other)
    sectors = [one.sector, other.sector]
    rules.check_judged_by(department, leads_of(one.item_list.department.region, sectors), items=[one, other])
    first, second = key_of(one), key_of(other)
    rules.check_set_apart(reason, before=set_apart_before(first, second))
    row = SetApart.objects.create(
        department=department,
        one_department_id=first[0],
        one_code=first[1],
        other_department_id=second[0],
        other_code=second[1],
        reason=reason.strip(),
        decided_by=by,
        decided_at=at,
    )
    record("catalogue.set_apart", row, by=by, at=at, details={"codes": [one.code, other.code], "reason": row.reason})
    return row


@action
def take_together(
    joint: JointList,
    items: Sequence[InspectionItem],
    *,
    project: str,
    content: str,
    authorities: Mapping[int, str],
    by: User,
    at: datetime,
) -> list[JointItem]:
    """Put alike items on a joint draft as one project: one name and content, each department's own basis and powers.

    `authorities` is by the key of the item. What is on this draft already is renamed, not entered twice.
    """
    require(by, Permission.CATALOGUE_EDIT, within=joint.department)
    joint = locked(joint)
    check_writable(joint)
    rules.check_together(items)
    rules.check_authorities(items, authorities)
    shared = {"project": project, "content": content}
    entries = [
        _put(joint, item, rules.as_project(item, shared, authority=authorities[item.pk]), by=by, at=at)
        for item in items
    ]
    details = {"project": project.strip(), "codes": [item.code for item in items]}
    record("catalogue.taken_together", joint, by=by, at=at, details=details)
    return entries


def _put(joint: JointList, item: InspectionItem, said: JointFields, *, by: User, at: datetime) -> JointItem:
    entry = entry_in(joint, item)
    if entry is None:
        return pick_item(joint, item, by=by, at=at, **said)
    return amend_entry(entry, by=by, at=at, **said)
