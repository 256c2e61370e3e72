"""Draws in any phase, walked there by the ceremony's own actions, with chance that a test knows."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from nacl.public import Box, PrivateKey, PublicKey

import fairdraw
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Announcement, Draw, Seat
from mingcha.domain.plans.models import Campaign
from tests.conftest import NOON
from tests.factories import plans, policy, registers
from tests.factories.organisation import unguarded

DISCIPLINE_KEY = PrivateKey(sha256(b"discipline").digest())
PAIRING = "ABCD2345"
DICE = "72094418365501972386"
# CHECKED is COMMITTED with the sealed copies tried.
PHASES = ("SEATS", "FROZEN", "COMMITTED", "CHECKED", "DICE", "RESULT", "SIGNED", "IN_FORCE")


def secret_of(party: str) -> str:
    """The secret that a party always has in tests."""
    return sha256(f"secret of {party}".encode()).hexdigest()


def sealed_for_discipline(secret: str) -> str:
    """What a phone sends beside its commitment (static/ceremony/seal.js)."""
    own = PrivateKey.generate()
    return (bytes(own.public_key) + bytes(Box(own, DISCIPLINE_KEY.public_key).encrypt(secret.encode()))).hex()


def unsealed(copy: str) -> str:
    """What the discipline officer's browser reads in a sealed copy."""
    raw = bytes.fromhex(copy)
    return Box(DISCIPLINE_KEY, PublicKey(raw[:32])).decrypt(raw[56:], raw[32:56]).decode()


def county(cast, *, subjects: int = 60, list_timing: str = "AT_DRAW", joint: bool = True, teams: int = 0) -> Campaign:
    """An approved campaign that can be drawn: rules, firms in two strata, people in two departments, a sealing key.

    With `teams` (at most 3: six people a department, two to a team) teams are matched with the firms.
    """
    policy.demo_profile()
    with unguarded():
        cast.discipline_body.sealing_key = bytes(DISCIPLINE_KEY.public_key).hex()
        cast.discipline_body.save()
    for number in range(1, subjects + 1):
        registers.subject(number, area=f"A{number % 3}", is_foreign=number % 5 == 0)
    registers.subject(subjects + 1, state="CLOSED")
    departments = [cast.market, cast.fire] if joint else [cast.market]
    for department in departments:
        registers.inspectors(6, department)
    items = [plans.item(department, cast.handler) for department in departments]
    under = plans.plan(cast.market, cast.handler, approver=cast.supervisor)
    campaign = plans.campaign(
        under,
        items=items,
        parties=[(department, 2) for department in departments],
        strata=(plans.FOREIGN, plans.REST),
        approver=cast.supervisor,
    )
    with unguarded():
        campaign.list_timing, campaign.teams = list_timing, teams
        campaign.save()
    registers.confirmed(cast, at=NOON)
    return campaign


@dataclass
class Room:
    """A ceremony under way: the draw, its witnesses' seats and tokens, the people of the cast."""

    cast: object
    draw: Draw
    seats: list[Seat] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def now(self) -> Draw:
        """The draw as it is now."""
        return Draw.objects.get(pk=self.draw.pk)

    def seat_witness(self, name: str, at: datetime = NOON) -> Seat:
        seat, token = actions.take_seat(
            self.draw, pairing_code=PAIRING, name=name, unit="示范县人大", capacity="人大代表", at=at
        )
        self.seats.append(seat)
        self.tokens.append(token)
        return seat

    def commit(self, number: int, at: datetime = NOON, secret: str = "") -> Seat:
        """Witness number (from 0) commits, to the usual secret or another."""
        seat, draw = self.seats[number], self.now()
        mine = secret or secret_of(seat.party)
        commitment = fairdraw.commitment(draw.number, draw.rules_digest, seat.party, mine)
        return actions.commit(
            seat, token=self.tokens[number], commitment=commitment, sealed_copy=sealed_for_discipline(mine), at=at
        )

    def open(self, number: int, at: datetime = NOON, secret: str = "") -> Seat:
        seat = self.seats[number]
        return actions.open_contribution(seat, token=self.tokens[number], secret=secret or secret_of(seat.party), at=at)


def room(cast, campaign: Campaign | None = None, at: datetime = NOON, **how: object) -> Room:
    """A draw with two witnesses seated."""
    draw = actions.open_draw(campaign or county(cast, **how), by=cast.handler, at=at, pairing_code=lambda: PAIRING)
    if at != NOON:
        registers.confirmed(cast, at=at)
    announced(draw, cast, at=at)
    made = Room(cast, draw)
    for name in ("示范甲", "示范乙"):
        made.seat_witness(name, at)
    return made


def announced(draw: Draw, cast, at: datetime) -> None:
    """It was announced the day before, for this hour."""
    with unguarded():
        Announcement.objects.create(
            draw=draw, place="政务服务中心", held_at=at, announced_at=at - timedelta(days=1), announced_by=cast.handler
        )


def freeze(made: Room, at: datetime) -> None:
    actions.freeze(made.draw, by=made.cast.handler, at=at, secret=lambda: secret_of("system"))


def commit_all(made: Room, at: datetime) -> None:
    for number in range(len(made.seats)):
        made.commit(number, at)


def check_copies(made: Room, at: datetime) -> None:
    """What the discipline officer's browser reports when every copy opens."""
    parties = ["system", *(seat.party for seat in made.seats)]
    actions.confirm_copies(made.draw, parties=parties, by=made.cast.discipline, at=at)


def throw(made: Room, at: datetime) -> None:
    for person in (made.cast.handler, made.cast.approver):
        actions.enter_dice(made.draw, digits=DICE, by=person, at=at)


def open_all(made: Room, at: datetime) -> None:
    for number in range(len(made.seats)):
        made.open(number, at)


def sign_both(made: Room, at: datetime) -> None:
    actions.sign(made.draw, seat="agency", outcome="SIGNED", by=made.cast.approver, at=at)
    actions.sign(made.draw, seat="discipline", outcome="SIGNED", by=made.cast.discipline, at=at)


def bring_into_force(made: Room, at: datetime) -> None:
    """Without the visits that inspections makes of it."""
    with unguarded():
        actions.bring_into_force(made.draw, by=made.cast.handler, at=at)


STEPS = (freeze, commit_all, check_copies, throw, open_all, sign_both, bring_into_force)


def room_at(cast, phase: str, campaign: Campaign | None = None, at: datetime = NOON, **how: object) -> Room:
    """A ceremony that has come as far as one of PHASES."""
    made = room(cast, campaign, at, **how)
    for step in STEPS[: PHASES.index(phase)]:
        step(made, at)
    made.draw = made.now()
    return made


def draw_at(cast, phase: str, campaign: Campaign | None = None, at: datetime = NOON, **how: object) -> Draw:
    """The draw alone."""
    return room_at(cast, phase, campaign, at, **how).draw
