"""「我有异议」: heard at every step, public for ever, and without the power to stop or repeat anything."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.actions.seating import witness
from mingcha.domain.draws.models import Objection, Seat
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def raise_objection(seat: Seat, *, token: str, text: str, at: datetime) -> Objection:
    """A witness's objection, with the phase in which it was raised."""
    rules.check_token(seat, token)
    draw = locked(seat.draw)
    text = rules.plain_line(text)
    rules.check_objectionable(draw, text=text, earlier=seat.objections.count())
    made = Objection.objects.create(seat=seat, phase=draw.state, text=text, at=at)
    record("draw.objection_raised", draw, by=witness(seat), at=at, details={"phase": draw.state, "text": text})
    return made
