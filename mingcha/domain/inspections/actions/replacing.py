"""Substitutes and reserves once people are on their way: the draw decides who, the visit follows.

Pages enter here and not in the draw's own actions: only this app knows who is at the door already.
"""

from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.draws.actions import decide_reserve, decide_substitute, propose_reserve, propose_substitute
from mingcha.domain.draws.models import DrawnSubject, Substitution, UsedReserve
from mingcha.domain.draws.queries import line_of
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.actions.clocks import follow_clocks, follow_work_end
from mingcha.domain.inspections.actions.opening import open_visits
from mingcha.domain.inspections.models import Assignment, Inspection
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import User
from mingcha.domain.registers.models import Inspector
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def ask_substitute(drawn: DrawnSubject, *, leaves: Inspector, reason_text: str, by: User, at: datetime) -> Substitution:
    """Propose that somebody goes for `leaves`, who is not there yet."""
    substitution = propose_substitute(drawn, leaves=leaves, reason_text=reason_text, by=by, at=at)
    part = queries.parts_of(drawn).filter(department=substitution.department).first()
    if part is not None:
        _check_person(part, leaves, on=timezone.localdate(at))
    return substitution


@action
def replace_inspector(
    substitution: Substitution, *, agreed: bool, remark: str = "", by: User, at: datetime
) -> Substitution:
    """Decide; after the dispatch the visit follows at once. The withdrawn assignment stays to be seen."""
    _hold(substitution.drawn)
    substitution = decide_substitute(substitution, agreed=agreed, remark=remark, by=by, at=at)
    part = queries.parts_of(substitution.drawn).filter(department=substitution.department).first()
    if not agreed or part is None:
        return substitution
    part = locked(part)
    leaving = _check_person(part, substitution.leaves, on=timezone.localdate(at))
    if leaving is None:
        return substitution
    leaving.withdrawn_at = at
    leaving.save(update_fields=["withdrawn_at"])
    Assignment.objects.create(inspection=part, inspector=substitution.enters, position=leaving.position, sent_at=at)
    details = {"leaves": substitution.leaves.code, "enters": substitution.enters.code}
    record("inspection.replaced", part, by=by, at=at, details=details)
    return substitution


def _check_person(part: Inspection, leaves: Inspector, *, on: date) -> Assignment | None:
    row = part.assignments.standing().select_related("inspector").filter(inspector=leaves).first()
    rules.check_person_replaceable(part, row, on=on)
    return row


@action
def ask_reserve(drawn: DrawnSubject, *, reason: str, reason_text: str, by: User, at: datetime) -> UsedReserve:
    """Propose that the next reserve is visited in place of a firm that nobody has entered yet."""
    used = propose_reserve(drawn, reason=reason, reason_text=reason_text, by=by, at=at)
    _check_firm(list(queries.parts_of(drawn)), on=timezone.localdate(at))
    return used


@action
def replace_subject(used: UsedReserve, *, agreed: bool, remark: str = "", by: User, at: datetime) -> UsedReserve:
    """Decide; after the dispatch the firm's visit is called off and the reserve's opened, with the same people as far
    as their departments have something to inspect there."""
    if _hold(used.drawn):
        for party in used.drawn.draw.campaign.parties.order_by("pk"):
            locked(party)
        locked(used.drawn.draw.campaign)
    used = decide_reserve(used, agreed=agreed, remark=remark, by=by, at=at)
    parts = [locked(part) for part in queries.parts_of(used.drawn)] if agreed else []
    if not parts:
        return used
    _check_firm(parts, on=timezone.localdate(at))
    for part in parts:
        part.move_to(InspectionState.CALLED_OFF)
        part.save(update_fields=["state"])
        record("inspection.called_off", part, by=by, at=at, details={"reserve": used.reserve.code, "why": used.reason})
    draw, line = used.drawn.draw, line_of(used.reserve)
    opened = open_visits([line] if line is not None else [], draw=draw, by=by, at=at)
    for part in opened.values():
        record("inspection.opened_for_reserve", part, by=by, at=at, details={"instead_of": used.drawn.code})
    follow_clocks(draw.campaign, by=by, at=at)
    follow_work_end(draw.campaign, by=by, at=at)
    return used


def _hold(drawn: DrawnSubject) -> list[Inspection]:
    """The parts of a visit, before the trail: whoever arrives or enters a result takes part, clock and trail in this
    order, and two people must not wait for each other."""
    return [locked(part) for part in queries.parts_of(drawn)]


def _check_firm(parts: list[Inspection], *, on: date) -> None:
    party = Assignment.objects.standing().filter(inspection__in=parts).select_related("inspector")
    rules.check_firm_replaceable(parts, arrived=party, on=on)
