"""Until when the public has to see a result, and why: asked by the clock when it starts and by pages before that."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Q
from django.utils import timezone

from mingcha.domain.catalogue.queries import chapter_settling
from mingcha.domain.catalogue.rules.rulebooks import setting_clause
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.rules import Due, Event, clock_for
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.plans.models import Campaign
from mingcha.domain.policy.queries import calendar, profile_for
from mingcha.domain.policy.rules import Clause, clauses_of, end_of_day, said_by


class WorkEnd(NamedTuple):
    """When the inspecting of a campaign ended; while visits are still to be made, the day that it set for them."""

    at: datetime
    is_over: bool


class PublicationDue(NamedTuple):
    """The last moment for showing a result, before any clock runs. `may_move`: visits of the campaign are open."""

    due: Due
    citations: list[str]
    bound: list[str]
    may_move: bool


def work_end_of(campaign: Campaign) -> WorkEnd:
    """抽查工作结束: with the last visit; while one is still to be made, with the day that the campaign set for it."""
    visits = Inspection.objects.filter(visit__campaign=campaign).exclude(state=InspectionState.CALLED_OFF)
    seen = visits.aggregate(last=Max("finished_at"), open=Count("pk", filter=Q(finished_at=None)))
    if seen["last"] and not seen["open"]:
        return WorkEnd(seen["last"], is_over=True)
    return WorkEnd(end_of_day(campaign.ends_on), is_over=False)


def own_publication_days(inspection: Inspection, *, finished_at: datetime) -> Clause | None:
    """The days that the department's rulebook of that day sets, in the form of a clause (ADR 0019)."""
    chapter = chapter_settling(inspection.department, "working_days", on=timezone.localdate(finished_at))
    return setting_clause(chapter, "working_days")


def publication_due(inspection: Inspection) -> PublicationDue | None:
    """Until when the result of an ended visit is to be shown, as its clock would reckon if it were confirmed now.

    None before the visit has ended, and where neither the place nor the rulebook sets any days.
    """
    finished_at = inspection.finished_at
    if finished_at is None:
        return None
    ended, known = work_end_of(inspection.campaign), calendar()
    event = Event(finished_at, limit=end_of_day(inspection.campaign.ends_on), work_ended_at=ended.at)
    said = said_by(clauses_of(profile_for(inspection.department.region, on=timezone.localdate(finished_at))))
    own = own_publication_days(inspection, finished_at=finished_at)
    clock = clock_for(DutyKind.PUBLISH_RESULT, said, event, calendar=known, own=own)
    if clock is None:
        return None
    from_work_end = clock.starts_at == ended.at and ended.at != finished_at
    return PublicationDue(
        clock.due(known),
        [clause.citation for clause in clock.cited],
        [clause.citation for clause in clock.bound],
        may_move=from_work_end and not ended.is_over,
    )
