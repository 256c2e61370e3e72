"""The steps of a paper of the catalogue: submitted, reviewed, approved, authorised, filed, published; or returned.

Lists, joint lists and rulebooks share them. The caller (`actions/lists.py` …) checks what only it knows (that the text
is whole, that it says why it changes) and hands over the text that is decided on.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.models import Decision, ItemList, JointList, Rulebook, Step
from mingcha.domain.catalogue.queries import (
    AnyPaper,
    Asked,
    PaperRow,
    Way,
    decisions_of,
    filings_of,
    has_written,
    way_of,
)
from mingcha.domain.catalogue.rules import PaperText
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.filings.actions import prepare_filing, withdraw_filings
from mingcha.domain.filings.models import FilingKind
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, may, require
from mingcha.kit.action import action
from mingcha.kit.errors import Forbidden
from mingcha.kit.locking import locked

FILED_AS = {ItemList: FilingKind.ITEM_LIST, JointList: FilingKind.JOINT_LIST, Rulebook: FilingKind.RULEBOOK}
FIELD_OF = {ItemList: "item_list", JointList: "joint_list", Rulebook: "rulebook"}
EVENTS = {
    Step.LEGAL_REVIEW: "reviewed",
    Step.APPROVAL: "approved",
    Step.AUTHORISATION: "authorised",
    Step.RETURNED: "returned",
}
RETURNABLE = (ListState.LEGAL_REVIEW, ListState.APPROVAL, ListState.AUTHORISATION, ListState.FILING)


@action
def submit_paper(paper: PaperRow, *, text: PaperText, by: User, at: datetime) -> PaperRow:
    """Hand a draft in: from now on nobody writes in it."""
    require(by, Permission.CATALOGUE_EDIT, within=paper.department)
    paper = locked(paper)
    rules.check_at(paper, ListState.DRAFT)
    way: Way = way_of(paper, on=timezone.localdate(at))
    asked = [*way.review.named, *way.authorisation.named]
    rules.check_bodies_known([body.label for body in asked if body.department is None])
    record("catalogue.submitted", paper, by=by, at=at, details={**text.figures, "sha256": text.digest})
    return _go_on(paper, way, text=text, by=by, at=at)


@action
def review_paper(
    paper: PaperRow, *, text: PaperText, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> PaperRow:
    """法制审核: the law allows it (法无授权不可为), by the legal office that the rules name."""
    paper = locked(paper)
    way: Way = way_of(paper, on=timezone.localdate(at))
    body = _seat_of(paper, way.review, Permission.CATALOGUE_REVIEW, step=Step.LEGAL_REVIEW, by=by)
    rules.check_at(paper, ListState.LEGAL_REVIEW)
    judged = Judgement(Step.LEGAL_REVIEW, opinion, seen, body=body)
    return _decide(paper, way, judged, text=text, by=by, at=at)


@action
def approve_paper(
    paper: PaperRow, *, text: PaperText, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> PaperRow:
    """负责人审批: the head of the department that drew it up."""
    require(by, Permission.CATALOGUE_APPROVE, within=paper.department)
    paper = locked(paper)
    rules.check_at(paper, ListState.APPROVAL)
    way: Way = way_of(paper, on=timezone.localdate(at))
    return _decide(paper, way, Judgement(Step.APPROVAL, opinion, seen), text=text, by=by, at=at)


@action
def authorise_paper(
    paper: PaperRow, *, text: PaperText, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> PaperRow:
    """外部审定: every body that the rules name decides, in any order; a person for the own department."""
    paper = locked(paper)
    way: Way = way_of(paper, on=timezone.localdate(at))
    body = _seat_of(paper, way.authorisation, Permission.CATALOGUE_AUTHORISE, step=Step.AUTHORISATION, by=by)
    rules.check_at(paper, ListState.AUTHORISATION)
    judged = Judgement(Step.AUTHORISATION, opinion, seen, body=body)
    return _decide(paper, way, judged, text=text, by=by, at=at)


@action
def publish_paper(paper: PaperRow, *, text: PaperText, by: User, at: datetime) -> PaperRow:
    """Every recipient has given its number: the paper holds, and its edition before gives way."""
    require(by, Permission.CATALOGUE_APPROVE, within=paper.department)
    paper = locked(paper)
    rules.check_at(paper, ListState.FILING)
    rules.check_decider(paper, [], by_id=by.pk, has_written=has_written(paper, by))
    rules.check_text(text.digest, decisions_of(paper))
    rules.check_receipts([filing.body_name for filing in filings_of(paper) if not filing.is_acknowledged])
    return _enter_force(paper, text=text, by=by, at=at)


@action
def return_paper(paper: PaperRow, *, text: PaperText, reason: str, by: User, at: datetime) -> PaperRow:
    """Send it back to its draft, saying why; the way begins anew and what was laid ready for filing is taken back."""
    paper = locked(paper)
    _require_returner(paper, by=by, at=at)
    rules.check_at(paper, *RETURNABLE)
    rules.check_return_reason(reason)
    withdraw_filings(paper, by=by, at=at)
    paper.move_to(ListState.DRAFT)
    if isinstance(paper, ItemList):
        paper.approved_by = None
    _keep(paper)
    _note(paper, Judgement(Step.RETURNED, reason), digest=text.digest, by=by, at=at)
    return paper


@dataclass(frozen=True)
class Judgement:
    """What one person says in one step; `seen` is the digest of the text that was read."""

    step: Step
    opinion: str
    seen: str | None = None
    body: str = ""


def _seat_of(paper: AnyPaper, asked: Asked, permission: Permission, *, step: Step, by: User) -> str:
    """The named body that this person decides for; refused to whoever sits for none of them."""
    left = rules.bodies_left(asked.codes, decisions_of(paper), step=step)
    seats = [body for body in asked.named if body.department and may(by, permission, within=body.department)]
    if not seats:
        require(by, permission, within=asked.named[0].department if asked.named else paper.department)
        raise Forbidden(_("本地规则没有要求这一步"))
    open_seats = [body.code for body in seats if body.code in left]
    rules.check_seat_open(open_seats)
    return open_seats[0]


def _require_returner(paper: AnyPaper, *, by: User, at: datetime) -> None:
    """Whoever is asked in the present step may return it; while it is being filed, the head of the department."""
    way: Way = way_of(paper, on=timezone.localdate(at))
    if paper.state == ListState.LEGAL_REVIEW:
        _require_any(by, Permission.CATALOGUE_REVIEW, way.review)
    elif paper.state == ListState.AUTHORISATION:
        _require_any(by, Permission.CATALOGUE_AUTHORISE, way.authorisation)
    else:
        require(by, Permission.CATALOGUE_APPROVE, within=paper.department)


def _require_any(by: User, permission: Permission, asked: Asked) -> None:
    places = [body.department for body in asked.named if body.department is not None]
    if not any(may(by, permission, within=place) for place in places):
        require(by, permission, within=next(iter(places), None))


def _decide(paper: PaperRow, way: Way, judged: Judgement, *, text: PaperText, by: User, at: datetime) -> PaperRow:
    decisions = decisions_of(paper)
    rules.check_decider(paper, decisions, by_id=by.pk, has_written=has_written(paper, by))
    rules.check_seen(judged.seen, present=text.digest)
    rules.check_text(text.digest, decisions)
    rules.check_opinion(judged.opinion)
    _note(paper, judged, digest=text.digest, by=by, at=at)
    if judged.step == Step.APPROVAL and isinstance(paper, ItemList):
        paper.approved_by = by
    return _go_on(paper, way, text=text, by=by, at=at)


def _note(paper: AnyPaper, judged: Judgement, *, digest: str, by: User, at: datetime) -> None:
    Decision.objects.create(
        **{FIELD_OF[type(paper)]: paper},
        step=judged.step,
        body=judged.body,
        opinion=judged.opinion.strip(),
        digest=digest,
        decided_by=by,
        decided_at=at,
    )
    details = {"body": judged.body, "opinion": judged.opinion.strip(), "sha256": digest}
    record(f"catalogue.{EVENTS[judged.step]}", paper, by=by, at=at, details=details)


def _go_on(paper: PaperRow, way: Way, *, text: PaperText, by: User, at: datetime) -> PaperRow:
    """To the next step that the rules of the place name."""
    decisions = decisions_of(paper)
    state = rules.next_state(
        ListState(paper.state),
        reviewer=bool(rules.bodies_left(way.review.codes, decisions, step=Step.LEGAL_REVIEW)),
        bodies_left=rules.bodies_left(way.authorisation.codes, decisions, step=Step.AUTHORISATION),
        recipients_left=way.filing.codes,
    )
    if state == ListState.IN_FORCE:
        return _enter_force(paper, text=text, by=by, at=at)
    if state != paper.state:
        paper.move_to(state)
    _keep(paper)
    if state == ListState.FILING:
        _file(paper, way, text=text, by=by, at=at)
    return paper


def _keep(paper: AnyPaper) -> None:
    also = ["approved_by"] if isinstance(paper, ItemList) else []
    paper.save(update_fields=["state", "in_force_at", *also])


def _file(paper: AnyPaper, way: Way, *, text: PaperText, by: User, at: datetime) -> None:
    for body in way.filing.named:
        prepare_filing(
            paper,
            kind=FILED_AS[type(paper)],
            title=text.title,
            department=paper.department,
            body=body.code,
            sector=body.sector,
            content=text.content,
            clause=way.filing.clause,
            by=by,
            at=at,
        )


def _enter_force(paper: PaperRow, *, text: PaperText, by: User, at: datetime) -> PaperRow:
    """It holds from now on. The edition of a list or rulebook before it is followed; batches hold side by side."""
    if not isinstance(paper, JointList):
        before = type(paper)._default_manager.filter(department=paper.department, state=ListState.IN_FORCE).first()
        if before is not None:
            before.move_to(ListState.SUPERSEDED)
            before.save(update_fields=["state"])
    paper.move_to(ListState.IN_FORCE)
    paper.in_force_at = at
    _keep(paper)
    record("catalogue.in_force", paper, by=by, at=at, details={**text.figures, "sha256": text.digest})
    return paper
