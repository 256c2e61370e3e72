"""派员通知: who is sent says that it was read."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.models import Assignment, Inspection
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def acknowledge(inspection: Inspection, *, by: User, at: datetime) -> Assignment:
    """确认收到. Twice does nothing."""
    require(by, Permission.INSPECTION_DO, within=inspection.department)
    inspection = locked(inspection)
    assignment = rules.check_assigned(queries.assignment_of(inspection, by))
    if assignment.acknowledged_at is None:
        assignment.acknowledged_at = at
        assignment.save(update_fields=["acknowledged_at"])
        details = {"inspector": assignment.inspector.code}
        record("inspection.acknowledged", inspection, by=by, at=at, details=details)
    return assignment


@action
def acknowledge_all(person: User, *, by: User, at: datetime) -> int:
    """全部确认收到: everything that is new for a person, by that person; returns how many."""
    require(by, Permission.INSPECTION_DO)
    rules.check_own_notices(person, by=by)
    new = list(queries.new_for(person))
    for assignment in new:
        acknowledge(assignment.inspection, by=by, at=at)
    return len(new)
