from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.duties import jobs
from mingcha.domain.duties.actions import note_progress, settle_duty, start_duty, stop_duty
from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.duties.queries import duty_of
from mingcha.domain.duties.rules import end_of_day, light_of
from mingcha.domain.policy.actions import adopt_profile, amend_calendar, declare_year_known
from mingcha.domain.policy.queries import calendar
from mingcha.domain.policy.rules import working_days_after
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused
from tests.factories import policy
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@action
def as_part_of_a_step(step, *arguments, by, at, **named):
    """Clocks are started and stopped inside the action of a later step, which leaves the trace."""
    result = step(*arguments, by=by, at=at, **named)
    record("organisation.signed_in", by=by, at=at)
    return result


@pytest.fixture
def start(cast, noon):
    """`start(kind, …)` starts a clock about the market department itself: any row will do."""
    policy.demo_profile()
    policy.calendar()

    def run(kind: str = DutyKind.ENTRY, about=None, *, event_at: datetime = noon, limit: datetime | None = None):
        return as_part_of_a_step(
            start_duty,
            kind,
            about or cast.market,
            department=cast.market,
            event_at=event_at,
            limit=limit,
            by=cast.handler,
            at=noon,
        )

    return run


# proves S1-24
def test_an_entry_clock_runs_48_hours_and_copies_the_clause(start, noon):
    duty = start()
    assert duty.due_at == noon + timedelta(hours=48)
    assert duty.warn_at == noon + timedelta(hours=36)
    assert (duty.rule["value"], duty.rule["clause"]) == (48, "二（三）1")
    assert duty.rule["quote"] == "在每个监管对象检查结束后48小时内将检查情况录入平台"


# proves S2-30
def test_where_a_place_counts_the_entry_in_working_days_the_clock_does_too(cast, noon):
    policy.calendar()
    text = policy.profile_text("taian-2019").replace(
        'jurisdiction = "370900"', f'jurisdiction = "{cast.market.region_id}"'
    )
    adopt_profile(text, by=SYSTEM, at=noon)
    duty = as_part_of_a_step(
        start_duty, DutyKind.ENTRY, cast.market, department=cast.market, event_at=noon, by=cast.handler, at=noon
    )
    after = working_days_after(timezone.localdate(noon), 20, calendar())
    assert timezone.localdate(duty.due_at) == after.on
    assert duty.rule["key"] == "entry_working_days"


# proves S1-25
def test_the_end_of_the_campaign_binds_an_entry_and_both_clauses_are_cited(start, noon):
    limit = end_of_day(noon.date())
    duty = start(limit=limit)
    assert duty.due_at == limit
    explanation = light_of(duty, now=noon).explanation
    assert "任务结束 2026年11月23日 24:00 更早，以任务结束为准" in explanation
    assert "检查结束后48小时内" in explanation
    assert "确保在检查计划时间结束前录入检查结果" in explanation


# proves S1-25
def test_the_end_of_the_campaign_is_a_clock_of_its_own_beside_the_entry(start, noon):
    limit = end_of_day(date(2026, 11, 30))
    entry, end = start(), start(DutyKind.CAMPAIGN_END, limit=limit)
    assert (entry.due_at, end.due_at) == (noon + timedelta(hours=48), limit)
    assert end.warn_at == datetime.combine(date(2026, 11, 24), datetime.min.time(), tzinfo=noon.tzinfo)
    assert (end.rule["warn_lag"], end.rule["late_lag"]) == ("0.10", "0.30")


# proves S4-40
def test_a_publication_clock_runs_20_working_days(start, noon):
    duty = start(DutyKind.PUBLISH_RESULT)
    assert duty.due_at == end_of_day(date(2026, 12, 21))
    assert duty.warn_at == datetime.combine(date(2026, 12, 17), datetime.min.time(), tzinfo=noon.tzinfo)
    assert "不计 周末 11月28日至29日、12月5日至6日、12月12日至13日、12月19日至20日" in duty.rule["steps"]
    assert not duty.provisional


def test_a_clock_is_started_once(start, noon):
    first = start()
    assert start(event_at=noon + timedelta(hours=5)) == first
    assert Duty.objects.get().started_at == noon


def test_a_place_without_rules_is_refused_with_who_can_help(cast, noon):
    with pytest.raises(Refused, match="明察示范县在 2026-11-23 没有施行中的规则"):
        start_duty(DutyKind.ENTRY, cast.market, department=cast.market, event_at=noon, by=cast.handler, at=noon)


def without(key: str, *, effective_from: str = "2024-01-01") -> str:
    """The county's rules without one clause."""
    head, *clauses = policy.profile_text().split("[[clause]]")
    kept = [clause for clause in clauses if f'key = "{key}"' not in clause]
    return "[[clause]]".join([head, *kept]).replace("2024-01-01", effective_from, 1)


def test_an_absent_rule_starts_no_clock(cast, noon):
    adopt_profile(without("publish_working_days"), by=SYSTEM, at=noon)
    given = {"department": cast.market, "event_at": noon, "by": cast.handler, "at": noon}
    assert start_duty(DutyKind.PUBLISH_RESULT, cast.market, **given) is None
    assert not Duty.objects.exists()


def test_without_the_second_rule_the_campaign_does_not_bind_an_entry(cast, noon):
    adopt_profile(without("entry_before_plan_end"), by=SYSTEM, at=noon)
    given = {"department": cast.market, "event_at": noon, "by": cast.handler, "at": noon}
    duty = as_part_of_a_step(start_duty, DutyKind.ENTRY, cast.market, limit=noon + timedelta(hours=1), **given)
    assert duty.due_at == noon + timedelta(hours=48)
    assert "任务结束" not in light_of(duty, now=noon).explanation


def test_old_clocks_keep_the_rule_of_their_day(start, noon, cast):
    old = start()
    text = policy.profile_text().replace("effective_from = 2024-01-01", "effective_from = 2026-12-01")
    text = text.replace(
        'value = 48\nunit = "hours"\nquote = "在每个监管对象检查结束后48小时',
        'value = 24\nunit = "hours"\nquote = "在每个监管对象检查结束后24小时',
    )
    adopt_profile(text, by=SYSTEM, at=noon)
    new = start(about=cast.fire, event_at=datetime(2026, 12, 2, 9, 0, tzinfo=noon.tzinfo))
    late_entry_of_an_old_event = start(about=cast.justice, event_at=datetime(2026, 11, 30, 9, 0, tzinfo=noon.tzinfo))
    old.refresh_from_db()
    assert [each.rule["value"] for each in (old, new, late_entry_of_an_old_event)] == [48, 24, 48]
    assert new.due_at - new.started_at == timedelta(hours=24)


@pytest.mark.parametrize(
    ("after", "state"), [(timedelta(0), "MET"), (timedelta(hours=48), "MET"), (timedelta(hours=48, seconds=1), "LATE")]
)
def test_a_clock_stops_in_time_or_late_on_the_second(start, cast, noon, after, state):
    start()
    stopped = as_part_of_a_step(stop_duty, DutyKind.ENTRY, cast.market, by=cast.handler, at=noon + after)
    assert (stopped.state, stopped.ended_at) == (state, noon + after)


def test_a_stopped_clock_is_not_stopped_again(start, cast, noon):
    start()
    for hours in (1, 99):
        as_part_of_a_step(stop_duty, DutyKind.ENTRY, cast.market, by=cast.handler, at=noon + timedelta(hours=hours))
    assert duty_of(DutyKind.ENTRY, cast.market).ended_at == noon + timedelta(hours=1)


def test_stopping_or_counting_for_a_clock_that_never_ran_does_nothing(cast, noon):
    assert stop_duty(DutyKind.ENTRY, cast.market, by=cast.handler, at=noon) is None
    note_progress(DutyKind.CAMPAIGN_END, cast.market, done=1, total=2, by=cast.handler, at=noon)
    assert not Duty.objects.exists()


def test_progress_of_a_campaign_changes_its_light(start, cast, noon):
    duty = start(DutyKind.CAMPAIGN_END, limit=noon + timedelta(days=10))
    half_way = noon + timedelta(days=5)
    assert light_of(duty, now=half_way).colour == "yellow"
    for done, colour in ((0, "red"), (5, "yellow")):
        as_part_of_a_step(
            note_progress, DutyKind.CAMPAIGN_END, cast.market, done=done, total=10, by=cast.handler, at=noon
        )
        duty.refresh_from_db()
        assert light_of(duty, now=half_way).colour == colour


def test_an_ended_campaign_is_not_counted_on(start, cast, noon):
    start(DutyKind.CAMPAIGN_END, limit=noon + timedelta(days=10))
    as_part_of_a_step(stop_duty, DutyKind.CAMPAIGN_END, cast.market, by=cast.handler, at=noon)
    as_part_of_a_step(note_progress, DutyKind.CAMPAIGN_END, cast.market, done=1, total=2, by=cast.handler, at=noon)
    assert duty_of(DutyKind.CAMPAIGN_END, cast.market).total == 0


def test_a_guessed_end_is_reckoned_again_when_its_year_becomes_known(start, cast, noon):
    duty = start(DutyKind.PUBLISH_RESULT, event_at=datetime(2026, 12, 15, 9, 0, tzinfo=noon.tzinfo))
    guess = duty.due_at
    assert (duty.provisional, guess) == (True, end_of_day(date(2027, 1, 12)))
    jobs.settle_provisional_duties(noon)
    assert not trail_of(duty).exists()
    amend_calendar(date(2027, 1, 1), is_workday=False, name="元旦", source="示范文号", by=cast.coordinator, at=noon)
    declare_year_known(2027, source="示范文号", by=cast.coordinator, at=noon)
    jobs.settle_provisional_duties(noon)
    duty.refresh_from_db()
    assert (duty.provisional, duty.due_at) == (False, end_of_day(date(2027, 1, 13)))
    assert datetime.fromisoformat(trail_of(duty).get().details["before"]) == guess


def test_a_settled_or_ended_end_is_left_alone(start, cast, noon):
    duty = start(DutyKind.PUBLISH_RESULT)
    settle_duty(duty, by=SYSTEM, at=noon)
    with unguarded():
        Duty.objects.update(provisional=True, state="MET", ended_at=noon, due_at=noon)
    settle_duty(duty, by=SYSTEM, at=noon)
    duty.refresh_from_db()
    assert (duty.due_at, trail_of(duty).exists()) == (noon, False)
