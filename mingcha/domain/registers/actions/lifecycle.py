"""The life of an entry: verified, silent for too long, entered by mistake."""

from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Region, User
from mingcha.domain.registers import queries, rules
from mingcha.domain.registers.actions.subjects import require_keeper
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.states import SubjectState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked


@action
def verify_subject(subject: Subject, *, source: str = "", by: User, at: datetime) -> Subject:
    """Somebody looked: what the register says is right today. A pending or stale entry is open from now on."""
    require_keeper(by, subject)
    subject, today = locked(subject), timezone.localdate(at)
    rules.check_verifiable(subject, source=source.strip(), today=today)
    before = subject.state
    if before != SubjectState.OPEN:
        subject.move_to(SubjectState.OPEN)
    subject.verified_on, subject.changed_at = today, at
    subject.source = source.strip() or subject.source
    subject.save(update_fields=["state", "verified_on", "source", "changed_at"])
    details = {"code": subject.code, "source": subject.source, "state_before": before, "state_after": subject.state}
    record("registers.subject_verified", subject, by=by, at=at, details=details)
    return subject


@action
def void_subject(subject: Subject, *, reason: str, by: User, at: datetime) -> Subject:
    """Entered by mistake: never drawn again, kept for the record."""
    require_keeper(by, subject)
    subject = locked(subject)
    rules.check_reason(reason)
    subject.move_to(SubjectState.VOID)
    subject.changed_at = at
    subject.save(update_fields=["state", "changed_at"])
    details = {"code": subject.code, "reason": reason.strip()}
    record("registers.subject_voided", subject, by=by, at=at, details=details)
    return subject


@action
def mark_stale(region: Region, *, before: date, by: Acting, at: datetime) -> int:
    """Every open entry of a region that was silent since a day is to be looked at; one statement, one trace."""
    silent = queries.silent_subjects(region, before=before)
    if not silent.exists():
        return 0
    marked = silent.update(state=SubjectState.STALE, changed_at=at)
    details = {"region": region.code, "marked": marked, "silent_since": before.isoformat()}
    record("registers.subjects_went_stale", region, by=by, at=at, details=details)
    return marked
