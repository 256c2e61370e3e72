"""Writing a department's item list and bringing it into force."""

from collections.abc import Sequence
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.models import ChangeReason, Checkpoint, InspectionItem, ItemList
from mingcha.domain.catalogue.queries import draft_of, edition_in_force, items_with_checkpoints, next_edition
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
    rules.check_draftable(draft_of(department))
    draft = ItemList.objects.create(department=department, edition=next_edition(department), drafted_by=by)
    copied = 0
    for item, points in items_with_checkpoints(edition_in_force(department)):
        item.pk, item._state.adding, item.item_list = None, True, draft
        item.save(force_insert=True)
        _write_checkpoints(item, [(point.text, point.guidance, point.photo_required) for point in points])
        copied += 1
    record("catalogue.drafted", draft, by=by, at=at, details={"edition": draft.edition, "copied": copied})
    return draft


@action
def enter_item(
    item_list: ItemList,
    code: str,
    *,
    title: str,
    legal_basis: str,
    item_class: str,
    object_kind: str,
    checkpoints: Sequence[rules.CheckpointText],
    method: str,
    content: str = "",
    ratio_text: str = "",
    frequency_text: str = "",
    market_regulation: bool = True,
    by: User,
    at: datetime,
) -> InspectionItem:
    """Write an item into a draft."""
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    rules.check_enterable(code, taken=item_list.items.values_list("code", flat=True))
    rules.check_item(title=title, object_kind=object_kind, item_class=item_class, method=method)
    rules.check_checkpoints(checkpoints)
    item = InspectionItem.objects.create(
        item_list=item_list,
        code=code,
        title=title.strip(),
        legal_basis=legal_basis.strip(),
        item_class=item_class,
        market_regulation=market_regulation,
        method=method,
        object_kind=object_kind.strip(),
        content=content.strip(),
        ratio_text=ratio_text.strip(),
        frequency_text=frequency_text.strip(),
    )
    _write_checkpoints(item, checkpoints)
    record("catalogue.item_entered", item, by=by, at=at, details={"code": code, "edition": item_list.edition})
    return item


@action
def amend_item(
    item: InspectionItem,
    *,
    title: str,
    legal_basis: str,
    item_class: str,
    object_kind: str,
    checkpoints: Sequence[rules.CheckpointText],
    method: str,
    content: str = "",
    ratio_text: str = "",
    frequency_text: str = "",
    market_regulation: bool = True,
    by: User,
    at: datetime,
) -> InspectionItem:
    """Change an item of a draft; its code stays, so that editions can be compared."""
    require(by, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    rules.check_editable(locked(item.item_list))
    item = locked(item)
    rules.check_item(title=title, object_kind=object_kind, item_class=item_class, method=method)
    rules.check_checkpoints(checkpoints)
    item.title, item.legal_basis, item.object_kind = title.strip(), legal_basis.strip(), object_kind.strip()
    item.item_class, item.method, item.market_regulation = item_class, method, market_regulation
    item.content, item.ratio_text, item.frequency_text = content.strip(), ratio_text.strip(), frequency_text.strip()
    item.save(update_fields=rules.COMPARED)
    item.checkpoints.all().delete()
    _write_checkpoints(item, checkpoints)
    record("catalogue.item_amended", item, by=by, at=at, details={"code": item.code})
    return item


def _write_checkpoints(item: InspectionItem, checkpoints: Sequence[rules.CheckpointText]) -> None:
    Checkpoint.objects.bulk_create(
        Checkpoint(item=item, position=position, text=text.strip(), guidance=guidance.strip(), photo_required=photo)
        for position, (text, guidance, photo) in enumerate(checkpoints, start=1)
    )


@action
def remove_item(item: InspectionItem, *, by: User, at: datetime) -> None:
    """Take an item out of a draft; the editions before keep it."""
    require(by, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    draft = locked(item.item_list)
    rules.check_editable(draft)
    item = locked(item)
    details = {"code": item.code, "title": item.title}
    item.checkpoints.all().delete()
    item.delete()
    record("catalogue.item_removed", draft, by=by, at=at, details=details)


@action
def explain_change(item_list: ItemList, *, reason: str, note: str, by: User, at: datetime) -> ItemList:
    """Say why a draft differs from the edition in force."""
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    rules.check_reason(reason, note)
    item_list.change_reason, item_list.change_note = ChangeReason(reason), note.strip()
    item_list.save(update_fields=["change_reason", "change_note"])
    record("catalogue.change_explained", item_list, by=by, at=at, details={"reason": reason, "note": note.strip()})
    return item_list


@action
def bring_into_force(item_list: ItemList, *, by: User, at: datetime, seen: str | None = None) -> ItemList:
    """Approve a draft, as another person than its drafter; the edition in force gives way.

    `seen` is the digest of the text that the approver read: a later change is refused.
    """
    require(by, Permission.CATALOGUE_APPROVE, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    rules.check_approver(item_list, approver_id=by.pk)
    items = items_with_checkpoints(item_list)
    rules.check_complete(items)
    previous = edition_in_force(item_list.department)
    present = rules.edition_facts(items)
    rules.check_seen(seen, present=rules.digest_of(present))
    changes = rules.changes_between(rules.edition_facts(items_with_checkpoints(previous)), present)
    rules.check_explained(item_list, changes, first=previous is None)
    if previous is not None:
        previous.move_to(ListState.SUPERSEDED)
        previous.save(update_fields=["state"])
    item_list.move_to(ListState.IN_FORCE)
    item_list.approved_by, item_list.in_force_at = by, at
    item_list.save(update_fields=["state", "approved_by", "in_force_at"])
    details = {"edition": item_list.edition, "items": len(items), "sha256": rules.digest_of(present)}
    record("catalogue.in_force", item_list, by=by, at=at, details={**details, "changes": len(changes)})
    return item_list
