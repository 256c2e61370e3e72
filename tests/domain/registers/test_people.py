"""The roster: category and scope, other papers, leave, training, who may be drawn."""

from datetime import date

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.plans.queries import staff_for
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.models import Leave, Qualification
from mingcha.domain.registers.states import InspectorState
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import plans
from tests.factories import registers as make
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
START, END = date(2026, 11, 30), date(2026, 12, 14)


def drawable(cast, *codes: str) -> set[int]:
    found = queries.drawable_inspectors([cast.market], on=TODAY, starts=START, until=END, item_codes=codes or ["M-01"])
    return {int(person.code[-3:]) for person in found}


def leave(person, since: date, until: date, by, kind: str = "LEAVE") -> Leave:
    return actions.grant_leave(person, kind=kind, since=since, until=until, by=by, at=NOON)


# proves S2-15
def test_a_person_is_of_one_of_three_categories_and_may_be_of_a_team(cast):
    plans.item(cast.market, cast.handler, "M-01")
    person = make.inspector(cast.market)
    given = {"category": "DAILY", "post": "所长", "team": "市场监管综合执法大队", "is_expert": True}
    actions.describe_inspector(person, **given, phone="13800001234", by=cast.handler, at=NOON)
    person.refresh_from_db()
    assert (person.get_category_display(), person.team, person.is_expert) == (
        "从事日常监管工作的人员",
        "市场监管综合执法大队",
        True,
    )
    details = trail_of(person).last().details
    assert (details["category_before"], details["category_after"]) == ("LICENSED", "DAILY")
    assert "13800001234" not in str(details)
    with pytest.raises(Refused, match="没有可改的"):
        actions.describe_inspector(person, **given, phone="13800001234", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="没有这一类人员"):
        actions.describe_inspector(person, **{**given, "category": "DRIVER"}, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="现行清单里没有事项 F-01"):
        actions.describe_inspector(person, **given, item_codes=["F-01"], by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="看不见的字符"):
        actions.describe_inspector(person, **{**given, "team": "大\u200b队"}, by=cast.handler, at=NOON)


def test_whoever_may_inspect_certain_items_is_drawn_for_them_only(cast):
    plans.item(cast.market, cast.handler, "M-01")
    plans.item(cast.market, cast.handler, "M-02")
    narrow, _all = make.inspectors(2, cast.market)
    actions.describe_inspector(narrow, category="LICENSED", item_codes=["M-02"], by=cast.handler, at=NOON)
    assert drawable(cast, "M-01") == {2}
    assert drawable(cast, "M-01", "M-02") == {1, 2}


# proves S1-16
def test_whoever_is_away_on_the_day_of_the_draw_or_on_the_first_day_is_not_drawn(cast):
    people = make.inspectors(7, cast.market)
    for person, (since, until) in zip(
        people,
        [
            (TODAY, TODAY),
            (date(2026, 11, 25), START),
            (START, date(2026, 12, 31)),
            (date(2026, 12, 1), date(2026, 12, 3)),  # within the campaign: arranged there
            (date(2026, 11, 24), date(2026, 11, 29)),  # back for the first day
            (date(2026, 12, 15), date(2026, 12, 20)),
        ],
        strict=False,
    ):
        leave(person, since, until, cast.handler)
    assert drawable(cast) == {4, 5, 6, 7}
    demo_profile()
    campaign = plans.approved_campaign(cast)
    (staff,) = staff_for(campaign, on=TODAY)
    assert (staff.certified, staff.outside) == (4, 3)


def test_leave_is_over_by_itself_and_ended_early_from_today_on(cast):
    person = make.inspector(cast.market)
    ahead = leave(person, START, END, cast.handler, "TRAINING")
    with pytest.raises(Refused, match="时间重叠"):
        leave(person, TODAY, START, cast.handler)
    with pytest.raises(Refused, match="早于开始日"):
        leave(person, TODAY, date(2026, 11, 22), cast.handler)
    with pytest.raises(Refused, match="已经过去"):
        leave(person, date(2026, 11, 1), date(2026, 11, 22), cast.handler)
    with pytest.raises(Refused, match="没有这一种事由"):
        leave(person, TODAY, TODAY, cast.handler, "NAP")
    assert actions.end_leave(ahead, by=cast.handler, at=NOON) is None
    with pytest.raises(Refused, match="没有再取消一次"):
        actions.end_leave(ahead, by=cast.handler, at=NOON)
    running = leave(person, date(2026, 11, 20), END, cast.handler, "SECONDED")
    assert actions.end_leave(running, by=cast.handler, at=NOON).until == date(2026, 11, 22)
    assert drawable(cast) == {1}
    with pytest.raises(Refused, match="已在 2026-11-22 结束"):
        actions.end_leave(running, by=cast.handler, at=NOON)


def test_other_papers_are_kept_once_and_taken_away_with_a_reason(cast):
    person = make.inspector(cast.market)
    paper = {"name": "特种设备安全监察员", "number": "TS-2026-0001", "until": END}
    row = actions.add_qualification(person, **paper, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="已登记过"):
        actions.add_qualification(person, **paper, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="没有填"):
        actions.add_qualification(person, name=" ", by=cast.handler, at=NOON)
    assert "TS-2026-0001" not in str(trail_of(person).last().details)
    with pytest.raises(Refused, match="没有写理由"):
        actions.drop_qualification(row, reason=" ", by=cast.handler, at=NOON)
    actions.drop_qualification(row, reason="换证", by=cast.handler, at=NOON)
    assert not Qualification.objects.exists()
    with pytest.raises(Refused, match="没有再取消一次"):
        actions.drop_qualification(row, reason="换证", by=cast.handler, at=NOON)


def test_a_training_is_recorded_once_it_was_held(cast):
    person = make.inspector(cast.market)
    given = {"on": TODAY, "title": "新法培训", "hours": 8, "by": cast.handler, "at": NOON}
    assert actions.record_training(person, **given).passed
    with pytest.raises(Refused, match="已经登记过"):
        actions.record_training(person, **given)
    for wrong, reason in (({"on": START}, "还没有到"), ({"hours": 0}, "1 至 500"), ({"title": " "}, "没有填")):
        with pytest.raises(Refused, match=reason):
            actions.record_training(person, **{**given, **wrong})


# proves S1-16
def test_the_papers_that_have_ended_or_end_soon_are_listed_and_counted(cast):
    expired, soon, late = (
        make.inspector(cast.market, 1, certificate_until=date(2026, 11, 22)),
        make.inspector(cast.market, 2, certificate_until=date(2026, 12, 20)),
        make.inspector(cast.market, 3),
    )
    make.inspector(cast.market, 4, certificate_until=date(2020, 1, 1), state="LEFT")
    make.inspector(cast.fire, 5, certificate_until=date(2020, 1, 1))
    assert list(queries.certificates_ending(cast.market, on=TODAY, within=60)) == [expired, soon]
    leave(late, TODAY, TODAY, cast.handler)
    coverage = queries.coverage_of(cast.market, on=TODAY, within=60)
    assert (coverage.active, coverage.certified, coverage.ending, coverage.expired, coverage.away) == (3, 2, 1, 1, 1)
    assert [number for _label, number in coverage.categories] == [0, 3, 0]
    assert drawable(cast) == {2}


def test_whoever_leaves_is_drawn_no_more_and_stays_on_record(cast):
    person = make.inspector(cast.market)
    with pytest.raises(Refused, match="没有写理由"):
        actions.release_inspector(person, reason=" ", by=cast.handler, at=NOON)
    released = actions.release_inspector(person, reason="调离", by=cast.handler, at=NOON)
    assert released.state == InspectorState.LEFT
    assert drawable(cast) == set()
    with pytest.raises(Refused, match="之后不能是"):
        actions.release_inspector(person, reason="调离", by=cast.handler, at=NOON)


def test_only_whoever_keeps_the_departments_roster_changes_it(cast):
    person = make.inspector(cast.market)
    granted = leave(person, TODAY, END, cast.handler)
    paper = actions.add_qualification(person, name="资格", by=cast.handler, at=NOON)
    for other in (cast.fire_handler, cast.approver, cast.stranger):
        told = {"by": other, "at": NOON}
        for act in (
            lambda told=told: actions.describe_inspector(person, category="DAILY", **told),
            lambda told=told: actions.release_inspector(person, reason="调离", **told),
            lambda told=told: actions.add_qualification(person, name="又一个", **told),
            lambda told=told: actions.drop_qualification(paper, reason="不要", **told),
            lambda told=told: actions.grant_leave(person, kind="LEAVE", since=END, until=END, **told),
            lambda told=told: actions.end_leave(granted, **told),
            lambda told=told: actions.record_training(person, on=TODAY, title="培训", hours=1, **told),
        ):
            with pytest.raises(Forbidden):
                act()
