"""Contact and telephone are masked; whoever needs them says why, and that stays on record."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.subjects import require_keeper
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@dataclass(frozen=True)
class Shown:
    """What was masked."""

    contact: str
    phone: str


@action
def show_personal(row: Subject | Inspector, *, reason: str, by: User, at: datetime) -> Shown:
    """Unmask a firm's contact or a person's telephone for whoever keeps the register."""
    if isinstance(row, Subject):
        require_keeper(by, row)
    else:
        require(by, Permission.REGISTER_EDIT, within=row.department)
    row = locked(row)
    rules.check_personal(row, reason=reason)
    rules.check_reason(reason)
    details = {"code": row.code, "reason": reason.strip()}
    record("registers.personal_shown", row, by=by, at=at, details=details)
    return Shown(contact=row.contact if isinstance(row, Subject) else row.name, phone=row.phone)
