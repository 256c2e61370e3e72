"""Secrets open. After the last of them nobody decides anything any more: the system opens and the result exists."""

from datetime import datetime

from django.conf import settings

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.actions.concluding import conclude
from mingcha.domain.draws.actions.seating import witness
from mingcha.domain.draws.models import Draw, Seat
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM, Acting
from mingcha.kit.locking import locked


@action
def open_contribution(seat: Seat, *, token: str, secret: str, at: datetime) -> Seat:
    """A witness opens what was committed."""
    rules.check_token(seat, token)
    return _open(seat, secret=secret, by=witness(seat), at=at, from_copy=False)


@action
def open_sealed_copy(seat: Seat, *, secret: str, by: User, at: datetime) -> Seat:
    """The discipline body opens for a witness who cannot or will not; checked against the same commitment."""
    require(by, Permission.DRAW_SIGN_DISCIPLINE, within=seat.draw.department)
    return _open(seat, secret=secret, by=by, at=at, from_copy=True)


def _open(seat: Seat, *, secret: str, by: Acting, at: datetime, from_copy: bool) -> Seat:
    draw = locked(seat.draw)
    seat = locked(seat)
    secret = "".join(secret.split()).lower()
    rules.check_opening(draw, seat, secret=secret, opened=draw.seats.exclude(secret=""))
    seat.secret, seat.opened_at, seat.opened_from_copy = secret, at, from_copy
    seat.save(update_fields=["secret", "opened_at", "opened_from_copy"])
    record("draw.seat_opened", draw, by=by, at=at, details={"party": seat.party, "from_copy": str(from_copy)})
    if not draw.seats.filter(secret="").exists():
        _open_system(draw, at=at)
    return seat


def _open_system(draw: Draw, *, at: datetime) -> None:
    """By itself and at once: whoever knows the system's secret now knows the result, so nobody may stop here."""
    draw.move_to(DrawState.OPENED)
    secret = rules.unlock(draw.locked_secret, key=rules.locking_key(settings.SECRET_KEY))
    if secret is not None:
        conclude(draw, system_secret=secret, at=at)
        return
    draw.save(update_fields=["state"])
    record("draw.system_shut", draw, by=SYSTEM, at=at)


@action
def open_system_copy(draw: Draw, *, secret: str, by: User, at: datetime) -> Draw:
    """The system's sealed copy, when the server has lost its key: a loss never stops a draw."""
    require(by, Permission.DRAW_SIGN_DISCIPLINE, within=draw.department)
    draw = locked(draw)
    secret = "".join(secret.split()).lower()
    rules.check_system_opening(draw, secret=secret)
    record("draw.system_opened_from_copy", draw, by=by, at=at)
    return conclude(draw, system_secret=secret, at=at)
