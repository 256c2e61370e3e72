"""Who is out by decision or because no item concerns them, who may be drawn although stale, which signals there are."""

from datetime import date

import pytest

from mingcha.domain.organisation.models import Department
from mingcha.domain.plans import queries
from mingcha.domain.plans.models import Campaign, Exclusion, Plan, ground_of
from tests.conftest import NOON
from tests.factories import organisation as people
from tests.factories import plans, registers
from tests.factories.policy import demo_profile

TODAY = date(2026, 11, 23)
CAMPAIGN = Campaign(title="餐饮抽查", plan=Plan(title="p", department=Department(code="market")), approved_at=NOON)


def why_of(campaign: Campaign) -> dict[str, str]:
    """Firm's name → reason, for whoever is out today."""
    return {firm.name: firm.reason for firm in queries.membership_of(campaign, on=TODAY).left_out}


# proves S3-29
@pytest.mark.django_db
def test_good_years_alone_leave_nobody_out_only_a_decision_does_and_only_in_its_departments_draws(cast):
    demo_profile()
    good, decided, elsewhere = registers.subjects(3)
    for firm in (good, decided, elsewhere):
        for year in (2023, 2024, 2025):
            registers.note(firm, cast.market, item_code="OTHER", on=date(year, 12, 31), clean=True)
    registers.relief(decided, cast.market, by=cast.approver)
    registers.relief(elsewhere, cast.fire, by=cast.fire_approver)
    assert why_of(plans.approved_campaign(cast)) == {decided.name: "clean-years"}


# proves S3-29
@pytest.mark.django_db
def test_a_decision_holds_from_its_first_to_its_last_day_and_not_once_it_has_lapsed(cast):
    demo_profile()
    firms = registers.subjects(6)
    yesterday, tomorrow = date(2026, 11, 22), date(2026, 11, 24)
    lapsed = {"lapsed_because": "行政处罚"}
    for firm, values in zip(
        firms,
        [
            {"until": TODAY},
            {"since": TODAY},
            {"until": yesterday},
            {"since": tomorrow},
            {"lapsed_on": TODAY, **lapsed},
            {"lapsed_on": tomorrow, **lapsed},
        ],
        strict=True,
    ):
        registers.relief(firm, cast.market, by=cast.approver, **values)
    assert set(why_of(plans.approved_campaign(cast))) == {firms[0].name, firms[1].name, firms[5].name}


# proves S1-20
@pytest.mark.django_db
def test_whoever_is_under_tolerant_observation_stays_out_for_a_reason_of_its_own(cast):
    demo_profile()
    firm = registers.subject(1)
    registers.relief(firm, cast.market, by=cast.approver, kind="TOLERANT")
    campaign = plans.approved_campaign(cast)
    assert why_of(campaign) == {firm.name: "tolerant"}
    assert "包容审慎" in queries.exclusion_sentences(campaign, on=TODAY)["tolerant"]
    silent = ground_of(Exclusion.TOLERANT, None, campaign=CAMPAIGN)
    assert silent.basis == "《优化营商环境条例》第五十五条"


# proves S1-17
@pytest.mark.django_db
def test_whoever_is_linked_to_no_item_of_the_campaign_is_not_in_its_scope(cast):
    demo_profile()
    here, other, nowhere = registers.subjects(3)
    registers.link(here, cast.market, "M-01")
    registers.link(other, cast.market, "M-02")
    registers.link(nowhere, cast.fire, "M-01")  # another department's item of the same code
    campaign = plans.approved_campaign(cast)
    assert why_of(campaign) == {other.name: "not-in-scope", nowhere.name: "not-in-scope"}
    sentence = queries.exclusion_sentences(campaign, on=TODAY)["not-in-scope"]
    assert "没有把它与这次检查的任何一个事项关联" in sentence
    assert "检查对象名录库要覆盖全部监管对象,并与清单事项进行关联" in sentence
    assert queries.items_for_everybody(campaign) == []


@pytest.mark.django_db
def test_one_link_to_one_of_several_items_is_enough(cast):
    demo_profile()
    first, second, neither = registers.subjects(3)
    registers.link(first, cast.market, "M-01")
    registers.link(second, cast.fire, "F-01")
    items = [plans.item(cast.market, cast.handler), plans.item(cast.fire, cast.fire_handler, "F-01")]
    parties = [(cast.market, 2), (cast.fire, 2)]
    assert why_of(plans.approved_campaign(cast, items=items, parties=parties)) == {neither.name: "not-in-scope"}


@pytest.mark.django_db
def test_an_item_whose_department_keeps_no_links_is_for_everybody(cast):
    demo_profile()
    registers.link(registers.subject(1), cast.market, "M-01")
    registers.subject(2)
    items = [plans.item(cast.market, cast.handler), plans.item(cast.fire, cast.fire_handler, "F-01")]
    campaign = plans.approved_campaign(cast, items=items, parties=[(cast.market, 2), (cast.fire, 2)])
    assert why_of(campaign) == {}
    assert queries.items_for_everybody(campaign) == [items[1]]


@pytest.mark.django_db
def test_a_link_of_a_countys_entry_counts_where_the_city_has_one_too(cast):
    demo_profile()
    firm = registers.subject(1)
    province = people.region("990000")
    assert firm.region == province
    registers.link(registers.subject(1, place=people.region("990001", "示范乡")), cast.market, "M-01")
    assert why_of(plans.approved_campaign(cast)) == {}


# proves S2-12
@pytest.mark.django_db
def test_a_stale_entry_is_drawn_and_what_is_unverified_or_void_is_not(cast):
    demo_profile()
    states = ["OPEN", "STALE", "PENDING", "VOID", "CLOSED"]
    firms = [registers.subject(number, state=state) for number, state in enumerate(states, start=1)]
    campaign = plans.approved_campaign(cast)
    assert why_of(campaign) == {firms[2].name: "pending", firms[3].name: "void", firms[4].name: "closed"}
    sentences = queries.exclusion_sentences(campaign, on=TODAY)
    assert all("依据：" in sentences[reason] for reason in ("pending", "void", "closed"))


# proves S3-20
@pytest.mark.django_db
def test_the_signals_that_ask_for_more_are_counted_stratum_by_stratum(cast):
    demo_profile()
    foreign, plain, quiet = registers.subject(1, is_foreign=True), registers.subject(2), registers.subject(3)
    closed = registers.subject(4, state="CLOSED")
    for firm in (foreign, plain, closed):
        registers.signal(firm, by=cast.handler, kind="COMPLAINTS")
    registers.signal(plain, by=cast.handler, kind="COMPLAINTS", since=date(2026, 2, 1))  # counts the firm once
    registers.signal(plain, by=cast.handler, kind="SERIOUS_VIOLATION")
    registers.signal(quiet, by=cast.handler, kind="ABNORMAL_LIST", until=TODAY)  # taken off
    registers.signal(quiet, by=cast.handler, kind="PENALTY")  # the rules do not name it
    campaign = plans.approved_campaign(cast, strata=(plans.FOREIGN, plans.REST))
    found = queries.heavier_in(campaign, queries.membership_of(campaign, on=TODAY), on=TODAY)
    assert [(row.stratum.code, [(kind.value, number) for kind, number in row.counts]) for row in found] == [
        ("foreign", [("COMPLAINTS", 1), ("ABNORMAL_LIST", 0), ("SERIOUS_VIOLATION", 0)]),
        ("rest", [("COMPLAINTS", 1), ("ABNORMAL_LIST", 0), ("SERIOUS_VIOLATION", 1)]),
    ]
