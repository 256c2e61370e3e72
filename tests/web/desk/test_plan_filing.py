"""An approved plan on its way to the body that the rules name, as the desk shows it."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from mingcha.domain.filings.actions import acknowledge, send_filing
from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries import filings_about
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans import actions
from mingcha.domain.plans.models import Plan
from mingcha.domain.policy.actions import adopt_profile
from mingcha.kit.actors import SYSTEM
from mingcha.web.desk.filings_due import due_rows
from tests.factories import filings, policy
from tests.factories import plans as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(cast):
    """泰安's rules hold in the demo county; the fire brigade plays its market regulator."""
    text = policy.profile_text("taian-2019").replace('jurisdiction = "370900"', 'jurisdiction = "990000"')
    adopt_profile(text, by=SYSTEM, at=policy.NEW_YEAR)
    policy.calendar()
    filings.body("MARKET", cast.fire)
    return filings.recipient(cast.fire)


@pytest.fixture
def plan(cast, noon, receiver) -> Plan:
    made = make.plan(cast.market, cast.handler, state="SUBMITTED")
    return actions.approve_plan(made, by=cast.supervisor, at=datetime(2026, 1, 12, 9, 0, tzinfo=noon.tzinfo))


def test_the_page_of_a_plan_leads_to_its_filing_and_says_until_when(cast, browse, plan):
    page = browse(cast.handler).get(reverse("desk:plan_detail", args=[plan.pk])).content.decode()
    assert reverse("desk:filing_detail", args=[filings_about(plan).get().pk]) in page
    assert "2026年1月31日" in page
    assert "待报送" in page
    form = browse(cast.handler).get(reverse("desk:filing_detail", args=[filings_about(plan).get().pk]))
    assert "每年1月底前报市场监管部门备案" in form.content.decode()


def test_a_plan_without_a_filing_speaks_of_none(cast, browse):
    policy.demo_profile()
    plan = make.plan(cast.market, cast.handler, approver=cast.supervisor)
    assert "接收机构" not in browse(cast.handler).get(reverse("desk:plan_detail", args=[plan.pk])).content.decode()


# proves S2-22
def test_a_plan_that_nobody_filed_is_red_from_february_until_it_is_handed_in_and_gets_its_number(
    cast, noon, plan, receiver
):
    def owed(on: date) -> tuple[Filing | None, str]:
        rows = due_rows(Department.objects.filter(pk=cast.market.pk), year=2026, today=on)
        (row,) = [row for row in rows if row.promise.kind == "PLAN"]
        return row.filing, row.light.colour

    filing = filings_about(plan).get()
    assert owed(date(2026, 1, 12)) == (filing, "green")
    assert owed(date(2026, 2, 1)) == (filing, "red")
    filings.sealed(filing, by=cast.handler)
    filing.refresh_from_db()
    send_filing(filing, by=cast.handler, at=datetime(2026, 1, 30, 9, 0, tzinfo=noon.tzinfo))
    assert owed(date(2026, 2, 1)) == (filing, "green")
    acknowledge(filing, number="备〔2026〕7号", by=receiver, at=noon)
    filing.refresh_from_db()
    assert filing.is_acknowledged
