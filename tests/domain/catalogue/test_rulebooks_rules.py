"""What a rulebook must settle, and how two editions differ."""

import tomllib
from decimal import Decimal
from types import SimpleNamespace

import pytest

from mingcha.domain.catalogue.models import Rulebook, RulebookChapter
from mingcha.domain.catalogue.rules import chapters, rulebooks
from mingcha.domain.policy.rules.codes import WORDS
from mingcha.kit.errors import Refused
from tests.factories.policy import clause, profile_text
from tests.factories.rulebooks import SETTINGS

TAIAN, CHENZHOU = "taian-2019", "chenzhou-2018"


def wanted_in(code: str) -> list[str]:
    """The chapters of a profile as its file says them."""
    said = tomllib.loads(profile_text(code))["clause"]
    return next(each["value"] for each in said if each["key"] == "rulebook_chapters")


def written(*codes: str, **changes) -> list[RulebookChapter]:
    return [
        RulebookChapter(code=code, position=place, text=changes.get(code, f"{code}。"), settings=SETTINGS.get(code, {}))
        for place, code in enumerate(codes, start=1)
    ]


# proves S2-19
def test_a_rulebook_of_taian_has_six_chapters_and_none_may_be_empty():
    wanted = wanted_in(TAIAN)
    assert wanted == ["BASIS", "CONTENT", "PROCEDURE", "APPROVAL", "PUBLICATION", "ARCHIVING"]
    rulebooks.check_whole(written(*wanted), wanted=wanted)
    with pytest.raises(Refused, match="检查内容（没有内容）"):
        rulebooks.check_whole(written(*wanted, CONTENT="  "), wanted=wanted)
    with pytest.raises(Refused, match="归档方式（缺这一章）"):
        rulebooks.check_whole(written(*wanted[:-1]), wanted=wanted)


# proves S4-21
def test_a_rulebook_of_chenzhou_has_eight_chapters_with_what_the_work_reads():
    wanted = wanted_in(CHENZHOU)
    assert len(wanted) == 8
    rulebooks.check_whole(written(*wanted), wanted=wanted)
    open_ratio = written(*wanted)
    next(each for each in open_ratio if each.code == "RATIO_FREQUENCY").settings = {"ratio_text": "5%"}
    with pytest.raises(Refused, match="抽查比例和频次（缺抽查频次）"):
        rulebooks.check_whole(open_ratio, wanted=wanted)


# proves S0-16
def test_each_stage_of_the_work_has_a_post_that_answers_for_it():
    posts = {name: value for name, value in SETTINGS["RESPONSIBILITIES"].items() if name != "archive"}
    (chapter,) = written("RESPONSIBILITIES")
    rulebooks.check_whole([chapter], wanted=["RESPONSIBILITIES"])
    chapter.settings = posts
    with pytest.raises(Refused, match="缺归档的责任岗位"):
        rulebooks.check_whole([chapter], wanted=["RESPONSIBILITIES"])


@pytest.mark.parametrize("profile", [TAIAN, CHENZHOU, "banan-2015", "bazhong-2017", "demo-county"])
def test_every_chapter_that_a_profile_names_has_a_word(profile):
    assert set(wanted_in(profile)) <= set(WORDS)


def test_every_setting_is_found_under_one_name_and_has_a_label():
    names = [name for schema in chapters.SCHEMAS.values() for name in schema.model_fields]
    assert len(names) == len(set(names))
    assert set(names) == set(chapters.CHAPTER_OF) == set(chapters.LABELS)
    for code, settings in SETTINGS.items():
        assert chapters.read_settings(code, settings) == settings
        assert chapters.missing_settings(code, settings) == []


@pytest.mark.parametrize(
    ("code", "given", "field", "said"),
    [
        ("APPROVAL", {"approver": "R99"}, "approver", "不在可选的范围里"),
        ("PUBLICATION", {"working_days": 0}, "working_days", "太小"),
        ("PUBLICATION", {"working_days": 999}, "working_days", "太大"),
        ("PUBLICATION", {"outlets": ["NOWHERE"]}, "outlets", "不在可选的范围里"),
        ("ARCHIVING", {"retention_years": "十年"}, "retention_years", "填写不对"),
        ("ARCHIVING", {"materials": ["长" * 101]}, "materials", "太长"),
        ("ARCHIVING", {"materials": ["一"] * 31}, "materials", "行数太多"),
        ("RATIO_FREQUENCY", {"ratio_text": "长" * 61}, "ratio_text", "太长"),
        ("METHODS", {"default_method": "TESTING", "methods": ["ON_SITE"]}, "default_method", "把它也选进去"),
        ("METHODS", {"colour": "red"}, "colour", "不认识"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_beside_its_field(code, given, field, said):
    with pytest.raises(Refused, match=said) as refusal:
        chapters.read_settings(code, given)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_a_chapter_of_words_alone_takes_no_settings():
    assert chapters.read_settings("BASIS", {}) == {}
    with pytest.raises(Refused, match="没有执行参数"):
        chapters.read_settings("BASIS", {"office": "甲"})


def test_a_draft_may_leave_settings_open():
    assert chapters.read_settings("PUBLICATION", {"working_days": 10, "outlets": []}) == {"working_days": 10}
    assert chapters.missing_settings("PUBLICATION", {"working_days": 10}) == ["公示渠道"]


def test_settings_are_read_aloud_by_their_words():
    said = dict(chapters.setting_words("METHODS", SETTINGS["METHODS"]))
    assert said == {"默认检查方式": "书面检查", "可用的检查方式": "实地检查、书面检查"}
    assert chapters.setting_words("APPROVAL", SETTINGS["APPROVAL"]) == [("实施检查由谁批准", "部门负责人")]


def test_a_form_knows_how_each_setting_is_typed():
    kinds = {field.name: field.kind for code in chapters.SCHEMAS for field in chapters.setting_fields(code)}
    assert {kinds[name] for name in ("approver", "default_method")} == {"choice"}
    assert {kinds[name] for name in ("methods", "outlets")} == {"choices"}
    assert {kinds[name] for name in ("materials", "steps")} == {"lines"}
    assert {kinds[name] for name in ("working_days", "retention_years")} == {"number"}
    assert kinds["office"] == "text"


# proves S2-18
# proves S2-20
def test_a_draft_takes_over_what_the_upper_rulebook_says_and_marks_it():
    above = written("BASIS", "APPROVAL", "HANDLING", BASIS="全省统一的依据")
    begun = rulebooks.chapters_begun(["BASIS", "APPROVAL", "ARCHIVING"], present=[], parent=above)
    assert [(each.code, each.is_inherited) for each in begun] == [
        ("BASIS", True),
        ("APPROVAL", True),
        ("ARCHIVING", False),
        ("HANDLING", True),
    ]
    assert begun[0].text == "全省统一的依据"
    assert begun[1].settings == SETTINGS["APPROVAL"]


def test_the_next_edition_keeps_the_own_words_and_renews_what_is_inherited():
    present = written("BASIS", "APPROVAL", BASIS="老的上级内容", APPROVAL="自己的内容")
    present[0].is_inherited = True
    above = written("BASIS", "APPROVAL", BASIS="新的上级内容", APPROVAL="上级的审批")
    begun = rulebooks.chapters_begun(["BASIS", "APPROVAL"], present=present, parent=above)
    assert [(each.text, each.is_inherited) for each in begun] == [("新的上级内容", True), ("自己的内容", False)]


def test_without_a_clause_a_rulebook_has_the_usual_chapters():
    assert rulebooks.chapters_wanted(None) == chapters.USUAL_CHAPTERS
    assert rulebooks.chapters_wanted(clause("rulebook_chapters", ["BASIS"], "codes")) == ["BASIS"]


def test_a_rulebook_is_never_laxer_than_the_rules_of_its_place():
    rules = {
        "publish_working_days": clause("publish_working_days", 20, "working_days", clause="五"),
        "min_ratio": clause("min_ratio", "0.03", "ratio", quote="不低于3%"),
    }
    strict = written("PUBLICATION", "RATIO_FREQUENCY")
    rulebooks.check_within_rules(strict, rules)
    strict[0].settings = {**SETTINGS["PUBLICATION"], "working_days": 30}
    with pytest.raises(Refused, match="30 个工作日，超过本地规则的 20 个工作日"):
        rulebooks.check_within_rules(strict, rules)
    rulebooks.check_within_rules(strict, {})
    with_entry = {
        "published_on_entry": clause("published_on_entry", True, "flag"),
        "entry_working_days": clause("entry_working_days", 20, "working_days"),
    }
    with pytest.raises(Refused, match="30 个工作日，超过本地规则的 20 个工作日"):
        rulebooks.check_within_rules(strict, with_entry)
    lax = written("RATIO_FREQUENCY")
    lax[0].settings = {**SETTINGS["RATIO_FREQUENCY"], "ratio_text": "市局5%，县局2%"}
    with pytest.raises(Refused, match="低于本地规则的 3%"):
        rulebooks.check_within_rules(lax, rules)


def test_a_setting_becomes_a_clause_with_its_rulebook_edition_and_chapter():
    chapter, other = written("PUBLICATION", "RATIO_FREQUENCY")
    chapter.rulebook = other.rulebook = Rulebook(title="示范实施细则", edition=1)
    said = rulebooks.setting_clause(chapter, "working_days")
    assert (said.key, said.number) == ("publish_working_days", 15)
    assert said.place == "《示范实施细则》第1版 “公示程序”一章"
    assert said.words == "公示期限（工作日）：15"
    assert rulebooks.setting_clause(other, "ratio_text").share == Decimal("0.03")
    other.settings = {"ratio_text": "由省统一规定"}
    assert rulebooks.setting_clause(other, "ratio_text") is None
    assert rulebooks.setting_clause(other, "working_days") is None
    assert rulebooks.setting_clause(None, "working_days") is None


@pytest.mark.parametrize("title", ["", "  ", "长" * 201])
def test_a_rulebook_is_called_something(title):
    with pytest.raises(Refused, match="细则名称") as refusal:
        rulebooks.check_title(title)
    assert refusal.value.field == "title"


def test_a_chapter_has_room_but_not_endless():
    with pytest.raises(Refused, match="超过 20000 个字"):
        rulebooks.check_chapter_text("长" * 20_001)


def test_two_editions_are_compared_chapter_by_chapter_with_their_settings():
    old = written("BASIS", "APPROVAL", "HANDLING")
    new = written("BASIS", "APPROVAL", "ARCHIVING", BASIS="改过的依据")
    new[1].settings = {"approver": "R11"}
    changes = {change.code: change for change in rulebooks.chapter_changes(old, new)}
    assert {code: change.word for code, change in changes.items()} == {
        "BASIS": "改动",
        "APPROVAL": "改动",
        "ARCHIVING": "新增",
        "HANDLING": "删除",
    }
    assert changes["BASIS"].details == (("内容", "BASIS。", "改过的依据"),)
    assert changes["APPROVAL"].details == (("实施检查由谁批准", "部门负责人", "司法行政监督"),)
    assert rulebooks.chapter_changes(old, old) == []


def test_what_is_decided_on_names_every_chapter_and_where_it_comes_from():
    (chapter,) = written("APPROVAL")
    chapter.is_inherited = True
    text = rulebooks.rulebook_text(Rulebook(title="细则", edition=2), [chapter])
    (row,) = text.content["章节"]
    assert row == {
        "章节": "审批权限",
        "内容": "APPROVAL。",
        "执行参数": "实施检查由谁批准：部门负责人",
        "来源": "照上级细则",
    }
    other = rulebooks.rulebook_text(Rulebook(title="细则", edition=2), written("APPROVAL", APPROVAL="别的"))
    assert other.digest != text.digest


@pytest.mark.parametrize("state", ["LEGAL_REVIEW", "FILING", "IN_FORCE", "SUPERSEDED"])
def test_only_a_draft_is_written_in(state):
    rulebooks.check_writable(Rulebook(state="DRAFT", title="细则", edition=1))
    with pytest.raises(Refused, match="不能改动"):
        rulebooks.check_writable(Rulebook(state=state, title="细则", edition=1))


def test_what_cannot_be_taken_over_again_is_refused():
    (chapter,) = written("BASIS")
    with pytest.raises(Refused, match="没有“检查依据”这一章"):
        rulebooks.check_restorable(chapter, None)
    chapter.is_inherited = True
    with pytest.raises(Refused, match="不用再恢复"):
        rulebooks.check_restorable(chapter, chapter)


def test_a_parent_is_one_of_those_that_may_be_chosen():
    rulebooks.check_parent(None, possible=[])
    with pytest.raises(Refused, match="不是可以沿用的上级细则"):
        rulebooks.check_parent(Rulebook(pk=3, title="别处的", edition=1), possible=[1, 2])
    under_way = SimpleNamespace(get_state_display=lambda: "备案")
    with pytest.raises(Refused, match="正在“备案”"):
        rulebooks.check_rulebook_draftable(under_way)
