"""What was proposed and decided about a result, and what the next proposal may use."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from mingcha.domain.draws.models import Decision, Draw, DrawnSubject, Substitution, UsedReserve
from mingcha.domain.draws.queries.lines import Sent
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Avoidance, Inspector, Leave
from mingcha.domain.registers.queries.people import away_on


def frozen_files(draw: Draw) -> dict[str, bytes]:
    """The bundle's files by name."""
    return {file.name: bytes(file.content) for file in draw.files.all()}


def pending_substitution(rows: Iterable[DrawnSubject], department_id: int) -> Substitution | None:
    """The one undecided substitution of a department at a place."""
    waiting = Substitution.objects.filter(drawn__in=list(rows), department=department_id, decision=Decision.PROPOSED)
    return waiting.select_related("department", "leaves").first()


def pending_reserve(row: DrawnSubject) -> bool:
    """Is a replacement of this firm undecided?"""
    return row.replacements.filter(decision=Decision.PROPOSED).exists()


def next_reserve(row: DrawnSubject, *, promised: bool = True) -> DrawnSubject | None:
    """The reserve of the same stratum with the smallest rank that is not used; with `promised` those of undecided
    proposals count as used."""
    gone = Q(decision=Decision.APPROVED) | (Q(decision=Decision.PROPOSED) if promised else Q(pk__in=[]))
    used = UsedReserve.objects.filter(gone, drawn__draw=row.draw_id).values("reserve")
    left = DrawnSubject.objects.filter(draw=row.draw_id, stratum=row.stratum, reserve=True).exclude(pk__in=used)
    return left.select_related("subject").order_by("rank").first()


def barred_from(row: DrawnSubject) -> set[int]:
    """Who must not go to this firm, as declared until now."""
    return set(Avoidance.objects.filter(subject=row.subject_id).values_list("inspector_id", flat=True))


def people_by_code(codes: Iterable[str]) -> dict[str, Inspector]:
    return Inspector.objects.select_related("department").in_bulk(list(codes), field_name="code")


def absent_among(people: Iterable[Inspector], *, days: Collection[date]) -> dict[int, str]:
    """Who of them is on leave on one of these days, by key, and what the leave is for."""
    away = Q(pk__in=[])
    for day in days:
        away |= away_on(day)
    leaves = Leave.objects.filter(away, inspector__in=[person.pk for person in people])
    return {leave.inspector_id: str(leave.get_kind_display()) for leave in leaves}


def people_of(party: Iterable[Sent]) -> dict[int, Inspector]:
    """The people of a party by key."""
    return Inspector.objects.select_related("department").in_bulk([sent.inspector_id for sent in party])


def substitutions_of(draw: Draw) -> QuerySet[Substitution]:
    """Every proposal, refused ones too, oldest first."""
    return Substitution.objects.filter(drawn__draw=draw).select_related(
        "drawn", "department", "leaves", "enters", "proposed_by", "decided_by__department"
    )


def used_reserves_of(draw: Draw) -> QuerySet[UsedReserve]:
    """Every proposal, refused ones too, oldest first."""
    return UsedReserve.objects.filter(drawn__draw=draw).select_related(
        "drawn", "reserve", "proposed_by", "decided_by__department"
    )


def drawn_visible_to(user: User) -> QuerySet[DrawnSubject]:
    """The rows of draws that this person reads."""
    places = reach(user, Permission.DRAW_READ)
    joined = Campaign.objects.filter(parties__department__in=places).values("pk")
    return DrawnSubject.objects.filter(
        Q(draw__campaign__plan__department__in=places) | Q(draw__campaign__in=joined)
    ).select_related("draw__campaign__plan__department", "subject")


def substitutions_awaiting(user: User) -> QuerySet[Substitution]:
    """Undecided ones that this person may decide: the head of the lead or of the inspector's department, not the
    proposer."""
    places = reach(user, Permission.DRAW_SIGN_AGENCY)
    return (
        Substitution.objects.filter(decision=Decision.PROPOSED)
        .filter(Q(department__in=places) | Q(drawn__draw__campaign__plan__department__in=places))
        .exclude(proposed_by=user)
        .select_related("drawn__draw__campaign__plan__department", "department", "leaves", "enters", "proposed_by")
    )


def reserves_awaiting(user: User) -> QuerySet[UsedReserve]:
    """Undecided ones that this person may decide: the head of the lead, not the proposer."""
    places = reach(user, Permission.DRAW_SIGN_AGENCY)
    return (
        UsedReserve.objects.filter(decision=Decision.PROPOSED, drawn__draw__campaign__plan__department__in=places)
        .exclude(proposed_by=user)
        .select_related("drawn__draw__campaign__plan__department", "reserve", "proposed_by")
    )
