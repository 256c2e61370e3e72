from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Grant
from mingcha.domain.policy.actions import adopt_profile, amend_calendar, declare_year_known, load_calendar
from mingcha.domain.policy.models import CalendarDay, CalendarYear, Profile
from mingcha.domain.policy.queries import calendar, calendar_years, exceptions_of, profile_for, profiles_of
from mingcha.domain.policy.rules import clause_of, is_workday
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import organisation as people
from tests.factories import policy as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


def edition(since: str, hours: int = 48, *, where: str = "990000") -> str:
    """The county's rules from another day on, with another number of hours."""
    text = make.profile_text().replace("effective_from = 2024-01-01", f"effective_from = {since}")
    text = text.replace('jurisdiction = "990000"', f'jurisdiction = "{where}"')
    return text.replace("value = 48\nunit", f"value = {hours}\nunit").replace("结束后48小时", f"结束后{hours}小时")


def hours(cast, on: date) -> object:
    return clause_of(profile_for(cast.region, on=on), "entry_hours").value


def test_a_profile_is_adopted_with_its_clauses_its_papers_and_a_trace(cast, noon):
    profile = adopt_profile(make.profile_text(), by=cast.coordinator, at=noon)
    assert (profile.state, profile.region_id) == ("IN_FORCE", "990000")
    assert len(profile.clauses) == make.profile_text().count("[[clause]]")
    assert profile.documents["泰政字〔2019〕80号"]["issuer"] == "泰安市人民政府"
    entry = trail_of(profile).get()
    assert (entry.event, entry.details["sha256"]) == ("policy.profile_adopted", profile.digest)


def test_only_the_coordinating_body_adopts_rules(cast, noon):
    for other in (cast.handler, cast.approver, cast.supervisor, cast.keeper, cast.stranger):
        with pytest.raises(Forbidden):
            adopt_profile(make.profile_text(), by=other, at=noon)


def test_a_coordinator_of_another_county_does_not_adopt_ours(cast, noon):
    elsewhere = people.user("far", "R01", within=cast.stranger.department)
    with pytest.raises(Forbidden, match="明察示范县"):
        adopt_profile(make.profile_text(), by=elsewhere, at=noon)


def test_a_coordinator_of_a_county_does_not_adopt_the_citys_rules(cast, noon):
    city, county = people.region("970100", "某市"), people.region("970101", "某区")
    office = people.department("office", "协调办", 9, county)
    own = people.user("own", "R01", within=office, over=county)
    with unguarded():
        assert Grant.objects.filter(user=own, region=county).exists()
    with pytest.raises(Forbidden, match=city.name):
        adopt_profile(edition("2024-01-01", where="970100"), by=own, at=noon)


def test_rules_for_a_region_that_is_not_there_are_refused(cast, noon):
    with pytest.raises(Refused, match="没有区划 123456"):
        adopt_profile(edition("2024-01-01", where="123456"), by=SYSTEM, at=noon)


def test_a_wrong_file_changes_nothing(cast, noon):
    with pytest.raises(Refused):
        adopt_profile(make.profile_text().replace("quote = ", "quoth = "), by=SYSTEM, at=noon)
    assert not Profile.objects.exists()


def test_adopting_the_same_edition_twice_does_nothing_twice(cast, noon):
    make.demo_profile()
    with pytest.raises(Refused, match="已经启用"):
        adopt_profile(make.profile_text(), by=SYSTEM, at=noon)
    assert Profile.objects.count() == 1


def test_the_next_edition_supersedes_and_each_day_keeps_its_own_rule(cast, noon):
    first = make.demo_profile()
    second = adopt_profile(edition("2026-06-01", 24), by=SYSTEM, at=noon)
    first.refresh_from_db()
    assert (first.state, first.effective_to, second.state) == ("SUPERSEDED", date(2026, 5, 31), "IN_FORCE")
    assert hours(cast, date(2026, 5, 31)) == 48
    assert hours(cast, date(2026, 6, 1)) == 24


def test_a_correction_from_the_same_day_rules_alone(cast, noon):
    make.demo_profile()
    adopt_profile(edition("2024-01-01", 36), by=SYSTEM, at=noon)
    assert hours(cast, date(2024, 1, 1)) == hours(cast, date(2026, 1, 1)) == 36


def test_an_edition_announced_ahead_waits_for_its_day(cast, noon):
    make.demo_profile()
    adopt_profile(edition("2027-01-01", 24), by=SYSTEM, at=noon)
    assert (hours(cast, date(2026, 12, 31)), hours(cast, date(2027, 1, 1))) == (48, 24)


def test_before_the_first_edition_there_are_no_rules(cast):
    make.demo_profile()
    with pytest.raises(Refused, match="明察示范县在 2023-12-31 没有施行中的规则"):
        profile_for(cast.region, on=date(2023, 12, 31))


def test_after_the_last_day_of_an_edition_there_are_no_rules(cast, noon):
    text = make.profile_text().replace(
        "effective_from = 2024-01-01", "effective_from = 2024-01-01\neffective_to = 2025-12-31"
    )
    adopt_profile(text, by=SYSTEM, at=noon)
    assert hours(cast, date(2025, 12, 31)) == 48
    with pytest.raises(Refused):
        profile_for(cast.region, on=date(2026, 1, 1))


def test_a_draft_edition_rules_nobody(cast):
    make.demo_profile()
    with unguarded():
        Profile.objects.update(state="DRAFT")
    assert not profiles_of(cast.region).exists()


def test_a_region_without_rules_takes_those_around_it_and_prefers_its_own(cast, noon):
    county, city = people.region("970101", "某区"), people.region("970100", "某市")
    adopt_profile(edition("2024-01-01", 72, where="970100"), by=SYSTEM, at=noon)
    assert clause_of(profile_for(county, on=noon.date()), "entry_hours").value == 72
    adopt_profile(edition("2024-01-01", 36, where="970101"), by=SYSTEM, at=noon)
    assert clause_of(profile_for(county, on=noon.date()), "entry_hours").value == 36
    assert clause_of(profile_for(city, on=noon.date()), "entry_hours").value == 72


def test_the_official_calendar_is_loaded_with_its_notices(cast, noon):
    assert load_calendar(by=cast.coordinator, at=noon) == 289
    known = calendar()
    assert known.known_years == frozenset(range(2015, 2027))
    assert not is_workday(date(2026, 10, 1), known)
    assert is_workday(date(2026, 10, 10), known)
    assert known.names[date(2026, 10, 1)] == "国庆节"
    assert exceptions_of(2026).get(on=date(2026, 10, 1)).source == "国办发明电〔2025〕7号"
    assert calendar_years().get(year=2026).source == "国办发明电〔2025〕7号"


def test_loading_twice_keeps_one_row_a_day_and_what_the_office_entered(cast, noon):
    make.calendar()
    amend_calendar(date(2026, 10, 10), is_workday=False, name="改为休息", source="文", by=cast.coordinator, at=noon)
    amend_calendar(date(2026, 11, 27), is_workday=False, name="临时放假", source="文", by=cast.coordinator, at=noon)
    load_calendar(by=SYSTEM, at=noon)
    assert CalendarDay.objects.count() == 290
    known = calendar()
    assert not is_workday(date(2026, 10, 10), known)
    assert not is_workday(date(2026, 11, 27), known)


def test_a_row_that_the_table_no_longer_has_goes_with_the_next_loading(cast, noon):
    make.calendar()
    with unguarded():
        CalendarDay.objects.create(on=date(2026, 11, 27), is_workday=False, name="误录")
    load_calendar(by=SYSTEM, at=noon)
    assert not CalendarDay.objects.filter(on=date(2026, 11, 27)).exists()


def test_a_holiday_is_entered_as_a_span_with_its_notice(cast, noon):
    rows = amend_calendar(
        date(2027, 2, 5),
        until=date(2027, 2, 11),
        is_workday=False,
        name="春节",
        source="文",
        by=cast.coordinator,
        at=noon,
    )
    assert [row.on.day for row in rows] == [5, 8, 9, 10, 11]
    assert Entry.objects.get().details == {
        "from": "2027-02-05",
        "until": "2027-02-11",
        "is_workday": False,
        "name": "春节",
        "source": "文",
    }


def test_the_same_entry_twice_does_nothing_twice(cast, noon):
    given = {"is_workday": True, "name": "春节调休上班", "source": "文", "by": cast.coordinator, "at": noon}
    amend_calendar(date(2027, 2, 13), **given)
    with pytest.raises(Refused, match="已经是工作日"):
        amend_calendar(date(2027, 2, 13), **given)
    assert Entry.objects.count() == 1


def test_a_year_is_declared_known_once_and_after_its_days(cast, noon):
    given = {"source": "国办发明电〔2026〕0号", "by": cast.coordinator, "at": noon}
    with pytest.raises(Refused, match="还没有录入放假和调休"):
        declare_year_known(2027, **given)
    amend_calendar(date(2027, 1, 1), is_workday=False, name="元旦", source="文", by=cast.coordinator, at=noon)
    declare_year_known(2027, **given)
    assert 2027 in calendar().known_years
    with pytest.raises(Refused, match="已经登记为已知"):
        declare_year_known(2027, **given)
    assert CalendarYear.objects.count() == 1


@pytest.mark.parametrize("act", ["load", "amend", "declare"])
def test_nobody_else_changes_the_calendar(cast, act):
    at = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    acts = {
        "load": lambda by: load_calendar(by=by, at=at),
        "amend": lambda by: amend_calendar(date(2027, 1, 1), is_workday=False, name="元旦", source="文", by=by, at=at),
        "declare": lambda by: declare_year_known(2027, source="文", by=by, at=at),
    }
    for other in (cast.handler, cast.keeper, cast.stranger):
        with pytest.raises(Forbidden):
            acts[act](other)
