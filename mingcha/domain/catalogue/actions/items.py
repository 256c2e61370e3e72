"""Writing the items of a draft: by hand, from the superior system, never in a list that was handed in."""

from datetime import datetime
from typing import Unpack

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemList
from mingcha.domain.catalogue.queries import local_creation_closed_by
from mingcha.domain.catalogue.rules import CheckpointText, ItemFields, OutsideFields
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked

WRITTEN = [*rules.COMPARED, "ratio", "frequency"]


@action
def enter_item(
    item_list: ItemList,
    code: str,
    *,
    checkpoints: rules.Checkpoints,
    by: User,
    at: datetime,
    **given: Unpack[ItemFields],
) -> InspectionItem:
    """Write an item into a draft; not where the superior system's list rules."""
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    rules.check_local_creation(local_creation_closed_by(item_list.department, on=timezone.localdate(at)))
    rules.check_enterable(code, taken=item_list.items.values_list("code", flat=True))
    said = rules.told(given)
    rules.check_item(said)
    rules.check_checkpoints(checkpoints)
    item = InspectionItem(item_list=item_list, code=code)
    _write(item, said)
    write_checkpoints(item, checkpoints)
    record("catalogue.item_entered", item, by=by, at=at, details={"code": code, "edition": item_list.edition})
    return item


@action
def amend_item(
    item: InspectionItem, *, checkpoints: rules.Checkpoints, by: User, at: datetime, **given: Unpack[ItemFields]
) -> InspectionItem:
    """Change an item of a draft; its code stays, and so does what another list rules over."""
    require(by, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    rules.check_editable(locked(item.item_list))
    item = locked(item)
    said = rules.told(given)
    rules.check_item(said)
    rules.check_unlocked(item, said)
    rules.check_left_to_outside(
        item, said, local_creation_closed_by(item.item_list.department, on=timezone.localdate(at))
    )
    rules.check_checkpoints(checkpoints)
    _write(item, said)
    item.checkpoints.all().delete()
    write_checkpoints(item, checkpoints)
    record("catalogue.item_amended", item, by=by, at=at, details={"code": item.code})
    return item


@action
def remove_item(item: InspectionItem, *, by: User, at: datetime) -> None:
    """Take an item out of a draft; the editions before keep it."""
    require(by, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    draft = locked(item.item_list)
    rules.check_editable(draft)
    rules.check_local_creation(local_creation_closed_by(draft.department, on=timezone.localdate(at)))
    item = locked(item)
    rules.check_removable(item)
    details = {"code": item.code, "title": item.title}
    erase(item)
    record("catalogue.item_removed", draft, by=by, at=at, details=details)


@action
def take_over_item(
    item_list: ItemList, code: str, *, source: str, by: User, at: datetime, **theirs: Unpack[OutsideFields]
) -> InspectionItem:
    """Write into a draft what the superior system says of an item: a new one, or the five attributes of the present.

    What only we know of a present item (its class, objects, checkpoints …) stays. `source` names the outside list.
    """
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    item = item_list.items.filter(code=code).first()
    if item is None:
        rules.check_enterable(code, taken=())
        item = InspectionItem(item_list=item_list, code=code)
        said = rules.as_new(theirs, code=code)
    else:
        said = rules.as_theirs(item, theirs)
        rules.check_unlocked(item, said)
    rules.check_taken_over(said)
    _write(item, said)
    record("catalogue.item_taken_over", item, by=by, at=at, details={"code": code, "source": source})
    return item


@action
def leave_out_item(item: InspectionItem, *, source: str, by: User, at: datetime) -> None:
    """Take an item out of a draft because the superior system no longer has it."""
    require(by, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    draft = locked(item.item_list)
    rules.check_editable(draft)
    item = locked(item)
    rules.check_removable(item)
    details = {"code": item.code, "title": item.title, "source": source}
    erase(item)
    record("catalogue.item_removed", draft, by=by, at=at, details=details)


def _write(item: InspectionItem, said: ItemFields) -> None:
    """Every field as it is said; what ratio and frequency mean beside their words."""
    for name in rules.COMPARED:
        setattr(item, name, said[name])  # type: ignore[literal-required]  # told() has every one
    item.inspecting_body = item.inspecting_body or item.item_list.department.name
    item.ratio = list(rules.read_ratio(item.ratio_text) or rules.read_ratio(item.frequency_text))
    item.frequency = list(rules.read_frequency(item.frequency_text) or rules.read_frequency(item.ratio_text))
    if item._state.adding:
        item.save(force_insert=True)
    else:
        item.save(update_fields=WRITTEN)


def write_checkpoints(item: InspectionItem, checkpoints: rules.Checkpoints) -> None:
    """The checkpoints of an item in their order; inside an action of this app."""
    points = (CheckpointText(*given) for given in checkpoints)
    Checkpoint.objects.bulk_create(
        Checkpoint(
            item=item,
            position=position,
            text=point.text.strip(),
            guidance=point.guidance.strip(),
            photo_required=point.photo_required,
            criterion=point.criterion.strip(),
            article=point.article.strip(),
        )
        for position, point in enumerate(points, start=1)
    )


def erase(item: InspectionItem) -> None:
    """An item of a draft with everything that hangs on it; inside an action of this app."""
    item.checkpoints.all().delete()
    item.bases.all().delete()
    item.delete()
