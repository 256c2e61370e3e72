"""The superior system's lists, what differs from ours, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from mingcha.domain.catalogue.models import (
    Difference,
    OutsideList,
    StrayItem,
    Verdict,
)
from mingcha.domain.catalogue.queries.lists import clause_in_force, edition_in_force
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.policy.rules import Clause

CLAUSES = ("department_codes_match", "items_reconciled", "item_source_external", "outlets")


@dataclass(frozen=True)
class StrayGroup:
    """The rows that name one other organisation, and the department here that has this code, if one has."""

    organisation_code: str
    organisation_name: str
    count: int
    department: Department | None


def outside_lists_visible_to(user: User) -> QuerySet[OutsideList]:
    """Every comparison of the departments this person looks after, the newest first."""
    return OutsideList.objects.filter(department__in=reach(user, Permission.CATALOGUE_READ)).select_related(
        "department__region", "edition", "received_by"
    )


def newest_outside_list(department: Department) -> OutsideList | None:
    """The comparison that is worked on."""
    return OutsideList.objects.filter(department=department).order_by("-received_at", "-pk").first()


def outside_list_before(outside_list: OutsideList) -> OutsideList | None:
    """The comparison before this one."""
    earlier = OutsideList.objects.filter(department=outside_list.department_id).filter(
        Q(received_at__lt=outside_list.received_at) | Q(received_at=outside_list.received_at, pk__lt=outside_list.pk)
    )
    return earlier.order_by("-received_at", "-pk").first()


def etag_for(department: Department) -> str:
    """What the other side calls the state we have already; empty when it has to be compared anew in any case."""
    newest = newest_outside_list(department)
    in_force = edition_in_force(department)
    fresh = newest is not None and newest.edition_id == (in_force.pk if in_force else None)
    return newest.etag if newest is not None and fresh else ""


def differences_of(outside_list: OutsideList, *, kind: str = "", verdict: str = "") -> QuerySet[Difference]:
    """What differs, of one kind or verdict or all."""
    found = Difference.objects.filter(outside_list=outside_list).select_related(
        "item__item_list", "outside_item", "decided_by", "taken_into"
    )
    if kind:
        found = found.filter(kind=kind)
    return found.filter(verdict=verdict) if verdict else found


def counts_of(outside_list: OutsideList) -> Mapping[tuple[str, str], int]:
    """(kind, verdict) → how many."""
    rows = Difference.objects.filter(outside_list=outside_list).order_by().values_list("kind", "verdict")
    return {(kind, verdict): number for kind, verdict, number in rows.annotate(number=Count("pk"))}


def newest_outside_lists(departments: Iterable[Department]) -> dict[int, OutsideList]:
    """Department → its newest comparison; departments without one are left out."""
    found: dict[int, OutsideList] = {}
    for each in OutsideList.objects.filter(department__in=departments).order_by("received_at", "pk"):
        found[each.department_id] = each
    return found


def open_differences(outside_lists: Iterable[OutsideList]) -> dict[int, int]:
    """Department → how many differences of this comparison wait for a decision."""
    places = {each.pk: each.department_id for each in outside_lists}
    waiting = Difference.objects.filter(outside_list__in=places, verdict=Verdict.OPEN).order_by()
    return {places[pk]: number for pk, number in waiting.values_list("outside_list").annotate(number=Count("pk"))}


def differences_before(outside_list: OutsideList) -> list[Difference]:
    """What the comparison before this one found, with what was decided then."""
    before = outside_list_before(outside_list)
    return list(differences_of(before)) if before is not None else []


def taken_differences(outside_list: OutsideList) -> QuerySet[Difference]:
    """What was decided in favour of the superior system and is in no draft yet."""
    return differences_of(outside_list, verdict=Verdict.TAKE_THEIRS).filter(taken_into=None)


def kept_differences(outside_list: OutsideList) -> QuerySet[Difference]:
    """What the superior system is asked to mend."""
    return differences_of(outside_list, verdict=Verdict.KEEP_OURS)


def stray_groups(outside_list: OutsideList) -> list[StrayGroup]:
    """机构代码不一致, by organisation: the most rows first."""
    rows = (
        StrayItem.objects.filter(outside_list=outside_list)
        .order_by()
        .values_list("organisation_code", "organisation_name")
    )
    counted = sorted(rows.annotate(number=Count("pk")), key=lambda row: (-row[2], row[0]))
    known = {place.uscc: place for place in Department.objects.filter(uscc__in=[code.upper() for code, *_ in counted])}
    return [StrayGroup(code, name, number, known.get(code.upper())) for code, name, number in counted]


def reconciliation_clauses(department: Department, *, on: date) -> dict[str, Clause | None]:
    """What the rules of the place say about the superior system's list; None where they are silent."""
    return {key: clause_in_force(department, key, on=on) for key in CLAUSES}


def departments_reconciled(*, on: date) -> list[Department]:
    """The departments whose rules want their list to agree with the superior system's."""
    regions: dict[str, bool] = {}
    places = list(Department.objects.select_related("region").order_by("code"))
    for place in places:
        if place.region_id not in regions:
            regions[place.region_id] = _wants_reconciling(place, on=on)
    return [place for place in places if regions[place.region_id]]


def _wants_reconciling(department: Department, *, on: date) -> bool:
    clauses = reconciliation_clauses(department, on=on)
    return any(clauses[key] is not None for key in ("items_reconciled", "item_source_external"))
