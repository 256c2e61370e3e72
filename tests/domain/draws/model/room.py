"""The room that the acts are done in: who is there, what time it is, and what every press is held to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from inspect import getmembers

from django.db import transaction
from django.test import override_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from mingcha.domain.draws.models import Draw, Seat
from mingcha.domain.draws.states import DrawState
from mingcha.kit.errors import Refused
from tests.domain.draws.model.invariants import Ledger, everything
from tests.factories import draws

S = DrawState
OUTSIDERS = {"coordinator", "inspector", "auditor", "stranger"}

people = ["handler", "second_handler", "approver", "discipline", *sorted(OUTSIDERS)]
recent = st.sampled_from([0, 0, 0, 0, 1, 2])
rarely = st.sampled_from([False, False, False, False, False, True])
whose = st.sampled_from([0, 0, 0, 1])  # the own one, or the next phone's
host, head, officer = (
    st.sampled_from([*[right] * 2 * len(people), *people]) for right in ("handler", "approver", "discipline")
)
typist = st.sampled_from([*["handler", "approver", "discipline"] * 4, *people])
reasons = st.sampled_from(["停电", "停电", "停电", ""])


@dataclass(frozen=True)
class Act:
    """When an act is timely, and what it is given; acts at a wrong time are refused, which is worth asking too."""

    states: tuple[DrawState, ...]
    without_draw: bool
    seated: bool
    given: dict[str, st.SearchStrategy]

    def is_possible(self, room: "Room", draw: Draw | None, *, timely: bool) -> bool:
        if draw is None:
            return self.without_draw
        return (not timely or draw.state in self.states) and (bool(room.chairs) or not self.seated)


def act(*states: DrawState, without_draw: bool = False, seated: bool = False, **given: st.SearchStrategy):
    """Marks a method of the room as something that somebody may do."""

    def mark(method):
        method.act = Act(states, without_draw, seated, given)
        return method

    return mark


@dataclass
class Chair:
    """A witness's phone: what it keeps for its seat."""

    seat: Seat
    token: str
    secret: str = ""


class Room(RuleBasedStateMachine):
    """The database is the one of the test; every run is rolled back. `cast` and `campaign` are set by the test."""

    cast = None
    campaign = None

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.other_key = override_settings(SECRET_KEY="a key that was not there at the freeze")
        self.key_lost = False
        self.minutes = 0
        self.known = ""  # everything there was after the last act, when that was a refused one
        self.chairs: list[Chair] = []
        self.ledger = Ledger()

    def teardown(self) -> None:
        if self.key_lost:
            self.other_key.disable()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(phase=st.sampled_from(["", *draws.PHASES[:-1]]))
    def begin(self, phase: str) -> None:
        """With an empty room, or in the middle of a ceremony."""
        if not phase:
            return
        made = draws.room(self.cast, self.campaign)
        steps = draws.PHASES.index(phase)
        for step in draws.STEPS[:steps]:
            step(made, draws.NOON)
            self.ledger.check()
        bound = draws.commit_all in draws.STEPS[:steps]
        for seat, token in zip(made.seats, made.tokens, strict=True):
            self.chairs.append(Chair(seat, token, draws.secret_of(seat.party) if bound else ""))

    @rule(data=st.data())
    def somebody_acts(self, data: st.DataObject) -> None:
        """One rule for all acts: some of many rules are switched off in each run, and few ceremonies got anywhere."""
        how = data.draw(st.sampled_from(["as the host says", "timely", "timely", "timely", "at any time"]))
        if how == "as the host says":
            self.go_on()
            return
        draw = Draw.objects.order_by("-pk").first()
        acts = {name: method.act for name, method in getmembers(type(self)) if hasattr(method, "act")}
        possible = [n for n, one in acts.items() if one.is_possible(self, draw, timely=how == "timely")]
        if possible:
            name = data.draw(st.sampled_from(possible))
            getattr(self, name)(**{word: data.draw(values) for word, values in acts[name].given.items()})

    def go_on(self) -> None:
        raise NotImplementedError

    @property
    def at(self) -> datetime:
        return draws.NOON + timedelta(minutes=self.minutes)

    def person(self, name: str):
        return getattr(self.cast, name)

    def draw(self, which: int) -> Draw:
        """The newest draw, or one before it."""
        known = list(Draw.objects.order_by("-pk")[:3])
        return known[min(which, len(known) - 1)]

    def chair(self, which: int) -> Chair:
        return self.chairs[-1 - which % len(self.chairs)]

    def is_at(self, chair: Chair, *states: DrawState) -> bool:
        return Draw.objects.get(pk=chair.seat.draw_id).state in states

    def press(self, act, *args, lie: bool = False, **kwargs):
        """Do it. A refusal leaves no mark; a lie is always refused; after anything else every invariant holds."""
        self.minutes += 1
        before = self.known or everything()
        try:
            result = act(*args, at=self.at, **kwargs)
        except Refused as refusal:
            assert refusal.reason
            self.known = everything()
            assert self.known == before, f"{act.__name__} was refused and left a mark"
            return None
        self.known = ""
        assert not lie, f"{act.__name__} believed a lie"
        self.ledger.check()
        return result
