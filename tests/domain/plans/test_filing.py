"""An approved plan is handed to the bodies that the rules of the place name."""

from datetime import date

import pytest

from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries import content_sheets, filings_about, form_of
from mingcha.domain.plans import actions
from mingcha.domain.plans.models import Plan
from mingcha.domain.policy.actions import adopt_profile
from mingcha.kit.actors import SYSTEM
from tests.factories import filings, policy
from tests.factories import plans as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


def submitted(cast, **changes) -> Plan:
    return make.plan(cast.market, cast.handler, state="SUBMITTED", **changes)


def rules_of(code: str) -> None:
    """Another place's rules hold in the demo county."""
    where = next(line for line in policy.profile_text(code).splitlines() if line.startswith("jurisdiction"))
    adopt_profile(policy.profile_text(code).replace(where, 'jurisdiction = "990000"'), by=SYSTEM, at=policy.NEW_YEAR)


# proves S2-22
def test_in_taian_an_approved_plan_is_laid_ready_for_the_market_regulator_until_the_end_of_january(cast, noon):
    rules_of("taian-2019")
    filings.body("MARKET", cast.fire)
    plan = submitted(cast)
    with unguarded():
        Plan.objects.update(year=2027)
        plan.refresh_from_db()
    make.campaign(plan, items=[make.item(cast.market, cast.handler)], parties=[(cast.market, 2), (cast.fire, 2)])
    actions.approve_plan(plan, by=cast.supervisor, at=noon)
    filing = filings_about(plan).get()
    assert (filing.kind, filing.body, filing.recipient, filing.state) == ("PLAN", "MARKET", cast.fire, "PREPARED")
    assert (filing.year, filing.due_on) == (2027, date(2027, 1, 31))
    assert filing.rule["words"] == "每年1月底前报市场监管部门备案"
    facts, campaigns = content_sheets(filing.content)
    assert dict(facts.rows)["计划名称"] == "2026年度抽查计划"
    assert campaigns.rows == (
        (
            "示范抽查",
            "2026-11-30—2026-12-14",
            "明察示范县市场监督管理局、明察示范县消防救援大队",
            "示范事项 M-01",
            "一般 3%",
        ),
    )
    assert form_of(filing).startswith(b"%PDF")


# proves S4-22
def test_in_chenzhou_the_plan_of_a_sectors_lead_goes_to_the_office_of_commerce_reform(cast, noon):
    rules_of("chenzhou-2018")
    filings.body("COMMERCE_REFORM", cast.justice)
    others, led = submitted(cast), submitted(cast, title="2026年度联查工作计划")
    actions.approve_plan(others, by=cast.supervisor, at=noon)
    assert not Filing.objects.exists()
    filings.body("SECTOR_LEAD", cast.market, sector="市场监管")
    actions.approve_plan(led, by=cast.supervisor, at=noon)
    filing = filings_about(led).get()
    assert (filing.body, filing.recipient, filing.due_on) == ("COMMERCE_REFORM", cast.justice, date(2026, 3, 31))
    assert "报市商改办备案" in filing.rule["words"]


@pytest.mark.parametrize("code", ["yudu-2020", "bazhong-2017", "banan-2015"])
def test_where_the_rules_ask_for_no_filing_none_is_made(cast, noon, code):
    rules_of(code)
    assert actions.approve_plan(submitted(cast), by=cast.supervisor, at=noon).is_approved
    assert not Filing.objects.exists()


def test_nobody_files_the_plan_with_itself_and_a_draft_is_not_filed(cast, noon):
    rules_of("taian-2019")
    filings.body("MARKET", cast.market)
    plan = submitted(cast)
    actions.return_plan(plan, remark="补充", by=cast.supervisor, at=noon)
    assert not Filing.objects.exists()
    plan.refresh_from_db()
    actions.submit_plan(plan, by=cast.handler, at=noon)
    actions.approve_plan(plan, by=cast.supervisor, at=noon)
    assert not Filing.objects.exists()
