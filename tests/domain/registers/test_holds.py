"""While a draw is frozen and not dispatched, who is linked to its items can only become more."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.jobs import renew_due_links
from mingcha.domain.registers.models import ItemLink, LinkException, LinkHold, LinkRule, Subject
from mingcha.kit.errors import Refused
from tests.conftest import NOON
from tests.factories import plans
from tests.factories import registers as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
DRAW = "MARKET-2026-0001"


@pytest.fixture
def county(cast) -> SimpleNamespace:
    plans.item(cast.market, cast.handler, "M-01")
    plans.item(cast.market, cast.handler, "M-02")
    return SimpleNamespace(
        noodles=make.subject(1, name="面馆", industry="6210 正餐服务"),
        hotel=make.subject(2, name="酒店", industry="6110 旅游饭店"),
    )


def hold(cast, code: str = "M-01") -> None:
    with unguarded():
        LinkHold.objects.create(department=cast.market, item_code=code, held_for=DRAW, since=NOON)


def rule(cast, **criteria: object) -> LinkRule:
    return actions.set_link_rule(cast.market, "M-01", **criteria, by=cast.handler, at=NOON)


def linked(code: str = "M-01") -> set[str]:
    return set(ItemLink.objects.filter(item_code=code).values_list("subject__name", flat=True))


def moved_to_another_trade(firm: Subject) -> None:
    with unguarded():
        Subject.objects.filter(pk=firm.pk).update(industry="5213 便利店零售")


def test_nobody_is_unlinked(cast, county):
    link = make.link(county.noodles, cast.market)
    make.link(county.hotel, cast.market)
    hold(cast)
    with pytest.raises(
        Refused, match=f"抽取 {DRAW} 已冻结，派发前不能减少事项 M-01 的关联；这次抽取派发或者中止以后再办"
    ):
        actions.unlink_subject(link, reason="不归本部门", by=cast.handler, at=NOON)
    assert linked() == {"面馆", "酒店"}
    assert not LinkException.objects.exists()


def test_the_first_link_which_would_take_everybody_else_away_is_refused_and_a_further_one_is_not(cast, county):
    hold(cast)
    with pytest.raises(Refused, match=f"抽取 {DRAW} 已冻结，冻结时事项 M-01 没有关联"):
        actions.link_subject(county.hotel, cast.market, "M-01", by=cast.handler, at=NOON)
    assert linked() == set()
    make.link(county.noodles, cast.market)
    actions.link_subject(county.hotel, cast.market, "M-01", by=cast.handler, at=NOON)
    assert linked() == {"面馆", "酒店"}


def test_another_item_and_the_same_code_of_another_department_are_free(cast, county):
    hold(cast, "M-02")
    with unguarded():
        LinkHold.objects.create(department=cast.fire, item_code="M-01", held_for=DRAW, since=NOON)
    link = actions.link_subject(county.hotel, cast.market, "M-01", by=cast.handler, at=NOON)
    actions.unlink_subject(link, reason="误关联", by=cast.handler, at=NOON)
    assert linked() == set()


def test_a_rule_is_not_dropped_with_its_links_and_without_any_it_may_go(cast, county):
    made = rule(cast, industries=["62"])
    hold(cast)
    assert actions.drop_link_rule(made, by=cast.handler, at=NOON) == 0
    with unguarded():
        LinkHold.objects.all().delete()
    made = rule(cast, industries=["62"])
    actions.apply_rule(made, by=cast.handler, at=NOON)
    hold(cast)
    with pytest.raises(Refused, match="不能减少事项 M-01 的关联"):
        actions.drop_link_rule(made, by=cast.handler, at=NOON)
    assert (linked(), LinkRule.objects.count()) == ({"面馆"}, 1)


@pytest.mark.parametrize("every", [False, True])
def test_a_rule_that_would_take_links_away_is_not_applied_and_one_that_adds_is(cast, county, every):
    made = rule(cast, industries=["62"])
    actions.apply_rule(made, by=cast.handler, at=NOON)
    hold(cast)

    def apply() -> None:
        if every:
            actions.apply_rules(cast.market, by=cast.handler, at=NOON)
        else:
            actions.apply_rule(made, by=cast.handler, at=NOON)

    make.subject(3, name="快餐店", industry="6220 快餐服务")
    apply()
    assert linked() == {"面馆", "快餐店"}
    moved_to_another_trade(county.noodles)
    with pytest.raises(Refused, match="不能减少事项 M-01 的关联"):
        apply()
    assert linked() == {"面馆", "快餐店"}


def test_a_rule_does_not_make_the_first_links_of_an_item(cast, county):
    made = rule(cast, industries=["62"])
    hold(cast)
    with pytest.raises(Refused, match="冻结时事项 M-01 没有关联"):
        actions.apply_rule(made, by=cast.handler, at=NOON)
    assert linked() == set()


def test_the_job_adds_and_leaves_the_rest_to_the_round_after_the_release(cast, county):
    actions.apply_rule(rule(cast, industries=["62"]), by=cast.handler, at=NOON)
    hold(cast)
    moved_to_another_trade(county.noodles)
    make.subject(3, name="快餐店", industry="6220 快餐服务")
    renew_due_links(NOON + timedelta(hours=6))
    assert linked() == {"面馆", "快餐店"}
    told = Entry.objects.filter(event="registers.links_applied")
    assert told.last().details == {"item": "M-01", "added": 1, "removed": 0, "linked": 2}
    before = told.count()
    renew_due_links(NOON + timedelta(hours=12))
    assert told.count() == before
    with unguarded():
        LinkHold.objects.all().delete()
    renew_due_links(NOON + timedelta(hours=18))
    assert linked() == {"快餐店"}


def test_the_job_does_not_begin_to_link_an_item_that_was_for_everybody(cast, county):
    actions.apply_rule(rule(cast, industries=["0111"]), by=cast.handler, at=NOON)
    hold(cast)
    make.subject(3, name="农场", industry="0111 稻谷种植")
    renew_due_links(NOON + timedelta(hours=6))
    assert linked() == set()
    with unguarded():
        LinkHold.objects.all().delete()
    renew_due_links(NOON + timedelta(hours=12))
    assert linked() == {"农场"}


def test_two_draws_hold_one_item_until_the_last_has_let_go(cast, county):
    link = make.link(county.noodles, cast.market)
    for number in (DRAW, "MARKET-2026-0002"):
        with unguarded():
            LinkHold.objects.create(department=cast.market, item_code="M-01", held_for=number, since=NOON)
            actions.release_links(held_for=[DRAW], by=cast.handler, at=NOON)
    assert queries.holds_of(cast.market) == {"MARKET-2026-0002": ["M-01"]}
    with pytest.raises(Refused, match="MARKET-2026-0002"):
        actions.unlink_subject(link, reason="误关联", by=cast.handler, at=NOON)
