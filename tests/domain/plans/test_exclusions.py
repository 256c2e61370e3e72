"""Who stays out of a frame, by which rule, in which words."""

from datetime import date
from decimal import Decimal

import pytest

from mingcha.domain.draws.queries import sources_for
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans import actions, queries
from mingcha.domain.plans.models import Campaign, Exclusion, Plan, applies, ground_of
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.rules import Clause
from tests.conftest import NOON
from tests.factories import draws, plans, registers
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

TODAY = date(2026, 11, 23)
REPEAT = Clause(
    key="no_repeat",
    value=True,
    unit="flag",
    source="某府办发〔2020〕1号",
    clause="二（五）",
    quote="不得重复抽查",
    kind="local",
)
CAMPAIGN = Campaign(title="餐饮抽查", plan=Plan(title="p", department=Department(code="market")), approved_at=NOON)


def why_of(campaign: Campaign) -> dict[str, str]:
    """Firm's name → reason, for whoever is out today."""
    return {firm.name: firm.reason for firm in queries.membership_of(campaign, on=TODAY).left_out}


# proves S0-20
def test_a_reason_is_said_with_its_document_and_clause():
    ground = ground_of(Exclusion.INSPECTED, REPEAT, campaign=CAMPAIGN)
    assert ground.label == "本年已按同一事项检查过"
    assert (
        ground.sentence == "本年已有机关按同一事项检查过，不重复抽查。依据：某府办发〔2020〕1号 二（五）“不得重复抽查”"
    )


def test_the_number_of_a_rule_stands_in_its_sentence():
    most = REPEAT.model_copy(update={"key": "visits_per_year_max", "value": 4, "unit": "count"})
    assert "本年已入户检查 4 次" in ground_of(Exclusion.FREQUENCY, most, campaign=CAMPAIGN).why


def test_where_the_rules_are_silent_a_reason_rests_on_the_law_or_on_the_approved_campaign():
    law = ground_of(Exclusion.IN_DISPUTE, None, campaign=CAMPAIGN)
    own = ground_of(Exclusion.NO_STRATUM, None, campaign=CAMPAIGN)
    assert law.basis == "《中华人民共和国行政处罚法》第四十三条"
    assert own.basis == "抽查方案“餐饮抽查”（2026-11-23 批准）"
    assert "还没有批准" in ground_of(Exclusion.CLOSED, None, campaign=Campaign(title="草稿")).basis


@pytest.mark.parametrize("reason", [Exclusion.INSPECTED, Exclusion.FREQUENCY, Exclusion.CLEAN_YEARS])
def test_what_only_a_rule_can_order_needs_that_rule(reason):
    assert not applies(reason, None)
    assert applies(reason, REPEAT)


@pytest.mark.parametrize("reason", list(Exclusion))
def test_every_reason_has_a_sentence_of_its_own(reason):
    said = {str(ground_of(other, REPEAT, campaign=CAMPAIGN).why) for other in Exclusion}
    assert len(said) == len(Exclusion)
    assert ground_of(reason, REPEAT, campaign=CAMPAIGN).sentence.endswith("“不得重复抽查”")


# proves S3-17
@pytest.mark.django_db
def test_whoever_was_visited_as_often_as_the_rules_allow_stays_out(cast):
    demo_profile()
    often, joint, seldom = registers.subjects(3)
    for month in (1, 3, 5, 7):
        registers.note(often, cast.fire, item_code="OTHER", on=date(2026, month, 1), clean=False)
    for department in (cast.market, cast.fire):  # two departments at the door on one day are one visit
        for month in (1, 3):
            registers.note(joint, department, item_code="OTHER", on=date(2026, month, 1), clean=False)
    for year in (2022, 2023, 2024, 2025):  # other years do not count
        registers.note(seldom, cast.market, item_code="OTHER", on=date(year, 3, 1), clean=False)
    assert why_of(plans.approved_campaign(cast)) == {often.name: "frequency-cap"}


# proves S0-20
@pytest.mark.django_db
def test_a_dispute_with_a_department_that_takes_part_keeps_a_firm_out_while_it_runs(cast):
    demo_profile()
    running, ended, with_another, later = registers.subjects(4)
    registers.dispute(running, cast.market, by=cast.handler, since=date(2026, 11, 23))
    registers.dispute(ended, cast.market, by=cast.handler, until=date(2026, 11, 23))
    registers.dispute(with_another, cast.fire, by=cast.fire_handler)
    registers.dispute(later, cast.market, by=cast.handler, since=date(2026, 11, 24))
    assert why_of(plans.approved_campaign(cast)) == {running.name: "in-dispute"}


@pytest.mark.django_db
def test_the_first_reason_that_holds_is_the_one_that_is_said(cast):
    demo_profile()
    closed, inspected, often = registers.subject(1, state="CLOSED"), registers.subject(2), registers.subject(3)
    for firm in (closed, inspected, often):
        registers.dispute(firm, cast.market, by=cast.handler)
        for month in (1, 2, 3, 4):
            registers.note(firm, cast.market, item_code="OTHER", on=date(2026, month, 1))
    for firm in (closed, inspected):
        registers.note(firm, cast.market, item_code="M-01", on=date(2026, 9, 1))
    assert why_of(plans.approved_campaign(cast)) == {
        closed.name: "closed",
        inspected.name: "inspected-this-year",
        often.name: "frequency-cap",
    }


@pytest.mark.django_db
def test_a_reason_that_the_rules_do_not_give_keeps_nobody_out_and_is_not_said(cast):
    demo_profile()
    firm = registers.subject(1)
    registers.note(firm, cast.market, item_code="M-01", on=date(2026, 9, 1))
    campaign = plans.approved_campaign(cast)
    assert why_of(campaign) == {firm.name: "inspected-this-year"}
    with unguarded():
        profile = Profile.objects.get()
        profile.clauses = [kept for kept in profile.clauses if kept["key"] != "no_repeat"]
        profile.save()
    assert why_of(campaign) == {}
    assert "inspected-this-year" not in queries.exclusion_sentences(campaign, on=TODAY)


# proves S0-20
@pytest.mark.django_db
def test_whoever_is_out_of_a_frozen_frame_has_a_reason_that_has_a_sentence(cast):
    campaign = draws.county(cast, subjects=20)
    registers.note(registers.subject(90), cast.market, item_code="M-01", on=date(2026, 9, 1))
    registers.dispute(registers.subject(91), cast.fire, by=cast.fire_handler)
    sources = sources_for(campaign, on=TODAY)
    assert {reason for _code, reason in sources.excluded} == {"closed", "inspected-this-year", "in-dispute"}
    for _code, reason in sources.excluded:
        assert "依据：" in sources.sentences[reason]
    assert "行政复议示例" not in str(sources.sentences)
    assert len(sources.frame) + len(sources.excluded) == sources.register_total


# proves S4-07
@pytest.mark.django_db
def test_a_supplement_leaves_out_whom_its_first_campaign_and_its_siblings_drew(cast):
    draw = draws.draw_at(cast, "IN_FORCE", subjects=80)
    first = draw.campaign
    drawn = set(draw.subjects.filter(reserve=False).values_list("code", flat=True))
    reserve = set(draw.subjects.filter(reserve=True).values_list("code", flat=True))
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 20)}
    added = actions.draft_supplement(first, title="补充", **days, by=cast.handler, at=NOON)
    assert added.supplements == first
    assert [item.item for item in added.items.all()] == [item.item for item in first.items.all()]
    assert [(s.code, s.share) for s in added.strata.all()] == [(s.code, s.share) for s in first.strata.all()]
    sources = sources_for(added, on=TODAY)
    out = dict(sources.excluded)
    assert drawn and {code for code, reason in out.items() if reason == "drawn-before"} == drawn
    assert reserve <= {code for code, _area, _stratum in sources.frame}
    sibling = plans.campaign(first.plan, items=[i.item for i in first.items.all()], title="再补充")
    with unguarded():
        sibling.supplements = first
        sibling.save()
    assert set(queries.family_of(added)) == {first, sibling}
    assert not queries.family_of(first).exists()


@pytest.mark.django_db
def test_the_counts_and_the_frame_agree_about_every_reason(cast):
    campaign = draws.county(cast, subjects=30)
    firms = [registers.subject(number) for number in range(90, 96)]
    registers.note(firms[0], cast.market, item_code="M-01", on=date(2026, 9, 1))
    registers.dispute(firms[1], cast.market, by=cast.handler)
    taken = {Exclusion.DRAWN_BEFORE: type(firms[2]).objects.filter(pk=firms[2].pk).values("code")}
    outlook = queries.outlook_of(campaign, on=TODAY, taken=taken)
    members, left_out = queries.membership_of(campaign, on=TODAY, taken=taken)
    assert outlook.population == len(members)
    assert {reason.value: number for reason, number in outlook.reasons} == {
        "closed": 1,
        "inspected-this-year": 1,
        "in-dispute": 1,
        "drawn-before": 1,
    }
    assert outlook.excluded == len(left_out)


# proves S3-18
@pytest.mark.django_db
def test_an_approved_reason_for_less_holds_against_the_floor(cast):
    demo_profile()
    registers.subjects(100)
    low = plans.StratumDraft("rest", "一般", False, "", Decimal("0.01"), 0)
    campaign = plans.approved_campaign(cast, strata=(low,))
    assert [size.take for size in queries.outlook_of(campaign, on=TODAY).sizes] == [3]
    with unguarded():
        campaign.low_share_reason = "上级已抽查大部分对象"
        campaign.save()
    assert [size.take for size in queries.outlook_of(campaign, on=TODAY).sizes] == [1]
