"""Entering, closing and reopening subjects; whom a person must not inspect."""

from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import Avoidance, AvoidanceReason, Inspector, Subject
from mingcha.domain.registers.queries import keeping_department
from mingcha.domain.registers.states import SubjectState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.errors import Forbidden, Refused
from mingcha.kit.locking import locked


@action
def register_subject(
    code: str,
    *,
    department: Department,
    name: str,
    by: Acting,
    at: datetime,
    **extras: Unpack[rules.SubjectExtras],
) -> Subject:
    """Enter one subject into the register of the department's region."""
    require(by, Permission.REGISTER_EDIT, within=department)
    code = rules.tidy_code(code)
    content = rules.new_entry(code, name, extras)
    rules.check_subject(code=code, **rules.texts_of({**content, "name": name}))
    content["changed_at"] = at
    # Of two presses at once the second finds the first one's row here, not an IntegrityError.
    subject, new = Subject.objects.get_or_create(region=department.region, code=code, defaults=content)
    rules.check_new(_("检查对象"), code, exists=not new)
    record("registers.subject_registered", subject, by=by, at=at, details={"code": code, "name": subject.name})
    return subject


@action
def amend_subject(
    subject: Subject, *, entry: rules.SubjectEntry, reason: str, seen: datetime, by: Acting, at: datetime
) -> Subject:
    """Correct one firm's entry; `seen` is the `changed_at` of what the keeper was looking at."""
    require_keeper(by, subject)
    subject = locked(subject)
    entry = {**entry, "name": entry["name"].strip()}
    replaced = rules.replaced_by(entry, subject)
    rules.check_reason(reason)
    rules.check_subject(code=subject.code, **rules.texts_of(entry))
    rules.check_amendable(subject, replaced=replaced, seen=seen)
    for key, value in entry.items():
        setattr(subject, key, value)
    if "code_type" in replaced:
        subject.warning = rules.doubtful_of(subject.code, subject.code_type)
    subject.search, subject.initials = rules.search_words(subject.name)
    subject.changed_at = at
    subject.save(update_fields=[*replaced, "warning", "search", "initials", "changed_at"])
    details = {"code": subject.code, "reason": reason.strip(), **rules.before_and_after(replaced, subject)}
    record("registers.subject_amended", subject, by=by, at=at, details=details)
    return subject


@action
def close_subject(subject: Subject, *, reason: str, by: Acting, at: datetime) -> Subject:
    """The firm has ended: no later draw takes it."""
    return _move(subject, SubjectState.CLOSED, "registers.subject_closed", reason=reason, by=by, at=at)


@action
def reopen_subject(subject: Subject, *, reason: str, by: Acting, at: datetime) -> Subject:
    """It was closed by mistake, or has come back."""
    return _move(subject, SubjectState.OPEN, "registers.subject_reopened", reason=reason, by=by, at=at)


def _move(subject: Subject, state: SubjectState, event: str, *, reason: str, by: Acting, at: datetime) -> Subject:
    require_keeper(by, subject)
    subject = locked(subject)
    rules.check_reason(reason)
    subject.move_to(state)
    subject.changed_at = at
    subject.save(update_fields=["state", "changed_at"])
    record(event, subject, by=by, at=at, details={"code": subject.code, "reason": reason.strip()})
    return subject


def require_keeper(by: Acting, subject: Subject) -> None:
    """Beat one where the row belongs to a region: refuse whoever keeps no register there."""
    department = keeping_department(by, subject.region)
    if department is None:
        raise Forbidden(_("这个账号不管%s的检查对象名录；需要时由系统管理员授权") % subject.region)
    require(by, Permission.REGISTER_EDIT, within=department)


@action
def declare_avoidance(
    subject: Subject,
    inspector: Inspector,
    *,
    reason: str,
    kind: str = AvoidanceReason.OTHER.value,
    by: Acting,
    at: datetime,
) -> Avoidance:
    """This person must not inspect this subject (回避); declaring it twice changes nothing."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector = locked(inspector)
    rules.check_reason(reason)
    if kind not in AvoidanceReason.values:
        raise Refused(_("没有这一种回避事由，重新选择"), field="kind")
    if not subject.region.code.startswith(inspector.department.region.prefix):
        raise Refused(_("%s不在这名人员的区划内，不用申报回避") % subject.name, field="subject")
    avoidance, new = Avoidance.objects.get_or_create(
        subject=subject, inspector=inspector, defaults={"kind": kind, "reason": reason.strip(), "declared_at": at}
    )
    if new:
        details = {"subject": subject.code, "inspector": inspector.code, "kind": kind, "reason": reason.strip()}
        record("registers.avoidance_declared", avoidance, by=by, at=at, details=details)
    return avoidance


@action
def withdraw_avoidance(avoidance: Avoidance, *, reason: str, by: Acting, at: datetime) -> None:
    """It no longer holds: the person may be sent there again. The trail keeps who it was about and why."""
    require(by, Permission.REGISTER_EDIT, within=avoidance.inspector.department)
    held = Avoidance.objects.select_for_update().filter(pk=avoidance.pk).first()
    if held is None:
        raise Refused(_("这条回避已经撤回，没有再撤一次"))
    rules.check_reason(reason)
    details = {
        "subject": held.subject.code,
        "inspector": held.inspector.code,
        "declared_for": held.reason,
        "reason": reason.strip(),
    }
    record("registers.avoidance_withdrawn", held, by=by, at=at, details=details)
    held.delete()
