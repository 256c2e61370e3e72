"""From when, how long and by whose word a result may wait for the public."""

from datetime import date, datetime, timedelta

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.duties.actions import stop_duty
from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.duties.queries import duty_of
from mingcha.domain.duties.rules import end_of_day, light_of
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.queries import publication_due
from mingcha.domain.organisation.models import User
from mingcha.domain.policy.actions import adopt_profile
from mingcha.domain.policy.models import Profile
from mingcha.domain.publication.jobs import publish_due
from mingcha.domain.publication.models import Publication
from mingcha.kit.actors import SYSTEM
from tests.factories import inspections as make
from tests.factories import policy, rulebooks
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PLANNED_END = date(2026, 12, 11)


def clock_of(inspection: Inspection) -> Duty:
    duty = duty_of(DutyKind.PUBLISH_RESULT, inspection)
    assert duty is not None
    return duty


def rules_of(code: str) -> None:
    """Another place's rules hold in the demo county, from the beginning."""
    where = next(line for line in policy.profile_text(code).splitlines() if line.startswith("jurisdiction"))
    with unguarded():
        Profile.objects.all().delete()
    adopt_profile(policy.profile_text(code).replace(where, 'jurisdiction = "990000"'), by=SYSTEM, at=policy.NEW_YEAR)


def working_days(rulebook_days: int, *, by: User, at: datetime) -> None:
    """The rulebook of somebody's department, in force, with so many working days to publish."""
    made = rulebooks.written(by, at=at)
    chapter = rulebooks.chapter(made, "PUBLICATION")
    with unguarded():
        chapter.settings = {"outlets": ["CREDIT_PUBLICITY"], "working_days": rulebook_days}
        chapter.save()
        made.state, made.in_force_at = "IN_FORCE", at
        made.save()


# proves S4-40
def test_while_a_visit_is_still_to_be_made_20_working_days_count_from_the_last_day_of_the_campaign(cast):
    there = make.world(cast, subjects=2)
    duty = clock_of(make.confirmed(there))
    assert duty.started_at == end_of_day(PLANNED_END)
    assert duty.due_at == end_of_day(date(2027, 1, 8))
    assert duty.rule["steps"][0] == "抽查工作结束 2026年12月11日 24:00"
    assert "自跨部门随机联查工作结束之日起20个工作日内" in light_of(duty, now=make.NOON).explanation


# proves S4-40
def test_with_the_last_visit_the_work_has_ended_and_the_20_working_days_count_from_there(cast, noon):
    there = make.world(cast, subjects=2)
    first = make.recorded(there)
    last = make.carried_out(Inspection.objects.get(state="ASSIGNED"), cast.approver, noon + timedelta(days=3))
    actions.confirm_result(first, by=cast.approver, at=noon + timedelta(days=4))
    for inspection in (first, last):
        duty = clock_of(inspection)
        assert duty.started_at == noon + timedelta(days=3)
        assert duty.due_at == end_of_day(date(2026, 12, 24))


# proves S4-40
def test_the_results_of_a_campaign_have_one_last_day_whoever_was_confirmed_first(cast, noon):
    there = make.world(cast, subjects=2)
    first = make.confirmed(there)
    assert clock_of(first).due_at == end_of_day(date(2027, 1, 8))
    last = make.carried_out(Inspection.objects.get(state="ASSIGNED"), cast.approver, noon + timedelta(days=1))
    assert clock_of(first).due_at == clock_of(last).due_at == end_of_day(date(2026, 12, 22))
    assert clock_of(first).rule["steps"] == clock_of(last).rule["steps"]
    (told,) = trail_of(clock_of(first))
    assert told.event == "duties.work_ended"
    moments = [datetime.fromisoformat(told.details[name]) for name in ("before", "after")]
    assert moments == [end_of_day(date(2027, 1, 8)), end_of_day(date(2026, 12, 22))]


def test_a_last_visit_after_the_planned_end_moves_them_all_to_its_day(cast, noon):
    there = make.world(cast, subjects=2, ends=date(2026, 11, 27))
    first = make.confirmed(there)
    late = noon + timedelta(days=9)
    last = make.carried_out(Inspection.objects.get(state="ASSIGNED"), cast.approver, late)
    assert clock_of(first).started_at == clock_of(last).started_at == late


def test_a_clock_that_has_ended_or_counts_from_the_visit_stays_as_it_is(cast, noon):
    there = make.world(cast, subjects=3)
    shown = make.confirmed(there)
    with unguarded():
        stop_duty(DutyKind.PUBLISH_RESULT, shown, by=cast.handler, at=noon)
    visited = make.carried_out(Inspection.objects.filter(state="ASSIGNED")[0], cast.approver, noon + HOUR)
    with unguarded():
        duty = clock_of(visited)
        duty.rule = {**duty.rule, "counted_from": "INSPECTION_END"}
        duty.save()
    before = {one.pk: clock_of(one).due_at for one in (shown, visited)}
    make.carried_out(Inspection.objects.get(state="ASSIGNED"), cast.approver, noon + timedelta(days=1))
    assert {one.pk: clock_of(one).due_at for one in (shown, visited)} == before


def test_a_visit_that_a_reserve_replaced_does_not_hold_the_work_open(cast, noon):
    there = make.world(cast, subjects=2)
    first = make.recorded(there)
    with unguarded():
        Inspection.objects.filter(state="ASSIGNED").update(state="CALLED_OFF")
    actions.confirm_result(first, by=cast.approver, at=noon + HOUR)
    assert clock_of(first).started_at == noon


def test_a_visit_after_the_planned_end_has_its_own_days(cast, noon):
    there = make.world(cast, subjects=2, ends=date(2026, 11, 20))
    duty = clock_of(make.confirmed(there))
    assert duty.started_at == noon


def test_where_no_event_is_named_the_days_count_from_the_end_of_the_visit(cast, noon):
    there = make.world(cast, subjects=2)
    head, *clauses = policy.profile_text().split("[[clause]]")
    kept = [clause for clause in clauses if 'key = "publish_from"' not in clause]
    with unguarded():
        Profile.objects.all().delete()
    adopt_profile("[[clause]]".join([head, *kept]), by=SYSTEM, at=policy.NEW_YEAR)
    duty = clock_of(make.confirmed(there))
    assert (duty.started_at, duty.due_at) == (noon, end_of_day(date(2026, 12, 21)))
    assert duty.rule["steps"][0].startswith("检查结束")


# proves S2-19
def test_fewer_days_in_the_rulebook_of_the_day_count_and_the_rules_of_the_place_are_the_bound(cast, noon):
    there = make.world(cast)
    working_days(5, by=cast.handler, at=noon - timedelta(days=9))
    duty = clock_of(make.confirmed(there))
    assert duty.due_at == end_of_day(date(2026, 11, 30))
    explanation = light_of(duty, now=noon).explanation
    assert "依据：《市场监督管理局随机抽查实施细则》第1版 “公示程序”一章“公示期限（工作日）：5”。" in explanation
    assert (
        "不得晚于本地规则：郴政办发〔2018〕39号 三（三）2（借用）“自跨部门随机联查工作结束之日起20个工作日内"
        in explanation
    )


def test_a_rulebook_of_a_later_day_or_of_another_department_does_not_count(cast, noon):
    there = make.world(cast)
    working_days(5, by=cast.fire_handler, at=noon - timedelta(days=9))
    working_days(5, by=cast.handler, at=noon + timedelta(days=1))
    duty = clock_of(make.confirmed(there))
    assert (duty.due_at, duty.rule["value"], "bound" in duty.rule) == (end_of_day(date(2026, 12, 21)), 20, False)


def test_a_rulebook_that_new_rules_have_overtaken_gives_way_to_them(cast, noon):
    there = make.world(cast)
    working_days(25, by=cast.handler, at=noon - timedelta(days=9))
    duty = clock_of(make.confirmed(there))
    assert (duty.due_at, duty.rule["value"]) == (end_of_day(date(2026, 12, 21)), 20)
    assert "细则" not in light_of(duty, now=noon).explanation


def test_a_clock_that_runs_keeps_the_rulebook_it_was_started_by(cast, noon):
    there = make.world(cast)
    working_days(5, by=cast.handler, at=noon - timedelta(days=9))
    duty = clock_of(make.confirmed(there))
    with unguarded():
        rulebooks.Rulebook.objects.update(state="SUPERSEDED")
    duty.refresh_from_db()
    assert duty.rule["value"] == 5


# proves S2-30
def test_where_results_are_public_with_their_entry_the_clock_is_the_entrys_own_and_the_job_shows_them_at_once(
    cast, noon
):
    there = make.world(cast, subjects=2)
    rules_of("taian-2019")
    inspection = make.confirmed(there)
    entry, duty = duty_of(DutyKind.ENTRY, inspection), clock_of(inspection)
    assert duty.due_at == entry.due_at == end_of_day(date(2026, 12, 21))
    explanation = light_of(duty, now=noon).explanation
    assert "录入后自动公示（审核通过即公示），与录入同一期限" in explanation
    assert "检查结果将自动记予企业名下" in explanation
    assert "在检查结束20个工作日内" in explanation
    publish_due(noon + HOUR)
    assert Publication.objects.get(kind="RESULT").published_at == noon + HOUR
    assert clock_of(inspection).state == "MET"


def test_a_result_confirmed_after_the_entrys_own_day_is_public_too_late(cast, noon):
    there = make.world(cast)
    rules_of("taian-2019")
    inspection = make.recorded(there)
    late = noon + timedelta(days=29)
    actions.confirm_result(inspection, by=cast.approver, at=late)
    publish_due(late)
    assert (duty_of(DutyKind.ENTRY, inspection).state, clock_of(inspection).state) == ("MET", "LATE")


def test_a_place_that_sets_no_day_has_the_rulebooks_alone(cast, noon):
    there = make.world(cast)
    working_days(5, by=cast.handler, at=noon - timedelta(days=9))
    rules_of("banan-2015")
    duty = clock_of(make.confirmed(there))
    assert (duty.due_at, "bound" in duty.rule) == (end_of_day(date(2026, 11, 30)), False)


# proves S4-40
@pytest.mark.parametrize("subjects", [1, 2])
def test_before_a_result_is_confirmed_its_last_day_is_the_one_that_its_clock_will_have(cast, subjects):
    there = make.world(cast, subjects=subjects)
    inspection = make.recorded(there)
    ahead = publication_due(inspection)
    assert ahead.may_move == (subjects == 2)
    assert duty_of(DutyKind.PUBLISH_RESULT, inspection) is None
    actions.confirm_result(inspection, by=cast.approver, at=make.NOON + HOUR)
    duty = clock_of(inspection)
    assert (ahead.due.at, ahead.due.steps, ahead.citations) == (duty.due_at, duty.rule["steps"], duty.rule["citations"])


def test_a_visit_that_has_not_ended_has_no_last_day_for_the_public(cast):
    assert publication_due(make.started(make.world(cast))) is None


def test_a_place_that_sets_no_days_has_none_beforehand_either(cast):
    inspection = make.finished(make.world(cast))
    rules_of("banan-2015")
    assert publication_due(inspection) is None
