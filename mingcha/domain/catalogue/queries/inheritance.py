"""The lists of the departments above, and what of them a department has taken over."""

from django.db.models import QuerySet

from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.queries.lists import edition_in_force
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.queries import around


def upper_lists_for(department: Department) -> QuerySet[ItemList]:
    """The lists in force of the departments of the city and the province around."""
    above = [code for code in around(department.region) if code != department.region.code]
    held = ItemList.objects.filter(state=ListState.IN_FORCE, department__region__code__in=above)
    return held.select_related("department__region").order_by("-department__region__code", "department__code")


def newer_upper_edition(item_list: ItemList) -> ItemList | None:
    """The edition that the upper department has in force by now, when it is not the one taken over."""
    if item_list.inherits is None:
        return None
    present = edition_in_force(item_list.inherits.department)
    return present if present is not None and present.pk != item_list.inherits_id else None


def items_with_sources(item_list: ItemList) -> list[InspectionItem]:
    """The items of a list, each with the upper item it was taken over from."""
    return list(item_list.items.select_related("inherited_from__item_list__department").order_by("code"))
