"""What differs between two editions."""

from mingcha.domain.policy.rules import compare, shipped_profiles
from tests.factories.policy import clause

OURS = [
    clause("entry_hours", 48),
    clause("publish_working_days", 20, "working_days"),
    clause("witnesses_min", 2, "persons"),
]
THEIRS = [
    clause("publish_working_days", 20, "working_days", quote="别的话"),
    clause("entry_hours", 24),
    clause("joint_share", "0.1", "ratio"),
]


def test_each_rule_stands_once_with_what_either_edition_says():
    found = {pair.key: pair.standing for pair in compare(OURS, THEIRS)}
    assert found == {
        "entry_hours": "OTHER",
        "publish_working_days": "SAME",
        "witnesses_min": "LEFT",
        "joint_share": "RIGHT",
    }


def test_other_words_for_the_same_value_are_no_difference():
    assert [pair.key for pair in compare(OURS, THEIRS) if not pair.differs] == ["publish_working_days"]


def test_an_edition_does_not_differ_from_itself_and_differs_the_same_from_both_sides():
    yudu, taian = (shipped_profiles()[code].clauses for code in ("yudu-2020", "taian-2019"))
    assert not [pair for pair in compare(yudu, yudu) if pair.differs]
    one, other = compare(yudu, taian), compare(taian, yudu)
    assert [(pair.key, pair.left, pair.right) for pair in one] == [(pair.key, pair.right, pair.left) for pair in other]


def test_rules_come_in_the_order_of_the_table_and_strange_ones_last():
    strange = clause("entry_hours", 1).model_copy(update={"key": "aaa"})
    assert [pair.key for pair in compare([strange, *OURS], [])][-1] == "aaa"
    assert compare([strange], [])[0].label == "aaa"
