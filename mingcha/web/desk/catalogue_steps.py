"""The steps of a paper as a page shows them, and the one this person is asked for: lists, joint lists, rulebooks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import OWN_LEGAL_OFFICE, Decision, Step
from mingcha.domain.catalogue.queries import AnyPaper, Asked, Named, decisions_of, filings_of, way_of
from mingcha.domain.catalogue.rules import bodies_left, next_state, standing
from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries import filings_visible_to
from mingcha.domain.organisation.models import Department, Role, User
from mingcha.domain.organisation.permissions import Permission, may
from mingcha.domain.organisation.queries import holders_of
from mingcha.domain.policy.rules import Clause
from mingcha.kit.errors import Refused

ORDER = ("DRAFT", "LEGAL_REVIEW", "APPROVAL", "AUTHORISATION", "FILING", "IN_FORCE", "SUPERSEDED")
DONE, PRESENT, AHEAD = "done", "present", "ahead"
SEATS = {"LEGAL_REVIEW": Permission.CATALOGUE_REVIEW, "AUTHORISATION": Permission.CATALOGUE_AUTHORISE}


@dataclass(frozen=True)
class StepShown:
    """One step of the way: how far it is, who did it or is asked, which clause asks."""

    label: str
    phase: str
    who: str
    decisions: Sequence[Decision] = ()
    filings: Sequence[Filing] = ()
    readable: Collection[int] = ()  # those of the filings that this person may open
    clause: Clause | None = None

    @property
    def word(self) -> str:
        return {DONE: _("已办"), PRESENT: _("正在办"), AHEAD: _("未到")}[self.phase]


def steps_of(paper: AnyPaper, *, user: User) -> list[StepShown]:
    """The steps that the rules of the place name, in order; a paper that holds shows those of its own day.

    `user` reads the page: a filing that this person may not open is named and not linked.
    """
    try:
        way = way_of(paper, on=_day_of(paper))
    except Refused:  # no rules hold there yet: submitting says so
        return []
    decisions = standing(decisions_of(paper))
    shown = [StepShown(_("拟定"), _phase(paper, "DRAFT"), str(paper.drafted_by.full_name))]
    shown += _asked(paper, "LEGAL_REVIEW", _("法制审核"), way.review, decisions)
    head = _("%s负责人") % paper.department.short_name
    shown.append(
        StepShown(_("负责人审批"), _phase(paper, "APPROVAL"), head, _in_step(decisions, Step.APPROVAL)),
    )
    shown += _asked(paper, "AUTHORISATION", _("外部审定"), way.authorisation, decisions)
    if way.filing.named:
        shown.append(_filed(paper, way.filing, user))
    shown.append(StepShown(_("公布施行"), _phase(paper, "IN_FORCE"), head))
    return shown


def _day_of(paper: AnyPaper) -> date:
    return timezone.localdate(paper.in_force_at or timezone.now())


def _asked(paper: AnyPaper, state: str, label: str, asked: Asked, decisions: Sequence[Decision]) -> list[StepShown]:
    if not asked.named:
        return []
    who = _("、").join(_who(body, paper) for body in asked.named)
    return [StepShown(label, _phase(paper, state), who, _in_step(decisions, Step(state)), clause=asked.clause)]


def _filed(paper: AnyPaper, asked: Asked, user: User) -> StepShown:
    who, filings = _("、").join(_who(body, paper) for body in asked.named), filings_of(paper)
    readable = _readable(filings, user) if filings else frozenset()
    phase = _phase(paper, "FILING")
    return StepShown(_("备案"), phase, who, filings=filings, readable=readable, clause=asked.clause)


def _readable(filings: Sequence[Filing], user: User) -> frozenset[int]:
    among = filings_visible_to(user).filter(pk__in=[filing.pk for filing in filings])
    return frozenset(among.values_list("pk", flat=True))


def _who(body: Named, paper: AnyPaper) -> str:
    """The body as the rules call it, and the department that sits for it where that is another one."""
    sitting = _reviewing(paper) if body.code == OWN_LEGAL_OFFICE else {body.department}
    others = _("、").join(
        place.short_name for place in sorted(filter(None, sitting), key=str) if place != paper.department
    )
    return body.label if not others or paper.department in sitting else f"{body.label}（{others}）"


def _reviewing(paper: AnyPaper) -> set[Department | None]:
    """Whose people review for this department: often the justice department does it for the whole place."""
    people = holders_of(Role.LEGAL_REVIEWER, within=paper.department).select_related("department")
    return {person.department for person in people}


def _in_step(decisions: Sequence[Decision], step: Step) -> list[Decision]:
    return [decision for decision in decisions if decision.step == step]


def _phase(paper: AnyPaper, state: str) -> str:
    here, there = ORDER.index(paper.state), ORDER.index(state)
    if paper.in_force_at is not None or there < here:
        return DONE
    return PRESENT if here == there else AHEAD


def asked_of(user: User, paper: AnyPaper) -> str:
    """The state whose step this person is asked for now: DRAFT to submit, FILING to publish; empty for nobody."""
    edits = may(user, Permission.CATALOGUE_EDIT, within=paper.department)
    if paper.is_draft:
        return paper.state if edits else ""
    decisions = standing(decisions_of(paper))
    decided = {decision.decided_by_id for decision in decisions if paper.state != "FILING"}
    if paper.in_force_at is not None or user.pk in {paper.drafted_by_id, *decided}:
        return ""
    return paper.state if _sits(user, paper, decisions) else ""


def _sits(user: User, paper: AnyPaper, decisions: Sequence[Decision]) -> bool:
    """Does this person hold the right that the present step asks for, for a body that has not decided yet?"""
    permission = SEATS.get(paper.state)
    if permission is None:
        return may(user, Permission.CATALOGUE_APPROVE, within=paper.department)
    try:
        way = way_of(paper, on=_day_of(paper))
    except Refused:
        return False
    asked = way.review if paper.state == "LEGAL_REVIEW" else way.authorisation
    left = bodies_left(asked.codes, decisions, step=Step(paper.state))
    seats = [body.department for body in asked.named if body.code in left and body.department is not None]
    return any(may(user, permission, within=department) for department in seats)


def after_consent(paper: AnyPaper) -> str:
    """The state that one more consent leads to: what a person who signs has to know; empty where no rules hold."""
    try:
        way = way_of(paper, on=_day_of(paper))
    except Refused:
        return ""
    decisions = decisions_of(paper)
    # The first of those that are left is the one being signed for: a consent stands for one body.
    signed = 1 if paper.state == "AUTHORISATION" else 0
    review = bodies_left(way.review.codes, decisions, step=Step.LEGAL_REVIEW)
    return next_state(
        paper.state,
        reviewer=len(review) > 1,
        bodies_left=bodies_left(way.authorisation.codes, decisions, step=Step.AUTHORISATION)[signed:],
        recipients_left=way.filing.codes,
    )


def last_return(paper: AnyPaper) -> Decision | None:
    """Why a draft came back, until it is handed in again."""
    decisions = decisions_of(paper)
    if not paper.is_draft or not decisions or decisions[-1].step != Step.RETURNED:
        return None
    return decisions[-1]


def waiting_for(paper: AnyPaper) -> list[str]:
    """The recipients whose number is still missing."""
    return [filing.body_name for filing in filings_of(paper) if not filing.is_acknowledged]
