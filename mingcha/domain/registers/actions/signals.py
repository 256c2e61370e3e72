"""What is on record about a subject: signals put on and taken off, the credit class of a month."""

from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.reliefs import lapse_reliefs
from mingcha.domain.registers.actions.subjects import require_keeper
from mingcha.domain.registers.models import BAD_SIGNALS, CreditClass, Signal, Subject
from mingcha.domain.registers.queries.signals import newest_class, open_signal
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def add_signal(
    subject: Subject, *, kind: str, since: date, source: str, note: str = "", by: User, at: datetime
) -> Signal:
    """Put something on record; what is bad ends every exemption of the subject at once."""
    require_keeper(by, subject)
    subject, today = locked(subject), timezone.localdate(at)
    rules.check_signal(kind=kind, since=since, source=source, note=note, today=today)
    if rules.is_list(kind):
        rules.check_not_running(open_signal(subject, kind))
    signal = Signal.objects.create(
        subject=subject, kind=kind, since=since, source=source.strip(), note=note.strip(), recorded_by=by
    )
    details = {"kind": kind, "since": since.isoformat(), "source": signal.source, "note": signal.note}
    record("registers.signal_added", subject, by=by, at=at, details=details)
    if kind in BAD_SIGNALS:
        lapse_reliefs(subject, because=str(signal.get_kind_display()), on=today)
    return signal


@action
def close_signal(signal: Signal, *, until: date, reason: str, by: User, at: datetime) -> Signal:
    """Taken off: from that day on it no longer counts. What it has ended stays ended."""
    require_keeper(by, signal.subject)
    signal = locked(signal)
    rules.check_reason(reason)
    rules.check_closable(signal, until=until, today=timezone.localdate(at))
    signal.until = until
    signal.save(update_fields=["until"])
    details = {"kind": signal.kind, "until": until.isoformat(), "reason": reason.strip()}
    record("registers.signal_closed", signal.subject, by=by, at=at, details=details)
    return signal


@action
def set_credit_class(subject: Subject, *, month: date, risk: str, source: str, by: User, at: datetime) -> CreditClass:
    """The class of one month, entered or corrected; the newest month's is the subject's risk in every draw."""
    require_keeper(by, subject)
    subject, month = locked(subject), rules.first_of(month)
    rules.check_credit(month=month, risk=risk, today=timezone.localdate(at))
    rules.check_source(source)
    given = {"risk": risk, "source": source.strip()}
    row, _new = CreditClass.objects.update_or_create(subject=subject, month=month, defaults=given)
    newest, before = newest_class(subject), subject.risk
    if newest is not None and newest.risk != before:
        subject.risk, subject.changed_at = newest.risk, at
        subject.save(update_fields=["risk", "changed_at"])
    details = {"month": month.isoformat()[:7], "risk": risk, "risk_before": before, "risk_after": subject.risk}
    record("registers.credit_set", subject, by=by, at=at, details=details)
    return row
