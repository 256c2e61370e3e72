"""Counting working days, and what may be changed in rules and calendar."""

from datetime import date

import pytest

from mingcha.domain.policy.models import Calendar, Profile
from mingcha.domain.policy.rules import (
    check_adoptable,
    check_amendable,
    check_changes_something,
    check_declarable,
    days_differ,
    days_until,
    end_of_day,
    is_workday,
    read_profile,
    working_days_after,
    working_days_before,
)
from mingcha.kit.errors import Refused
from tests.factories.policy import profile_text

CALENDAR = Calendar(
    {date(2026, 10, on): False for on in (1, 2, 5, 6, 7)} | {date(2026, 10, 10): True},
    frozenset({2026}),
    {date(2026, 10, 1): "国庆节", date(2026, 10, 10): "国庆节调休上班"},
)


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2027, 10, 1), True),
    ],
)
def test_a_day_is_worked_by_its_weekday_unless_the_calendar_says_otherwise(on, worked):
    assert is_workday(on, CALENDAR) is worked


@pytest.mark.parametrize(
    ("on", "count", "due"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 11, 23), 20, date(2026, 12, 21)),
    ],
)
def test_counting_starts_with_the_next_working_day(on, count, due):
    assert working_days_after(on, count, CALENDAR).on == due


@pytest.mark.parametrize(("on", "provisional"), [(date(2026, 12, 30), False), (date(2026, 12, 31), True)])
def test_a_count_into_an_unknown_year_is_provisional(on, provisional):
    assert working_days_after(on, 1, CALENDAR).provisional is provisional


def test_counting_back_passes_the_same_holidays():
    assert working_days_before(date(2026, 10, 8), 1, CALENDAR).on == date(2026, 9, 30)
    assert working_days_before(date(2026, 10, 12), 1, CALENDAR).on == date(2026, 10, 10)


def test_the_days_on_the_way_are_told_with_their_names():
    days = list(days_until(date(2026, 9, 30), date(2026, 10, 10), CALENDAR))
    assert len(days) == 10
    assert (days[0].is_workday, days[0].name, days[0].is_exception) == (False, "国庆节", True)
    assert (days[2].is_workday, days[2].is_exception) == (False, False)
    assert (days[-1].is_workday, days[-1].is_exception) == (True, True)


def test_a_day_ends_in_shanghai():
    assert end_of_day(date(2026, 11, 23)).isoformat() == "2026-11-23T23:59:59.999999+08:00"


def adopted(digest: str = "a", since: date = date(2024, 1, 1)) -> Profile:
    return Profile(digest=digest, effective_from=since)


def test_an_edition_in_force_is_not_adopted_again():
    file = read_profile(profile_text())
    check_adoptable(file, digest="b", in_force=[adopted()])
    with pytest.raises(Refused, match="已经启用"):
        check_adoptable(file, digest="a", in_force=[adopted()])


def test_an_edition_older_than_the_one_in_force_is_refused():
    with pytest.raises(Refused, match="自 2024-01-01 起施行，早于正在施行的 2025-01-01"):
        check_adoptable(read_profile(profile_text()), digest="b", in_force=[adopted(since=date(2025, 1, 1))])


FIRST, LAST = date(2027, 2, 5), date(2027, 2, 11)
WHOLE = {"is_workday": False, "name": "春节", "source": "示范文号"}


@pytest.mark.parametrize(
    ("field", "change", "until"),
    [
        ("until", {}, date(2027, 2, 4)),
        ("until", {}, date(2027, 3, 8)),
        ("name", {"name": " "}, LAST),
        ("source", {"source": ""}, LAST),
        ("until", {"is_workday": True}, LAST),
    ],
)
def test_a_change_of_the_calendar_that_lacks_something_is_refused_at_its_field(field, change, until):
    check_amendable(FIRST, LAST, **WHOLE)
    with pytest.raises(Refused) as refusal:
        check_amendable(FIRST, until, **{**WHOLE, **change})
    assert refusal.value.field == field


def test_a_span_of_holidays_leaves_its_weekends_as_they_are():
    assert [on.day for on in days_differ(FIRST, LAST, is_workday=False)] == [5, 8, 9, 10, 11]
    saturday = date(2027, 2, 6)
    assert list(days_differ(saturday, saturday, is_workday=False)) == [saturday]


def test_entering_what_the_calendar_says_already_is_refused():
    check_changes_something([date(2026, 10, 8)], CALENDAR, worked=False)
    with pytest.raises(Refused, match="已经是休息日"):
        check_changes_something([date(2026, 10, 1), date(2026, 10, 2)], CALENDAR, worked=False)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"known": [2027]}, "已经登记为已知"), ({"source": " "}, "缺依据"), ({"exceptions": 0}, "还没有录入放假和调休")],
)
def test_a_year_is_not_called_known_before_it_is(change, sentence):
    whole = {"source": "示范文号", "known": [2026], "exceptions": 30}
    check_declarable(2027, **whole)
    with pytest.raises(Refused, match=sentence):
        check_declarable(2027, **{**whole, **change})
