"""A draw with everybody in its room, read once for a page, and what the person at this desk may do there."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.shortcuts import get_object_or_404

from mingcha.domain.draws.models import DiceEntry, Draw, Objection, Outcome, Seat, Signature, SignatureSeat
from mingcha.domain.draws.queries import draws_visible_to
from mingcha.domain.draws.rules import LEAST_WITNESSES, positions_apart
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, may
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.web.desk.staff import StaffRequest


class Rights(NamedTuple):
    """Under the names that the pages use."""

    may_run: bool
    may_type: bool
    may_sign_agency: bool
    may_sign_discipline: bool

    @property
    def takes_part(self) -> bool:
        """Somebody who acts in this draw; everyone else who reads the page looks on."""
        return any(self)


def visible_draw(request: StaffRequest, pk: int) -> Draw:
    """The draw under this key, or 404 for whoever may not read it."""
    return get_object_or_404(draws_visible_to(request.user), pk=pk)


def rights_of(user: User, draw: Draw) -> Rights:
    """What this person may do in this draw."""
    wanted = (
        Permission.DRAW_RUN,
        Permission.DRAW_TYPE_DICE,
        Permission.DRAW_SIGN_AGENCY,
        Permission.DRAW_SIGN_DISCIPLINE,
    )
    return Rights(*(may(user, permission, within=draw.department) for permission in wanted))


@dataclass(frozen=True)
class Scene:
    """What the console is made of; `now` is the moment of the page."""

    draw: Draw
    user: User
    now: datetime
    rights: Rights
    seats: list[Seat]
    entries: list[DiceEntry]
    signatures: list[Signature]
    objections: list[Objection]

    @cached_property
    def enough_seats(self) -> bool:
        return len(self.seats) >= LEAST_WITNESSES

    @cached_property
    def uncommitted(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.commitment]

    @cached_property
    def unopened(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.secret]

    @cached_property
    def apart(self) -> list[int]:
        """At which positions the typed digits differ; never what anybody typed."""
        return [] if self.draw.dice else positions_apart([entry.digits for entry in self.entries])

    @cached_property
    def values_apart(self) -> bool:
        """Do the typed public values differ?"""
        return not self.draw.dice and len({entry.public_value for entry in self.entries}) > 1

    @cached_property
    def own_entry(self) -> DiceEntry | None:
        return next((entry for entry in self.entries if entry.typed_by_id == self.user.pk), None)

    @cached_property
    def unsigned(self) -> set[str]:
        """The offices that have not said their word on the result."""
        return {str(seat.value) for seat in SignatureSeat} - {signature.seat for signature in self.signatures}

    @cached_property
    def opens_campaign(self) -> bool:
        """May this person read the campaign's own page? The discipline officer may not."""
        return campaigns_visible_to(self.user).filter(pk=self.draw.campaign_id).exists()

    @cached_property
    def is_blocked(self) -> bool:
        """A seat that must sign did not: only a void is left."""
        return any(
            signature.outcome != Outcome.SIGNED and signature.seat in self.draw.signatories
            for signature in self.signatures
        )

    @cached_property
    def began_at(self) -> datetime | None:
        """The ceremony begins with the first person who sits down."""
        return min((seat.taken_at for seat in self.seats), default=None)

    @cached_property
    def ended_at(self) -> datetime | None:
        """When the clock of the ceremony stops."""
        draw = self.draw
        last = max((signature.at for signature in self.signatures), default=None)
        return draw.aborted_at or draw.voided_at or (last if draw.is_signed or draw.is_in_force else None)

    @cached_property
    def elapsed(self) -> int:
        """Seconds since the ceremony began, up to its end."""
        began = self.began_at
        return int(((self.ended_at or self.now) - began).total_seconds()) if began else 0

    @property
    def minutes(self) -> int:
        return self.elapsed // 60


def scene_of(draw: Draw, user: User, *, now: datetime) -> Scene:
    """Everything the console shows, in a fixed number of questions."""
    return Scene(
        draw=draw,
        user=user,
        now=now,
        rights=rights_of(user, draw),
        seats=list(draw.seats.all()),
        entries=list(draw.dice_entries.select_related("typed_by").order_by("typed_at")),
        signatures=list(draw.signatures.all()),
        objections=list(Objection.objects.filter(seat__draw=draw).select_related("seat")),
    )
