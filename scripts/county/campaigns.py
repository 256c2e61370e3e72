"""The plans and campaigns of the demonstration, from draft to approval."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.plans.actions import (
    approve_campaign,
    approve_plan,
    draft_campaign,
    draft_plan,
    submit_campaign,
    submit_plan,
)
from mingcha.domain.plans.models import Campaign, ListTiming, Plan
from mingcha.domain.plans.rules import StratumDraft
from scripts.county.setting import Setting

FOREIGN = StratumDraft("foreign", "涉外企业", True, "", Decimal("0.10"), 2)
HIGH = StratumDraft("high-risk", "信用风险高（D）", False, "D", Decimal("0.15"), 2)
RAISED = StratumDraft("raised-risk", "信用风险较高（C）", False, "C", Decimal("0.03"), 2)
EVERYONE = StratumDraft("general", "其他", False, "", Decimal("0.03"), 3)
FOCUSED = (FOREIGN, HIGH, RAISED)
COVERING = (FOREIGN, HIGH, RAISED, EVERYONE)


def make_plan(setting: Setting, *, year: int, days: int) -> Plan:
    """The lead department's plan of a year, once, approved by 司法局."""
    lead = setting.departments["shijian"]
    title = f"明察示范县{year}年度部门联合抽查计划"
    known = Plan.objects.filter(department=lead, year=year, title=title).first()
    if known is not None:
        return known
    by = setting.handler("shijian")
    purpose = "统筹全县市场监管领域部门联合抽查，进一次门、查多项事。（演示）"
    return draft_plan(lead, year=year, title=title, purpose=purpose, by=by, at=setting.at(days, 9))


def approve(setting: Setting, plan: Plan, *, days: int) -> None:
    """Submit a plan and have 司法局 approve it, unless that has happened."""
    if plan.approved_at is None:
        submit_plan(plan, by=setting.handler("shijian"), at=setting.at(days, 15))
        plan.refresh_from_db()
        approve_plan(plan, by=setting.users["shenpi"], at=setting.at(days + 1, 10))
        plan.refresh_from_db()


def within_one_year(starts_on: date, ends_on: date) -> tuple[date, date]:
    """A plan is a year's: a campaign that would cross the new year ends with the old one."""
    return starts_on, min(ends_on, date(starts_on.year, 12, 31))


def make_campaign(
    setting: Setting,
    title: str,
    *,
    window: tuple[int, int],
    departments: Sequence[str],
    days: int,
    strata: Sequence[StratumDraft] = COVERING,
    timing: str = ListTiming.AT_DRAW,
    items: Sequence[str] = (),
    items_each: int = 2,
    teams: int = 0,
) -> Campaign:
    """Draft a campaign of the lead department; `window` are the days from today on which it starts and ends.

    Its items are those named, or else the first of each department's list.
    """
    starts_on, ends_on = within_one_year(setting.day(window[0]), setting.day(window[1]))
    plan = make_plan(setting, year=starts_on.year, days=days - 3)
    approve(setting, plan, days=days - 2)
    parties = [(setting.departments[code], 2) for code in departments]
    lists = [items_in_force(department=setting.departments[code]) for code in departments]
    chosen = [item for rows in lists for item in (rows.filter(code__in=items) if items else rows[:items_each])]
    return draft_campaign(
        plan,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        list_timing=timing,
        slack=1,
        parties=parties,
        items=chosen,
        strata=list(strata),
        teams=teams,
        by=setting.handler("shijian"),
        at=setting.at(days, 9),
    )


def pass_review(setting: Setting, campaign: Campaign, *, days: int) -> Campaign:
    """Submit and approve."""
    submit_campaign(campaign, by=setting.handler("shijian"), at=setting.at(days, 11))
    campaign.refresh_from_db()
    approve_campaign(campaign, by=setting.users["shenpi"], at=setting.at(days, 16))
    campaign.refresh_from_db()
    return campaign
