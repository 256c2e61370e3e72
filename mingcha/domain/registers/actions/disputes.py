"""The list of firms in dispute that a department keeps: while a dispute runs, its draws leave the firm out."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import Dispute, Subject
from mingcha.kit.action import action
from mingcha.kit.errors import Refused
from mingcha.kit.locking import locked


@action
def declare_dispute(
    subject: Subject, department: Department, *, reason: str, since: date, by: User, at: datetime
) -> Dispute:
    """A firm and a department are in dispute since a day."""
    require(by, Permission.REGISTER_EDIT, within=department)
    subject = locked(subject)
    if not subject.region.code.startswith(department.region.prefix):
        raise Refused(_("%s不在本部门的区划内，不用登记") % subject.name)
    running = Dispute.objects.filter(subject=subject, department=department, until=None).exists()
    rules.check_dispute(subject, reason=reason, since=since, today=timezone.localdate(at), open_already=running)
    dispute = Dispute.objects.create(
        subject=subject, department=department, reason=reason.strip(), since=since, declared_by=by
    )
    details = {"subject": subject.code, "department": department.code, "since": since.isoformat()}
    record("registers.dispute_declared", dispute, by=by, at=at, details={**details, "reason": dispute.reason})
    return dispute


@action
def end_dispute(dispute: Dispute, *, on: date, by: User, at: datetime) -> Dispute:
    """It is over: from that day on the department's draws know the firm again."""
    require(by, Permission.REGISTER_EDIT, within=dispute.department)
    dispute = locked(dispute)
    rules.check_endable(dispute, on=on, today=timezone.localdate(at))
    dispute.until = on
    dispute.save(update_fields=["until"])
    details = {"subject": dispute.subject.code, "department": dispute.department.code, "until": on.isoformat()}
    record("registers.dispute_ended", dispute, by=by, at=at, details=details)
    return dispute
