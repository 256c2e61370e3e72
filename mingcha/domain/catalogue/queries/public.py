"""What the public sees of lists, joint lists and rulebooks: nothing that is still being written."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from mingcha.domain.catalogue.models import Freeze, InspectionItem, ItemList, JointList, PowerEntry, Rulebook
from mingcha.domain.catalogue.queries.lists import edition_in_force, items_in_force
from mingcha.domain.catalogue.states import HELD, ListState
from mingcha.domain.organisation.models import Department

SAID = ("code", "title", "sub_items", "legal_basis", "object_kind", "content", "inspecting_body", "bases__law__title")


def public_items(
    *, department: str = "", domain: str = "", sector: str = "", item_class: str = "", text: str = ""
) -> QuerySet[InspectionItem]:
    """The items in force, narrowed by what a citizen may know of them, with the articles they rest on."""
    items = items_in_force().prefetch_related("bases__law")
    exact = {
        "item_list__department__code": department,
        "market_regulation": {"market": True, "other": False}.get(domain, ""),
        "sector": sector,
        "item_class": item_class,
    }
    items = items.filter(**{name: value for name, value in exact.items() if value != ""})
    return items.filter(pk__in=_saying(text)) if text else items


def _saying(text: str) -> QuerySet[InspectionItem, Any]:
    wanted = Q()
    for field in SAID:
        wanted |= Q(**{f"{field}__icontains": text})
    return InspectionItem.objects.filter(wanted).order_by().values("pk")


def public_sectors() -> list[str]:
    """The 监管领域 that items in force name."""
    named = items_in_force().exclude(sector="").order_by("sector")
    return list(named.values_list("sector", flat=True).distinct())


def public_editions(department: Department) -> QuerySet[ItemList]:
    """What holds and what held, the first edition first."""
    return (
        ItemList.objects.filter(department=department, state__in=HELD).select_related("department").order_by("edition")
    )


def public_held_items() -> QuerySet[InspectionItem]:
    """Every item that ever held, frozen and replaced ones too: a link that was given out once keeps its page."""
    held = InspectionItem.objects.filter(item_list__state__in=HELD)
    return held.select_related("item_list__department").prefetch_related("bases__law")


def successor_of(item: InspectionItem) -> tuple[ItemList | None, InspectionItem | None]:
    """The edition that replaced an item's own, and the item of the same code in it; a frozen one is named too."""
    edition = edition_in_force(item.item_list.department)
    if edition is None or edition == item.item_list:
        return None, None
    return edition, edition.items.filter(code=item.code).first()


def frozen_in_force() -> QuerySet[Freeze]:
    """Items that stand on a list in force and may not be inspected, their law being repealed."""
    frozen = Freeze.objects.filter(lifted_at=None, item__item_list__state=ListState.IN_FORCE)
    return frozen.select_related("item__item_list__department", "law").order_by(
        "item__item_list__department__code", "pk"
    )


def public_joint_lists() -> QuerySet[JointList]:
    """Batch by batch, the newest of a sector first; earlier batches hold beside it."""
    return (
        JointList.objects.filter(state=ListState.IN_FORCE)
        .select_related("department", "region")
        .prefetch_related("items__item__item_list__department")
        .order_by("region", "sector", "-batch")
    )


def public_rulebooks() -> QuerySet[Rulebook]:
    """The rulebooks that departments inspect by."""
    held = Rulebook.objects.filter(state=ListState.IN_FORCE)
    return held.select_related("department__region", "parent__department").order_by("department__code")


def departments_with_list() -> QuerySet[ItemList, Any]:
    """The keys of departments that have a list in force, for a filter."""
    return ItemList.objects.filter(state=ListState.IN_FORCE).order_by().values("department")


def departments_to_compare() -> QuerySet[ItemList, Any]:
    """The keys of departments that have published two editions at least, for a filter."""
    held = ItemList.objects.filter(state__in=HELD).order_by().values("department")
    return held.annotate(editions=Count("pk")).filter(editions__gte=2).values("department")


def departments_with_rulebook() -> QuerySet[Rulebook, Any]:
    """The keys of departments that have a rulebook in force, for a filter."""
    return Rulebook.objects.filter(state=ListState.IN_FORCE).order_by().values("department")


def departments_with_powers() -> QuerySet[PowerEntry, Any]:
    """The keys of departments whose power list names an inspection, for a filter."""
    return PowerEntry.objects.order_by().values("department")
