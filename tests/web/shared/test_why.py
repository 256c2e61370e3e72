"""Why a value is what it is: the box that opens on its words."""

from django.template import Context, Template

from tests.factories.policy import clause


def shown(given: object, tag: str = "{% why given %}") -> str:
    return Template("{% load why %}" + tag).render(Context({"given": given}))


def test_a_deadline_is_asked_for_and_answered_with_value_words_place_and_issuer():
    page = shown(clause())
    assert "<summary>为什么是这个期限？</summary>" in page
    assert "检查结果录入时限：48 小时" in page
    assert "“在每个监管对象检查结束后48小时内将检查情况录入平台”" in page
    assert "法府建办字〔2020〕1号 二（三）1" in page
    assert "于都县推进法治政府建设工作领导小组办公室" in page


def test_what_is_no_deadline_is_given_as_its_ground():
    assert "<summary>依据</summary>" in shown(clause("joint_share", "0.1", "ratio"))


def test_a_setting_of_the_platform_gives_its_reason_and_never_a_quotation():
    setting = clause(kind="operating", quote="", clause="", reason="我们定的")
    page = shown(setting)
    assert "理由：我们定的" in page
    assert "运行设置（不是法定数字）" in page
    assert "“" not in page


def test_a_damaged_quotation_is_shown_repaired():
    assert "“修好的话”" in shown(clause(quote="壞(huài)的話", reading="修好的话"))


def test_the_copy_that_a_clock_keeps_is_shown_like_the_clause_itself():
    kept = clause().model_dump(mode="json", exclude_defaults=True)
    assert shown({**kept, "steps": ["甲"], "citations": []}) == shown(clause())


def test_nothing_is_shown_where_no_rule_stands_behind():
    assert [shown(None).strip(), shown({"steps": []}).strip(), shown("").strip()] == ["", "", ""]


def test_several_clauses_share_one_box():
    page = shown((clause(), clause("joint_share", "0.1", "ratio")))
    assert page.count("<details>") == 1
    assert "<summary>依据（2 条）</summary>" in page
    assert "年度联合抽查任务占比：10%" in page


def test_the_page_may_ask_otherwise_and_name_the_issuer_of_a_paper_of_its_own():
    page = shown(clause(source="某号"), '{% why given asked="凭什么？" issuer="某县政府" %}')
    assert "<summary>凭什么？</summary>" in page
    assert "· 某县政府 ·" in page


def test_words_that_look_like_markup_stay_words():
    assert "<b>" not in shown(clause(quote="<b>粗</b>"))
