"""What belongs to one person of the roster: category and scope, other papers, leave, training."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import Inspector, Leave, Qualification, Training
from mingcha.domain.registers.queries.people import leaves_ahead
from mingcha.domain.registers.states import InspectorState
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def describe_inspector(
    inspector: Inspector,
    *,
    category: str,
    post: str = "",
    team: str = "",
    item_codes: Collection[str] = (),
    is_expert: bool = False,
    phone: str = "",
    by: User,
    at: datetime,
) -> Inspector:
    """Category, post, team, which items: an empty choice of items is all of the department's."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector = locked(inspector)
    known = {item.code for item in items_in_force(department=inspector.department)}
    rules.check_described(category=category, post=post, team=team, phone=phone, item_codes=item_codes, known=known)
    entry = {
        "category": category,
        "post": post.strip(),
        "team": team.strip(),
        "item_codes": sorted(item_codes),
        "is_expert": is_expert,
        "phone": phone.strip(),
    }
    replaced = rules.replaced_by(entry, inspector)
    rules.check_changed(replaced)
    for key, value in entry.items():
        setattr(inspector, key, value)
    inspector.changed_at = at
    inspector.save(update_fields=[*replaced, "changed_at"])
    details = {"code": inspector.code, **rules.before_and_after(replaced, inspector)}
    record("registers.inspector_described", inspector, by=by, at=at, details=details)
    return inspector


@action
def release_inspector(inspector: Inspector, *, reason: str, by: User, at: datetime) -> Inspector:
    """调离、退休: out of the roster for good; what the person did stays."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector = locked(inspector)
    rules.check_reason(reason)
    inspector.move_to(InspectorState.LEFT)
    inspector.changed_at = at
    inspector.save(update_fields=["state", "changed_at"])
    details = {"code": inspector.code, "reason": reason.strip()}
    record("registers.inspector_released", inspector, by=by, at=at, details=details)
    return inspector


@action
def add_qualification(
    inspector: Inspector, *, name: str, number: str = "", until: date | None = None, by: User, at: datetime
) -> Qualification:
    """A paper beside the enforcement certificate."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector = locked(inspector)
    held = inspector.qualifications.filter(name=name.strip()).exists()
    rules.check_qualification(name=name, number=number, exists=held)
    row = Qualification.objects.create(inspector=inspector, name=name.strip(), number=number.strip(), until=until)
    details = {"name": row.name, "number": rules.masked(row.number), "until": until.isoformat() if until else ""}
    record("registers.qualification_added", inspector, by=by, at=at, details=details)
    return row


@action
def drop_qualification(qualification: Qualification, *, reason: str, by: User, at: datetime) -> None:
    """Revoked, replaced or entered by mistake."""
    require(by, Permission.REGISTER_EDIT, within=qualification.inspector.department)
    inspector = locked(qualification.inspector)
    held = Qualification.objects.filter(pk=qualification.pk).first()
    rules.check_still_there(held)
    rules.check_reason(reason)
    details = {"name": qualification.name, "reason": reason.strip()}
    record("registers.qualification_dropped", inspector, by=by, at=at, details=details)
    qualification.delete()


@action
def grant_leave(
    inspector: Inspector, *, kind: str, since: date, until: date, remark: str = "", by: User, at: datetime
) -> Leave:
    """Days on which the person is not drawn; over by itself."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector, today = locked(inspector), timezone.localdate(at)
    others = list(leaves_ahead(inspector, on=today))
    rules.check_leave(kind=kind, since=since, until=until, remark=remark, today=today, others=others)
    leave = Leave.objects.create(inspector=inspector, kind=kind, since=since, until=until, remark=remark.strip())
    details = {"kind": kind, "since": since.isoformat(), "until": until.isoformat()}
    record("registers.leave_granted", inspector, by=by, at=at, details=details)
    return leave


@action
def end_leave(leave: Leave, *, by: User, at: datetime) -> Leave | None:
    """销假: back from today on; what had not begun is called off."""
    require(by, Permission.REGISTER_EDIT, within=leave.inspector.department)
    inspector, today = locked(leave.inspector), timezone.localdate(at)
    held = Leave.objects.filter(pk=leave.pk).first()
    rules.check_still_there(held)
    leave.refresh_from_db()
    rules.check_return(leave, on=today)
    details = {"kind": leave.kind, "since": leave.since.isoformat(), "until": leave.until.isoformat()}
    record("registers.leave_ended", inspector, by=by, at=at, details=details)
    if leave.since >= today:
        leave.delete()
        return None
    leave.until = today - timedelta(days=1)
    leave.save(update_fields=["until"])
    return leave


@action
def record_training(
    inspector: Inspector, *, on: date, title: str, hours: int, passed: bool = True, by: User, at: datetime
) -> Training:
    """A training that was held."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector = locked(inspector)
    held = inspector.trainings.filter(on=on, title=title.strip()).exists()
    rules.check_training(on=on, title=title, hours=hours, today=timezone.localdate(at), exists=held)
    row = Training.objects.create(inspector=inspector, on=on, title=title.strip(), hours=hours, passed=passed)
    details = {"on": on.isoformat(), "title": row.title, "hours": hours, "passed": passed}
    record("registers.training_recorded", inspector, by=by, at=at, details=details)
    return row
