"""Which items' links cannot become fewer now, and for which draw."""

from django.db.models import Exists, OuterRef, QuerySet

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import ItemLink, LinkHold


def hold_on(department: Department, item_code: str) -> LinkHold | None:
    """The earliest hold on an item's links."""
    return LinkHold.objects.filter(department=department, item_code=item_code).first()


def hold_among(links: QuerySet[ItemLink]) -> LinkHold | None:
    """A hold on one of these links."""
    mine = links.filter(department=OuterRef("department"), item_code=OuterRef("item_code"))
    return LinkHold.objects.filter(Exists(mine)).first()


def holds_of(department: Department) -> dict[str, list[str]]:
    """A draw's number → the codes of the department's items that it holds."""
    found: dict[str, list[str]] = {}
    for hold in LinkHold.objects.filter(department=department).order_by("since", "held_for", "item_code"):
        found.setdefault(hold.held_for, []).append(hold.item_code)
    return found
