"""更新确认: the owner of a register says that it may be drawn from."""

from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import BatchKind, RegisterConfirmation
from mingcha.domain.registers.queries import confirmation_of, content_of
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def confirm_register(
    department: Department, register: str, *, remark: str = "", seen: str = "", by: User, at: datetime
) -> RegisterConfirmation:
    """Sign for a register as it is now; `seen` is the digest of what the page showed."""
    require(by, Permission.REGISTER_CONFIRM, within=department)
    department, kind, today = locked(department), BatchKind(register), timezone.localdate(at)
    rules.check_remark(remark)
    content, last = content_of(department, kind), confirmation_of(department, kind, on=today)
    same_day = last is not None and timezone.localdate(last.confirmed_at) == today
    rules.check_confirmable(rows=content.rows, digest=content.digest, seen=seen, last=last, same_day=same_day)
    confirmation = RegisterConfirmation.objects.create(
        register=kind,
        department=department,
        rows=content.rows,
        digest=content.digest,
        confirmed_by=by,
        confirmed_at=at,
        remark=remark.strip(),
    )
    details = {"register": str(kind.value), "rows": content.rows, "digest": content.digest}
    record("registers.register_confirmed", confirmation, by=by, at=at, details=details)
    return confirmation
