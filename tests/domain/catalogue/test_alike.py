"""整合相同或相近领域监管事项: what looks alike and why, brought together or set apart once."""

from copy import copy

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions import alike as actions
from mingcha.domain.catalogue.actions import joint as joint_actions
from mingcha.domain.catalogue.models import InspectionItem, ItemList, JointList, SetApart
from mingcha.domain.catalogue.queries import alike as queries
from mingcha.domain.catalogue.rules import alike as rules
from mingcha.domain.catalogue.rules import likeness
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

SECTOR = "市场监管"
CATERING = {
    "title": "餐饮服务食品安全的监督检查",
    "object_kind": "餐饮服务经营者",
    "legal_basis": "《中华人民共和国食品安全法》第一百一十条",
    "checkpoints": [("从业人员持有效健康证明", "", False), ("餐具饮具消毒后使用", "", False)],
}
TABLEWARE = {
    "title": "餐饮服务场所餐具饮具卫生的检查",
    "object_kind": "餐饮服务经营者",
    "legal_basis": "《食品安全法》第五十六条",
    "checkpoints": [("餐具、饮具消毒后使用", "", False), ("公共用具清洗消毒记录齐全", "", False)],
}
LICENCE = {
    "title": "营业执照规范使用情况的检查",
    "object_kind": "市场主体",
    "legal_basis": "《市场主体登记管理条例》第三十六条",
    "checkpoints": [("营业执照亮照经营", "", False)],
}


@pytest.fixture
def lists(cast):
    """The market (lead of the sector) and the fire brigade, each with an item on catering, the market with another."""
    make.rules_naming(cast.region)
    make.body("SECTOR_LEAD", cast.market, sector=SECTOR)
    market, fire = make.draft(cast.handler), make.draft(cast.fire_handler)
    make.enter(market, "M-01", by=cast.handler, **CATERING)
    make.enter(market, "M-02", by=cast.handler, **LICENCE)
    make.enter(fire, "F-01", by=cast.fire_handler, **TABLEWARE)
    make.bring_into_force(market, by=cast.approver)
    make.bring_into_force(fire, by=cast.fire_approver)


def item(code: str) -> InspectionItem:
    return InspectionItem.objects.select_related("item_list__department").get(code=code)


def found(cast) -> list[likeness.Likeness]:
    return likeness.find_alike(queries.items_to_compare(cast.region))


# proves S4-11
def test_items_of_two_departments_that_look_alike_are_found_with_everything_that_both_say(cast, lists):
    [pair] = found(cast)
    assert {pair.one.code, pair.other.code} == {"M-01", "F-01"}
    said = {reason.field: (reason.percent, reason.shared) for reason in pair.reasons}
    assert said["title"][1] == ("餐饮服务",)
    assert said["basis"] == (100, ("《食品安全法》",))
    assert said["object_kind"] == (100, ("餐饮服务经营者",))
    assert said["checkpoints"] == (50, ("餐具饮具消毒后使用",))
    assert pair.score == round(sum(reason.percent * reason.weight for reason in pair.reasons) / 100)
    assert pair.score >= likeness.SHOWN_FROM


def test_the_weights_are_the_whole_of_the_judgement():
    assert sum(likeness.WEIGHTS.values()) == 100
    assert set(likeness.WEIGHTS) == set(likeness.LABELS)


def test_two_items_of_one_department_or_of_two_regions_are_not_compared(cast, lists):
    [pair] = found(cast)
    with pytest.raises(Refused, match="在它自己的清单里合并"):
        rules.check_pair(item("M-01"), item("M-02"))
    away = item("F-01")
    away.item_list.department.region_id = "980000"
    with pytest.raises(Refused, match="不在同一个区划"):
        rules.check_pair(item("M-01"), away)
    with unguarded():
        item("F-01").item_list.move_to("SUPERSEDED")
        type(pair.one.item_list).objects.filter(pk=item("F-01").item_list_id).update(state="SUPERSEDED")
    assert found(cast) == []
    with pytest.raises(Refused, match="不在施行中的部门清单里"):
        rules.check_pair(item("M-01"), item("F-01"))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("餐饮服务食品安全的监督检查", "餐饮服务食品安全检查", 1.0),
        ("消防设施的检查", "价格的检查", 0.0),
        ("检查", "抽查", 0.0),  # nothing but empty words
    ],
)
def test_words_that_nearly_every_item_has_make_nothing_alike(one, other, share):
    assert likeness.overlap(likeness.grams_of(one), likeness.grams_of(other)) == share


# proves S4-11
def test_a_pair_is_set_apart_once_for_a_reason_and_kept_with_who_said_so(cast, lists):
    args = {"by": cast.handler, "at": NOON}
    with pytest.raises(Refused, match="写明不整合的理由"):
        actions.set_apart(cast.market, item("M-01"), item("F-01"), reason=" ", **args)
    with pytest.raises(Refused, match="理由超过 300 个字"):
        actions.set_apart(cast.market, item("M-01"), item("F-01"), reason="长" * 301, **args)
    row = actions.set_apart(cast.market, item("F-01"), item("M-01"), reason=" 要点不同 ", **args)
    assert (row.reason, row.decided_by, row.department) == ("要点不同", cast.handler, cast.market)
    assert trail_of(row)[0].details == {
        "codes": [each.code for each in found(cast)[0].items],
        "reason": "要点不同",
    }
    with pytest.raises(Refused, match="已经写明不整合：要点不同"):
        actions.set_apart(cast.market, item("M-01"), item("F-01"), reason="又来", **args)
    assert queries.set_apart_in(cast.region)[frozenset(found(cast)[0].keys)] == row
    for tamper in (
        lambda: SetApart.objects.update(reason="改"),
        lambda: SetApart.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="不整合的决定"), transaction.atomic(), unguarded():
            tamper()


def test_only_the_lead_of_a_sector_of_the_two_judges_and_for_its_own_department(cast, lists):
    with pytest.raises(Refused, match="由市场监督管理局决定是否整合"):
        actions.set_apart(cast.fire, item("M-01"), item("F-01"), reason="不同", by=cast.fire_handler, at=NOON)
    with pytest.raises(Forbidden):
        actions.set_apart(cast.market, item("M-01"), item("F-01"), reason="不同", by=cast.fire_handler, at=NOON)
    with pytest.raises(Refused, match="还没有登记牵头部门"):
        rules.check_judged_by(cast.market, [], items=[item("M-01"), item("F-01")])


@pytest.fixture
def draft(cast, lists) -> JointList:
    return joint_actions.draft_joint_list(cast.market, sector=SECTOR, by=cast.handler, at=NOON)


def together(cast, draft, *codes, **changes):
    items = [item(code) for code in codes]
    said = {"project": "餐饮服务单位餐具饮具和食品安全", "content": "食品安全、消毒"}
    said["authorities"] = {each.pk: f"{each.code}的权限" for each in items}
    return actions.take_together(draft, items, **{**said, **changes}, by=cast.handler, at=NOON)


# proves S4-11
def test_a_pair_becomes_one_project_of_the_joint_list_with_each_departments_own_basis_and_powers(cast, draft):
    entries = together(cast, draft, "M-01", "F-01")
    assert {entry.project for entry in entries} == {"餐饮服务单位餐具饮具和食品安全"}
    assert [(entry.basis, entry.body, entry.authority) for entry in entries] == [
        (CATERING["legal_basis"], cast.market.name, "M-01的权限"),
        (TABLEWARE["legal_basis"], cast.fire.name, "F-01的权限"),
    ]
    assert any(entry.event == "catalogue.taken_together" for entry in trail_of(draft))
    again = together(cast, draft, "M-01", "F-01", project="餐饮")
    assert [(entry.pk, entry.project) for entry in again] == [(entry.pk, "餐饮") for entry in entries]
    assert len(queries.joint_entries_in(cast.region)) == 2


def test_a_project_needs_two_departments_and_the_powers_of_each(cast, draft):
    with pytest.raises(Refused, match="至少要两个部门的事项"):
        together(cast, draft, "M-01", "M-02")
    with pytest.raises(Refused, match=r"缺市场监督管理局的执法权限.*缺消防救援大队的执法权限") as fault:
        together(cast, draft, "M-01", "F-01", authorities={})
    assert {each.field for each in fault.value.faults} == {
        f"authority_{item('M-01').pk}",
        f"authority_{item('F-01').pk}",
    }
    with pytest.raises(Refused, match="缺抽查项目"):
        together(cast, draft, "M-01", "F-01", project=" ")
    assert not draft.items.exists()


def test_nothing_is_brought_together_on_a_list_that_was_handed_in_or_by_a_stranger(cast, draft):
    with pytest.raises(Forbidden):
        actions.take_together(
            draft, [item("M-01"), item("F-01")], project="甲", content="乙", authorities={}, by=cast.stranger, at=NOON
        )
    together(cast, draft, "M-01", "F-01")
    submitted = joint_actions.submit_joint_list(draft, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="不能改动"):
        together(cast, submitted, "M-01", "F-01", project="改名")


def test_what_a_project_says_begins_with_the_shortest_name_and_every_content_once(cast, lists):
    said = rules.fields_together([item("M-01"), item("M-02"), item("F-01")])
    assert said == {"project": CATERING["title"], "content": "登记事项"}
    assert "、".join(place.code for place in queries.regions_compared_by(cast.handler)) == cast.region.code
    assert not queries.regions_compared_by(cast.stranger).filter(pk=cast.region.pk).exists()


def test_items_that_ask_the_same_are_compared_by_their_checkpoints_once(cast, lists, monkeypatch):
    """A lead's template: departments' items of one wording, whose checkpoints are the same everywhere."""
    rows = queries.items_to_compare(cast.region)
    done = []
    real = likeness.same_points
    monkeypatch.setattr(likeness, "same_points", lambda *both: done.append(both) or real(*both))
    pairs = likeness.find_alike([*rows, *copied(rows, 20)])
    assert len(pairs) > 20 and len(done) <= 9  # three wordings of checkpoints, each beside each


def copied(rows, times):
    """The same items of so many further departments."""
    for number in range(1, times + 1):
        for row in rows:
            theirs = copy(row.item)
            theirs.item_list = ItemList(department_id=900 + number)
            yield row._replace(item=theirs)
