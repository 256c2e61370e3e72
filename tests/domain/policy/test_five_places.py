"""Each place has its own rules from its own day on; what lies inside it takes them over, what lies outside does not."""

from datetime import date

import pytest

from mingcha.domain.organisation.models import Region
from mingcha.domain.policy.actions import adopt_profile
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import clause_of, clauses_of, has_clause, read_profile
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused
from tests.factories import organisation as people
from tests.factories.policy import ALL, FIVE, profile_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture
def adopted(noon) -> dict[str, Profile]:
    """The five policies in force at once, each in its own region."""
    held = {}
    for code in FIVE:
        where = read_profile(profile_text(code)).jurisdiction
        people.region(where, code)
        held[code] = adopt_profile(profile_text(code), by=SYSTEM, at=noon)
    return held


@pytest.mark.parametrize("code", ALL)
def test_a_shipped_file_is_kept_and_read_back_without_loss(code, noon):
    file = read_profile(profile_text(code))
    people.region(file.jurisdiction, code)
    profile = adopt_profile(profile_text(code), by=SYSTEM, at=noon)
    profile.refresh_from_db()
    assert clauses_of(profile) == file.clauses


def test_each_place_is_ruled_by_its_own_paper(adopted):
    for profile in adopted.values():
        assert profile_for(profile.region, on=TODAY) == profile
    taian, yudu = adopted["taian-2019"], adopted["yudu-2020"]
    assert clause_of(taian, "entry_working_days").number == 20
    assert not has_clause(taian, "entry_hours")
    assert clause_of(yudu, "entry_hours").number == 48
    assert not has_clause(yudu, "entry_working_days")


def test_a_district_inside_a_city_takes_the_citys_rules_and_a_neighbour_does_not(adopted):
    inside, outside = people.region("370902", "某区"), people.region("370802", "邻区")
    assert profile_for(inside, on=TODAY) == adopted["taian-2019"]
    with pytest.raises(Refused, match="没有施行中的规则"):
        profile_for(outside, on=TODAY)


def test_no_paper_rules_before_the_day_it_was_issued(adopted):
    for code, profile in adopted.items():
        first = read_profile(profile_text(code)).effective_from
        with pytest.raises(Refused):
            profile_for(Region.objects.get(pk=profile.region_id), on=date.fromordinal(first.toordinal() - 1))
        assert profile_for(profile.region, on=first) == profile


def test_what_was_done_under_the_first_edition_is_still_read_by_it_after_the_next(adopted, noon):
    first = adopted["chenzhou-2018"]
    text = profile_text("chenzhou-2018").replace("effective_from = 2018-11-30", "effective_from = 2026-06-01")
    text = text.replace("value = 20\n", "value = 15\n").replace("之日起20个工作日内", "之日起15个工作日内")
    second = adopt_profile(text, by=SYSTEM, at=noon)
    old, new = profile_for(first.region, on=date(2026, 5, 31)), profile_for(first.region, on=date(2026, 6, 1))
    assert (old, clause_of(old, "publish_working_days").number) == (first, 20)
    assert (new, clause_of(new, "publish_working_days").number) == (second, 15)
