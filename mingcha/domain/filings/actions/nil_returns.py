"""无调整报送: nothing changed this year, and that is reported too (如无动态调整，也请报送)."""

from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.filings import rules
from mingcha.domain.filings.models import Filing, FilingKind
from mingcha.domain.filings.queries import filed_for_year
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.organisation.queries import body_for
from mingcha.domain.policy.queries import profile_for
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def file_nil_return(
    department: Department, *, body: str, year: int, since: int | None, changed: bool, by: User, at: datetime
) -> Filing:
    """Lay a nil return ready, to be sealed and sent as any filing.

    `since`: in which year did its first list come into force? `changed`: did an edition do so in that year? The lists
    lie above filings, so the caller says. Where the rules of the place know no nil return, none is made.
    """
    require(by, Permission.FILING_SEND, within=department)
    department = locked(department)
    today = timezone.localdate(at)
    profile = profile_for(department.region, on=today)
    clauses = rules.clauses_by_key(profile)
    clause = rules.check_nil_return_known(clauses, name=profile.name)
    rules.check_recipient(clauses, body)
    recipient = body_for(department.region, body)
    rules.check_other(recipient, department)
    rules.check_year(year, today=today)
    rules.check_begun(since, year=year)
    rules.check_nothing_changed(changed, filed_for_year(department, body=body, year=year), year=year)
    content = rules.nil_content(department, year=year)
    filing = Filing.objects.create(
        kind=FilingKind.NIL_RETURN,
        title=rules.nil_title(department, year=year),
        department=department,
        body=body,
        recipient=recipient,
        content=content,
        digest=rules.digest_of(content),
        rule=rules.rule_of(clause, forms=clauses.get("filing_forms")),
        due_on=rules.list_due(clauses, year),
        year=year,
        prepared_at=at,
    )
    record("filings.nil_return", filing, by=by, at=at, details={"body": body, "year": year, "sha256": filing.digest})
    return filing
