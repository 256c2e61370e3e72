"""Which entries nobody has heard of for too long."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingcha.domain.organisation.models import Region
from mingcha.domain.policy.queries import profiles_of
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.domain.registers.models import BatchKind, RegisterConfirmation, Subject
from mingcha.domain.registers.states import SubjectState


def stale_clause(region: Region, *, on: date) -> Clause | None:
    """After how many silent days an entry is to be looked at by the rules of a place; None where they do not say."""
    for profile in profiles_of(region).filter(effective_from__lte=on)[:1]:
        if has_clause(profile, "subject_stale_days"):
            return clause_of(profile, "subject_stale_days")
    return None


def stale_days(region: Region, *, on: date) -> int | None:
    """The number alone."""
    clause = stale_clause(region, on=on)
    return clause.number if clause is not None else None


def regions_with_subjects() -> QuerySet[Region]:
    """Where there is a register of subjects."""
    return Region.objects.filter(Exists(Subject.objects.filter(region=OuterRef("pk"))))


def silent_subjects(region: Region, *, before: date) -> QuerySet[Subject]:
    """The open entries of one region that nobody verified and no source touched since a day.

    A confirmation of the whole register since then says that all of them are up to date: nobody is silent.
    """
    signed = RegisterConfirmation.objects.filter(
        register=BatchKind.SUBJECTS, department__region=region, confirmed_at__date__gte=before
    )
    untouched = Q(changed_at__date__lt=before) & (Q(verified_on=None) | Q(verified_on__lt=before))
    found = Subject.objects.filter(untouched, region=region, state=SubjectState.OPEN).order_by()
    return found.none() if signed.exists() else found
