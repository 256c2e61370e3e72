"""What the unit above ours chose for the same item (是否纳入双随机可参照市级单位做法, 于都 一（一）)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from mingcha.domain.catalogue.models import InspectionItem, Mode, OutsideItem
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department


@dataclass(frozen=True)
class UpperMode:
    """纳入双随机 or not, with the unit that chose so; `item` is its item where it keeps its list here."""

    department: Department
    is_random: bool
    reason: str
    title: str
    item: InspectionItem | None


@dataclass(frozen=True)
class _Choice:
    """One answer: for which codes, in which region."""

    codes: frozenset[str]
    place: str
    mode: UpperMode


def upper_modes_of(items: Iterable[InspectionItem]) -> dict[int, UpperMode]:
    """Item → the choice of the nearest unit above; items that no unit above has are left out."""
    wanted = list(items)
    above = {code for item in wanted for code in _regions_above(item)}
    basics = _basic_codes({_name_of(item) for item in wanted}, above)
    names = {code for item in wanted for code in _names(_name_of(item), basics)}
    alike = names | {code for code, basic in basics.items() if basic in names}
    choices = [*_kept_here(wanted, alike, above, basics), *_told(names, above)]
    found = {}
    for item in wanted:
        mine = _names(_name_of(item), basics)
        around = _regions_above(item)
        fitting = [
            choice
            for choice in choices
            if (choice.mode.item is not None and choice.mode.item.pk == item.inherited_from_id)
            or (choice.place in around and choice.codes & mine)
        ]
        if fitting:
            found[item.pk] = max(fitting, key=lambda choice: _nearness(choice, item)).mode
    return found


def _nearness(choice: _Choice, item: InspectionItem) -> tuple[bool, str, bool]:
    """What ours was taken over from, then the city before the province, then a list kept here before an export."""
    origin = choice.mode.item is not None and choice.mode.item.pk == item.inherited_from_id
    return (origin, choice.place, choice.mode.item is not None)  # a city's code is greater than its province's


def _name_of(item: InspectionItem) -> str:
    return item.outside_code or item.code


def _names(code: str, basics: Mapping[str, str]) -> frozenset[str]:
    return frozenset({code, basics.get(code, code)})


def _regions_above(item: InspectionItem) -> set[str]:
    here = item.item_list.department.region_id
    return {here[:4] + "00", here[:2] + "0000"} - {here}


def _basic_codes(codes: Iterable[str], above: Iterable[str]) -> dict[str, str]:
    """A unit's own code (实施编码) → the basic code, which alone all units share; as exports name them."""
    rows = OutsideItem.objects.exclude(basic_code="").order_by().values_list("code", "basic_code").distinct()
    own = dict(rows.filter(code__in=codes))
    alike = rows.filter(basic_code__in=set(own.values()), outside_list__department__region__in=above)
    return {**dict(alike), **own}


def _kept_here(
    wanted: Iterable[InspectionItem], codes: Iterable[str], above: Iterable[str], basics: Mapping[str, str]
) -> list[_Choice]:
    """What units above keep on this platform; a code of their own making says nothing about ours."""
    origins = [item.inherited_from_id for item in wanted if item.inherited_from_id]
    in_force = Q(item_list__state=ListState.IN_FORCE, item_list__department__region__in=above)
    uppers = InspectionItem.objects.filter(Q(pk__in=origins) | (in_force & Q(outside_code__in=codes))).select_related(
        "item_list__department"
    )
    return [
        _Choice(
            _names(_name_of(upper), basics),
            upper.item_list.department.region_id,
            UpperMode(upper.item_list.department, upper.mode == Mode.RANDOM, upper.mode_reason, upper.title, upper),
        )
        for upper in uppers
    ]


def _told(names: Iterable[str], above: Iterable[str]) -> list[_Choice]:
    """What the superior system says of units above, the newest word first."""
    told = (
        OutsideItem.objects.filter(Q(code__in=names) | Q(basic_code__in=names), is_random__isnull=False)
        .filter(outside_list__department__region__in=above)
        .select_related("outside_list__department")
        .order_by("-outside_list__received_at", "-pk")
    )
    return [
        _Choice(
            frozenset({said.code, said.basic_code}),
            said.outside_list.department.region_id,
            UpperMode(said.outside_list.department, bool(said.is_random), "", said.title, None),
        )
        for said in told
    ]
