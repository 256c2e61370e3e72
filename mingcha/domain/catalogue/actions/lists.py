"""A department's list: begun, explained, and walked through the steps of its place until it holds."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.actions import steps
from mingcha.domain.catalogue.actions.items import write_checkpoints
from mingcha.domain.catalogue.actions.laws import carry_bases
from mingcha.domain.catalogue.models import (
    TEXT_FORM,
    ChangeNote,
    ChangeReason,
    Checkpoint,
    InspectionItem,
    ItemList,
)
from mingcha.domain.catalogue.queries import (
    edition_in_force,
    edition_under_way,
    items_with_checkpoints,
    material_of,
    next_edition,
    reasons_allowed,
    required_codes,
)
from mingcha.domain.catalogue.queries.laws import items_with_bases, laws_registered_for
from mingcha.domain.catalogue.rules import PaperText
from mingcha.domain.catalogue.rules.laws import check_bases
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def draft_list(department: Department, *, by: User, at: datetime) -> ItemList:
    """Begin the next edition: a copy of the one in force, or an empty first one."""
    require(by, Permission.CATALOGUE_EDIT, within=department)
    department = locked(department)
    rules.check_draftable(edition_under_way(department))
    present = edition_in_force(department)
    draft = ItemList.objects.create(
        department=department,
        edition=next_edition(department),
        drafted_by=by,
        inherits=present.inherits if present is not None else None,
    )
    copied = [_copy(item, points, into=draft) for item, points in items_with_checkpoints(present)]
    record("catalogue.drafted", draft, by=by, at=at, details={"edition": draft.edition, "copied": len(copied)})
    return draft


def _copy(item: InspectionItem, points: Sequence[Checkpoint], *, into: ItemList) -> InspectionItem:
    original = InspectionItem.objects.get(pk=item.pk)
    item.pk, item._state.adding, item.item_list = None, True, into
    item.save(force_insert=True)
    write_checkpoints(item, [rules.checkpoint_text(point) for point in points])
    carry_bases(original, item)
    return item


@action
def explain_change(item_list: ItemList, *, reason: str, note: str, by: User, at: datetime) -> ItemList:
    """Say why a draft differs from the edition in force, for every item that does not say so itself."""
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    rules.check_reason(reason, note, allowed=reasons_allowed(item_list.department, on=timezone.localdate(at)))
    item_list.change_reason, item_list.change_note = ChangeReason(reason), note.strip()
    item_list.save(update_fields=["change_reason", "change_note"])
    record("catalogue.change_explained", item_list, by=by, at=at, details={"reason": reason, "note": note.strip()})
    return item_list


@action
def explain_item(item_list: ItemList, code: str, *, reason: str, note: str, by: User, at: datetime) -> ChangeNote:
    """Say why one item was added, taken out or changed; said again, the new words hold."""
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    items, before, _notes = material_of(item_list)
    rules.check_changed(code, rules.changes_between(rules.edition_facts(before or []), rules.edition_facts(items)))
    rules.check_reason(reason, note, allowed=reasons_allowed(item_list.department, on=timezone.localdate(at)))
    said, _new = ChangeNote.objects.update_or_create(
        item_list=item_list, code=code, defaults={"reason": ChangeReason(reason), "note": note.strip()}
    )
    details = {"code": code, "reason": reason, "note": note.strip()}
    record("catalogue.item_explained", item_list, by=by, at=at, details=details)
    return said


@action
def submit_list(item_list: ItemList, *, by: User, at: datetime) -> ItemList:
    """Hand a draft in: it is whole, rests on laws that hold, and says why it changes what is in force."""
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_at(item_list, ListState.DRAFT)
    on, department = timezone.localdate(at), item_list.department
    items, before, notes = material_of(item_list)
    rules.check_complete(items, required=rules.required_by(*required_codes(department, on=on)))
    check_bases(items_with_bases(item_list), on=on, linked=laws_registered_for(department.region))
    changes = rules.changes_between(rules.edition_facts(before or []), rules.edition_facts(items))
    rules.check_explained(rules.explained(changes, item_list, notes), first=before is None)
    item_list.text_form = TEXT_FORM  # also of a draft that was begun under an earlier form
    item_list.save(update_fields=["text_form"])
    return steps.submit_paper(item_list, text=text_of(item_list), by=by, at=at)


@action
def review_list(item_list: ItemList, *, opinion: str = "", seen: str | None = None, by: User, at: datetime) -> ItemList:
    """法制审核 by the legal office that the rules name."""
    return steps.review_paper(item_list, text=text_of(item_list), opinion=opinion, seen=seen, by=by, at=at)


@action
def approve_list(
    item_list: ItemList, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> ItemList:
    """The head of the department approves, as another person than the drafter.

    `seen` is the digest of the text that was read: a later change is refused.
    """
    return steps.approve_paper(item_list, text=text_of(item_list), opinion=opinion, seen=seen, by=by, at=at)


@action
def authorise_list(
    item_list: ItemList, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> ItemList:
    """One of the bodies that the rules name agrees."""
    return steps.authorise_paper(item_list, text=text_of(item_list), opinion=opinion, seen=seen, by=by, at=at)


@action
def return_list(item_list: ItemList, *, reason: str, by: User, at: datetime) -> ItemList:
    """Back to the drafter, with what has to be put right."""
    return steps.return_paper(item_list, text=text_of(item_list), reason=reason, by=by, at=at)


@action
def publish_list(item_list: ItemList, *, by: User, at: datetime) -> ItemList:
    """Every recipient has given its number: the edition comes into force, the one before gives way.

    A law that was repealed while the edition was on its way stops it here (S3-01).
    """
    linked = laws_registered_for(item_list.department.region)
    check_bases(items_with_bases(item_list), on=timezone.localdate(at), linked=linked)
    return steps.publish_paper(item_list, text=text_of(item_list), by=by, at=at)


def text_of(item_list: ItemList) -> PaperText:
    """What is decided on, as it stands now."""
    return rules.list_text(item_list, *material_of(item_list))
