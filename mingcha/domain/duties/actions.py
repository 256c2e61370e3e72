"""Starting and stopping clocks. Their callers are actions of later steps: who may, and the trail, are theirs."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.duties import rules
from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.duties.queries import about_key, duty_of
from mingcha.domain.duties.states import DutyState
from mingcha.domain.organisation.models import Department
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.queries import calendar, profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked

# The first that a place's rules say: 于都 counts the entry in hours, 泰安 in working days.
CLAUSES_OF: Mapping[DutyKind, tuple[str, ...]] = {
    DutyKind.ENTRY: ("entry_hours", "entry_working_days"),
    DutyKind.PUBLISH_RESULT: ("publish_working_days",),
    DutyKind.CAMPAIGN_END: ("entry_before_plan_end",),
}
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
) -> Duty | None:
    """Start a row's clock of a kind, once; the rule of the event's day is copied in.

    Returns None where the jurisdiction has no such rule: an absent key is an absent rule.
    """
    present = duty_of(kind, about)
    if present is not None:
        return present
    profile = profile_for(department.region, on=timezone.localdate(event_at))
    clause = _clause_for(DutyKind(kind), profile)
    if clause is None:
        return None
    duty = Duty(
        kind=kind,
        about=about_key(about),
        about_label=str(about)[:300],
        department=department,
        started_at=event_at,
        rule=_rule_for(DutyKind(kind), clause, profile, limit),
    )
    _reckon(duty)
    return Duty.objects.get_or_create(kind=kind, about=duty.about, defaults=_values_of(duty))[0]


def _clause_for(kind: DutyKind, profile: Profile) -> Clause | None:
    """What the place says about a clock, or None where it says nothing."""
    said = [key for key in CLAUSES_OF[kind] if has_clause(profile, key)]
    return clause_of(profile, said[0]) if said else None


def _rule_for(kind: DutyKind, clause: Clause, profile: Profile, limit: datetime | None) -> dict[str, object]:
    """The copy that the duty keeps: value, quote and clause, the thresholds of its light, whose rules they were."""
    rule: dict[str, object] = clause.model_dump(mode="json", exclude_defaults=True)
    rule["profile"] = profile.name
    quoted = [clause]
    # Without the second rule the campaign's end does not bind an entry (于都 says it; others may not).
    if kind == DutyKind.ENTRY and limit is not None and has_clause(profile, "entry_before_plan_end"):
        quoted.append(clause_of(profile, "entry_before_plan_end"))
    if limit is not None and (kind == DutyKind.CAMPAIGN_END or len(quoted) > 1):
        rule["limit"] = limit.isoformat()
    if has_clause(profile, WARNING_OF[kind]):
        rule["warning"] = clause_of(profile, WARNING_OF[kind]).model_dump(mode="json", exclude_defaults=True)
    if kind == DutyKind.CAMPAIGN_END:
        rule.update(_lags(profile))
    rule["citations"] = _citations(quoted)
    return rule


def _lags(profile: Profile) -> dict[str, str]:
    return {name: str(clause_of(profile, key).share) for name, key in LAGS.items() if has_clause(profile, key)}


def _citations(clauses: Iterable[Clause]) -> list[str]:
    return [clause.citation for clause in clauses]


def _reckon(duty: Duty) -> None:
    """Due moment, warning and steps from the duty's own copy of the rule and the calendar of today."""
    known = calendar()
    kept = duty.rule.get("limit")
    due = rules.due_for(
        duty.kind,
        event_at=duty.started_at,
        clause=rules.clause_in(duty.rule),
        calendar=known,
        limit=datetime.fromisoformat(kept) if kept else None,
    )
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
def settle_duty(duty: Duty, *, by: Acting, at: datetime) -> None:
    """Reckon a provisional end again, now that more of the calendar may be known."""
    duty = locked(duty)
    if not (duty.is_running and duty.provisional):
        return
    before = duty.due_at
    _reckon(duty)
    if duty.provisional and duty.due_at == before:
        return
    duty.save(update_fields=["due_at", "warn_at", "provisional", "rule"])
    details = {"before": before.isoformat(), "after": duty.due_at.isoformat()}
    record("duties.settled", duty, by=by, at=at, details=details)
