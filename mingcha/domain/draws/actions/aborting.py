"""Stopping a draw: two people, a reason, only before the dice lie. Its number stays used and its reason public."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, may, require
from mingcha.domain.registers.actions import release_links
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def propose_abort(draw: Draw, *, reason: str, by: User, at: datetime) -> Draw:
    """Say why this draw should stop."""
    require(by, Permission.DRAW_RUN, within=draw.department)
    draw = locked(draw)
    reason = rules.plain_line(reason)
    rules.check_abort_proposable(draw, reason=reason)
    draw.abort_reason, draw.abort_proposed_by = reason, by
    draw.save(update_fields=["abort_reason", "abort_proposed_by"])
    record("draw.abort_proposed", draw, by=by, at=at, details={"reason": reason})
    return draw


@action
def confirm_abort(draw: Draw, *, by: User, at: datetime) -> Draw:
    """A second person, the head or the discipline body, agrees; the campaign may then be drawn under a new number."""
    if not may(by, Permission.DRAW_SIGN_DISCIPLINE, within=draw.department):
        require(by, Permission.DRAW_SIGN_AGENCY, within=draw.department)
    draw = locked(draw)
    rules.check_abort_confirmable(draw, by=by)
    draw.move_to(DrawState.ABORTED)
    draw.aborted_at = at
    draw.save(update_fields=["state", "aborted_at"])
    release_links(held_for=[draw.number], by=by, at=at)
    record("draw.aborted", draw, by=by, at=at, details={"reason": draw.abort_reason})
    return draw
