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
REHEARSED = "YANLIAN"  # in the number of a rehearsal


def _pairing_code() -> str:
    return "".join(choice(ALPHABET) for _position in range(8))


@action
def open_draw(campaign: Campaign, *, by: User, at: datetime, pairing_code: Callable[[], str] = _pairing_code) -> Draw:
    """Give an approved campaign its draw, under the next number of its body and year."""
    require(by, Permission.DRAW_RUN, within=campaign.department)
    campaign = locked(campaign)
    rules.check_drawable(campaign, live=queries.live_draw_of(campaign))
    return _open(campaign, is_rehearsal=False, by=by, at=at, pairing_code=pairing_code())


@action
def open_rehearsal(
    campaign: Campaign, *, by: User, at: datetime, pairing_code: Callable[[], str] = _pairing_code
) -> Draw:
    """演练: the same ceremony on invented firms and people, under a number that nobody can mistake for a draw's."""
    require(by, Permission.DRAW_RUN, within=campaign.department)
    campaign = locked(campaign)
    rules.check_rehearsable(campaign, strata=campaign.strata.count())
    return _open(campaign, is_rehearsal=True, by=by, at=at, pairing_code=pairing_code())


def _open(campaign: Campaign, *, is_rehearsal: bool, by: User, at: datetime, pairing_code: str) -> Draw:
    today = timezone.localdate(at)
    # Asked now, so that a silent rulebook stops a draw before the room is full and not after the result.
    clause_of(profile_for(campaign.department.region, on=today), "draw_signatories")
    draw = Draw.objects.create(
        number=_next_number(campaign.department, year=today.year, is_rehearsal=is_rehearsal),
        campaign=campaign,
        is_rehearsal=is_rehearsal,
        opened_at=at,
        pairing_code=pairing_code,
    )
    details = {"campaign": campaign.title, "rehearsal": str(is_rehearsal)}
    record("draw.opened", draw, by=by, at=at, details=details)
    return draw


def _next_number(department: Department, *, year: int, is_rehearsal: bool) -> str:
    """Gapless: the row of the series is held until the draw is written with the number."""
    DrawSeries.objects.get_or_create(department=department, year=year, is_rehearsal=is_rehearsal)
    series = DrawSeries.objects.select_for_update().get(department=department, year=year, is_rehearsal=is_rehearsal)
    series.last += 1
    series.save(update_fields=["last"])
    mark = f"{REHEARSED}-" if is_rehearsal else ""
    return f"{department.region_id}-{year}-{department.code}-{mark}{series.last:03d}"


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
    invitation_code: str = "",
    token: Callable[[], str] = _token,
) -> tuple[Seat, str]:
    """Seat a witness; the token is the phone's only proof of it and is kept here as a digest alone.

    With an invitation, its name, unit and capacity count, whatever was typed.
    """
    draw = locked(draw)
    invitation = queries.invitation_with_code(draw, invitation_code)
    if invitation_code:
        rules.check_invitation(invitation)
    if invitation is not None:
        name, unit, capacity = invitation.name, invitation.unit, invitation.capacity
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
        invitation=invitation,
    )
    record("draw.seat_taken", draw, by=witness(seat), at=at, details={"party": seat.party, "capacity": capacity})
    return seat, proof


def witness(seat: Seat) -> Actor:
    """How the trail names somebody without an account."""
    return Actor(chain="public", label=f"见证人 {seat.party} {seat.name}（{seat.unit}）")
