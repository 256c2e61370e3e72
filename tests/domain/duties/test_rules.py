from dataclasses import asdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.duties.rules import COLOURS, Due, due_for, end_of_day, light_of, warning_for
from mingcha.domain.duties.states import DutyState
from mingcha.domain.policy.models import Calendar
from tests.factories.policy import clause

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = clause()
WORKING_DAYS = clause("publish_working_days", 20, "working_days", clause="三（三）2", quote="20个工作日内，向社会公布")
BEFORE_END = clause("entry_before_plan_end", True, "flag", quote="在检查计划时间结束前录入检查结果")
WARN_HOURS = clause("warn_entry_hours", 12, kind="operating", clause="", quote="", reason="最后四分之一")
WARN_DAYS = clause(
    "warn_publish_working_days", 3, "working_days", kind="operating", clause="", quote="", reason="留三天"
)
NATIONAL_DAY = {date(2026, 10, on): False for on in (1, 2, 5, 6, 7)} | {date(2026, 10, 10): True}
NAMES = dict.fromkeys(NATIONAL_DAY, "国庆节") | {date(2026, 10, 10): "国庆节调休上班"}
CALENDAR = Calendar(NATIONAL_DAY, frozenset({2026}), NAMES)


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)


def entry(event_at: datetime, limit: datetime | None = None) -> Due:
    return due_for(DutyKind.ENTRY, event_at=event_at, clause=HOURS, calendar=CALENDAR, limit=limit)


def publication(event_at: datetime, calendar: Calendar = CALENDAR) -> Due:
    return due_for(DutyKind.PUBLISH_RESULT, event_at=event_at, clause=WORKING_DAYS, calendar=calendar)


def duty(**changes: object) -> Duty:
    """An entry clock: inspected on 24 November 16:20, due two days later, yellow twelve hours before."""
    start = moment(2026, 11, 24, 16, 20)
    given = {
        "kind": DutyKind.ENTRY,
        "started_at": start,
        "due_at": start + timedelta(hours=48),
        "warn_at": start + timedelta(hours=36),
        "rule": {"steps": entry(start).steps, "citations": [HOURS.citation]},
    }
    return Duty(**{**given, **changes})


# proves S1-24
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (moment(2026, 11, 24, 16, 20), moment(2026, 11, 26, 16, 20)),
        (moment(2026, 9, 30, 18, 0), moment(2026, 10, 2, 18, 0)),
        (moment(2026, 2, 28, 9, 0), moment(2026, 3, 2, 9, 0)),
        (moment(2028, 2, 28, 9, 0), moment(2028, 3, 1, 9, 0)),
        (moment(2026, 12, 31, 23, 59, 59), moment(2027, 1, 2, 23, 59, 59)),
    ],
)
def test_an_entry_is_due_48_clock_hours_after_the_inspection_holidays_included(start, end):
    assert (entry(start).at, entry(start).provisional) == (end, False)


# proves S1-25
def test_the_end_of_the_campaign_binds_an_entry_when_it_comes_first_and_the_words_say_so():
    start, limit = moment(2026, 11, 29, 15, 0), end_of_day(date(2026, 11, 30))
    due = entry(start, limit)
    assert due.at == limit
    assert "得 2026年12月1日 15:00；任务结束 2026年11月30日 24:00 更早，以任务结束为准" in due.steps


def test_the_hours_bind_an_entry_when_they_end_before_the_campaign_and_the_words_say_so():
    start, limit = moment(2026, 11, 20, 15, 0), end_of_day(date(2026, 11, 30))
    due = entry(start, limit)
    assert due.at == moment(2026, 11, 22, 15, 0)
    assert "得 2026年11月22日 15:00；任务结束 2026年11月30日 24:00 不早于它，以小时数为准" in due.steps


# proves S4-40
def test_a_result_is_due_20_working_days_later_around_a_holiday_with_a_worked_saturday():
    due = publication(moment(2026, 9, 30, 16, 0))
    assert due.at == end_of_day(date(2026, 11, 3))
    assert due.steps[1:] == [
        "加 20 个工作日，从 2026年9月30日 之后的第一个工作日数起",
        "不计 10月1日至7日（国庆节）；周末 10月11日、10月17日至18日、10月24日至25日、10月31日至11月1日",
        "计入 10月10日（国庆节调休上班）",
        "最迟 2026年11月3日 24:00",
    ]


def test_a_count_that_reaches_an_unknown_year_is_provisional_and_says_so():
    due = publication(moment(2026, 12, 20, 9, 0))
    assert due.provisional
    assert due.steps[-1] == "其中有的年份放假安排尚未公布，暂按周一至周五估算"
    assert not publication(moment(2026, 11, 2, 9, 0)).provisional


def test_the_day_of_the_event_is_the_day_in_shanghai():
    late_evening_utc = datetime(2026, 11, 22, 16, 30, tzinfo=ZoneInfo("UTC"))
    assert publication(late_evening_utc).at == end_of_day(date(2026, 12, 21))


def test_a_campaign_ends_when_its_own_last_day_ends():
    limit = end_of_day(date(2026, 11, 30))
    due = due_for(
        DutyKind.CAMPAIGN_END, event_at=moment(2026, 11, 1, 0, 0), clause=BEFORE_END, calendar=CALENDAR, limit=limit
    )
    assert due.at == limit
    assert due.steps == ["任务开始 2026年11月1日 00:00", "最迟 2026年11月30日 24:00，即任务的检查结束日"]


def test_a_campaign_without_its_end_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="limit"):
        due_for(DutyKind.CAMPAIGN_END, event_at=moment(2026, 11, 1), clause=BEFORE_END, calendar=CALENDAR)


def test_a_warning_comes_so_many_hours_before_the_end():
    due = entry(moment(2026, 11, 24, 16, 20))
    assert warning_for(due, clause=WARN_HOURS, calendar=CALENDAR) == moment(2026, 11, 26, 4, 20)


def test_a_warning_comes_with_the_third_last_working_day():
    due = publication(moment(2026, 11, 2, 9, 0))
    assert due.at == end_of_day(date(2026, 11, 30))
    assert warning_for(due, clause=WARN_DAYS, calendar=CALENDAR) == moment(2026, 11, 26)


def test_rules_without_a_warning_warn_never():
    assert warning_for(entry(moment(2026, 11, 24)), clause=None, calendar=CALENDAR) is None


SECOND = timedelta(seconds=1)
START, WARN, DUE = (moment(2026, 11, on, hour, 20) for on, hour in ((24, 16), (26, 4), (26, 16)))


@pytest.mark.parametrize(
    ("now", "colour"),
    [
        (START - SECOND, "grey"),
        (START, "green"),
        (WARN - SECOND, "green"),
        (WARN, "yellow"),
        (DUE, "yellow"),
        (DUE + SECOND, "red"),
    ],
)
def test_the_light_changes_on_the_second(now, colour):
    light = light_of(duty(), now=now)
    assert (light.colour, light.shape, light.word) == (colour, *COLOURS[colour])


def test_every_light_has_its_own_shape_and_word():
    assert len({shape for shape, _word in COLOURS.values()}) == len({str(word) for _s, word in COLOURS.values()}) == 5


def test_the_explanation_is_the_whole_reckoning_with_the_clause():
    assert light_of(duty(), now=moment(2026, 11, 25, 9, 10)).explanation == (
        "检查结束 2026年11月24日 16:20 → 加 48 小时（含周末和节假日） → 最迟 2026年11月26日 16:20。"
        "现在 2026年11月25日 09:10，还有 31 小时 10 分。"
        "依据：法府建办字〔2020〕1号 二（三）1“在每个监管对象检查结束后48小时内将检查情况录入平台”。"
    )


def test_a_red_light_says_by_how_much():
    assert "已超过 2 小时 5 分" in light_of(duty(), now=DUE + timedelta(hours=2, minutes=5)).explanation


def test_a_light_before_its_start_says_so():
    assert "还没有开始" in light_of(duty(), now=START - SECOND).explanation


# What was late never turns green again: 瓯海.
def test_a_late_duty_that_was_done_is_mended_for_ever_and_keeps_its_hours():
    late = duty(state=DutyState.LATE, ended_at=DUE + timedelta(hours=30))
    light = light_of(late, now=DUE + timedelta(days=365))
    assert (light.colour, light.shape, light.word) == ("mended", "□", "已补（曾超期）")
    assert "晚了 30 小时 0 分" in light.explanation


def test_a_duty_done_in_time_stays_green_long_after():
    light = light_of(duty(state=DutyState.MET, ended_at=DUE - timedelta(days=1)), now=DUE + timedelta(days=365))
    assert light.colour == "green"
    assert "提前 24 小时 0 分" in light.explanation


def campaign(done: int, **rule: str) -> Duty:
    """Ten days, ten firms."""
    return duty(
        kind=DutyKind.CAMPAIGN_END,
        started_at=moment(2026, 11, 1),
        due_at=moment(2026, 11, 11),
        warn_at=None,
        done=done,
        total=10,
        rule={"warn_lag": "0.10", "late_lag": "0.30", **rule},
    )


@pytest.mark.parametrize(("done", "colour"), [(5, "green"), (4, "yellow"), (2, "yellow"), (1, "red")])
def test_a_campaign_behind_its_time_turns_yellow_and_beyond_thirty_points_red(done, colour):
    light = light_of(campaign(done), now=moment(2026, 11, 6))
    assert light.colour == colour
    assert f"已完成 {done}/10" in light.explanation


def test_the_explanation_names_the_points_a_campaign_is_behind():
    assert "比时间进度落后 40 个百分点" in light_of(campaign(1), now=moment(2026, 11, 6)).explanation
    assert "不落后于时间进度" in light_of(campaign(9), now=moment(2026, 11, 6)).explanation


def test_a_campaign_under_rules_without_lags_is_judged_by_its_end_alone():
    relaxed = campaign(0)
    relaxed.rule = {}
    assert light_of(relaxed, now=moment(2026, 11, 6)).colour == "green"


# One reckoning, two clocks: the shorter does not override the longer.
def test_two_clocks_about_one_thing_keep_their_own_lights():
    early, long = duty(), duty(kind=DutyKind.CAMPAIGN_END, due_at=DUE + timedelta(days=9), warn_at=None, rule={})
    lights = [light_of(each, now=DUE + SECOND) for each in (early, long)]
    assert [light.colour for light in lights] == ["red", "green"]


def test_an_old_light_keeps_the_rule_of_its_day():
    kept = duty()
    before = asdict(light_of(kept, now=DUE))
    longer = clause(value=72, quote="检查结束后72小时内录入")
    assert entry_with(longer).at != kept.due_at
    assert asdict(light_of(kept, now=DUE)) == before


def entry_with(rule) -> Due:
    return due_for(DutyKind.ENTRY, event_at=START, clause=rule, calendar=CALENDAR)


def test_three_days_and_more_are_said_in_days():
    assert "还有 9 天 0 小时" in light_of(duty(due_at=START + timedelta(days=9)), now=START).explanation


def test_less_than_an_hour_is_said_in_minutes():
    assert "还有 59 分" in light_of(duty(), now=DUE - timedelta(minutes=59, seconds=59)).explanation
