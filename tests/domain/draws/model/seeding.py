"""What can be done between the freeze and the last opening."""

from hypothesis import strategies as st

import fairdraw
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from tests.domain.draws.model.room import OUTSIDERS, Chair, Room, S, act, officer, rarely, recent, typist, whose
from tests.factories import draws

PUBLIC_VALUE = "0a1b2c"

POSSIBLE = (draws.DICE, "1" * 20)

dice = st.sampled_from([*[draws.DICE] * 4, *POSSIBLE, "12", "x" * 20])


class Seeding(Room):
    """Binding, trying the copies, throwing, opening."""

    @act(S.FROZEN, seated=True, which=recent, token_of=whose, same_secret=rarely, malformed=rarely)
    def commit(self, which: int, token_of: int, same_secret: bool, malformed: bool) -> None:
        chair, token = self.chair(which), self.chair(which + token_of).token
        secret = draws.secret_of("w1" if same_secret else chair.seat.party)
        lie = token != chair.token or malformed or bool(chair.secret)
        self.bind(chair, token, secret, malformed=malformed, lie=lie)

    def bind(self, chair: Chair, token: str, secret: str, *, malformed: bool = False, lie: bool = False) -> None:
        draw, party = Draw.objects.get(pk=chair.seat.draw_id), chair.seat.party
        promise = fairdraw.commitment(draw.number, draw.rules_digest or "0" * 64, party, secret)
        done = self.press(
            actions.commit,
            chair.seat,
            token=token,
            commitment=promise.upper() if malformed else promise,
            sealed_copy=draws.sealed_for_discipline(secret),
            lie=lie or draw.state != S.FROZEN,
        )
        if done:
            chair.secret = secret

    @act(S.COMMITTED, which=recent, by=officer, forgotten=rarely)
    def confirm_copies(self, which: int, by: str, forgotten: bool) -> None:
        draw = self.draw(which)
        parties = ["system", *draw.seats.values_list("party", flat=True)]
        lie = forgotten or by != "discipline" or draw.state != S.COMMITTED
        self.press(actions.confirm_copies, draw, parties=parties[forgotten:], by=self.person(by), lie=lie)

    @act(S.COMMITTED, which=recent, by=typist, digits=dice, wrong_value=rarely)
    def enter_dice(self, which: int, by: str, digits: str, wrong_value: bool) -> None:
        draw = self.draw(which)
        asked, unasked = ("?", PUBLIC_VALUE) if wrong_value else (PUBLIC_VALUE, "")
        value = asked if draw.public_words else unasked
        wrong = digits not in POSSIBLE or wrong_value or by in OUTSIDERS
        lie = wrong or draw.state != S.COMMITTED or draw.copies_checked_at is None
        self.press(actions.enter_dice, draw, digits=digits, public_value=value, by=self.person(by), lie=lie)

    @act(S.DICE, seated=True, which=recent, token_of=whose, secret_of=whose)
    def open_contribution(self, which: int, token_of: int, secret_of: int) -> None:
        chair, other = self.chair(which), self.chair(which + secret_of)
        secret, token = other.secret or "0" * 64, self.chair(which + token_of).token
        lie = token != chair.token or secret != chair.secret or not self.is_at(chair, S.DICE)
        self.press(actions.open_contribution, chair.seat, token=token, secret=secret, lie=lie)

    @act(S.DICE, seated=True, which=recent, by=officer, secret_of=whose)
    def open_sealed_copy(self, which: int, by: str, secret_of: int) -> None:
        chair, secret = self.chair(which), self.chair(which + secret_of).secret or "0" * 64
        lie = by != "discipline" or secret != chair.secret or not self.is_at(chair, S.DICE)
        self.press(actions.open_sealed_copy, chair.seat, secret=secret, by=self.person(by), lie=lie)

    @act(S.OPENED, which=recent, by=officer, party=st.sampled_from(["system", "system", "w1"]))
    def open_system_copy(self, which: int, by: str, party: str) -> None:
        draw = self.draw(which)
        lie = by != "discipline" or party != "system" or draw.state != S.OPENED
        self.press(actions.open_system_copy, draw, secret=draws.secret_of(party), by=self.person(by), lie=lie)

    @act(S.COMMITTED, S.DICE)
    def lose_the_servers_key(self) -> None:
        """What was locked with it opens no more, and the sealed copy of the system is needed."""
        if not self.key_lost:
            self.other_key.enable()
            self.key_lost = True
