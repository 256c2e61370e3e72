"""Which step a paper of the catalogue takes next, and who may decide on it. Pure: no query, no clock.

A paper is a department's item list, a sector's joint list or a rulebook: they go the same way, and every step that
the rules of the place do not name is passed over.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Decision, Step
from mingcha.domain.catalogue.states import ListState
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused

LONGEST_OPINION = 2000


class Paper(Protocol):
    """What a list, a joint list and a rulebook have in common for their way."""

    state: str
    drafted_by_id: int

    def get_state_display(self) -> str: ...


@dataclass(frozen=True)
class PaperText:
    """What is decided on: its title and content as the recipients get it; figures are for the trail."""

    title: str
    content: Mapping[str, object]
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return sha256_hex(canonical_json(self.content))


def next_state(
    present: str, *, reviewer: bool, bodies_left: Collection[object], recipients_left: Collection[object]
) -> ListState:
    """Where a paper goes on from a step that was done.

    `reviewer`: a legal review is still wanted; `bodies_left`: who has yet to authorise it; `recipients_left`: who has
    yet to acknowledge its filing. Whatever is still wanted keeps the paper where it is.
    """
    if present in (ListState.DRAFT, ListState.LEGAL_REVIEW):
        return ListState.LEGAL_REVIEW if reviewer else ListState.APPROVAL
    if present in (ListState.APPROVAL, ListState.AUTHORISATION) and bodies_left:
        return ListState.AUTHORISATION
    return ListState.FILING if recipients_left else ListState.IN_FORCE


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that count: those since the paper was last returned, in their order."""
    returned = [place for place, decision in enumerate(decisions) if decision.step == Step.RETURNED]
    return list(decisions[returned[-1] + 1 :]) if returned else list(decisions)


def bodies_left(named: Sequence[str], decisions: Sequence[Decision], *, step: Step) -> list[str]:
    """The named bodies that have not decided in this step since the last return."""
    decided = {decision.body for decision in standing(decisions) if decision.step == step}
    return [code for code in named if code not in decided]


def check_at(paper: Paper, *states: ListState) -> None:
    """Refuse an act that belongs to another step; a second press of the button ends here."""
    if paper.state not in states:
        wanted = _("”或“").join(str(state.label) for state in states)
        raise Refused(
            _("这一版现在是“%(present)s”，要在“%(wanted)s”时才能办这一步；刷新页面看现在的状态")
            % {"present": paper.get_state_display(), "wanted": wanted}
        )


def check_decider(paper: Paper, decisions: Sequence[Decision], *, by_id: int | None, has_written: bool = False) -> None:
    """Maker and checker are different people at every step, and nobody checks twice."""
    if by_id == paper.drafted_by_id:
        raise Refused(_("拟定人不能审核、批准或审定自己拟定的文本，由另一人办理"))
    if has_written:
        raise Refused(_("这个账号写过或提交过这一版，不能审核、批准或审定，由另一人办理"))
    if by_id in {decision.decided_by_id for decision in standing(decisions)}:
        raise Refused(_("这个账号在这一轮已经签过意见，这一步由另一人办理"))


def check_seat_open(open_seats: Sequence[str]) -> None:
    """A body decides once on a text."""
    if not open_seats:
        raise Refused(_("这个机构在这一轮已经签过意见；刷新页面看还差哪些机构"))


def check_text(digest: str, decisions: Sequence[Decision]) -> None:
    """Every decision since the last return is on the text that is there now."""
    if any(decision.digest != digest for decision in standing(decisions)):
        raise Refused(_("审核之后文本有变动，前面的意见不再作数；退回拟定人，从头办理"))


def check_opinion(opinion: str) -> None:
    """An opinion may be empty, not endless."""
    if len(opinion) > LONGEST_OPINION:
        raise Refused(_("意见超过 %d 个字，写要点") % LONGEST_OPINION, field="opinion")


def check_return_reason(reason: str) -> None:
    """A return says what has to be put right."""
    if not reason.strip():
        raise Refused(_("没有写退回理由，写明要改什么"), field="reason")
    if len(reason) > LONGEST_OPINION:
        raise Refused(_("退回理由超过 %d 个字，写要点") % LONGEST_OPINION, field="reason")


def check_bodies_known(unknown: Sequence[str]) -> None:
    """Refuse to start a way that nobody could finish: a body that must decide is no department here."""
    if unknown:
        raise Refused(
            _("本地规则要求%s审核或审定，还没有登记由哪个部门担任；由系统管理员登记后再提交") % _("、").join(unknown)
        )


def check_receipts(missing: Sequence[str]) -> None:
    """Refuse to publish before every recipient has given its number."""
    if missing:
        raise Refused(_("还差%s的备案回执，收到备案号后再公布") % _("、").join(missing))
