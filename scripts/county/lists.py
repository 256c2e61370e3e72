"""The departments' item lists: drafted by the handler, reviewed, approved by the head, filed, in force."""

from datetime import datetime

from demo.departments import INSPECTING
from demo.items import Item, items_of
from mingcha.domain.catalogue.actions import (
    approve_list,
    draft_list,
    enter_item,
    joint,
    publish_list,
    review_list,
    submit_list,
)
from mingcha.domain.catalogue.models import InspectionItem, ItemList, JointList, Law, Rulebook
from mingcha.domain.catalogue.queries import filings_of
from mingcha.domain.catalogue.queries.joint import pickable_items
from mingcha.domain.catalogue.rules import CheckpointText
from mingcha.domain.catalogue.rules.joint import fields_from
from mingcha.domain.filings.actions import acknowledge, send_filing
from mingcha.domain.organisation.models import User
from scripts.county.laws import rest_on
from scripts.county.setting import Setting


def publish_lists(setting: Setting, laws: dict[str, Law], *, days: int) -> None:
    """Every inspecting department's list, through all the steps of the county's rules, in force."""
    for place, department in enumerate(INSPECTING):
        handler, head = setting.handler(department.code), setting.head(department.code)
        drafted_at = setting.at(days, 9, place)
        draft = draft_list(setting.departments[department.code], by=handler, at=drafted_at)
        for item in items_of(department.code):
            rest_on(_enter(draft, item, by=handler, at=drafted_at), item, laws, by=handler, at=drafted_at)
        submit_list(draft, by=handler, at=setting.at(days, 15, place))
        review_list(
            draft,
            opinion="依据现行有效，未超越职权",
            by=setting.users["fazhi"],
            at=setting.at(days, 17, place),
        )
        approved = approve_list(draft, opinion="同意", by=head, at=setting.at(days + 1, 9, place))
        if not approved.is_in_force:
            file_paper(setting, approved, number=place + 1, by=handler, at=setting.at(days + 1, 10, place))
            publish_list(approved, by=head, at=setting.at(days + 1, 16, place))


def _enter(draft: ItemList, item: Item, *, by: User, at: datetime) -> InspectionItem:
    return enter_item(
        draft,
        item.code,
        title=item.title,
        legal_basis=item.legal_basis,
        item_class=item.item_class,
        object_kind=item.object_kind,
        checkpoints=[CheckpointText(c.text, c.guidance, c.photo_required) for c in item.checkpoints],
        method=item.method,
        content=item.content,
        ratio_text=item.ratio_text,
        frequency_text=item.frequency_text,
        required_skill=item.skill,
        sector=item.sector,
        key_sector=item.key_sector,
        office=item.office,
        personnel=item.personnel,
        by=by,
        at=at,
    )


def file_paper(
    setting: Setting, approved: ItemList | JointList | Rulebook, *, number: int, by: User, at: datetime
) -> None:
    """Hand it to whom the rules name; the recipient's own people answer with the number of their book."""
    receivers = {setting.users[name].department_id: setting.users[name] for name in ("beian", "fazhiban", "youhua")}
    for filing in filings_of(approved):
        send_filing(filing, by=by, at=at)
        receipt = f"示市监备〔{at.year}〕{number}号"
        acknowledge(filing, number=receipt, by=receivers[filing.recipient_id], at=at)


def publish_joint_list(setting: Setting, *, sector: str, lead: str, authority: str, days: int) -> JointList:
    """The first batch of a sector, of every item that its departments have in force, through the county's steps."""
    handler, head = setting.handler(lead), setting.head(lead)
    at = setting.at(days, 9)
    listed = joint.draft_joint_list(setting.departments[lead], sector=sector, by=handler, at=at)
    for item in pickable_items(listed):
        said = fields_from(item)
        said["authority"] = authority
        joint.pick_item(listed, item, **said, by=handler, at=at)
    joint.submit_joint_list(listed, by=handler, at=setting.at(days, 11))
    joint.review_joint_list(listed, by=setting.users["fazhi"], at=setting.at(days, 14))
    listed = joint.approve_joint_list(listed, by=head, at=setting.at(days, 16))
    for body in ("bianban", "fazhiban"):
        if listed.state == "AUTHORISATION":
            listed = joint.authorise_joint_list(
                listed, opinion="同意", by=setting.users[body], at=setting.at(days + 1, 9)
            )
    if not listed.is_in_force:
        file_paper(setting, listed, number=1, by=handler, at=setting.at(days + 1, 10))
        listed = joint.publish_joint_list(listed, by=head, at=setting.at(days + 1, 16))
    return listed
