"""Two lists side by side: what is a difference, and what only looks like one."""

import pytest

from mingcha.domain.catalogue.models import (
    Difference,
    DifferenceKind,
    InspectionItem,
    ItemList,
    Method,
    OutsideItem,
    OutsideList,
)
from mingcha.domain.catalogue.rules import reconciliation as rules
from mingcha.domain.catalogue.rules import reconciliation_verdicts as verdicts
from mingcha.domain.catalogue.rules.reconciliation import OutsideRow, Said
from mingcha.kit.errors import Refused

ALL = tuple(DifferenceKind.values)
OURS = Said("食品经营检查", "《示范食品法》第一条", "实地检查", "不低于3%", "每年1次")


def said(**changes: str) -> Said:
    return Said(**{**vars(OURS), **changes})


def kinds(**changes: str) -> list[str]:
    return [found.kind for found in rules.differences(OURS, said(**changes), kinds=ALL)]


def row(code: str = "A1", **values: object) -> OutsideRow:
    return OutsideRow(position=2, code=code, title=values.pop("title", f"事项 {code}"), **values)


def item(code: str, **values: object) -> InspectionItem:
    return InspectionItem(code=code, title=f"事项 {code}", method=values.pop("method", "ON_SITE"), **values)


# proves S1-12
@pytest.mark.parametrize(
    ("attribute", "other", "kind"),
    [
        ("title", "食品经营抽查", "TITLE"),
        ("basis", "《示范食品法》第二条", "BASIS"),
        ("method", "书面检查", "METHOD"),
        ("ratio", "不低于5%", "RATIO"),
        ("ratio", "3%", "RATIO"),
        ("frequency", "每年2次", "FREQUENCY"),
        ("frequency", "每月1次", "FREQUENCY"),
        ("ratio", "", "RATIO"),
    ],
)
def test_each_attribute_is_compared_for_itself(attribute, other, kind):
    assert kinds(**{attribute: other}) == [kind]


# proves S1-12
def test_an_item_on_one_side_only_is_a_difference_in_number():
    assert [vars(found) for found in rules.differences(OURS, None, kinds=ALL)] == [
        {"kind": "NUMBER", "ours": "食品经营检查", "theirs": ""}
    ]
    assert [(found.ours, found.theirs) for found in rules.differences(None, OURS, kinds=ALL)] == [("", "食品经营检查")]
    assert rules.differences(None, None, kinds=ALL) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " 食品 经营\n检查\u3000"},
        {"title": "食品\u200b经营检查\ufeff"},
        {"basis": "《 示范食品法 》 第一条"},
        {"method": "现场检查"},
        {"method": "实地检查。"},
        {"ratio": "不低于３％"},
        {"ratio": "≥3.0%"},
        {"ratio": "抽查比例不少于30‰"},
        {"frequency": "1次/年"},
        {"frequency": "每年一次"},
    ],
)
def test_what_means_the_same_is_no_difference(changes):
    assert kinds(**changes) == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"ratio": "3%"}, {"ratio": "3%，重点行业除外"}),
        ({"ratio": "按需确定"}, {"ratio": "根据需要确定"}),
        ({"frequency": "每季度1次"}, {"frequency": "每季度1次（重点企业）"}),
        ({"method": "实地检查"}, {"method": "实地检查、书面检查"}),
        ({"method": "飞行检查"}, {"method": "实地检查"}),
        ({"title": "10²"}, {"title": "102"}),
        ({"title": "①项"}, {"title": "1项"}),
        ({"basis": "“甲”"}, {"basis": '"甲"'}),
    ],
)
def test_what_is_said_beside_a_figure_or_looks_alike_stays_a_difference(ours, theirs):
    assert len(rules.differences(said(**ours), said(**theirs), kinds=ALL)) == 1


def test_methods_count_whatever_their_order():
    one, other = said(method="书面检查、实地检查"), said(method="现场检查；书面检查")
    assert rules.differences(one, other, kinds=ALL) == []
    assert rules.methods_of("书面检查、实地检查、书面检查") == [Method.WRITTEN, Method.ON_SITE]
    assert rules.methods_of("书面检查、飞行检查") == rules.methods_of("") == []


def test_only_what_the_rules_of_the_place_name_is_compared():
    other = said(title="别的", basis="别的", ratio="5%")
    assert [found.kind for found in rules.differences(OURS, other, kinds=["TITLE", "RATIO"])] == ["TITLE", "RATIO"]
    assert rules.differences(OURS, None, kinds=["TITLE"]) == []


def test_our_methods_are_said_as_one_text():
    assert rules.said_by_us(item("A", further_methods=["TESTING", "ON_SITE"])).method == "实地检查、检验检测"


# proves S1-10
def test_rows_of_another_organisation_are_set_aside_before_anything_is_compared():
    code = "11990000000000001X"
    rows = [
        row("A1", organisation_code=code),
        row("A2", organisation_code=" １1990000000000001x "),
        row("A3", organisation_code="119900000000000028"),
        row("A4"),
        row("A5", organisation_code=code, in_use=False),
    ]
    found = rules.sort_out(rows, organisation_code=code, strict=True)
    assert [[each.code for each in part] for part in (found.own, found.strays)] == [["A1", "A2"], ["A3", "A4"]]
    assert found.ended == 1
    lenient = rules.sort_out(rows, organisation_code=code, strict=False)
    assert [each.code for each in lenient.own] == ["A1", "A2", "A4"]


def test_a_list_that_names_nobody_is_refused_where_the_codes_must_agree():
    with pytest.raises(Refused, match="机构代码"):
        rules.check_codes_given([row()], strict=True)
    rules.check_codes_given([row()], strict=False)
    with pytest.raises(Refused, match="一项也没有"):
        rules.check_codes_given([], strict=False)


def test_items_are_paired_by_the_national_code_first():
    rows = [row("N1", basic_code="B1"), row("M-02"), row("N3", basic_code="B3"), row("N4", basic_code="B3")]
    items = [item("M-01", outside_code="N1"), item("M-02"), item("M-03", outside_code="B3"), item("N4")]
    pairs = {pair.code: (pair.row.code if pair.row else None) for pair in rules.pair_up(items, rows)}
    assert pairs == {"M-01": "N1", "M-02": "M-02", "M-03": None, "N4": "N4", "N3": "N3"}


def test_a_basic_code_names_a_row_where_only_one_has_it():
    (pair,) = rules.pair_up([item("M-01", outside_code="B1")], [row("N1", basic_code="B1")])
    assert pair.row is not None
    assert pair.row.code == "N1"


def test_two_items_of_ours_do_not_share_a_row_of_theirs():
    first, second = rules.pair_up([item("M-01", outside_code="N1"), item("N1")], [row("N1")])
    assert first.row is not None
    assert second.row is None


def test_an_item_whose_row_stands_under_another_organisation_is_not_called_missing():
    pairs = rules.pair_up([item("M-01"), item("M-02"), item("M-03", outside_code="N3")], [])
    left = rules.comparable(pairs, [row("M-01"), row("X", basic_code="N3")])
    assert [pair.code for pair in left] == ["M-02"]


def difference(kind: str = "TITLE", theirs: str = "新的名称", method: str = "实地检查", **values) -> Difference:
    outside = OutsideItem(pk=1, code="N1", title=theirs, method=method)
    return Difference(code=values.pop("code", "M-01"), kind=kind, theirs=theirs, outside_item=outside, **values)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"kind": "BASIS", "theirs": "　"}, "空的"),
        ({"kind": "METHOD", "theirs": "飞行检查", "method": "飞行检查"}, "不在检查方式代码里"),
        ({"kind": "NUMBER", "method": ""}, "不在检查方式代码里"),
        ({"kind": "NUMBER", "code": "有.点"}, "编码只能是"),
        ({"kind": "TITLE", "theirs": "长" * 201}, "超过 200 字"),
    ],
)
def test_words_that_our_list_cannot_hold_are_not_followed(wanted, sentence):
    with pytest.raises(Refused, match=sentence):
        verdicts.check_takeable(difference(**wanted))
    verdicts.check_takeable(difference())
    verdicts.check_takeable(Difference(code="M-01", kind="NUMBER", ours="我们的", item=InspectionItem(pk=1)))


def test_a_decision_is_one_of_two_and_says_why():
    for verdict, reason in (("OPEN", "有理由"), ("", "有理由"), ("TAKE_THEIRS", " "), ("KEEP_OURS", "长" * 301)):
        with pytest.raises(Refused):
            verdicts.check_verdict(verdict, reason)
    verdicts.check_verdict("KEEP_OURS", "我们的文件是新的")


def test_only_the_newest_comparison_of_the_present_edition_is_worked_on():
    old, new = OutsideList(pk=1, edition_id=7), OutsideList(pk=2, edition_id=7)
    verdicts.check_newest(new, new)
    verdicts.check_still_compared(new, ItemList(pk=7))
    with pytest.raises(Refused, match="最新一次"):
        verdicts.check_newest(old, new)
    for in_force in (ItemList(pk=8), None):
        with pytest.raises(Refused, match="换了一版"):
            verdicts.check_still_compared(new, in_force)


def test_what_is_in_a_draft_already_is_not_decided_again():
    written = difference(taken_into=ItemList(pk=3, edition=2))
    with pytest.raises(Refused, match="第2版草稿"):
        verdicts.check_decidable(written)
    with pytest.raises(Refused, match="没有选中"):
        verdicts.check_chosen([])


def test_what_still_differs_is_told_from_what_has_been_settled():
    before = [difference(), difference(kind="BASIS"), difference(code="M-02")]
    now = [difference(kind="BASIS", theirs="又变了"), difference(code="M-03")]
    found = verdicts.since(now, before)
    assert found.again == [(now[0], before[1])]
    assert found.settled == [before[0], before[2]]
