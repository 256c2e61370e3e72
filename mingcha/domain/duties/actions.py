"""Starting and stopping clocks. Their callers are actions of later steps: who may, and the trail, are theirs."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.duties import rules
from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.duties.queries import about_key, duty_of
from mingcha.domain.duties.states import DutyState
from mingcha.domain.organisation.models import Department
from mingcha.domain.policy.models import Calendar, Profile
from mingcha.domain.policy.queries import calendar, profile_for
from mingcha.domain.policy.rules import Clause, clause_of, clauses_of, has_clause, said_by
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked

WARNING_OF = {
    DutyKind.ENTRY: "warn_entry_hours",
    DutyKind.PUBLISH_RESULT: "warn_publish_working_days",
    DutyKind.CAMPAIGN_END: "warn_campaign_working_days",
}
LAGS = {"warn_lag": "warn_campaign_lag", "late_lag": "late_campaign_lag"}


@action
def start_duty(
    kind: str,
    about: Model,
    *,
    department: Department,
    event_at: datetime,
    by: Acting,
    at: datetime,
    limit: datetime | None = None,
    work_ended_at: datetime | None = None,
    own: Clause | None = None,
) -> Duty | None:
    """Start a row's clock of a kind, once; the rule of the event's day is copied in.

    `work_ended_at`: when the inspecting that the row was a part of ended, for rules that count from there. `own`: the
    number of the department's rulebook, which lies above this app; it counts where it leaves no more time than the
    rules of the place. Returns None where neither says anything: an absent key is an absent rule.
    """
    present = duty_of(kind, about)
    if present is not None:
        return present
    profile = profile_for(department.region, on=timezone.localdate(event_at))
    known = calendar()
    event = rules.Event(event_at, limit=limit, work_ended_at=work_ended_at)
    clock = rules.clock_for(DutyKind(kind), said_by(clauses_of(profile)), event, calendar=known, own=own)
    if clock is None:
        return None
    duty = Duty(
        kind=kind,
        about=about_key(about),
        about_label=str(about)[:300],
        department=department,
        started_at=clock.starts_at,
        rule=_rule_for(clock, profile),
    )
    _reckon(duty, known)
    return Duty.objects.get_or_create(kind=kind, about=duty.about, defaults=_values_of(duty))[0]


def _rule_for(clock: rules.Clock, profile: Profile) -> dict[str, object]:
    """The copy that the duty keeps: value, quote and clause, the thresholds of its light, whose rules they were."""
    rule: dict[str, object] = clock.clause.model_dump(mode="json", exclude_defaults=True)
    rule["profile"] = profile.name
    if clock.limit is not None:
        rule["limit"] = clock.limit.isoformat()
    if clock.counted_from:
        rule["counted_from"] = clock.counted_from
    if clock.with_entry:
        rule["with_entry"] = True
    if has_clause(profile, WARNING_OF[DutyKind(clock.kind)]):
        warning = clause_of(profile, WARNING_OF[DutyKind(clock.kind)])
        rule["warning"] = warning.model_dump(mode="json", exclude_defaults=True)
    if clock.kind == DutyKind.CAMPAIGN_END:
        rule.update(_lags(profile))
    rule["citations"] = [clause.citation for clause in clock.cited]
    if clock.bound:
        rule["bound"] = [clause.citation for clause in clock.bound]
    return rule


def _lags(profile: Profile) -> dict[str, str]:
    return {name: str(clause_of(profile, key).share) for name, key in LAGS.items() if has_clause(profile, key)}


def _reckon(duty: Duty, known: Calendar) -> None:
    """Due moment, warning and steps from the duty's own copy of the rule and the calendar as it is known."""
    kept = duty.rule.get("limit")
    clock = rules.Clock(
        kind=duty.kind,
        clause=rules.clause_in(duty.rule),
        starts_at=duty.started_at,
        cited=(),
        limit=datetime.fromisoformat(kept) if kept else None,
        counted_from=duty.rule.get("counted_from", ""),
        with_entry=duty.rule.get("with_entry", False),
    )
    due = clock.due(known)
    warning = duty.rule.get("warning")
    duty.due_at, duty.provisional = due.at, due.provisional
    duty.warn_at = rules.warning_for(due, clause=Clause.model_validate(warning) if warning else None, calendar=known)
    duty.rule = {**duty.rule, "steps": due.steps}


def _values_of(duty: Duty) -> dict[str, object]:
    fields = ("about_label", "department", "started_at", "warn_at", "due_at", "provisional", "rule")
    return {name: getattr(duty, name) for name in fields}


@action
def note_progress(kind: str, about: Model, *, done: int, total: int, by: Acting, at: datetime) -> None:
    """Tell a clock over many rows how far the work has come; does nothing when it does not run."""
    duty = duty_of(kind, about)
    if duty is None or not duty.is_running:
        return
    duty = locked(duty)
    duty.done, duty.total = done, total
    duty.save(update_fields=["done", "total"])


@action
def stop_duty(kind: str, about: Model, *, by: Acting, at: datetime) -> Duty | None:
    """What the clock was for has happened: in time, or late for ever. Does nothing when none runs."""
    duty = duty_of(kind, about)
    if duty is None:
        return None
    duty = locked(duty)
    if duty.is_running:
        duty.move_to(DutyState.LATE if at > duty.due_at else DutyState.MET)
        duty.ended_at = at
        duty.save(update_fields=["state", "ended_at"])
    return duty


@action
def resume_duty(kind: str, about: Model, *, by: Acting, at: datetime) -> Duty | None:
    """New work for a clock that has ended: it runs again by its own copy of the rule and to its own end.

    The run that ended stays as it was, in time or late. Does nothing when none was started or when one runs.
    """
    past = duty_of(kind, about)
    if past is None or past.ended_at is None:
        return past
    again = {"ended_at": past.ended_at.isoformat(), "at": at.isoformat()}
    duty = Duty.objects.create(
        kind=kind,
        about=past.about,
        **{**_values_of(past), "rule": {**past.rule, "again": again}},
    )
    details = {"ended": past.ended_at.isoformat(), "due_at": duty.due_at.isoformat()}
    record("duties.resumed", duty, by=by, at=at, details=details)
    return duty


@action
def settle_starts(
    kind: str, events: Mapping[str, datetime], *, work_ended_at: datetime, by: Acting, at: datetime
) -> None:
    """The work that running clocks count from has ended, and its day is no guess any more (ADR 0019).

    `events`: what a clock is about → its own event, for a clock never starts before that. All are held before the
    first trace, as whoever stops one of them holds it before the trail.
    """
    running = Duty.objects.select_for_update(no_key=True).filter(kind=kind, state=DutyState.RUNNING, about__in=events)
    known = calendar()
    for duty in list(running.order_by("pk")):
        starts_at = max(work_ended_at, events[duty.about])
        if duty.rule.get("counted_from") != rules.WORK_END or duty.started_at == starts_at:
            continue
        before, duty.started_at = duty.due_at, starts_at
        _reckon(duty, known)
        duty.save(update_fields=["started_at", "due_at", "warn_at", "provisional", "rule"])
        details = {"before": before.isoformat(), "after": duty.due_at.isoformat()}
        record("duties.work_ended", duty, by=by, at=at, details=details)


@action
def settle_duty(duty: Duty, *, by: Acting, at: datetime) -> None:
    """Reckon a provisional end again, now that more of the calendar may be known."""
    duty = locked(duty)
    if not (duty.is_running and duty.provisional):
        return
    before = duty.due_at
    _reckon(duty, calendar())
    if duty.provisional and duty.due_at == before:
        return
    duty.save(update_fields=["due_at", "warn_at", "provisional", "rule"])
    details = {"before": before.isoformat(), "after": duty.due_at.isoformat()}
    record("duties.settled", duty, by=by, at=at, details=details)
