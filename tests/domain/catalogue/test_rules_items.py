"""One item: its fields, its checkpoints, its mode, what of it is locked."""

import pytest

from mingcha.domain.catalogue import rules
from mingcha.domain.organisation.models import Department
from mingcha.kit.errors import Refused
from tests.domain.catalogue.test_rules import edition, item
from tests.factories import policy


def said(**changes: object) -> rules.ItemFields:
    given = {"title": "登记", "legal_basis": "", "object_kind": "企业", "item_class": "KEY", "method": "ON_SITE"}
    return rules.told({**given, **changes})


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("object_kind", ""), ("item_class", "OTHER"), ("method", "BY_TELEPATHY")]
)
def test_an_item_without_a_needed_field_is_refused_at_that_field(field, value):
    rules.check_item(said())
    with pytest.raises(Refused) as refusal:
        rules.check_item(said(**{field: value}))
    assert refusal.value.field == field


# proves S0-06
@pytest.mark.parametrize("mode", ["KEY", "CREDIT", "PATROL", "SPECIAL", "CASE", "OFF_SITE", "TOLERANT"])
def test_any_mode_but_the_random_one_gives_its_reason_and_the_text_it_rests_on(mode):
    rules.check_item(said(mode="RANDOM"))
    rules.check_item(said(mode=mode, mode_reason="《药品管理法》第一百条要求逐户检查"))
    for reason, match in (("", "写明理由和依据"), ("一直是这样做的", "理由里没有依据")):
        with pytest.raises(Refused, match=match):
            rules.check_item(said(mode=mode, mode_reason=reason))


def test_everything_wrong_with_an_item_is_said_at_once():
    with pytest.raises(Refused) as refusal:
        rules.check_item(said(title="", mode="KEY", method="BY_TELEPATHY"))
    assert [fault.field for fault in refusal.value.faults] == ["title", "method", "mode_reason"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("key_sector", "MOON"), ("further_methods", ["BY_TELEPATHY"]), ("mode", "WHIM"), ("office", "科" * 61)],
)
def test_a_value_that_its_field_does_not_take_is_refused_there(field, value):
    with pytest.raises(Refused) as refusal:
        rules.check_item(said(**{field: value}))
    assert refusal.value.field == field


def test_the_main_method_is_not_named_again_among_the_others():
    assert said(further_methods=["ON_SITE", "NETWORK"])["further_methods"] == ["NETWORK"]


def test_an_empty_checkpoint_is_refused_by_its_number():
    with pytest.raises(Refused, match="第 2 条检查要点是空的"):
        rules.check_checkpoints([("看执照", "", False), (" ", "看", False)])


def test_a_checkpoint_longer_than_its_column_is_refused_by_its_number():
    rules.check_checkpoints([("看" * 300, "", False)])
    with pytest.raises(Refused, match="第 1 条检查要点超过 300 字"):
        rules.check_checkpoints([("看" * 301, "", False)])


# proves S1-03
def test_the_completeness_of_an_item_counts_what_is_filled_in_and_names_the_rest():
    filled, every, missing = rules.completeness_of(item(), [])
    assert (filled, every, len(missing)) == (3, 11, 8)
    assert "缺责任科室" in missing
    assert "缺检查要点" in missing


# proves S2-09
@pytest.mark.parametrize("field", ["title", "legal_basis", "ratio_text", "frequency_text"])
def test_what_came_from_the_upper_list_is_read_only_and_names_its_source(field):
    upper = edition(department=Department(short_name="市市场监管局"), edition=4)
    taken = item(inherited_from=item(item_list=upper))
    same = rules.told(rules.fields_of(taken))
    rules.check_unlocked(taken, same)
    with pytest.raises(Refused, match="沿用市市场监管局事项清单第4版的规定") as refusal:
        rules.check_unlocked(taken, {**same, field: "改"})
    assert refusal.value.field == field
    with pytest.raises(Refused, match="上级清单里有就要保留"):
        rules.check_removable(taken)


# proves S1-02
def test_where_the_superior_list_rules_items_are_not_written_here():
    clause = policy.clause("item_source_external", True, "flag", clause="一（一）", quote="一律依托上级系统")
    rules.check_local_creation(None)
    with pytest.raises(Refused, match="一（一）规定“一律依托上级系统”"):
        rules.check_local_creation(clause)
    same = rules.told(rules.fields_of(item()))
    rules.check_left_to_outside(item(), {**same, "office": "登记科"}, clause)
    with pytest.raises(Refused, match="抽查比例以上级系统为准"):
        rules.check_left_to_outside(item(), {**same, "ratio_text": "5%"}, clause)
