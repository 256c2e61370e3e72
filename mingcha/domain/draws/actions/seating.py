"""A draw begins under the next number, and witnesses sit down."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from secrets import choice, token_hex

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import queries, rules
from mingcha.domain.draws.models import Draw, DrawSeries, Seat
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.models import Campaign
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import clause_of
from mingcha.kit.action import action
from mingcha.kit.actors import Actor
from mingcha.kit.locking import locked

# Read aloud and typed on phones: no 0/O, 1/I/L.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def _pairing_code() -> str:
    return "".join(choice(ALPHABET) for _position in range(8))


@action
def open_draw(campaign: Campaign, *, by: User, at: datetime, pairing_code: Callable[[], str] = _pairing_code) -> Draw:
    """Give an approved campaign its draw, under the next number of its body and year."""
    require(by, Permission.DRAW_RUN, within=campaign.department)
    campaign = locked(campaign)
    rules.check_drawable(campaign, live=queries.live_draw_of(campaign))
    today = timezone.localdate(at)
    # Asked now, so that a silent rulebook stops a draw before the room is full and not after the result.
    clause_of(profile_for(campaign.department.region, on=today), "draw_signatories")
    number = _next_number(campaign.department, year=today.year)
    draw = Draw.objects.create(number=number, campaign=campaign, opened_at=at, pairing_code=pairing_code())
    record("draw.opened", draw, by=by, at=at, details={"campaign": campaign.title})
    return draw


def _next_number(department: Department, *, year: int) -> str:
    """Gapless: the row of the series is held until the draw is written with the number."""
    DrawSeries.objects.get_or_create(department=department, year=year)
    series = DrawSeries.objects.select_for_update().get(department=department, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{department.region_id}-{year}-{department.code}-{series.last:03d}"


def _token() -> str:
    return token_hex(16)


@action
def take_seat(
    draw: Draw,
    *,
    pairing_code: str,
    name: str,
    unit: str,
    capacity: str,
    at: datetime,
    token: Callable[[], str] = _token,
) -> tuple[Seat, str]:
    """Seat a witness; the token is the phone's only proof of it and is kept here as a digest alone."""
    draw = locked(draw)
    rules.check_pairing(draw, pairing_code.replace(" ", "").replace("-", "").upper())
    name, unit, capacity = map(rules.plain_line, (name, unit, capacity))
    seats = list(draw.seats.all())
    rules.check_seatable(seats, name=name, unit=unit, capacity=capacity)
    proof = token()
    seat = Seat.objects.create(
        draw=draw,
        party=f"w{len(seats) + 1}",
        name=name,
        unit=unit,
        capacity=capacity,
        token=sha256(proof.encode()).hexdigest(),
        taken_at=at,
    )
    record("draw.seat_taken", draw, by=witness(seat), at=at, details={"party": seat.party, "capacity": capacity})
    return seat, proof


def witness(seat: Seat) -> Actor:
    """How the trail names somebody without an account."""
    return Actor(chain="public", label=f"见证人 {seat.party} {seat.name}（{seat.unit}）")
