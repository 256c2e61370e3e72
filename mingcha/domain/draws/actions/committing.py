"""Witnesses bind themselves; with the last of them the freeze digest exists."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.actions.seating import witness
from mingcha.domain.draws.models import Draw, Seat
from mingcha.domain.draws.states import DrawState
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM
from mingcha.kit.locking import locked


@action
def commit(seat: Seat, *, token: str, commitment: str, sealed_copy: str, at: datetime) -> Seat:
    """A witness's commitment and sealed copy; the last one closes the phase."""
    rules.check_token(seat, token)
    draw = locked(seat.draw)
    seat = locked(seat)
    rules.check_committable(draw, seat, commitment=commitment, sealed_copy=sealed_copy)
    seat.commitment, seat.sealed_copy, seat.committed_at = commitment, sealed_copy, at
    seat.save(update_fields=["commitment", "sealed_copy", "committed_at"])
    record(
        "draw.seat_committed",
        draw,
        by=witness(seat),
        at=at,
        details={"party": seat.party, "commitment": commitment},
    )
    if not draw.seats.filter(commitment="").exists():
        _close(draw, at=at)
    return seat


def _close(draw: Draw, *, at: datetime) -> None:
    commitments = {"system": draw.system_commitment, **dict(draw.seats.values_list("party", "commitment"))}
    draw.move_to(DrawState.COMMITTED)
    draw.committed_at = at
    draw.freeze_digest = rules.freeze_digest_of(draw.number, rules_digest=draw.rules_digest, commitments=commitments)
    draw.save(update_fields=["state", "committed_at", "freeze_digest"])
    record("draw.committed", draw, by=SYSTEM, at=at, details={"freeze_digest": draw.freeze_digest})
