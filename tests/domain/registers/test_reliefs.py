"""Exempting for good years, observing without inspecting: decided by the head, for a time, ended by what is bad."""

from datetime import date, timedelta

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.policy.models import Profile
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.models import Relief, Subject
from mingcha.domain.registers.rules import years_later
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
END = date(2027, 11, 22)


@pytest.fixture(autouse=True)
def rules_of_the_county(cast) -> None:
    demo_profile()


def good(number: int, cast, years: tuple[int, ...] = (2023, 2024, 2025)) -> Subject:
    """A firm that was visited in each of these years without a problem."""
    firm = make.subject(number)
    for year in years:
        make.note(firm, cast.market, item_code="OTHER", on=date(year, 6, 1), clean=True)
    return firm


def decide(cast, firms: list[Subject], **values: object) -> list[Relief]:
    given = {"kind": "CLEAN_YEARS", "since": TODAY, "until": END, "reason": "连续三年抽查良好"}
    keys = [firm.pk for firm in firms]
    return actions.decide_reliefs(cast.market, keys, **{**given, **values}, by=cast.approver, at=NOON)


# proves S3-29
def test_the_candidates_are_those_of_the_rule_without_anything_bad(cast):
    fine, short, bad, complained, closed, decided = (
        good(1, cast),
        good(2, cast, (2024, 2025)),
        good(3, cast),
        good(4, cast),
        good(5, cast),
        good(6, cast),
    )
    make.signal(bad, by=cast.handler, kind="SERIOUS_VIOLATION")
    make.signal(complained, by=cast.handler, kind="COMPLAINTS")
    with unguarded():
        Subject.objects.filter(pk=closed.pk).update(state="CLOSED")
    make.relief(decided, cast.market, by=cast.approver)
    assert set(queries.relief_candidates(cast.market, on=TODAY)) == {fine, complained}
    assert decided in queries.relief_candidates(cast.fire, on=TODAY)
    assert short not in queries.relief_candidates(cast.market, on=TODAY)


# proves S3-29
def test_the_head_decides_for_several_at_once_and_each_has_it_in_its_trail(cast):
    firms = [good(1, cast), good(2, cast)]
    made = decide(cast, firms)
    assert [(row.subject, row.department, row.since, row.until, row.decided_by) for row in made] == [
        (firm, cast.market, TODAY, END, cast.approver) for firm in firms
    ]
    assert trail_of(firms[0]).last().event == "registers.relief_decided"
    with pytest.raises(Refused, match=r"选中的有 2 户不能决定：.*（已有这种决定）、.*（已有这种决定）"):
        decide(cast, firms)
    assert not queries.relief_candidates(cast.market, on=TODAY).exists()


def test_one_who_does_not_fit_stops_the_whole_decision(cast):
    with pytest.raises(Refused, match="选中的有 1 户不能决定：示范二号（已不符合连续良好的条件）"):
        decide(cast, [good(1, cast), make.subject(2, name="示范二号")])
    assert not Relief.objects.exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"kind": "FRIEND"}, "没有这一种决定"),
        ({"since": date(2026, 11, 22)}, "已经过去"),
        ({"until": date(2026, 11, 22)}, "早于开始日"),
        ({"until": date(2029, 11, 24)}, "超过 3 年"),
        ({"reason": " "}, "没有写理由"),
    ],
)
def test_what_cannot_be_decided_says_why(cast, values, reason):
    with pytest.raises(Refused, match=reason):
        decide(cast, [good(1, cast)], **values)


def test_nothing_chosen_and_too_much_chosen_is_refused(cast):
    with pytest.raises(Refused, match="没有选对象"):
        decide(cast, [])
    with pytest.raises(Refused, match="一次最多决定 500 户"):
        actions.decide_reliefs(
            cast.market,
            range(1, 502),
            kind="TOLERANT",
            since=TODAY,
            until=END,
            reason="新业态",
            by=cast.approver,
            at=NOON,
        )


def test_where_the_rules_do_not_know_the_exemption_there_is_none(cast):
    firm = good(1, cast)
    with unguarded():
        profile = Profile.objects.get()
        profile.clauses = [kept for kept in profile.clauses if kept["key"] != "exempt_after_years"]
        profile.save()
    assert not queries.relief_candidates(cast.market, on=TODAY).exists()
    with pytest.raises(Refused, match="本地规则没有"):
        decide(cast, [firm])
    assert decide(cast, [firm], kind="TOLERANT", reason="新业态")


# proves S1-20
def test_anybody_of_the_place_who_can_be_drawn_may_be_observed_tolerantly(cast):
    firm, closed = make.subject(1), make.subject(2, name="示范二号", state="CLOSED")
    elsewhere = make.subject(3, name="外地的", place=cast.stranger.department.region)
    for wrong, told in ((closed, "示范二号（已注销或吊销）"), (elsewhere, "另有 1 户不在名录里")):
        with pytest.raises(Refused, match=told) as refused:
            decide(cast, [firm, wrong], kind="TOLERANT", reason="新业态观察")
        assert "外地的" not in str(refused.value)
    (made,) = decide(cast, [firm], kind="TOLERANT", reason="新业态观察")
    assert made.kind == "TOLERANT"


def test_only_the_departments_head_decides_and_takes_back(cast):
    firm = good(1, cast)
    given = {"kind": "CLEAN_YEARS", "since": TODAY, "until": END, "reason": "良好", "at": NOON}
    for person in (cast.handler, cast.fire_approver, cast.supervisor, cast.stranger):
        with pytest.raises(Forbidden):
            actions.decide_reliefs(cast.market, [firm.pk], **given, by=person)
    (relief,) = decide(cast, [firm])
    with pytest.raises(Forbidden):
        actions.end_relief(relief, reason="收回", by=cast.handler, at=NOON)
    ended = actions.end_relief(relief, reason="另有线索", by=cast.approver, at=NOON)
    assert (ended.lapsed_on, ended.lapsed_because) == (TODAY, "另有线索")
    with pytest.raises(Refused, match="已经失效"):
        actions.end_relief(relief, reason="再收", by=cast.approver, at=NOON)


def running(on: date = TODAY) -> list[str]:
    return sorted(Relief.objects.filter(queries.reliefs_running(on)).values_list("kind", flat=True))


# proves S3-29
def test_a_bad_signal_ends_every_decision_at_once_and_a_complaint_does_not(cast):
    firm = good(1, cast)
    decide(cast, [firm])
    decide(cast, [firm], kind="TOLERANT", reason="新业态")
    signal = {"since": TODAY, "source": "示范系统", "by": cast.handler, "at": NOON}
    actions.add_signal(firm, kind="COMPLAINTS", **signal)
    assert running() == ["CLEAN_YEARS", "TOLERANT"]
    actions.add_signal(firm, kind="PENALTY", **signal)
    assert running() == []
    assert set(Relief.objects.values_list("lapsed_on", "lapsed_because")) == {(TODAY, "行政处罚")}


# proves S3-29
def test_a_problem_found_ends_it_and_a_clean_visit_does_not(cast):
    firm = good(1, cast)
    (relief,) = decide(cast, [firm])
    visit = {"item_code": "M-01", "department": cast.fire, "on": TODAY}
    told_by_a_confirmation(firm, **visit, clean=True)
    assert running() == ["CLEAN_YEARS"]
    told_by_a_confirmation(firm, **visit, clean=False)
    relief.refresh_from_db()
    assert (relief.lapsed_on, relief.lapsed_because) == (TODAY, "消防救援大队检查发现问题")


def told_by_a_confirmation(firm: Subject, **visit: object) -> None:
    """As inspections do it, inside an action of their own that leaves the trace."""
    with unguarded():
        actions.note_visit(firm, **visit)


def test_it_is_over_by_itself_after_its_last_day(cast):
    firm = good(1, cast)
    decide(cast, [firm])
    assert running(END) == ["CLEAN_YEARS"]
    assert running(END + timedelta(days=1)) == []


def test_a_decision_about_the_citys_entry_ends_with_what_the_county_learns(cast):
    other = make.subject(1, place=cast.stranger.department.region)
    relief = make.relief(other, cast.market, by=cast.approver, until=END)
    own = make.subject(1)
    actions.add_signal(own, kind="PENALTY", since=TODAY, source="示范系统", by=cast.handler, at=NOON)
    relief.refresh_from_db()
    assert relief.lapsed_on == TODAY


def test_the_decisions_are_read_by_whoever_reads_the_departments_register(cast):
    relief = make.relief(make.subject(1), cast.market, by=cast.approver)
    assert relief in queries.reliefs_visible_to(cast.supervisor)
    assert relief in queries.reliefs_visible_to(cast.handler)
    assert relief not in queries.reliefs_visible_to(cast.fire_handler)


def test_the_29th_of_february_has_a_day_some_years_on():
    assert years_later(date(2028, 2, 29), 3) == date(2031, 2, 28)
