"""What may be approved at all; no database."""

from datetime import date
from decimal import Decimal

import pytest

from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans import rules
from mingcha.domain.plans.models import Campaign, CampaignStratum, Plan, stratum_for
from mingcha.domain.policy.rules import Clause
from mingcha.kit.errors import Refused

MARKET = Department(pk=1, code="market", short_name="市监局")
FIRE = Department(pk=2, code="fire", short_name="消防")
FLOOR = Clause(
    key="min_ratio",
    value=Decimal("0.03"),
    unit="ratio",
    source="巴南府办发〔2015〕250号",
    clause="二（四）",
    quote="原则上随机抽查比例不得低于市场主体的3%",
    kind="borrowed",
)
THREE = Clause(
    key="min_inspectors", value=3, unit="persons", source="某办法", clause="第三条", quote="不少于三人", kind="local"
)
OUTSIDE = Clause(
    key="plan_approver",
    value=["JUSTICE"],
    unit="codes",
    source="法府建办字〔2020〕1号",
    clause="二（三）2",
    quote="报县司法局审核",
    kind="local",
)


def stratum(position: int, share: str = "0.03", **criteria) -> CampaignStratum:
    values = {"code": f"s{position}", "label": f"第{position}层", "share": Decimal(share)} | criteria
    return CampaignStratum(position=position, **values)


def an_item(department: Department = MARKET, state: str = "IN_FORCE") -> InspectionItem:
    return InspectionItem(code="X", title="价格检查", item_list=ItemList(department=department, state=state))


# proves S3-18
@pytest.mark.parametrize("share", ["0.0299", "0.01"])
def test_a_share_below_the_floor_is_refused_with_its_clause(share):
    with pytest.raises(Refused, match=r"低于下限 3%，.*巴南府办发〔2015〕250号 二（四）"):
        rules.check_share(Decimal(share), FLOOR, stratum="一般")


def test_a_share_at_the_floor_holds():
    rules.check_share(Decimal("0.03"), FLOOR)


# proves S3-19
@pytest.mark.parametrize("share", ["0.03", "0.05", "0.10", "0.30"])
def test_foreign_subjects_may_be_raised_to_a_tenth_which_is_neither_floor_nor_ceiling(share):
    foreign = stratum(1, share, foreign_only=True)
    rules.check_strata([foreign, stratum(2)], FLOOR)


def test_where_the_rules_are_silent_any_share_holds():
    rules.check_share(Decimal("0.0001"), None)


@pytest.mark.parametrize("share", ["0", "1.0001"])
def test_a_share_is_more_than_nothing_and_at_most_everyone(share):
    with pytest.raises(Refused, match="大于 0%、不超过 100%"):
        rules.check_share(Decimal(share), None)


@pytest.mark.parametrize(("share", "size", "take"), [("0.03", 1, 1), ("0.03", 100, 3), ("0.03", 101, 4), ("1", 7, 7)])
def test_the_number_drawn_is_rounded_up(share, size, take):
    assert stratum(1, share).take_from(size) == take


def test_nobody_is_drawn_from_an_empty_stratum():
    assert stratum(1, "0.5").take_from(0) == 0


def test_a_floor_that_rose_after_the_approval_still_holds():
    assert stratum(1, "0.03").take_from(1000, floor=Decimal("0.05")) == 50


def test_a_subject_falls_into_the_first_stratum_it_fits():
    strata = [stratum(1, foreign_only=True), stratum(2, risks="CD"), stratum(3)]
    fits = [
        stratum_for(strata, is_foreign=foreign, risk=risk).code
        for foreign, risk in [(True, "D"), (False, "D"), (False, "C"), (False, "A"), (False, "")]
    ]
    assert fits == ["s1", "s2", "s2", "s3", "s3"]


def test_a_subject_without_a_risk_grade_is_in_no_stratum_of_grades():
    assert stratum_for([stratum(1, risks="ABCD")], is_foreign=False, risk="") is None


def test_a_stratum_that_nobody_can_reach_is_refused():
    with pytest.raises(Refused, match="分层“第2层”里不会有对象"):
        rules.check_strata([stratum(1), stratum(2, risks="D")], FLOOR)


def test_two_strata_of_one_code_are_refused():
    with pytest.raises(Refused, match="分层代码 s1 重复"):
        rules.check_strata([stratum(1), stratum(2, code="s1")], FLOOR)


def test_a_campaign_without_strata_is_refused():
    with pytest.raises(Refused, match="至少设一个分层"):
        rules.check_strata([], FLOOR)


def test_the_stratum_below_the_floor_is_named():
    with pytest.raises(Refused, match="分层“第2层”的抽查比例 1% 低于下限") as refusal:
        rules.check_strata([stratum(1, foreign_only=True), stratum(2, "0.01")], FLOOR)
    assert refusal.value.field == "share_2"


def test_one_inspector_a_visit_is_refused_by_law_where_the_rules_are_silent():
    with pytest.raises(Refused, match="消防每户至少 2 名执法人员。依据：《行政处罚法》第四十二条"):
        rules.check_parties(MARKET, [(MARKET, 2), (FIRE, 1)], None)


def test_the_rules_may_ask_for_more_inspectors():
    with pytest.raises(Refused, match="市监局每户至少 3 名执法人员。依据：某办法 第三条"):
        rules.check_parties(MARKET, [(MARKET, 2)], THREE)


def test_the_lead_takes_part():
    with pytest.raises(Refused, match="牵头部门市监局要参与"):
        rules.check_parties(MARKET, [(FIRE, 2)], None)


def test_a_department_takes_part_once():
    with pytest.raises(Refused, match="市监局重复"):
        rules.check_parties(MARKET, [(MARKET, 2), (MARKET, 3)], None)


def test_a_campaign_without_an_item_is_refused():
    with pytest.raises(Refused, match="清单之外无检查"):
        rules.check_items([], [MARKET])


@pytest.mark.parametrize("state", ["DRAFT", "SUPERSEDED"])
def test_an_item_outside_the_list_in_force_is_refused(state):
    with pytest.raises(Refused, match="事项“价格检查”不在施行中的清单里"):
        rules.check_items([an_item(state=state)], [MARKET])


def test_an_item_of_a_department_that_does_not_take_part_is_refused():
    with pytest.raises(Refused, match="属于消防"):
        rules.check_items([an_item(), an_item(FIRE)], [MARKET])


def test_a_department_without_an_item_is_refused():
    with pytest.raises(Refused, match="消防没有要检查的事项"):
        rules.check_items([an_item()], [MARKET, FIRE])


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2025, 12, 31), date(2026, 1, 5), "starts_on"),
        (date(2026, 12, 20), date(2027, 1, 5), "ends_on"),
        (date(2026, 6, 2), date(2026, 6, 1), "ends_on"),
    ],
)
def test_dates_outside_the_year_or_in_the_wrong_order_are_refused(starts_on, ends_on, field):
    with pytest.raises(Refused) as refusal:
        rules.check_dates(starts_on, ends_on, year=2026)
    assert refusal.value.field == field


def test_a_campaign_of_one_day_holds():
    rules.check_dates(date(2026, 6, 1), date(2026, 6, 1), year=2026)


def test_a_start_in_the_past_is_refused_and_today_is_not():
    rules.check_not_begun(date(2026, 6, 1), today=date(2026, 6, 1))
    with pytest.raises(Refused, match="已经过去"):
        rules.check_not_begun(date(2026, 5, 31), today=date(2026, 6, 1))


# proves S1-28
def test_a_campaign_waits_for_its_plan():
    campaign = Campaign(plan=Plan(title="年度计划", state="SUBMITTED"), starts_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="计划“年度计划”还没有批准"):
        rules.check_submittable(campaign, today=date(2026, 6, 1))


@pytest.mark.parametrize("year", [2025, 2028])
def test_a_plan_is_made_for_this_year_or_the_next(year):
    with pytest.raises(Refused, match="年度只能是 2026 或 2027"):
        rules.check_year(year, today=date(2026, 6, 1))


def test_an_empty_plan_is_not_submitted():
    with pytest.raises(Refused, match="计划里还没有内容"):
        rules.check_plan_submittable(Plan(purpose=" "), campaigns=0)
    rules.check_plan_submittable(Plan(purpose=""), campaigns=1)
    rules.check_plan_submittable(Plan(purpose="覆盖全县"), campaigns=0)


def test_a_taken_name_is_refused():
    with pytest.raises(Refused, match="已经有名称为“年度计划”的了"):
        rules.check_title_free("年度计划", taken=True)


@pytest.mark.parametrize("title", ["抽查\u202e划计", "年度\u200b计划", "年度\n计划", " "])
def test_a_name_is_what_it_looks_like(title):
    with pytest.raises(Refused, match="名称") as refusal:
        rules.check_title_free(title, taken=False)
    assert refusal.value.field == "title"


def test_nothing_is_edited_after_it_was_submitted():
    with pytest.raises(Refused, match="“年度计划”已提交，不能再改"):
        rules.check_editable(Plan(title="年度计划", state="SUBMITTED"))


def test_nobody_approves_their_own_plan():
    author = User(pk=1, department=MARKET)
    with pytest.raises(Refused, match="拟定人不能批准自己的"):
        rules.check_approvable(Plan(title="年度计划", drafted_by=author, department=FIRE), by=author, external=None)


# proves S1-28
def test_where_the_rules_name_an_outside_approver_nobody_of_the_department_approves():
    plan = Plan(title="年度计划", drafted_by=User(pk=1), department=MARKET)
    colleague = User(pk=2, department=MARKET)
    rules.check_approvable(plan, by=colleague, external=None)
    with pytest.raises(Refused, match="由本部门以外的机关审核。依据：法府建办字〔2020〕1号 二（三）2“报县司法局审核”"):
        rules.check_approvable(plan, by=colleague, external=OUTSIDE)


def test_a_return_without_a_remark_is_refused():
    with pytest.raises(Refused, match="写明退回意见"):
        rules.check_returnable("  ")


# proves S3-18
def test_less_than_the_floor_needs_a_reason_and_more_than_nothing_needs_none():
    rules.check_share(Decimal("0.01"), FLOOR, reason="上级已抽查大部分对象")
    with pytest.raises(Refused, match="写明理由一并送审"):
        rules.check_share(Decimal("0.01"), FLOOR)
    with pytest.raises(Refused, match="大于 0%"):
        rules.check_share(Decimal("0"), FLOOR, reason="上级已抽查大部分对象")


def test_a_reason_for_less_is_readable():
    rules.check_low_share_reason("")
    for reason in ("上级\u202e已抽查", "长" * 501):
        with pytest.raises(Refused) as refusal:
            rules.check_low_share_reason(reason)
        assert refusal.value.field == "low_share_reason"


def test_every_stratum_that_is_wrong_is_named_at_once():
    strata = [stratum(1, "0.01"), stratum(2, "0.02", code="s1"), stratum(3)]
    with pytest.raises(Refused) as refusal:
        rules.check_strata(strata, FLOOR)
    assert [fault.field for fault in refusal.value.faults] == ["strata", "share_1", "share_2", "label_2", "label_3"]
    assert refusal.value.reason.count("；") >= len(refusal.value.faults) - 1


def test_only_what_was_drawn_can_be_added_to():
    rules.check_supplementable(Campaign(title="餐饮", state="DRAWN"))
    rules.check_supplementable(Campaign(title="餐饮", state="CLOSED"))
    for state in ("DRAFT", "SUBMITTED", "APPROVED"):
        with pytest.raises(Refused, match="“餐饮”还没有抽取完成"):
            rules.check_supplementable(Campaign(title="餐饮", state=state))
