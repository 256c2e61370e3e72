"""What can be done until the list is frozen."""

from datetime import timedelta

from hypothesis import strategies as st

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, Invitation, InvitationState
from mingcha.kit.actors import SYSTEM
from tests.domain.draws.model.room import OUTSIDERS, Chair, Room, S, act, host, rarely, reasons, recent
from tests.factories import draws


def _secret_of_the_system() -> str:
    return draws.secret_of("system")


class Before(Room):
    """Opening, announcing, inviting, sitting down, freezing."""

    @act(S.ABORTED, S.VOIDED, without_draw=True, by=host, rehearsal=rarely)
    def open_draw(self, by: str, rehearsal: bool) -> None:
        act = actions.open_rehearsal if rehearsal else actions.open_draw
        self.press(act, self.campaign, by=self.person(by), pairing_code=lambda: draws.PAIRING, lie=by in OUTSIDERS)

    @act(S.SEATS, which=recent, by=host, public_words=st.sampled_from(["", "", "当日彩票号码"]), late=rarely)
    def announce(self, which: int, by: str, public_words: str, late: bool) -> None:
        held_at = self.at + timedelta(hours=-1 if late else 5)
        self.press(
            actions.announce,
            self.draw(which),
            place="示范大厅",
            held_at=held_at,
            public_words=public_words,
            by=self.person(by),
            lie=late or by in OUTSIDERS,
        )

    @act(S.SEATS, which=recent, by=host, name=st.sampled_from(["示范丙", "示范丁", ""]), asks=st.booleans())
    def invite(self, which: int, by: str, name: str, asks: bool) -> None:
        draw = self.draw(which)
        if asks:
            if draw.takes_seats and not draw.announcements.exists():
                self.announce(which, "handler", "", late=False)
            self.press(actions.ask_for_seat, self.draw(which), name=name, unit="", lie=not name)
            return
        words = {"name": name, "unit": "示范协会", "capacity": "群众代表"}
        self.press(actions.invite, self.draw(which), **words, by=self.person(by), lie=not name or by in OUTSIDERS)

    @act(S.SEATS, by=host, agreed=st.booleans(), remark=reasons)
    def decide_request(self, by: str, agreed: bool, remark: str) -> None:
        asked = Invitation.objects.filter(state=InvitationState.ASKED).order_by("-pk")
        invitation = asked.first() or Invitation.objects.order_by("-pk").first()
        if invitation is None:
            return
        decided = invitation.state != InvitationState.ASKED
        lie = decided or (not agreed and not remark) or by in OUTSIDERS
        kind = {"agreed": agreed, "remark": remark, "by": self.person(by)}
        self.press(actions.decide_request, invitation, **kind, lie=lie)

    @act(S.SEATS, by=host, reason=reasons)
    def withdraw_invitation(self, by: str, reason: str) -> None:
        invitation = Invitation.objects.order_by("-pk").first()
        if invitation is None:
            return
        settled = invitation.state != InvitationState.INVITED or hasattr(invitation, "seat")
        lie = settled or not reason or by in OUTSIDERS or invitation.draw.state != S.SEATS
        self.press(actions.withdraw_invitation, invitation, reason=reason, by=self.person(by), lie=lie)

    @act(
        S.SEATS,
        which=recent,
        name=st.sampled_from(["示范甲", "示范乙", "示范丙", ""]),
        wrong_code=rarely,
        invited=rarely,
    )
    def take_seat(self, which: int, name: str, wrong_code: bool, invited: bool) -> None:
        card = Invitation.objects.order_by("-pk").first() if invited else None
        self.sit(self.draw(which), name, wrong_code=wrong_code, invitation_code=card.code if card else "")

    def sit(self, draw: Draw, name: str, *, wrong_code: bool = False, invitation_code: str = "") -> None:
        taken = self.press(
            actions.take_seat,
            draw,
            pairing_code="ZZZZ9999" if wrong_code else draws.PAIRING,
            name=name,
            unit="示范县人大",
            capacity="人大代表",
            invitation_code=invitation_code,
            lie=wrong_code or (not name and not invitation_code) or draw.state != S.SEATS,
        )
        if taken:
            self.chairs.append(Chair(*taken))

    @act(S.SEATS, which=recent, digest=st.sampled_from(["a" * 64, "b" * 64]))
    def keep_forecast(self, which: int, digest: str) -> None:
        draw = self.draw(which)
        frozen = draw.state != S.SEATS
        self.press(actions.keep_forecast, draw, inputs_digest=digest, rehearsed=None, by=SYSTEM, lie=frozen)

    @act(S.SEATS, which=recent, by=host, reason=st.sampled_from(["", "", "人手不足"]))
    def freeze(self, which: int, by: str, reason: str) -> None:
        draw = self.draw(which)
        lie = by in OUTSIDERS or draw.state != S.SEATS or draw.seats.count() < 2
        self.press(
            actions.freeze, draw, unstaffed_reason=reason, by=self.person(by), lie=lie, secret=_secret_of_the_system
        )
