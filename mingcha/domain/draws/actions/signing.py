"""Who stood by the draw signs for it; then it takes effect."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.actions.seating import witness
from mingcha.domain.draws.models import Draw, Outcome, Seat, Signature, SignatureSeat
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked

NEEDED = {
    SignatureSeat.AGENCY: Permission.DRAW_SIGN_AGENCY,
    SignatureSeat.DISCIPLINE: Permission.DRAW_SIGN_DISCIPLINE,
}


@action
def sign(draw: Draw, *, seat: str, outcome: str, text: str = "", by: User, at: datetime) -> Signature:
    """An office's word on the result, for ever. Only 签字确认 counts: after any other the draw waits for a void."""
    place = SignatureSeat(seat)
    require(by, NEEDED[place], within=draw.department)
    return _sign(
        Signature(draw=draw, seat=place.value, name=by.full_name, capacity=str(place.label), signed_by=by, at=at),
        outcome=outcome,
        text=text,
        by=by,
    )


@action
def sign_as_witness(seat: Seat, *, token: str, outcome: str, text: str = "", at: datetime) -> Signature:
    """A witness's word on the result; welcome, never needed."""
    rules.check_token(seat, token)
    row = Signature(draw=seat.draw, seat=seat.party, name=seat.name, capacity=seat.capacity, at=at)
    return _sign(row, outcome=outcome, text=text, by=witness(seat))


def _sign(row: Signature, *, outcome: str, text: str, by: Acting) -> Signature:
    draw = locked(row.draw)
    row.draw, row.outcome = draw, outcome
    row.name, row.capacity, row.text = map(rules.plain_line, (row.name, row.capacity, text))
    present = list(draw.signatures.all())
    rules.check_signable(draw, seat=row.seat, outcome=outcome, text=row.text, present=present, by=row.signed_by)
    row.save(force_insert=True)
    details = {"seat": row.seat, "outcome": row.outcome, "text": row.text}
    record("draw.signature_given", draw, by=by, at=row.at, details=details)
    agreed = {signature.seat for signature in [*present, row] if signature.outcome == Outcome.SIGNED}
    if draw.state == DrawState.RESULT and agreed.issuperset(draw.signatories):
        draw.move_to(DrawState.SIGNED)
        draw.save(update_fields=["state"])
    return row


@action
def bring_into_force(draw: Draw, *, by: Acting, at: datetime) -> Draw:
    """Told by inspections, inside its own action, when it sends people out on this draw."""
    draw = locked(draw)
    rules.check_real(draw)
    draw.move_to(DrawState.IN_FORCE)
    draw.in_force_at = at
    draw.save(update_fields=["state", "in_force_at"])
    record("draw.in_force", draw, by=by, at=at)
    return draw
