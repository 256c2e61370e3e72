import pytest

from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemList
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department
from mingcha.kit.errors import Refused


def edition(**changes: object) -> ItemList:
    return ItemList(**{"department": Department(short_name="市场监管局"), "edition": 2, "drafted_by_id": 1, **changes})


def item(**changes: object) -> InspectionItem:
    given = {
        "item_list": edition(),
        "code": "M-01",
        "title": "登记事项检查",
        "legal_basis": "《示范条例》第一条",
        "item_class": "GENERAL",
        "object_kind": "企业",
        "method": "ON_SITE",
    }
    return InspectionItem(**{**given, **changes})


def facts(*points: str, **changes: object) -> rules.Facts:
    return rules.facts_of(item(**changes), [Checkpoint(text=text) for text in points])


def test_a_second_draft_beside_the_first_is_refused():
    rules.check_draftable(None)
    with pytest.raises(Refused, match="第2版正在拟定"):
        rules.check_draftable(edition())


@pytest.mark.parametrize("state", [ListState.IN_FORCE, ListState.SUPERSEDED])
def test_a_list_that_has_been_in_force_is_not_edited(state):
    rules.check_editable(edition())
    with pytest.raises(Refused, match="市场监管局事项清单第2版已经施行，不能直接增减、改动"):
        rules.check_editable(edition(state=state))


@pytest.mark.parametrize("code", ["", "事项一", "a b", "x" * 41, "a/b"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(code):
    with pytest.raises(Refused) as refusal:
        rules.check_enterable(code, taken=[])
    assert refusal.value.field == "code"


def test_a_code_that_is_taken_is_refused():
    rules.check_enterable("M-02", taken=["M-01"])
    with pytest.raises(Refused, match="M-01 在这一版里已经有了"):
        rules.check_enterable("M-01", taken=["M-01"])


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("object_kind", ""), ("item_class", "OTHER"), ("method", "BY_TELEPATHY")]
)
def test_an_item_without_a_needed_field_is_refused_at_that_field(field, value):
    given = {"title": "登记", "object_kind": "企业", "item_class": "KEY", "method": "ON_SITE"}
    rules.check_item(**given)
    with pytest.raises(Refused) as refusal:
        rules.check_item(**{**given, field: value})
    assert refusal.value.field == field


def test_an_empty_checkpoint_is_refused_by_its_number():
    with pytest.raises(Refused, match="第 2 条检查要点是空的"):
        rules.check_checkpoints([("看执照", "", False), (" ", "看", False)])


def test_a_checkpoint_longer_than_its_column_is_refused_by_its_number():
    rules.check_checkpoints([("看" * 300, "", False)])
    with pytest.raises(Refused, match="第 1 条检查要点超过 300 字"):
        rules.check_checkpoints([("看" * 301, "", False)])


# proves S1-13
@pytest.mark.parametrize(("reason", "note"), [("", "修订"), ("WHIM", "修订"), ("LAW", " ")])
def test_a_change_without_a_known_reason_and_its_ground_is_refused(reason, note):
    rules.check_reason("LAW", "消防法 2021 年修订")
    with pytest.raises(Refused):
        rules.check_reason(reason, note)


def test_an_empty_list_is_not_complete():
    with pytest.raises(Refused, match="一项也没有"):
        rules.check_complete([])


# proves S3-05
def test_a_list_names_each_item_that_lacks_its_law_or_its_checkpoints():
    whole = (item(), [Checkpoint(text="看执照")])
    rules.check_complete([whole])
    with pytest.raises(
        Refused, match=r"M-02（缺检查依据）；M-03（缺检查要点）；M-04（缺检查依据、缺检查要点）"
    ) as refusal:
        rules.check_complete(
            [
                whole,
                (item(code="M-02", legal_basis=" "), [Checkpoint(text="看执照")]),
                (item(code="M-03"), []),
                (item(code="M-04", legal_basis=""), []),
            ]
        )
    assert "M-01" not in refusal.value.reason


def test_the_drafter_does_not_approve():
    rules.check_approver(edition(), approver_id=2)
    with pytest.raises(Refused, match="由另一人批准"):
        rules.check_approver(edition(), approver_id=1)


# proves S1-13
def test_a_new_edition_says_why_it_differs():
    change = [rules.Change("added", "M-02", "新事项")]
    rules.check_explained(edition(), [], first=True)
    rules.check_explained(edition(change_reason="LAW", change_note="新法"), change, first=False)
    with pytest.raises(Refused, match="1 处调整，还没有写明调整原因"):
        rules.check_explained(edition(), change, first=False)


def test_a_new_edition_without_a_difference_is_none():
    with pytest.raises(Refused, match="没有不同"):
        rules.check_explained(edition(change_reason="LAW", change_note="新法"), [], first=False)


def test_only_the_text_that_was_read_is_approved():
    rules.check_seen("a", present="a")
    rules.check_seen(None, present="a")
    with pytest.raises(Refused, match="有改动，重新看过再批准"):
        rules.check_seen("a", present="b")


def test_two_editions_are_compared_item_by_item_and_field_by_field():
    old = {"M-01": facts("看执照"), "M-02": facts(code="M-02", title="旧"), "M-03": facts("看")}
    new = {"M-01": facts("看执照", "看经营范围", ratio_text="5%"), "M-03": facts("看"), "M-04": facts(title="新")}
    assert rules.changes_between(old, new) == [
        rules.Change("changed", "M-01", "登记事项检查", ("抽查比例", "检查要点")),
        rules.Change("removed", "M-02", "旧"),
        rules.Change("added", "M-04", "新"),
    ]


def test_the_digest_of_an_edition_does_not_depend_on_its_order_but_on_every_word():
    one, other = facts("看执照"), facts("看执照", title="别的")
    assert rules.digest_of({"a": one, "b": other}) == rules.digest_of({"b": other, "a": one})
    assert rules.digest_of({"a": one}) != rules.digest_of({"a": facts("看执照。")})


@pytest.mark.parametrize(("kind", "word"), [("added", "新增"), ("removed", "删除"), ("changed", "改动")])
def test_a_change_has_a_word(kind, word):
    assert rules.Change(kind, "M-01", "事项").word == word
