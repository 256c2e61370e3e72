"""What earlier inspections and disputes say about who should be drawn again."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from mingcha.domain.organisation.models import Region
from mingcha.domain.registers.models import Dispute, Subject, VisitNote


def notes_since(region: Region, item_codes: Collection[str], since: date) -> QuerySet[VisitNote]:
    """What was looked at since a day, for these items."""
    return VisitNote.objects.filter(
        subject__region__code__startswith=region.prefix, item_code__in=list(item_codes), on__gte=since
    )


def notes_of(subject: Subject) -> QuerySet[VisitNote]:
    """What was looked at in one firm, newest first."""
    return VisitNote.objects.filter(subject=subject).select_related("department").order_by("-on", "item_code")


def visited_often(region: Region, most: int, *, year: int) -> QuerySet[VisitNote, Any]:
    """The codes of whoever was visited on so many days of a year, for whatever item and by whomever.

    Several departments at the door on one day are one visit.
    """
    return (
        _in_years(region, year, year)
        .values("subject__code")
        .annotate(days=Count("on", distinct=True))
        .filter(days__gte=most)
        .values("subject__code")
    )


def clean_for_years(region: Region, years: int, *, before: int) -> QuerySet[VisitNote, Any]:
    """The codes of whoever was visited in each of so many years before one and had no problem, nor has one since."""
    counted = _in_years(region, before - years, before).values("subject__code")
    for year in range(before - years, before):
        counted = counted.annotate(**{f"in_{year}": Count("pk", filter=_within(year, year))})
    seen = {f"in_{year}__gt": 0 for year in range(before - years, before)}
    return (
        counted.annotate(problems=Count("pk", filter=Q(is_clean=False)))
        .filter(problems=0, **seen)
        .values("subject__code")
    )


def _in_years(region: Region, first: int, last: int) -> QuerySet[VisitNote]:
    return VisitNote.objects.filter(_within(first, last), subject__region__code__startswith=region.prefix).order_by()


def _within(first: int, last: int) -> Q:
    return Q(on__range=(date(first, 1, 1), date(last, 12, 31)))


def disputed_with(departments: QuerySet[Any, Any], *, on: date) -> QuerySet[Dispute, Any]:
    """The codes of whoever has a dispute with one of these departments on a day."""
    running = Q(until=None) | Q(until__gt=on)
    return Dispute.objects.filter(running, department__in=departments, since__lte=on).values("subject__code")


def disputes_of(subject: Subject) -> QuerySet[Dispute]:
    """What the departments keep about one firm, the newest first; for those who keep its register only."""
    return Dispute.objects.filter(subject=subject).select_related("department", "declared_by").order_by("-since", "-pk")
