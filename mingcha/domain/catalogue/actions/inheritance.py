"""Taking over the list of the department above: province → city → county."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.actions.items import write_checkpoints
from mingcha.domain.catalogue.actions.laws import carry_bases
from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.queries import local_creation_closed_by
from mingcha.domain.catalogue.queries.inheritance import items_with_sources
from mingcha.domain.catalogue.rules.inheritance import check_chosen, check_upper, offers_of
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def inherit_items(
    item_list: ItemList, *, upper: ItemList, codes: Collection[str], by: User, at: datetime
) -> list[InspectionItem]:
    """Take the chosen items of the upper list over into a draft, locked; an item that is gone up there is released."""
    require(by, Permission.CATALOGUE_EDIT, within=item_list.department)
    item_list = locked(item_list)
    rules.check_editable(item_list)
    rules.check_local_creation(local_creation_closed_by(item_list.department, on=timezone.localdate(at)))
    check_upper(upper, item_list)
    above = {item.code: item for item in items_with_sources(upper)}
    here = {item.code: item for item in items_with_sources(item_list)}
    check_chosen(codes, offers_of(above.values(), here.values(), source=upper))
    taken = [_take(above.get(code), here.get(code), into=item_list) for code in sorted(codes)]
    item_list.inherits = upper
    item_list.save(update_fields=["inherits"])
    details = {"upper": str(upper), "codes": sorted(codes)}
    record("catalogue.items_inherited", item_list, by=by, at=at, details=details)
    return taken


def _take(above: InspectionItem | None, here: InspectionItem | None, *, into: ItemList) -> InspectionItem:
    if here is None:
        assert above is not None  # check_chosen: a code is above or here
        return _copy(above, into=into)
    if above is None:
        here.inherited_from = None
    else:
        for field in rules.LOCKED:
            setattr(here, field, getattr(above, field))
        here.ratio, here.frequency, here.inherited_from = above.ratio, above.frequency, above
    here.save(update_fields=[*rules.LOCKED, "ratio", "frequency", "inherited_from"])
    return here


def _copy(above: InspectionItem, *, into: ItemList) -> InspectionItem:
    """The upper item as ours: we inspect, our office, our people."""
    item = InspectionItem.objects.get(pk=above.pk)
    item.pk, item._state.adding, item.item_list, item.inherited_from = None, True, into, above
    item.inspecting_body, item.office = into.department.name, ""
    item.save(force_insert=True)
    write_checkpoints(item, [rules.checkpoint_text(point) for point in above.checkpoints.all()])
    carry_bases(above, item)
    return item
