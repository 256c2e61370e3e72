"""What the comparison of departments' items reads: the items themselves, what was dismissed, what is joint already."""

import json
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Q, QuerySet

from mingcha.domain.catalogue.models import (
    Checkpoint,
    InspectionItem,
    ItemBasis,
    JointItem,
    JointList,
    SetApart,
)
from mingcha.domain.catalogue.queries.lists import items_in_force
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import BodyCode, Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import body_for

ItemKey = tuple[int, str]


class Standing(NamedTuple):
    """An item in force, as what became of a pair asks for it."""

    key: ItemKey
    sector: str


class ComparedItem(NamedTuple):
    """An item with everything that is compared of it."""

    item: InspectionItem
    checkpoints: list[Checkpoint]
    bases: list[ItemBasis]


def regions_compared_by(user: User) -> QuerySet[Region]:
    """Where this person may see the departments' items side by side."""
    return Region.objects.filter(pk__in=reach(user, Permission.CATALOGUE_READ).values("region")).order_by("code")


def standing_in(region: Region) -> dict[int, Standing]:
    """The items in force of the departments of one region, by their key; those inside it have lists of their own."""
    rows = _in_force_in(region).order_by("pk").values_list("pk", "item_list__department", "code", "sector")
    return {pk: Standing((department, code), sector) for pk, department, code, sector in rows}


def items_to_compare(region: Region, *, only: Collection[int] | None = None) -> list[ComparedItem]:
    """The same items with everything that is compared of them, or only those with these keys."""
    items = _in_force_in(region) if only is None else _in_force_in(region).filter(pk__in=only)
    return [_whole(item) for item in items.prefetch_related("checkpoints", "bases__law")]


def comparison_mark(region: Region) -> str:
    """Stands for what is compared in a region: another item in force or another law under one, another mark.

    The words of an item and its checkpoints never change once it holds (the database sees to it), so its key stands for
    them; a law has its name elsewhere.
    """
    items = _in_force_in(region)
    bases = ItemBasis.objects.filter(item__in=items.order_by()).order_by("item", "law__title")
    rows = [list(items.order_by("pk").values_list("pk", flat=True)), list(bases.values_list("item", "law__title"))]
    return sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _in_force_in(region: Region) -> QuerySet[InspectionItem]:
    return items_in_force().filter(item_list__department__region=region)


def _whole(item: InspectionItem) -> ComparedItem:
    return ComparedItem(item, list(item.checkpoints.all()), list(item.bases.all()))


def set_apart_in(region: Region) -> dict[frozenset[ItemKey], SetApart]:
    """The pairs that were dismissed, each by its two items."""
    rows = SetApart.objects.filter(one_department__region=region).select_related(
        "department", "decided_by", "one_department", "other_department"
    )
    return {
        frozenset({(row.one_department_id, row.one_code), (row.other_department_id, row.other_code)}): row
        for row in rows
    }


def set_apart_before(one: ItemKey, other: ItemKey) -> SetApart | None:
    """Whether a pair was dismissed before; `one` is of the department that was entered first."""
    rows = SetApart.objects.filter(
        one_department=one[0], one_code=one[1], other_department=other[0], other_code=other[1]
    )
    return rows.select_related("decided_by").first()


def joint_entries_in(region: Region) -> dict[ItemKey, JointItem]:
    """What the joint lists of a region and of those around it hold, whatever edition it was picked in."""
    rows = JointItem.objects.filter(item__item_list__department__region=region)
    rows = rows.select_related("joint_list", "item__item_list").order_by("pk")
    return {(row.item.item_list.department_id, row.item.code): row for row in rows}


def leads_of(region: Region, sectors: Iterable[str]) -> list[Department]:
    """Who leads these 监管领域 in a region."""
    named = (body_for(region, BodyCode.SECTOR_LEAD, sector=sector) for sector in dict.fromkeys(sectors) if sector)
    return list(dict.fromkeys(lead for lead in named if lead is not None))


def drafts_of(departments: Collection[Department], *, sectors: Collection[str]) -> list[JointList]:
    """The joint drafts of these leads in these 监管领域."""
    mine = Q(department__in=departments, sector__in=sectors, state=ListState.DRAFT)
    return list(JointList.objects.filter(mine).select_related("department__region", "region"))


def entry_in(joint: JointList, item: InspectionItem) -> JointItem | None:
    """An item as it stands on a joint list already."""
    return joint.items.filter(item=item).select_related("joint_list").first()
