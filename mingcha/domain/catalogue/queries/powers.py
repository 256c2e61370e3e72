"""Power lists beside item lists: who covers what."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mingcha.domain.catalogue.models import InspectionItem, PowerEntry
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach

Holdings = tuple[list[PowerEntry], list[InspectionItem]]


def powers_visible_to(user: User | AnonymousUser) -> QuerySet[PowerEntry]:
    """The power lists of the departments this person looks after."""
    return PowerEntry.objects.filter(department__in=reach(user, Permission.CATALOGUE_READ)).select_related(
        "department__region"
    )


def holdings_of(departments: Iterable[Department]) -> dict[int, Holdings]:
    """Department → its powers and its items in force: what `rules.match_powers` takes; two queries for all."""
    places = [department.pk for department in departments]
    powers: dict[int, list[PowerEntry]] = defaultdict(list)
    for power in PowerEntry.objects.filter(department__in=places).order_by("code"):
        powers[power.department_id].append(power)
    items: dict[int, list[InspectionItem]] = defaultdict(list)
    chosen = InspectionItem.objects.in_force().filter(item_list__department__in=places).select_related("item_list")
    for item in chosen.order_by("code"):
        items[item.item_list.department_id].append(item)
    return {place: (powers[place], items[place]) for place in places}
