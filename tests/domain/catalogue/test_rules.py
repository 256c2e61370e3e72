import pytest

from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.models import ChangeNote, Checkpoint, InspectionItem, ItemList
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


# proves S1-13
@pytest.mark.parametrize(("reason", "note"), [("", "修订"), ("WHIM", "修订"), ("LAW", " ")])
def test_a_change_without_a_known_reason_and_its_ground_is_refused(reason, note):
    rules.check_reason("LAW", "消防法 2021 年修订", allowed=["LAW", "REFORM"])
    with pytest.raises(Refused):
        rules.check_reason(reason, note, allowed=["LAW", "REFORM"])


# proves S1-07
def test_a_reason_that_the_rules_of_the_place_do_not_know_is_refused():
    with pytest.raises(Refused, match="选一个调整原因：法律法规规章调整、机构改革"):
        rules.check_reason("PRACTICE", "监管需要", allowed=["LAW", "REFORM"])


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


# proves S1-03
def test_where_the_rules_want_more_an_item_says_more():
    whole = item(content="登记", inspecting_body="市场监管局")
    points = [Checkpoint(text="看执照")]
    rules.check_complete([(whole, points)], required=rules.required_by(["BASIS", "BODY", "CONTENT", "METHOD"], False))
    with pytest.raises(Refused, match="M-01（缺检查内容、缺检查主体）"):
        rules.check_complete([(item(), points)], required=rules.required_by(["BODY", "CONTENT"], False))
    with pytest.raises(Refused, match="缺抽查比例、缺抽查频次"):
        rules.check_complete([(whole, points)], required=rules.required_by([], True))


# proves S1-13
def test_a_new_edition_says_why_it_differs():
    change = [rules.Change("added", "M-02", "新事项")]
    whole = edition(change_reason="LAW", change_note="新法")
    rules.check_explained([], first=True)
    rules.check_explained(rules.explained(change, whole, []), first=False)
    with pytest.raises(Refused, match="1 处调整，还没有写明调整原因和依据，由拟定人补上：M-02"):
        rules.check_explained(rules.explained(change, edition(), []), first=False)


# proves S1-07
def test_a_change_gives_its_own_reason_before_that_of_the_edition():
    changes = [rules.Change("added", "M-02", "新"), rules.Change("removed", "M-03", "旧")]
    note = ChangeNote(code="M-03", reason="REFORM", note="职责划转")
    own, whole = reversed(rules.explained(changes, edition(change_reason="LAW", change_note="新法"), [note]))
    assert (own.reason_word, own.note, own.is_own) == ("机构改革", "职责划转", True)
    assert (whole.reason_word, whole.note, whole.is_own) == ("法律法规规章调整", "新法", False)


def test_a_note_is_about_an_item_that_changes():
    rules.check_changed("M-02", [rules.Change("added", "M-02", "新")])
    with pytest.raises(Refused, match="M-01 与施行中的一版没有不同"):
        rules.check_changed("M-01", [rules.Change("added", "M-02", "新")])


def test_a_new_edition_without_a_difference_is_none():
    with pytest.raises(Refused, match="没有不同"):
        rules.check_explained([], first=False)


def test_only_the_text_that_was_read_is_approved():
    rules.check_seen("a", present="a")
    rules.check_seen(None, present="a")
    with pytest.raises(Refused, match="有改动，重新看过再批准"):
        rules.check_seen("a", present="b")


def test_two_editions_are_compared_item_by_item_and_field_by_field():
    old = {"M-01": facts("看执照"), "M-02": facts(code="M-02", title="旧"), "M-03": facts("看")}
    new = {"M-01": facts("看执照", "看经营范围", ratio_text="5%"), "M-03": facts("看"), "M-04": facts(title="新")}
    assert rules.changes_between(old, new) == [
        rules.Change(
            "changed",
            "M-01",
            "登记事项检查",
            (
                rules.FieldChange("ratio_text", "", "5%"),
                rules.FieldChange("checkpoints", "看执照", "看执照\n看经营范围"),
            ),
        ),
        rules.Change("removed", "M-02", "旧"),
        rules.Change("added", "M-04", "新"),
    ]


# proves S1-07
@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("ratio_text", "5%", "比例"),
        ("frequency_text", "每年2次", "频次"),
        ("legal_basis", "《示范条例》第九条", "依据"),
        ("title", "别的名称", "名称"),
        ("method", "WRITTEN", "方式"),
        ("further_methods", ["NETWORK"], "方式"),
        ("mode", "KEY", "方式"),
        ("office", "综合科", "其他内容"),
    ],
)
def test_the_type_of_a_change_is_what_changed(field, value, word):
    (change,) = rules.changes_between({"M-01": facts("看")}, {"M-01": facts("看", **{field: value})})
    assert change.types == (word,)
    assert rules.Change("added", "M-01", "新").types == ("新增",)
    assert rules.Change("removed", "M-01", "旧").types == ("删除",)


def test_values_are_compared_as_people_read_them():
    (change,) = rules.changes_between(
        {"M-01": facts(item_class="GENERAL")}, {"M-01": facts(item_class="KEY", market_regulation=False)}
    )
    assert [(each.label, each.old, each.new) for each in change.details] == [
        ("类别", "一般检查事项", "重点检查事项"),
        ("市场监管领域", "是", "否"),
    ]


def test_what_is_filed_names_every_changed_field_with_its_reason():
    old, new = [(item(), [])], [(item(ratio_text="5%", frequency_text="每年1次"), [])]
    text = rules.list_text(edition(change_reason="PRACTICE", change_note="投诉多"), new, old, [])
    assert [(row["调整类型"], row["调整前"], row["调整后"], row["调整原因"]) for row in text.content["调整情况"]] == [
        ("比例", "", "5%", "监管实际"),
        ("频次", "", "每年1次", "监管实际"),
    ]
    assert text.content["一般检查事项清单"][0]["抽查比例"] == "5%"
    assert text.figures == {"edition": 2, "items": 1, "changes": 1}


def test_the_text_that_is_decided_on_has_another_digest_for_every_word():
    one = rules.list_text(edition(), [(item(), [Checkpoint(text="看执照")])], None, [])
    other = rules.list_text(edition(), [(item(), [Checkpoint(text="看执照。")])], None, [])
    assert one.digest != other.digest


def test_the_digest_of_an_edition_does_not_depend_on_its_order_but_on_every_word():
    one, other = facts("看执照"), facts("看执照", title="别的")
    assert rules.digest_of({"a": one, "b": other}) == rules.digest_of({"b": other, "a": one})
    assert rules.digest_of({"a": one}) != rules.digest_of({"a": facts("看执照。")})


@pytest.mark.parametrize(("kind", "word"), [("added", "新增"), ("removed", "删除"), ("changed", "改动")])
def test_a_change_has_a_word(kind, word):
    assert rules.Change(kind, "M-01", "事项").word == word
