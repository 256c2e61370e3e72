"""Preparing, sending and answering filings."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Model
from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.filings import rules
from mingcha.domain.filings.models import Filing, Receipt
from mingcha.domain.filings.queries import filings_about, name_of
from mingcha.domain.filings.states import FilingState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.organisation.queries import body_for
from mingcha.domain.policy.rules import Clause
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked


@action
def prepare_filing(
    about: Model,
    *,
    kind: str,
    title: str,
    department: Department,
    body: str,
    sector: str = "",
    content: Mapping[str, object],
    clause: Clause | None,
    due_on: date | None = None,
    by: Acting,
    at: datetime,
) -> Filing:
    """Subordinate: a paper that has been approved is laid ready for one recipient. The caller asked who and whether."""
    filing = Filing.objects.create(
        kind=kind,
        about=name_of(about),
        title=title[:300],
        department=department,
        body=body,
        recipient=body_for(department.region, body, sector=sector),
        content=dict(content),
        digest=rules.digest_of(content),
        rule=rules.rule_of(clause),
        due_on=due_on,
        year=timezone.localdate(at).year,
        prepared_at=at,
    )
    record("filings.prepared", filing, by=by, at=at, details={"body": body, "sha256": filing.digest})
    return filing


@action
def send_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """Hand it in, for the first time or again after a return."""
    require(by, Permission.FILING_SEND, within=filing.department)
    filing = locked(filing)
    rules.check_sendable(filing)
    filing.move_to(FilingState.SENT)
    filing.sent_by, filing.sent_at = by, at
    filing.save(update_fields=["state", "sent_by", "sent_at"])
    record("filings.sent", filing, by=by, at=at, details={"body": filing.body, "sha256": filing.digest})
    return filing


@action
def acknowledge(filing: Filing, *, number: str, remark: str = "", by: User, at: datetime) -> Receipt:
    """Accept it under a number. For a body without an account here, the filing department enters the receipt."""
    _require_answerer(filing, by=by)
    filing = locked(filing)
    rules.check_answerable(filing)
    rules.check_number(number)
    filing.move_to(FilingState.ACKNOWLEDGED)
    filing.save(update_fields=["state"])
    receipt = Receipt.objects.create(
        filing=filing, accepted=True, number=number.strip(), remark=remark.strip(), received_by=by, received_at=at
    )
    record("filings.acknowledged", filing, by=by, at=at, details={"number": receipt.number})
    return receipt


@action
def return_filing(filing: Filing, *, reason: str, by: User, at: datetime) -> Receipt:
    """Send it back, saying what has to be put right."""
    _require_answerer(filing, by=by)
    filing = locked(filing)
    rules.check_answerable(filing)
    rules.check_return_reason(reason)
    filing.move_to(FilingState.RETURNED)
    filing.save(update_fields=["state"])
    receipt = Receipt.objects.create(
        filing=filing, accepted=False, remark=reason.strip(), received_by=by, received_at=at
    )
    record("filings.returned", filing, by=by, at=at, details={"reason": reason.strip()})
    return receipt


@action
def withdraw_filings(about: Model, *, by: Acting, at: datetime) -> int:
    """Subordinate: the paper goes back to its draft, what nobody accepted is taken back; returns how many."""
    waiting = [filing for filing in filings_about(about).select_for_update() if not filing.is_acknowledged]
    for filing in waiting:
        filing.move_to(FilingState.WITHDRAWN)
        filing.save(update_fields=["state"])
        record("filings.withdrawn", filing, by=by, at=at)
    return len(waiting)


def _require_answerer(filing: Filing, *, by: User) -> None:
    if filing.recipient is not None:
        require(by, Permission.FILING_RECEIVE, within=filing.recipient)
    else:
        require(by, Permission.FILING_SEND, within=filing.department)
