"""What ratios and frequencies do to firms: computed exactly, against every possible draw counted out."""

from fractions import Fraction
from itertools import combinations, product
from math import comb

import pytest

from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.rules import simulation as rules
from mingcha.domain.catalogue.rules.joint import key_of


def item(code: str = "M-01", ratio: str = "30%", frequency: str = "每年1次", **more: object) -> InspectionItem:
    given = {"title": f"事项 {code}", "ratio_text": ratio, "frequency_text": frequency}
    return InspectionItem(item_list=ItemList(department_id=1), code=code, **{**given, **more})


def outcome(items, groups, *, years=1, **more):
    named = {frozenset((1, code) for code in codes): number for codes, number in groups.items()}
    return rules.outcome_of(rules.loads_of(items, named, **more), named, years=years)


def counted_out(sizes, takes):
    """Every way in which each draw can fall on the firms 0 … n-1: how often firm 0 is met (classes 0–3)."""
    draws = [list(combinations(range(size), take)) for size, take in zip(sizes, takes, strict=True)]
    met = [sum(0 in draw for draw in way) for way in product(*draws)]
    return [met.count(times) / len(met) if times < 3 else sum(n >= 3 for n in met) / len(met) for times in range(4)]


# proves S1-05
@pytest.mark.parametrize(
    ("frequencies", "takes"), [(["每年1次"], [2]), (["每年2次"], [2, 2]), (["每年2次", "每半年1次"], [2, 2, 2, 2])]
)
def test_the_visits_of_a_firm_are_what_counting_out_every_draw_gives(frequencies, takes):
    """Five firms, 30% of them rounded up to two in each draw."""
    items = [item(f"M-{place}", frequency=words) for place, words in enumerate(frequencies)]
    found = outcome(items, {tuple(each.code for each in items): 5})
    assert found.classes == pytest.approx([5 * share for share in counted_out([5] * len(takes), takes)])
    assert (found.firms, found.visits) == (5, sum(takes))
    assert found.mean == pytest.approx(sum(takes) / 5)


# proves S1-05
def test_whoever_is_linked_to_nothing_is_never_visited_and_the_rest_less_and_less_with_the_years():
    groups = {("M-01",): 10, (): 5}
    one, three = outcome([item()], groups), outcome([item()], groups, years=3)
    assert (one.unlinked, one.never) == (5, pytest.approx(5 + 7))
    assert three.never == pytest.approx(5 + 10 * 0.7**3)
    assert three.never_share == pytest.approx(three.never / 15)
    assert outcome([item(ratio="100%")], groups, years=3).never == 5
    assert sum(three.classes) == pytest.approx(15)


# proves S1-05
@pytest.mark.parametrize("chance", [0.0, 0.013, 0.5, 1.0])
@pytest.mark.parametrize("times", [0, 1, 2, 3, 4, 52, 365])
def test_the_closed_form_gives_what_one_draw_after_the_other_gives(chance, times):
    found = [1.0, 0.0, 0.0, 0.0]
    for _draw in range(times):
        none, one, two, more = found
        found = [none * (1 - chance), none * chance + one * (1 - chance), one * chance + two * (1 - chance), 0.0]
        found[3] = more + two * chance
    assert rules.distribution([(chance, Fraction(times))], years=1) == pytest.approx(found, abs=1e-12)
    parted = [(chance, Fraction(times - times // 2)), (chance, Fraction(times // 2))]
    assert rules.distribution(parted, years=1) == pytest.approx(found, abs=1e-12)


def test_how_often_is_not_what_it_costs(monkeypatch):
    """One draw more is not one round more: the same work for one draw a year as for one a day over ten years."""
    works = []
    monkeypatch.setattr(rules, "comb", lambda *given: works.append(given) or comb(*given))
    rules.distribution([(0.3, Fraction(1))], years=1)
    once = len(works)
    rules.distribution([(0.3, Fraction(366))], years=10)
    assert len(works) <= 2 * once + rules.CLASSES


def test_a_draw_in_every_second_year_falls_into_a_year_with_one_half():
    assert rules.distribution([(0.5, Fraction(1, 2))], years=1) == [0.75, 0.25, 0, 0]
    assert rules.distribution([(0.5, Fraction(1, 2))], years=2) == [0.5, 0.5, 0, 0]
    assert outcome([item(frequency="每2年1次")], {("M-01",): 10}).visits == 1.5


def test_an_item_without_links_is_for_everybody():
    free = item("M-02", ratio="50%")
    found = outcome([item(), free], {("M-01",): 10, (): 10}, for_everybody={key_of(free)})
    assert [(load.size, load.take) for load in found.items] == [(10, 3), (20, 10)]
    assert found.unlinked == 0
    assert found.never == pytest.approx(10 * 0.7 * 0.5 + 10 * 0.5)


def test_other_words_are_tried_without_touching_the_list():
    listed = item()
    found = outcome([listed], {("M-01",): 10}, tried={key_of(listed): ("50%", "每季度1次")})
    assert (found.items[0].take, found.visits, listed.ratio_text) == (5, 20, "30%")


@pytest.mark.parametrize(
    ("ratio", "frequency", "take", "rounds", "assumed"),
    [
        ("3%", "每年1次", 31, 1, ()),
        ("2‰", "每月1次", 3, 12, ()),
        ("不低于5%", "每年不少于2次", 51, 2, ("比例按下限算", "频次按下限算")),
        ("不超过3%", "1次", 31, 1, ("比例按上限算", "频次没有写周期，按一年算")),
        ("10户", "每年1-2次", 10, 1, ("频次是一个范围，按少的算",)),
        ("市局30%县局5%", "每周1次", 303, 52, ("比例写了几个，按第一个算",)),
        ("5%，每年1次", "", 51, 1, ()),
    ],
)
def test_the_words_of_a_list_are_read_as_a_pace_and_what_they_leave_open_is_said(
    ratio, frequency, take, rounds, assumed
):
    pace = rules.read_pace(ratio, frequency)
    assert isinstance(pace, rules.Pace)
    assert (pace.take_of(1010), pace.rounds, pace.assumed) == (take, rounds, assumed)


# proves S1-05
@pytest.mark.parametrize(
    ("ratio", "frequency", "why"),
    [
        ("根据监管需要确定", "每年1次", "比例“根据监管需要确定”读不出数字"),
        ("", "每年1次", "没有写比例"),
        ("3%", "不定期", "频次“不定期”读不出次数"),
        ("3%", "", "没有写频次"),
        ("300%", "每年1次", "比例超过 100%"),
        ("3%", "每0年1次", "频次的周期写成了 0，写明几年、几个月一次"),
        ("3%", "每天2次", "频次合一年超过 366 次，比每天一次还多"),
        ("3%", f"每天{'9' * 50}次", "频次合一年超过 366 次，比每天一次还多"),
    ],
)
def test_words_without_a_number_are_named_and_nothing_is_guessed(ratio, frequency, why):
    found = outcome([item(ratio=ratio, frequency=frequency)], {("M-01",): 10})
    assert (found.items[0].unread, found.visits, found.never, found.unlinked) == (why, 0, 10, 10)


def test_what_is_not_drawn_at_random_is_set_aside():
    patrol = item("M-02", mode="PATROL")
    own, aside = rules.drawn_at_random([item(), patrol])
    assert ([each.code for each in own], [each.code for each in aside]) == (["M-01"], ["M-02"])
    assert outcome([], {}).mean == outcome([], {}).never_share == 0
    assert outcome([], {}).shares == [0, 0, 0, 0]
