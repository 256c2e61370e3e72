"""Which firms may be drawn for which items, counted by the set of items: what a simulation of a list reads."""

from collections import Counter
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from mingcha.domain.organisation.models import Region
from mingcha.domain.registers.models import ItemLink
from mingcha.domain.registers.queries.subjects import firms_in
from mingcha.domain.registers.states import SubjectState

ItemKey = tuple[int, str]
NOT_DRAWN = (SubjectState.PENDING, SubjectState.CLOSED, SubjectState.VOID)
CHUNK = 10_000


def firms_by_items(region: Region, items: Collection[ItemKey]) -> Counter[frozenset[ItemKey]]:
    """The set of items that a firm is linked to → how many such firms there are; linked to none is a set too.

    By the firm's code, as the frame of a draw has it: a link in a county's register counts in that of its city.
    """
    drawable = firms_in(region).exclude(state__in=NOT_DRAWN).order_by()
    wanted = Q(pk__in=[])
    for department in {department for department, _code in items}:
        wanted |= Q(department=department, item_code__in=[code for place, code in items if place == department])
    rows = ItemLink.objects.filter(wanted, subject__code__in=drawable.values("code")).order_by("subject__code")
    linked = rows.values_list("subject__code", "department", "item_code").iterator(chunk_size=CHUNK)
    groups: Counter[frozenset[ItemKey]] = Counter(
        frozenset((department, code) for _firm, department, code in firm)
        for _firm, firm in groupby(linked, key=itemgetter(0))
    )
    groups[frozenset()] = drawable.count() - sum(groups.values())
    return +groups


def items_without_links(items: Collection[ItemKey]) -> set[ItemKey]:
    """The items for which their department keeps no links at all: everybody may be drawn for them."""
    departments = {department for department, _code in items}
    kept = ItemLink.objects.filter(department__in=departments).order_by()
    return set(items) - set(kept.values_list("department", "item_code").distinct())
