"""Which subjects an item is for: rules, links, what is linked to nothing, registers and tags."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.jobs import renew_due_links
from mingcha.domain.registers.models import ItemLink, LinkException, LinkRule, RegisterEntry, Subject
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import organisation as people
from tests.factories import plans
from tests.factories import registers as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(cast) -> SimpleNamespace:
    """Three trades, one item in force: M-01 of the market department."""
    plans.item(cast.market, cast.handler, "M-01")
    plans.item(cast.market, cast.handler, "M-02")
    return SimpleNamespace(
        noodles=make.subject(1, name="面馆", industry="6210 正餐服务", category="TRADER", kind="个体工商户"),
        snacks=make.subject(2, name="小吃店", industry="6291 小吃服务", category="TRADER", kind="个体工商户"),
        hotel=make.subject(3, name="酒店", industry="6110 旅游饭店", kind="有限责任公司"),
        farm=make.subject(4, name="合作社", industry="0141 蔬菜种植", category="COOPERATIVE", kind="合作社"),
    )


def rule(cast, code: str = "M-01", **criteria: object) -> LinkRule:
    return actions.set_link_rule(cast.market, code, **criteria, by=cast.handler, at=NOON)


def linked(code: str = "M-01") -> set[str]:
    return set(ItemLink.objects.filter(item_code=code).values_list("subject__name", flat=True))


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        ({}, {"面馆", "小吃店", "酒店", "合作社"}),
        ({"industries": ["6210", "6291"]}, {"面馆", "小吃店"}),
        ({"industries": ["62"]}, {"面馆", "小吃店"}),
        ({"industries": ["服务"]}, {"面馆", "小吃店"}),
        ({"categories": ["TRADER", "COOPERATIVE"]}, {"面馆", "小吃店", "合作社"}),
        ({"kinds": ["责任公司"]}, {"酒店"}),
        ({"industries": ["6"], "categories": ["ENTERPRISE"]}, {"酒店"}),
        ({"industries": ["9999"]}, set()),
    ],
)
# proves S2-11
def test_a_rule_means_whoever_meets_every_criterion(cast, county, criteria, names):
    applied = actions.apply_rule(rule(cast, **criteria), by=cast.handler, at=NOON)
    assert linked() == names
    assert (applied.added, applied.removed, applied.linked) == (len(names), 0, len(names))


def test_a_rule_may_name_registers_and_tags(cast, county):
    tag = actions.open_register(cast.market, kind="TAG", name="网红店", by=cast.handler, at=NOON)
    actions.enter_subjects(tag, [county.noodles.code, county.farm.code], by=cast.handler, at=NOON)
    actions.apply_rule(rule(cast, registers=[tag], industries=["6"]), by=cast.handler, at=NOON)
    assert linked() == {"面馆"}


def test_applying_again_adds_and_removes_what_has_changed_and_leaves_one_trace_each(cast, county):
    made = rule(cast, industries=["62"])
    actions.apply_rule(made, by=cast.handler, at=NOON)
    make.subject(5, name="快餐店", industry="6220 快餐服务")
    with people.unguarded():
        Subject.objects.filter(pk=county.snacks.pk).update(industry="5213 便利店零售")
    assert queries.preview_of(made) == queries.Preview(matching=2, added=1, removed=1)
    applied = actions.apply_rule(made, by=cast.handler, at=NOON)
    assert (applied.added, applied.removed, applied.linked) == (1, 1, 2)
    assert linked() == {"面馆", "快餐店"}
    entry = Entry.objects.filter(event="registers.links_applied").last()
    assert entry.details == {"item": "M-01", "added": 1, "removed": 1, "linked": 2}
    made.refresh_from_db()
    assert (made.applied_at, made.applied_to) == (NOON, 2)
    assert queries.preview_of(made) == queries.Preview(2, 0, 0)


def test_void_entries_and_other_places_are_never_linked_and_closed_ones_keep_theirs(cast, county):
    make.subject(6, name="作废", state="VOID")
    make.subject(7, name="已注销", state="CLOSED")
    make.subject(8, name="邻县", place=cast.stranger.department.region)
    actions.apply_rule(rule(cast), by=cast.handler, at=NOON)
    assert linked() == {"面馆", "小吃店", "酒店", "合作社", "已注销"}


def test_what_is_linked_or_unlinked_by_hand_outlives_the_rule(cast, county):
    made = rule(cast, industries=["62"])
    actions.apply_rule(made, by=cast.handler, at=NOON)
    actions.link_subject(county.hotel, cast.market, "M-01", by=cast.handler, at=NOON)
    one = ItemLink.objects.get(subject=county.snacks)
    actions.unlink_subject(one, reason="只做外卖包装", by=cast.handler, at=NOON)
    actions.apply_rule(made, by=cast.handler, at=NOON)
    assert linked() == {"面馆", "酒店"}
    assert LinkException.objects.get().reason == "只做外卖包装"
    actions.link_subject(county.snacks, cast.market, "M-01", by=cast.handler, at=NOON)
    assert not LinkException.objects.exists()
    assert actions.drop_link_rule(made, by=cast.handler, at=NOON) == 1
    assert linked() == {"酒店", "小吃店"}


def test_what_cannot_be_linked_says_why(cast, county):
    with pytest.raises(Refused, match="现行清单里没有事项 M-99"):
        rule(cast, "M-99")
    with pytest.raises(Refused, match="没有“FARM”这个主体大类"):
        rule(cast, categories=["FARM"])
    with pytest.raises(Refused, match="看不见的字符"):
        rule(cast, industries=["餐\u200b饮"])
    with pytest.raises(Refused, match="超过 300 个"):
        rule(cast, kinds=[str(number) for number in range(301)])
    actions.link_subject(county.hotel, cast.market, "M-01", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="已经关联"):
        actions.link_subject(county.hotel, cast.market, "M-01", by=cast.handler, at=NOON)
    elsewhere = make.subject(9, place=cast.stranger.department.region)
    with pytest.raises(Refused, match="不在本部门的区划内"):
        actions.link_subject(elsewhere, cast.market, "M-01", by=cast.handler, at=NOON)
    link = ItemLink.objects.get()
    with pytest.raises(Refused, match="没有写理由"):
        actions.unlink_subject(link, reason=" ", by=cast.handler, at=NOON)
    actions.unlink_subject(link, reason="误关联", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="没有再取消一次"):
        actions.unlink_subject(link, reason="误关联", by=cast.handler, at=NOON)


def test_a_rule_of_an_item_that_left_the_list_is_not_applied_and_its_links_are_named(cast, county):
    plans.item(cast.market, cast.handler, "M-09", state="SUPERSEDED")
    with people.unguarded():
        made = LinkRule.objects.create(department=cast.market, item_code="M-09")
    make.link(county.farm, cast.market, "M-09")
    with pytest.raises(Refused, match="不在现行清单里"):
        actions.apply_rule(made, by=cast.handler, at=NOON)
    assert queries.loose_links(cast.market) == {"M-09": 1}


def test_only_whoever_keeps_the_register_of_the_items_department_links(cast, county):
    made = rule(cast)
    for person in (cast.fire_handler, cast.approver, cast.stranger):
        with pytest.raises(Forbidden):
            actions.apply_rule(made, by=person, at=NOON)
        with pytest.raises(Forbidden):
            actions.set_link_rule(cast.market, "M-01", by=person, at=NOON)
        with pytest.raises(Forbidden):
            actions.link_subject(county.farm, cast.market, "M-01", by=person, at=NOON)


# proves S1-17
def test_the_orphans_of_both_sides_are_reported(cast, county):
    plans.item(cast.fire, cast.fire_handler, "F-01")
    make.link(county.noodles, cast.market, "M-01")
    make.link(county.hotel, cast.fire, "F-01")
    make.subject(7, name="已注销", state="CLOSED")
    assert {subject.name for subject in queries.orphan_subjects(cast.region)} == {"小吃店", "合作社"}
    assert [(row.item.code, row.linked) for row in queries.items_with_links(cast.market)] == [("M-01", 1), ("M-02", 0)]


def test_every_rule_of_a_department_is_applied_at_once(cast, county):
    rule(cast, "M-01", industries=["62"])
    rule(cast, "M-02")
    applied = actions.apply_rules(cast.market, by=cast.handler, at=NOON)
    assert [(one.rule.item_code, one.added) for one in applied] == [("M-01", 2), ("M-02", 4)]


def test_what_was_applied_once_is_renewed_by_itself_and_a_changed_rule_waits_for_its_person(cast, county):
    actions.apply_rule(rule(cast, "M-01", industries=["62"]), by=cast.handler, at=NOON)
    rule(cast, "M-02")
    make.subject(5, name="快餐店", industry="6220 快餐服务")
    renew_due_links(NOON + timedelta(days=1))
    assert linked("M-01") == {"面馆", "小吃店", "快餐店"}
    assert linked("M-02") == set()
    entries = Entry.objects.filter(event="registers.links_applied")
    assert [entry.actor for entry in entries] == [cast.handler.label, "系统"]
    renew_due_links(NOON + timedelta(days=2))
    assert entries.count() == 2  # nothing to do leaves no trace


def test_a_preview_and_an_application_take_a_handful_of_queries_whatever_the_size(cast, django_assert_max_num_queries):
    plans.item(cast.market, cast.handler, "M-01")
    with people.unguarded():
        Subject.objects.bulk_create(
            Subject(code=f"S{n:06d}", region=cast.region, name=f"n{n}", industry="6210 正餐", changed_at=NOON)
            for n in range(3000)
        )
    made = rule(cast, industries=["62"])
    with django_assert_max_num_queries(8):
        assert queries.preview_of(made).added == 3000
    with django_assert_max_num_queries(25):
        assert actions.apply_rule(made, by=cast.handler, at=NOON).added == 3000


# proves S2-14
def test_whoever_enters_a_sub_register_is_in_the_whole_and_leaving_the_whole_leaves_the_part(cast, county):
    whole = actions.open_register(cast.market, kind="DEPARTMENT", name="食品库", by=cast.handler, at=NOON)
    part = actions.open_register(cast.market, kind="SUB", name="小餐饮", parent=whole, by=cast.handler, at=NOON)
    entered = actions.enter_subjects(
        part, [county.noodles.code, county.snacks.code, "NOBODY"], by=cast.handler, at=NOON
    )
    assert (entered.entered, entered.known, entered.unknown) == (2, 0, ["NOBODY"])
    assert [register.size for register in queries.registers_visible_to(cast.handler).order_by("name")] == [2, 2]
    again = actions.enter_subjects(part, [county.noodles.code, county.hotel.code], by=cast.handler, at=NOON)
    assert (again.entered, again.known) == (1, 1)
    assert actions.remove_subjects(part, [county.snacks.code], by=cast.handler, at=NOON) == 1
    assert set(queries.entries_of(whole)) == {county.noodles, county.snacks, county.hotel}
    assert actions.remove_subjects(whole, [county.noodles.code, county.snacks.code], by=cast.handler, at=NOON) == 2
    assert set(queries.entries_of(part)) == {county.hotel}


# proves S4-17
def test_registers_are_of_five_kinds_and_the_general_one_is_kept_by_the_body_that_the_rules_name(cast):
    make.keeps_general(cast.market)
    for kind in ("GENERAL", "DEPARTMENT", "TAG"):
        actions.open_register(cast.market, kind=kind, name="库", by=cast.handler, at=NOON)
    sector = actions.open_register(
        cast.fire, kind="SECTOR", name="消防特别库", sector="消防", by=cast.fire_handler, at=NOON
    )
    assert sector.sector == "消防"
    with pytest.raises(Refused, match="由市场监督管理局建立"):
        actions.open_register(cast.fire, kind="GENERAL", name="一般库", by=cast.fire_handler, at=NOON)
    with pytest.raises(Refused, match="写明监管领域"):
        actions.open_register(cast.fire, kind="SECTOR", name="又一个", by=cast.fire_handler, at=NOON)
    with pytest.raises(Refused, match="选它属于哪个名录库"):
        actions.open_register(cast.fire, kind="SUB", name="分库", by=cast.fire_handler, at=NOON)
    with pytest.raises(Refused, match="已有"):
        actions.open_register(cast.fire, kind="SECTOR", name="消防特别库", sector="消防", by=cast.fire_handler, at=NOON)
    with pytest.raises(Refused, match="分库和标签下面不能再有分库"):
        tag = actions.open_register(cast.fire, kind="TAG", name="标签", by=cast.fire_handler, at=NOON)
        actions.open_register(cast.fire, kind="SUB", name="分库", parent=tag, by=cast.fire_handler, at=NOON)


def test_a_register_goes_with_its_entries_and_the_subjects_stay(cast, county):
    register = actions.open_register(cast.market, kind="DEPARTMENT", name="全部", by=cast.handler, at=NOON)
    actions.enter_subjects(register, [county.farm.code, county.hotel.code], by=cast.handler, at=NOON)
    assert actions.drop_register(register, by=cast.handler, at=NOON) is None
    assert not RegisterEntry.objects.exists()
    assert Subject.objects.filter(pk=county.farm.pk).exists()


def test_a_register_with_parts_or_in_a_rule_is_not_dropped(cast, county):
    whole = actions.open_register(cast.market, kind="DEPARTMENT", name="食品库", by=cast.handler, at=NOON)
    part = actions.open_register(cast.market, kind="SUB", name="小餐饮", parent=whole, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="还有分库"):
        actions.drop_register(whole, by=cast.handler, at=NOON)
    rule(cast, registers=[part])
    with pytest.raises(Refused, match="关联规则"):
        actions.drop_register(part, by=cast.handler, at=NOON)
