"""A formal void after the dice: head and discipline body, a reason, public. Useless for cheating: void but inspect."""

from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import queries, rules
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.actions import mark_undrawn
from mingcha.domain.registers.actions import release_links
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM
from mingcha.kit.locking import locked


@action
def propose_void(draw: Draw, *, reason: str, by: User, at: datetime) -> Draw:
    """The head of the agency says why this draw cannot stand."""
    require(by, Permission.DRAW_SIGN_AGENCY, within=draw.department)
    draw = locked(draw)
    reason = rules.plain_line(reason)
    rules.check_void_proposable(draw, reason=reason)
    draw.void_reason, draw.void_proposed_by = reason, by
    draw.save(update_fields=["void_reason", "void_proposed_by"])
    record("draw.void_proposed", draw, by=by, at=at, details={"reason": reason})
    return draw


@action
def confirm_void(draw: Draw, *, by: User, at: datetime) -> Draw:
    """The discipline body agrees. What was drawn stays drawn: those firms join the visits of the next draw, and until
    they go out the links of its items stay held."""
    require(by, Permission.DRAW_SIGN_DISCIPLINE, within=draw.department)
    draw = locked(draw)
    rules.check_void_confirmable(draw, by=by, at=at)
    drawn = draw.has_result and not draw.is_rehearsal
    draw.move_to(DrawState.VOIDED)
    draw.voided_at = at
    draw.save(update_fields=["state", "voided_at"])
    if drawn:
        mark_undrawn(draw.campaign)
    else:
        release_links(held_for=[draw.number], by=by, at=at)
    record("draw.voided", draw, by=by, at=at, details={"reason": draw.void_reason, "drawn": str(drawn)})
    return draw


@action
def let_links_go(draw: Draw, *, at: datetime) -> Draw:
    """The campaign is past its last day and nobody draws it again: the void draw holds no links any more."""
    draw = locked(draw)
    if queries.voids_held_in_vain(timezone.localdate(at)).filter(pk=draw.pk).exists():
        release_links(held_for=[draw.number], by=SYSTEM, at=at)
        record("draw.links_let_go", draw, by=SYSTEM, at=at, details={"ends_on": draw.campaign.ends_on.isoformat()})
    return draw
