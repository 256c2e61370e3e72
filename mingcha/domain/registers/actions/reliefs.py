"""免检与包容审慎: the head decides for a time; a bad signal or a finding ends it at once."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import queries, rules
from mingcha.domain.registers.models import Relief, Subject
from mingcha.domain.registers.queries.reliefs import decided_from, open_reliefs, undecided_subjects
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def decide_reliefs(
    department: Department,
    subjects: Collection[int],
    *,
    kind: str,
    since: date,
    until: date,
    reason: str,
    by: User,
    at: datetime,
) -> list[Relief]:
    """Leave these subjects out of the draws that the department leads, from a day to a day; all of them or none."""
    require(by, Permission.EXEMPTION_DECIDE, within=department)
    department, today, keys = locked(department), timezone.localdate(at), set(subjects)
    clause = queries.clean_years_clause(department, on=today)
    rules.check_relief(kind=kind, since=since, until=until, reason=reason, today=today, clause=clause)
    rules.check_chosen(chosen=len(keys))
    fitting = _fitting(department, kind, keys, on=today, since=since)
    left = keys - {subject.pk for subject in fitting}
    rules.check_fitting(_misfits(department, kind, left, on=today, since=since, by=by), count=len(left))
    decided = []
    for subject in fitting:
        relief = Relief.objects.create(
            subject=subject,
            department=department,
            kind=kind,
            since=since,
            until=until,
            reason=reason.strip(),
            decided_by=by,
        )
        details = {"kind": kind, "department": department.code, "since": since.isoformat()}
        more = {"until": until.isoformat(), "reason": relief.reason}
        record("registers.relief_decided", subject, by=by, at=at, details={**details, **more})
        decided.append(relief)
    return decided


def _fitting(department: Department, kind: str, keys: set[int], *, on: date, since: date) -> list[Subject]:
    """Of the chosen ones those who may be left out; the rule's own candidates where it is a rule that exempts."""
    if kind == Relief.Kind.CLEAN_YEARS:
        found = queries.relief_candidates(department, on=on)
    else:
        found = undecided_subjects(department, kind, on=on).order_by("code")
    again = decided_from(department, kind, keys, since=since)
    return list(found.filter(pk__in=keys - again))


def _misfits(
    department: Department, kind: str, keys: set[int], *, on: date, since: date, by: User
) -> list[rules.Misfit]:
    """Why each of these does not fit; what the person may not see is not named."""
    inside = set(queries.firms_in(department.region).filter(pk__in=keys).values_list("pk", flat=True))
    free = set(undecided_subjects(department, kind, on=on).filter(pk__in=keys).values_list("pk", flat=True))
    held = Relief.objects.filter(department=department, kind=kind, subject__in=keys)
    decided = set(held.values_list("subject", flat=True)) - free
    decided |= decided_from(department, kind, keys, since=since)
    return [
        rules.Misfit(
            subject.name, rules.why_not(subject, is_inside=subject.pk in inside, is_decided=subject.pk in decided)
        )
        for subject in queries.subjects_visible_to(by).filter(pk__in=keys).order_by("code")
    ]


@action
def end_relief(relief: Relief, *, reason: str, by: User, at: datetime) -> Relief:
    """The head takes the decision back: from today on the subject can be drawn again."""
    require(by, Permission.EXEMPTION_DECIDE, within=relief.department)
    relief, today = locked(relief), timezone.localdate(at)
    rules.check_relief_reason(reason)
    rules.check_lapsable(relief, on=today)
    _lapse(relief, because=reason.strip(), on=today)
    details = {"kind": relief.kind, "department": relief.department.code, "reason": reason.strip()}
    record("registers.relief_ended", relief.subject, by=by, at=at, details=details)
    return relief


@action
def lapse_reliefs(subject: Subject, *, because: str, on: date) -> int:
    """Told by whoever learns something bad: every decision about the firm ends; the row keeps when and why."""
    held = list(open_reliefs(subject, on=on))
    for relief in held:
        _lapse(relief, because=because, on=on)
    return len(held)


def _lapse(relief: Relief, *, because: str, on: date) -> None:
    relief.lapsed_on, relief.lapsed_because = on, because[:300]
    relief.save(update_fields=["lapsed_on", "lapsed_because"])
