"""Which lists and items there are, which hold."""

from datetime import date
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet

from mingcha.domain.catalogue.models import (
    ChangeNote,
    ChangeReason,
    Checkpoint,
    InspectionItem,
    ItemList,
    ItemQuerySet,
)
from mingcha.domain.catalogue.states import HELD, UNDER_WAY, ListState
from mingcha.domain.organisation.models import Body, Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import departments_in
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.kit.errors import Refused


class Material(NamedTuple):
    """An edition whole, with what it follows and why it differs."""

    items: list[tuple[InspectionItem, list[Checkpoint]]]
    before: list[tuple[InspectionItem, list[Checkpoint]]] | None
    notes: list[ChangeNote]


def item_lists_visible_to(user: User) -> QuerySet[ItemList]:
    """Every edition of the departments this person looks after, drafts included; what is laid before the own body."""
    theirs = Q(department__in=reach(user, Permission.CATALOGUE_READ))
    return ItemList.objects.filter(theirs | laid_before(user)).select_related(
        "department__region", "drafted_by", "approved_by"
    )


def laid_before(user: User) -> Q:
    """Papers past their department's head, in the places where this person's department plays a body of the rules."""
    bodies = Body.objects.filter(department__in=reach(user, Permission.CATALOGUE_AUTHORISE))
    places = Q(pk__in=[])
    for region in Region.objects.filter(pk__in=bodies.values("region")):
        places |= Q(department__region__code__startswith=region.prefix)
    return places & ~Q(state__in=(ListState.DRAFT, ListState.LEGAL_REVIEW, ListState.APPROVAL))


def items_visible_to(user: User) -> ItemQuerySet:
    """Every item of every edition this person may see."""
    return InspectionItem.objects.filter(item_list__in=item_lists_visible_to(user)).select_related(
        "item_list__department"
    )


def items_in_force(*, department: Department | None = None, region: Region | None = None) -> QuerySet[InspectionItem]:
    """The items that may be inspected now: of a department, of a region with those inside it, or all."""
    items = InspectionItem.objects.in_force().select_related("item_list__department")
    if department is not None:
        items = items.filter(item_list__department=department)
    if region is not None:
        items = items.filter(item_list__department__in=departments_in(region))
    return items.order_by("item_list__department__code", "code")


def current_edition_of(item: InspectionItem) -> InspectionItem | None:
    """The item of the same code in the edition that its department has in force now."""
    return items_in_force(department=item.item_list.department).filter(code=item.code).first()


def edition_in_force(department: Department) -> ItemList | None:
    """The list that a department inspects by."""
    return ItemList.objects.filter(department=department, state=ListState.IN_FORCE).first()


def draft_of(department: Department) -> ItemList | None:
    """The edition that a department is writing."""
    return ItemList.objects.filter(department=department, state=ListState.DRAFT).first()


def edition_under_way(department: Department) -> ItemList | None:
    """The edition that does not hold yet: being written, reviewed, approved, authorised or filed."""
    return ItemList.objects.filter(department=department, state__in=UNDER_WAY).first()


def edition_before(item_list: ItemList) -> ItemList | None:
    """The edition that held before this one, or holds while this one is under way."""
    held = ItemList.objects.filter(department=item_list.department, edition__lt=item_list.edition, state__in=HELD)
    return held.order_by("-edition").first()


def unmapped_items(old: ItemList, new: ItemList) -> ItemQuerySet:
    """The items of an edition that another one no longer has: open campaigns cannot go on with them (S1-14)."""
    kept = InspectionItem.objects.filter(item_list=new).values("code")
    return InspectionItem.objects.filter(item_list=old).exclude(code__in=kept).select_related("item_list")


def material_of(item_list: ItemList) -> Material:
    """Everything that the rules about an edition read: its items, those of the edition before, the reasons."""
    before = edition_before(item_list)
    items = items_with_checkpoints(item_list)
    return Material(items, None if before is None else items_with_checkpoints(before), list(item_list.notes.all()))


def next_edition(department: Department) -> int:
    """The number of the next edition."""
    last = ItemList.objects.filter(department=department).aggregate(last=Max("edition"))["last"]
    return (last or 0) + 1


def local_creation_closed_by(department: Department, *, on: date) -> Clause | None:
    """The clause by which the superior system's list rules here; None where a department writes its items itself."""
    return clause_in_force(department, "item_source_external", on=on)


def reasons_allowed(department: Department, *, on: date) -> list[str]:
    """The reasons for which a list may be changed here."""
    clause = clause_in_force(department, "item_change_reasons", on=on)
    return list(ChangeReason.values) if clause is None else clause.codes


def required_codes(department: Department, *, on: date) -> tuple[list[str], bool]:
    """What an item must say here, and whether every field of it must be filled in."""
    named = clause_in_force(department, "item_fields", on=on)
    fully = clause_in_force(department, "item_filled_fully", on=on) is not None
    return ([] if named is None else named.codes), fully


def sectors_named(department: Department, *, on: date) -> list[str]:
    """The 监管领域 that the rules of the place name; none where they name none."""
    clause = clause_in_force(department, "sectors", on=on)
    return [] if clause is None else [sector.name for sector in clause.sectors]


def clause_in_force(department: Department, key: str, *, on: date) -> Clause | None:
    """A clause of the rules that hold where a department is; None when they do not say it, or there are none yet."""
    try:
        profile = profile_for(department.region, on=on)
    except Refused:  # a place that is being set up; nothing can be handed in there before its rules are adopted
        return None
    return clause_of(profile, key) if has_clause(profile, key) else None


def items_of(item_list: ItemList | None) -> QuerySet[InspectionItem]:
    """The items of one edition with their checkpoints and articles; none of none."""
    items = InspectionItem.objects.filter(item_list=item_list).prefetch_related("checkpoints", "bases__law")
    return items.order_by("code")


def items_with_checkpoints(item_list: ItemList | None) -> list[tuple[InspectionItem, list[Checkpoint]]]:
    """The same, read whole: what rules about an edition take."""
    return [(item, list(item.checkpoints.all())) for item in items_of(item_list)]
