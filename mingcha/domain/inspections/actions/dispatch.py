"""A signed draw becomes visits."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.draws.actions import bring_into_force
from mingcha.domain.draws.models import Draw, DrawnSubject, DrawState
from mingcha.domain.draws.queries import Line, carried_lines, let_go_of, lines_of, scope_at
from mingcha.domain.draws.rules import check_registered
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.actions.clocks import follow_clocks
from mingcha.domain.inspections.actions.opening import open_visits
from mingcha.domain.inspections.models import Inspection, Visit
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.actions import release_links
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def dispatch_visits(draw: Draw, *, by: User, at: datetime) -> None:
    """Bring the draw into force and send the drawn inspectors of each department to the drawn subjects that its items
    are for, by the links of this moment (draws/queries/scope.py).

    What void draws of the campaign drew is visited as well, by the people of their own results and outside every
    quota: a void saves nobody from an inspection. The drawn inspectors have their notice from this moment, also where
    the list is public only later.
    """
    require(by, Permission.DRAW_RUN, within=draw.department)
    draw = locked(draw)
    rules.check_dispatchable(draw, visits=queries.visits_of(draw).count())
    if not draw.is_in_force:
        bring_into_force(draw, by=by, at=at)
    lines, carried = lines_of(draw), carried_lines(draw.campaign)
    let_go = _let_go_among(carried, draw.campaign, at=at)
    parts = open_visits(_each_firm_once([*lines, *carried]), draw=draw, let_go=let_go, by=by, at=at)
    _keep_replaced([row for line in lines for row in line.replaced], draw.campaign)
    follow_clocks(draw.campaign, by=by, at=at)
    release_links(held_for=_numbers_of(draw), by=by, at=at)
    record(
        "inspection.dispatched", draw, by=by, at=at, details={"inspections": len(parts), "carried_firms": len(carried)}
    )


def _numbers_of(draw: Draw) -> list[str]:
    """Of the draws whose firms go out now: this one and the void ones of its campaign."""
    void = Draw.objects.filter(campaign=draw.campaign, state=DrawState.VOIDED)
    return [draw.number, *void.values_list("number", flat=True)]


def _let_go_among(carried: list[Line], campaign: Campaign, *, at: datetime) -> list[str]:
    """The firms whose links nothing has held since the campaign's last day: they may have been taken from anybody."""
    void = let_go_of(campaign, on=timezone.localdate(at))
    return [line.current.code for line in carried if line.current.draw_id in void]


def _each_firm_once(lines: list[Line]) -> list[Line]:
    """A campaign visits a firm once, whichever of its draws named it; the draw in force comes first."""
    return list({line.current.subject_id: line for line in reversed(lines)}.values())[::-1]


def _keep_replaced(rows: list[DrawnSubject], campaign: Campaign) -> None:
    """A firm that a reserve replaced before the dispatch shows in the same lists, called off from the beginning."""
    known: Mapping[int, int] = dict(campaign.visits.values_list("subject", "pk"))
    scope = scope_at([row.code for row in rows], campaign=campaign)
    visits = Visit.objects.bulk_create(
        Visit(campaign=campaign, drawn=row, subject=check_registered(row))
        for row in rows
        if row.subject_id not in known
    )
    Inspection.objects.bulk_create(
        Inspection(visit=visit, department_id=department, state=InspectionState.CALLED_OFF)
        for visit in visits
        for department in sorted(scope.departments_at(visit.drawn.code))
    )
