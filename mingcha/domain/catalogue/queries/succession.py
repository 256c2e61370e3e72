"""调整前后衔接: the items of editions that hold no more, and what stands in their place now (S1-14)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department


def outlived_items(departments: Iterable[Department]) -> QuerySet[InspectionItem]:
    """The items of superseded editions of these departments."""
    return InspectionItem.objects.filter(
        item_list__department__in=departments, item_list__state=ListState.SUPERSEDED
    ).select_related("item_list__department")


def successors_of(items: Iterable[InspectionItem]) -> dict[int, InspectionItem]:
    """Item → the item of the same code in its department's edition in force; those without one are left out."""
    wanted = list(items)
    same = Q(pk__in=[])
    for place in {item.item_list.department_id for item in wanted}:
        codes = {item.code for item in wanted if item.item_list.department_id == place}
        same |= Q(item_list__department=place, code__in=codes)
    present = {
        (item.item_list.department_id, item.code): item
        for item in InspectionItem.objects.filter(same, item_list__state=ListState.IN_FORCE).select_related(
            "item_list__department"
        )
    }
    found = {item.pk: present.get((item.item_list.department_id, item.code)) for item in wanted}
    return {pk: item for pk, item in found.items() if item is not None}
