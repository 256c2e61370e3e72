"""Laying a paper ready for one recipient, and taking it back."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Model
from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.filings import rules
from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries import accepted_before, filings_about, forms_for, name_of, open_filing
from mingcha.domain.filings.states import FilingState
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.queries import body_for
from mingcha.domain.policy.rules import Clause
from mingcha.kit.action import action
from mingcha.kit.actors import Acting


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
    year: int | None = None,
    by: Acting,
    at: datetime,
) -> Filing:
    """Subordinate: a paper that has been approved is laid ready for one recipient. The caller asked who and whether.

    `content` becomes the 备案表: plain values are facts, lists of mappings or of lists tables, keys the words people
    read. What the body has, or will have, of the same content is returned. `year`: the paper's own, if not this one.
    """
    digest, on = rules.digest_of(content), timezone.localdate(at)
    paper = {"kind": kind, "body": body, "sector": sector}
    known = rules.filing_in_place(open_filing(about, **paper), accepted_before(about, **paper), digest=digest)
    if known is not None:
        return known
    filing = Filing.objects.create(
        **paper,
        about=name_of(about),
        title=title[:300],
        department=department,
        recipient=body_for(department.region, body, sector=sector),
        content=dict(content),
        digest=digest,
        rule=rules.rule_of(clause, forms=forms_for(department, on=on)),
        due_on=due_on,
        year=year or on.year,
        prepared_at=at,
    )
    record("filings.prepared", filing, by=by, at=at, details={"body": body, "sha256": filing.digest})
    return filing


@action
def withdraw_filings(about: Model, *, by: Acting, at: datetime) -> int:
    """Subordinate: the paper goes back to its draft, what nobody accepted is taken back; returns how many."""
    waiting = [filing for filing in filings_about(about).select_for_update() if not filing.is_acknowledged]
    for filing in waiting:
        filing.move_to(FilingState.WITHDRAWN)
        filing.save(update_fields=["state"])
        record("filings.withdrawn", filing, by=by, at=at)
    return len(waiting)
