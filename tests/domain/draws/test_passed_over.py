"""Whom the order of substitutes passes over: those who cannot go, as a frame of today would leave them out."""

from datetime import date, timedelta

import pytest

import fairdraw
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import DrawnSubject
from mingcha.domain.plans.queries import people_for
from mingcha.domain.registers.models import Inspector, Leave
from mingcha.kit.errors import Refused
from tests.conftest import NOON
from tests.domain.draws.test_substituting import first_at, order_at, propose, substituted
from tests.factories import draws, registers
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(cast) -> DrawnSubject:
    return draws.draw_at(cast, "SIGNED").subjects.filter(reserve=False).order_by("pk")[0]


def test_a_substitute_who_cannot_go_is_followed_by_the_next_of_the_order(cast, noon, drawn):
    first = substituted(drawn, first_at(drawn), cast, noon)
    second = propose(drawn, first.enters, cast, noon)
    change = fairdraw.Substitution(drawn.code, "market", first.leaves.code, first.enters.code)
    assert second.enters.code == order_at(drawn, (change,))[0]
    assert second.enters not in (first.leaves, first.enters)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "SUSPENDED"}, "已暂停执法或出库"),
        ({"certificate_until": "2026-12-01"}, "执法证到期"),
        ({"department": "fire"}, "已调离"),
    ],
)
def test_who_cannot_go_any_more_is_passed_over_and_the_record_says_why(cast, noon, drawn, change, words):
    order = order_at(drawn)
    with unguarded():
        new = {name: cast.fire if value == "fire" else value for name, value in change.items()}
        Inspector.objects.filter(code=order[0]).update(**new)
    row = propose(drawn, first_at(drawn), cast, noon)
    assert row.enters.code == order[1]
    passed = Inspector.objects.get(code=order[0])
    assert row.reason_text == f"住院；顺次跳过：{passed.name}（{words}）"


def test_a_new_avoidance_and_another_area_are_passed_over(cast, noon, drawn):
    order = order_at(drawn)
    registers.avoidance(drawn.subject, Inspector.objects.get(code=order[0]))
    with unguarded():
        Inspector.objects.filter(code=order[1]).update(areas="B9")
    row = propose(drawn, first_at(drawn), cast, noon)
    assert row.enters.code == order[2]
    assert "（回避）" in row.reason_text
    assert "（片区不符）" in row.reason_text


def on_leave(code: str, since: date, until: date, kind: str = "LEAVE") -> None:
    with unguarded():
        Leave.objects.create(inspector=Inspector.objects.get(code=code), kind=kind, since=since, until=until)


@pytest.mark.parametrize(
    ("kind", "days", "words"),
    [
        ("LEAVE", (0, 0), "请假"),  # today
        ("TRAINING", (7, 7), "脱产培训"),  # the campaign's first day
        ("SECONDED", (-30, 60), "借调"),
    ],
)
def test_who_is_on_leave_is_passed_over_as_the_frame_would_leave_them_out(cast, drawn, kind, days, words):
    order, (since, until) = order_at(drawn), (NOON.date() + timedelta(days=day) for day in days)
    on_leave(order[0], since, until, kind)
    row = propose(drawn, first_at(drawn), cast, NOON)
    assert row.enters.code == order[1]
    passed = Inspector.objects.get(code=order[0])
    assert row.reason_text == f"住院；顺次跳过：{passed.name}（{words}）"


def test_leave_that_is_over_or_begins_within_the_campaign_keeps_nobody_away(cast, noon, drawn):
    order, starts = order_at(drawn), drawn.draw.campaign.starts_on
    on_leave(order[0], noon.date() - timedelta(days=9), noon.date() - timedelta(days=1))
    on_leave(order[0], starts + timedelta(days=1), starts + timedelta(days=2))
    assert propose(drawn, first_at(drawn), cast, noon).enters.code == order[0]


def test_once_the_campaign_runs_leave_counts_on_the_day_of_the_change(cast, noon, drawn):
    order, starts = order_at(drawn), drawn.draw.campaign.starts_on
    on_leave(order[0], starts, starts)
    on_leave(order[1], starts + timedelta(days=2), starts + timedelta(days=2))
    two_days_in = noon + timedelta(days=9)
    assert propose(drawn, first_at(drawn), cast, two_days_in).enters.code == order[0]
    on_leave(order[0], starts + timedelta(days=2), starts + timedelta(days=3))
    with pytest.raises(Refused, match="提出之后情况有变"):
        actions.decide_substitute(drawn.substitutions.get(), agreed=True, by=cast.approver, at=two_days_in)


def test_whoever_may_inspect_other_items_only_is_passed_over(cast, noon, drawn):
    order = order_at(drawn)
    with unguarded():
        Inspector.objects.filter(code=order[0]).update(item_codes=["M-77"])
        Inspector.objects.filter(code=order[1]).update(item_codes=["M-77", "M-01"])
    row = propose(drawn, first_at(drawn), cast, noon)
    assert row.enters.code == order[1]
    assert row.reason_text.endswith("（可查事项不符）")


def test_who_goes_in_is_someone_whom_a_frame_of_today_would_take(cast, noon, drawn):
    """The two readings stay one: whoever is passed over for the own state is not in the frame's people, and the rest
    are."""
    order = order_at(drawn)
    on_leave(order[0], noon.date(), noon.date())
    with unguarded():
        Inspector.objects.filter(code=order[1]).update(item_codes=["M-77"])
        Inspector.objects.filter(code=order[2]).update(
            certificate_until=drawn.draw.campaign.ends_on - timedelta(days=1)
        )
    frame = people_for(drawn.draw.campaign, [cast.market], on=noon.date())
    assert [person for person in order if person in set(frame.values_list("code", flat=True))] == order[3:]
    assert propose(drawn, first_at(drawn), cast, noon).enters.code == order[3]
