"""One campaign planned under each of the five policies: what changes, and by which clause."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mingcha.domain.policy.rules import (
    FIVE,
    QUESTIONS,
    Answer,
    Scenario,
    answers_under,
    five_profiles,
    papers,
    said_by,
    shipped_profiles,
    take_of,
)
from mingcha.domain.policy.rules.scenario import last_week_of_quarter, on_day
from tests.factories.policy import clause, profile_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
BAZHONG, YUDU, TAIAN, BANAN, CHENZHOU = FIVE


def scenario(**changes: object) -> Scenario:
    given: dict[str, object] = {
        "firms": 1001,
        "foreign_share": Decimal("0.05"),
        "share": Decimal("0.02"),
        "joint": True,
        "departments": 3,
        "starts_on": date(2026, 11, 2),
        "ends_on": date(2026, 12, 31),
        "inspection_ended_at": datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI),
    }
    return Scenario(**{**given, **changes})  # type: ignore[arg-type]


def answers(code: str, **changes: object) -> dict[str, Answer]:
    return answers_under(said_by(shipped_profiles()[code].clauses), scenario(**changes))


def words(question: str, **changes: object) -> dict[str, str]:
    return {code: answers(code, **changes)[question].words for code in FIVE}


def sayers(question: str) -> set[str]:
    """The places whose rules say anything about it."""
    return {code for code in FIVE if answers(code)[question].clauses}


def test_the_five_files_are_the_five_policies_and_every_question_is_answered_in_each():
    assert [file.code for file in five_profiles()] == list(FIVE)
    reckoned = {name for name, (_label, answer) in QUESTIONS.items() if answer is not None}
    assert all(set(answers(code)) == reckoned for code in FIVE)
    assert set(QUESTIONS) - reckoned == {"entry", "publication"}


def test_an_answer_quotes_only_what_its_place_says():
    for file in five_profiles():
        for answer in answers(file.code).values():
            assert all(one in file.clauses for one in answer.clauses)


def test_the_smallest_take_is_banans_alone_and_rounded_up():
    said = words("smallest_take")
    assert said[BANAN] == "至少 31 户（3%）；拟抽 21 户低于下限，要写明理由并经批准"
    assert {said[code] for code in FIVE if code != BANAN} == {"没有下限：按拟定比例抽 21 户"}
    assert sayers("smallest_take") == {BANAN}


# 29.9 firms are drawn as 30, yet the share that was planned is below the floor: a reason is due.
@pytest.mark.parametrize(("share", "enough"), [("0.0299", False), ("0.03", True), ("0.5", True)])
def test_a_share_at_the_floor_is_enough(share, enough):
    said = answers(BANAN, firms=1000, share=Decimal(share))["smallest_take"].words
    assert said.endswith("够") is enough


def test_ten_percent_of_the_foreign_firms_is_neither_floor_nor_ceiling():
    for share in ("0.02", "0.10", "0.50"):
        said = answers(BANAN, share=Decimal(share))["foreign_take"].words
        assert "涉外 50 户" in said
        assert "可以提高到 10%，即 5 户——可以提高，不是必须，也不封顶" in said
        assert f"按拟定比例抽 {take_of(Decimal(share), 50)} 户" in said
        assert "下限" not in said
    assert sayers("foreign_take") == {BANAN}


def test_who_must_agree_differs_from_place_to_place():
    said = words("approval")
    assert said[YUDU] == "计划和任务由司法行政部门审核，批准前不能抽取"
    assert said[BANAN] == "入户检查要经本单位负责人批准"
    assert said[TAIAN] == said[CHENZHOU] == "没有规定由谁审核"


def test_the_item_list_goes_to_another_body_in_each_place():
    said = words("list_filing")
    assert said[BAZHONG].startswith("清单报政务服务管理机构备案")
    assert said[YUDU].startswith("清单报司法行政部门备案；没有调整也要报")
    assert said[TAIAN] == "清单报市场监管部门备案"
    assert said[BANAN] == "清单和调整向社会公布"
    assert said[CHENZHOU].startswith("清单报领域牵头部门备案；2026-03-20 前报送")


def test_the_return_of_march_2020_asks_nothing_of_another_year():
    assert "03-27" not in " ".join(answer.words for answer in answers(YUDU).values())


def test_a_plan_is_filed_by_january_in_taian_and_by_march_in_chenzhou_if_it_is_joint():
    said = words("plan_filing")
    assert said[TAIAN].startswith(
        "年度计划 2026-01-31 前报市场监管部门备案；在门户网站、国家企业信用信息公示系统（本省）公开"
    )
    assert said[CHENZHOU] == "联查工作计划 2026-03-31 前报商事制度改革领导小组办公室备案"
    assert words("plan_filing", joint=False)[CHENZHOU] == "没有规定报送"


def test_a_joint_list_needs_two_approvals_and_two_filings_in_chenzhou():
    said = answers(CHENZHOU)["joint_list"]
    assert said.words == (
        "经机构编制部门、政府法制机构分别审定；"
        "联查事项清单 2026-03-31 前报商事制度改革领导小组办公室、优化经济发展环境办公室备案"
    )
    assert len(said.clauses) == 3
    assert sayers("joint_list") == {CHENZHOU}
    assert answers(CHENZHOU, joint=False)["joint_list"].clauses == ()


def test_the_rulebook_has_six_chapters_in_taian_and_eight_in_chenzhou():
    said = words("chapters")
    assert said[TAIAN].startswith("6 项：检查依据、")
    assert said[CHENZHOU].startswith("8 项：组织领导、")
    assert said[CHENZHOU].endswith("经政府法制机构审定；报商事制度改革领导小组办公室备案")


def test_signatures_are_a_condition_in_bazhong_and_witnesses_an_invitation_elsewhere():
    said = words("signatures")
    assert said[BAZHONG] == "抽取记录由检查机构、纪检监察签字，缺一个不生效"
    assert said[BANAN] == "可以邀请公证机构、人大代表、政协委员、新闻媒体见证，不邀请也有效"
    assert "行业协会" in said[CHENZHOU]
    assert sayers("signatures") == {BAZHONG, BANAN, CHENZHOU}


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 11, 2), date(2026, 12, 25), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 3, 25), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 6, 24), date(2026, 6, 30)),
    ],
)
def test_the_last_week_of_a_quarter_is_its_last_seven_days(on, first, last):
    assert last_week_of_quarter(on) == (first, last)


def test_a_changed_plan_waits_for_the_last_week_of_the_quarter_in_chenzhou_only():
    said = words("adjustment")
    assert said[CHENZHOU] == "在季度最后一周报送并公示：本季度是 2026-12-25 至 2026-12-31"
    assert said[TAIAN] == "可以动态调整，没有规定时间"
    assert said[BAZHONG] == said[YUDU] == said[BANAN] == "没有规定"


def test_the_joint_share_is_yudus_and_counts_joint_campaigns_only():
    assert words("joint_share")[YUDU] == "全年每 100 个任务至少 10 个联合（10%）；这次是联合抽查，计入"
    assert words("joint_share", joint=False)[YUDU].endswith("这次不是联合抽查，不计入")
    assert sayers("joint_share") == {YUDU}


def test_a_second_visit_for_the_same_item_is_barred_in_banan_only():
    said = words("repeats")
    assert "别的部门已查过的同一事项不再查；例外：法律法规规章另有规定、查办案件" in said[BANAN]
    assert said[TAIAN] == "没有规定合并：3 个部门可能各查一次，每户最多 3 次"


def test_sectors_lead_a_joint_campaign_in_chenzhou_and_the_initiator_in_taian():
    said = words("leading")
    assert "市场监管：市工商局牵头" in said[CHENZHOU]
    assert "由任务发起部门牵头" in said[TAIAN]
    assert "由司法行政部门协调、指定牵头" in said[YUDU]
    assert words("leading", joint=False)[TAIAN] == "统筹：市场监管部门"


def test_returns_fall_on_the_third_of_the_month_after_the_quarter_and_in_the_next_january():
    said = words("returns")
    assert said[BAZHONG] == "2027-01-03 前报季度工作推进情况"
    assert said[YUDU] == "2027-01-31 前报上年度行政执法数据"
    assert said[CHENZHOU] == "进展报领域牵头部门"


def test_a_return_on_the_31st_falls_on_the_last_day_of_a_shorter_month():
    said = said_by([clause("quarterly_return_day", 31, "day_of_month")])
    assert answers_under(said, scenario(ends_on=date(2026, 2, 1)))["returns"].words == "2026-04-30 前报季度工作推进情况"


def test_counts_of_visits_exemptions_coverage_and_notices_are_said_where_they_hold():
    assert "增减检查次数要经政府法制机构审核" in words("visit_count")[CHENZHOU]
    assert "连续 3 年良好的可以免于抽查一段时间" in words("visit_count")[BANAN]
    assert words("coverage")[BAZHONG] == "市场监管执法事项 100%、其他行政执法事项 100% 纳入清单"
    assert words("announcement")[CHENZHOU].startswith("检查之前发布检查公告；在国家企业信用信息公示系统")


def test_a_day_that_a_year_does_not_have_is_the_last_of_its_month():
    assert on_day("02-29", 2026) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("share", "firms", "take"), [("0.03", 1000, 30), ("0.03", 1001, 31), ("0.1", 0, 0), ("1", 7, 7)]
)
def test_a_take_is_rounded_up(share, firms, take):
    assert take_of(Decimal(share), firms) == take


def test_every_paper_of_the_shipped_profiles_is_known_with_its_issuer():
    assert papers()["泰政字〔2019〕80号"].issuer == "泰安市人民政府"
    assert all(one.source in papers() for file in shipped_profiles().values() for one in file.clauses)
    assert shipped_profiles()[YUDU].code in profile_text(YUDU)
