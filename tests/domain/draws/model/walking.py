"""Somebody who knows what comes next: without one few random ceremonies would get anywhere."""

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from tests.domain.draws.model.after import SIGNS_FOR, After
from tests.domain.draws.model.before import Before
from tests.domain.draws.model.room import Chair, S
from tests.domain.draws.model.seeding import PUBLIC_VALUE, Seeding
from tests.factories import draws


class Ceremony(Before, Seeding, After):
    """All acts."""

    def go_on(self) -> None:
        draw = Draw.objects.order_by("-pk").first()
        if draw is not None and draw.state in self.NEXT:
            self.NEXT[draw.state](self, draw)

    def _seats(self, draw: Draw) -> None:
        seated = draw.seats.count()
        if seated < 2:
            self.sit(draw, f"示范第{seated}")
        else:
            self.press(actions.freeze, draw, by=self.cast.handler, secret=lambda: draws.secret_of("system"))

    def _frozen(self, draw: Draw) -> None:
        chair = next(chair for chair in self._chairs_of(draw) if not chair.secret)
        self.bind(chair, chair.token, draws.secret_of(chair.seat.party))

    def _committed(self, draw: Draw) -> None:
        if draw.copies_checked_at is None:
            parties = ["system", *draw.seats.values_list("party", flat=True)]
            self.press(actions.confirm_copies, draw, parties=parties, by=self.cast.discipline)
            return
        by = self.cast.approver if draw.dice_entries.filter(typed_by=self.cast.handler).exists() else self.cast.handler
        value = PUBLIC_VALUE if draw.public_words else ""
        self.press(actions.enter_dice, draw, digits=draws.DICE, public_value=value, by=by)

    def _thrown(self, draw: Draw) -> None:
        waiting = draw.seats.filter(secret="").values_list("pk", flat=True)
        chair = next(chair for chair in self._chairs_of(draw) if chair.seat.pk in waiting)
        self.press(actions.open_contribution, chair.seat, token=chair.token, secret=chair.secret)

    def _waiting_for_the_system(self, draw: Draw) -> None:
        self.press(actions.open_system_copy, draw, secret=draws.secret_of("system"), by=self.cast.discipline)

    def _result(self, draw: Draw) -> None:
        for seat, by in SIGNS_FOR.items():
            if not draw.signatures.filter(seat=seat).exists():
                self.press(actions.sign, draw, seat=seat, outcome="SIGNED", by=self.person(by))
                return

    def _signed(self, draw: Draw) -> None:
        if not draw.is_rehearsal:
            self.press(actions.bring_into_force, draw, by=self.cast.handler)

    def _chairs_of(self, draw: Draw) -> list[Chair]:
        return [chair for chair in self.chairs if chair.seat.draw_id == draw.pk]

    NEXT = {  # noqa: RUF012 — never changed
        S.SEATS: _seats,
        S.FROZEN: _frozen,
        S.COMMITTED: _committed,
        S.DICE: _thrown,
        S.OPENED: _waiting_for_the_system,
        S.RESULT: _result,
        S.SIGNED: _signed,
    }
