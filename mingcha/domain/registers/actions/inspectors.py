"""Enlisting people, suspending and restoring them, giving them a log-in."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import Inspector
from mingcha.domain.registers.queries import login_candidates
from mingcha.domain.registers.states import InspectorState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked


@action
def enlist_inspector(
    code: str,
    *,
    department: Department,
    name: str,
    certificate_no: str,
    certificate_until: date,
    by: Acting,
    at: datetime,
    areas: str = rules.EVERYWHERE,
    skills: str = "",
) -> Inspector:
    """Enter one person into the roster; an ended certificate may be entered, it only keeps the person out of draws."""
    require(by, Permission.REGISTER_EDIT, within=department)
    code, certificate_no = rules.tidy_code(code), certificate_no.strip()
    rules.check_inspector(code=code, name=name, certificate_no=certificate_no, areas=areas, skills=skills)
    rules.check_new(_("执法检查人员"), code, exists=Inspector.objects.filter(code=code).exists())
    rules.check_certificate_free(certificate_no, holder=Inspector.objects.filter(certificate_no=certificate_no).first())
    content = {
        "department": department,
        "name": name.strip(),
        "certificate_no": certificate_no,
        "certificate_until": certificate_until,
        "areas": rules.tidy_areas(areas),
        "skills": ",".join(rules.listed(skills)),
        "changed_at": at,
    }
    inspector, new = Inspector.objects.get_or_create(code=code, defaults=content)  # the other of two presses waits here
    rules.check_new(_("执法检查人员"), code, exists=not new)
    details = {"code": code, "department": department.code, "until": certificate_until.isoformat()}
    record("registers.inspector_enlisted", inspector, by=by, at=at, details=details)
    return inspector


@action
def amend_inspector(
    inspector: Inspector, *, entry: rules.InspectorEntry, reason: str, seen: datetime, by: Acting, at: datetime
) -> Inspector:
    """Correct one person's entry; `seen` is the `changed_at` of what the keeper was looking at."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector = locked(inspector)
    entry = {
        **entry,
        "name": entry["name"].strip(),
        "certificate_no": entry["certificate_no"].strip(),
        "areas": rules.tidy_areas(entry["areas"]),
        "skills": ",".join(rules.listed(entry["skills"])),
    }
    replaced = rules.replaced_by(entry, inspector)
    rules.check_reason(reason)
    texts = {key: entry[key] for key in ("name", "certificate_no", "areas", "skills")}
    rules.check_inspector(code=inspector.code, **texts)
    others = Inspector.objects.filter(certificate_no=entry["certificate_no"]).exclude(pk=inspector.pk)
    rules.check_certificate_free(entry["certificate_no"], holder=others.first())
    rules.check_amendable(inspector, replaced=replaced, seen=seen)
    for key, value in entry.items():
        setattr(inspector, key, value)
    inspector.changed_at = at
    inspector.save(update_fields=[*replaced, "changed_at"])
    details = {"code": inspector.code, "reason": reason.strip(), **rules.before_and_after(replaced, inspector)}
    record("registers.inspector_amended", inspector, by=by, at=at, details=details)
    return inspector


@action
def suspend_inspector(inspector: Inspector, *, reason: str, by: Acting, at: datetime) -> Inspector:
    """Out of every draw until restored."""
    return _move(inspector, InspectorState.SUSPENDED, "registers.inspector_suspended", reason=reason, by=by, at=at)


@action
def restore_inspector(inspector: Inspector, *, reason: str, by: Acting, at: datetime) -> Inspector:
    """Back into the draws."""
    return _move(inspector, InspectorState.ACTIVE, "registers.inspector_restored", reason=reason, by=by, at=at)


def _move(
    inspector: Inspector, state: InspectorState, event: str, *, reason: str, by: Acting, at: datetime
) -> Inspector:
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector = locked(inspector)
    rules.check_reason(reason)
    inspector.move_to(state)
    inspector.changed_at = at
    inspector.save(update_fields=["state", "changed_at"])
    record(event, inspector, by=by, at=at, details={"code": inspector.code, "reason": reason.strip()})
    return inspector


@action
def give_login(inspector: Inspector, user: User, *, by: Acting, at: datetime) -> Inspector:
    """This account is this person: its phone page shows this person's inspections. Given twice, it changes nothing."""
    require(by, Permission.REGISTER_EDIT, within=inspector.department)
    inspector, user = locked(inspector), locked(user)  # the account too: two keepers may give it at the same time
    if inspector.user_id == user.pk:
        return inspector
    rules.check_login_free(inspector, held_by=Inspector.objects.filter(user=user).first())
    fits = login_candidates(inspector.department).filter(pk=user.pk).exists()
    rules.check_login_fits(inspector, user.username, fits=fits)
    inspector.user = user
    inspector.changed_at = at
    inspector.save(update_fields=["user", "changed_at"])
    details = {"code": inspector.code, "username": user.username}
    record("registers.login_given", inspector, by=by, at=at, details=details)
    return inspector
