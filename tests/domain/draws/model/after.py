"""What can be done once there is a result, and how a draw can end without one."""

from hypothesis import strategies as st

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Outcome
from tests.domain.draws.model.room import OUTSIDERS, Room, S, act, head, host, officer, reasons, recent, typist, whose

MAY_BE_ABORTED = (S.SEATS, S.FROZEN, S.COMMITTED)
MAY_BE_VOIDED = (S.DICE, S.OPENED, S.RESULT, S.SIGNED)
MAY_BE_SIGNED = (S.RESULT, S.SIGNED)
SIGNS_FOR = {"agency": "approver", "discipline": "discipline"}

outcomes = st.sampled_from(["SIGNED", "SIGNED", "SIGNED", "REFUSED", "RESERVED", "PERHAPS"])


def _says_too_little(outcome: str, text: str) -> bool:
    return outcome not in Outcome.values or (outcome != Outcome.SIGNED and not text)


class After(Room):
    """Signing, objecting, looking up, taking effect, aborting, voiding."""

    @act(
        *MAY_BE_SIGNED, which=recent, by=typist, seat=st.sampled_from(sorted(SIGNS_FOR)), outcome=outcomes, text=reasons
    )
    def sign(self, which: int, by: str, seat: str, outcome: str, text: str) -> None:
        draw = self.draw(which)
        lie = by != SIGNS_FOR[seat] or draw.state not in MAY_BE_SIGNED or _says_too_little(outcome, text)
        again = draw.signatures.filter(seat=seat).exists()
        words = {"seat": seat, "outcome": outcome, "text": text}
        self.press(actions.sign, draw, **words, by=self.person(by), lie=lie or again)

    @act(*MAY_BE_SIGNED, seated=True, which=recent, token_of=whose, outcome=outcomes, text=reasons)
    def sign_as_witness(self, which: int, token_of: int, outcome: str, text: str) -> None:
        chair, token = self.chair(which), self.chair(which + token_of).token
        lie = token != chair.token or not self.is_at(chair, *MAY_BE_SIGNED) or _says_too_little(outcome, text)
        self.press(actions.sign_as_witness, chair.seat, token=token, outcome=outcome, text=text, lie=lie)

    @act(S.COMMITTED, S.RESULT, seated=True, which=recent, token_of=whose, text=reasons)
    def raise_objection(self, which: int, token_of: int, text: str) -> None:
        chair, token = self.chair(which), self.chair(which + token_of).token
        over = self.is_at(chair, S.IN_FORCE, S.ABORTED, S.VOIDED)
        self.press(
            actions.raise_objection, chair.seat, token=token, text=text, lie=token != chair.token or not text or over
        )

    @act(*MAY_BE_SIGNED, which=recent, by=host, code=st.sampled_from(["", "91990000MA00000019"]))
    def show_subject(self, which: int, by: str, code: str) -> None:
        draw = self.draw(which)
        lie = by in OUTSIDERS or bool(code and not draw.has_result)
        self.press(actions.show_subject, draw, code=code, by=self.person(by), lie=lie)

    @act(S.SIGNED, which=recent)
    def bring_into_force(self, which: int) -> None:
        draw = self.draw(which)
        lie = draw.state != S.SIGNED or draw.is_rehearsal
        self.press(actions.bring_into_force, draw, by=self.person("handler"), lie=lie)

    @act(*MAY_BE_ABORTED, which=recent, by=host, reason=reasons)
    def propose_abort(self, which: int, by: str, reason: str) -> None:
        draw = self.draw(which)
        lie = by in OUTSIDERS or not reason or draw.state not in MAY_BE_ABORTED or bool(draw.abort_reason)
        self.press(actions.propose_abort, draw, reason=reason, by=self.person(by), lie=lie)

    @act(*MAY_BE_ABORTED, which=recent, by=head)
    def confirm_abort(self, which: int, by: str) -> None:
        draw, person = self.draw(which), self.person(by)
        alone = draw.abort_proposed_by in (None, person)
        lie = by not in SIGNS_FOR.values() or draw.state not in MAY_BE_ABORTED or alone
        self.press(actions.confirm_abort, draw, by=person, lie=lie)

    @act(*MAY_BE_VOIDED, which=recent, by=head, reason=reasons)
    def propose_void(self, which: int, by: str, reason: str) -> None:
        draw = self.draw(which)
        lie = by != "approver" or not reason or draw.state not in MAY_BE_VOIDED or bool(draw.void_reason)
        self.press(actions.propose_void, draw, reason=reason, by=self.person(by), lie=lie)

    @act(*MAY_BE_VOIDED, which=recent, by=officer)
    def confirm_void(self, which: int, by: str) -> None:
        draw = self.draw(which)
        lie = by != "discipline" or draw.state not in MAY_BE_VOIDED or not draw.void_reason
        lie = lie or not (draw.has_result or draw.is_rehearsal)  # no ceremony here lasts a day
        self.press(actions.confirm_void, draw, by=self.person(by), lie=lie)
