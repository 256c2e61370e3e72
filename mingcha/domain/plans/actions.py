"""Drafting, submitting, approving and returning plans and campaigns."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans import queries, rules
from mingcha.domain.plans.models import Campaign, CampaignDepartment, CampaignItem, CampaignStratum, Plan
from mingcha.domain.plans.rules import Party, StratumDraft
from mingcha.domain.plans.states import CampaignState, PlanState
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def draft_plan(department: Department, *, year: int, title: str, purpose: str = "", by: User, at: datetime) -> Plan:
    """Begin a department's plan of a year."""
    require(by, Permission.PLAN_EDIT, within=department)
    department = locked(department)
    rules.check_year(year, today=timezone.localdate(at))
    rules.check_title_free(title, taken=queries.title_taken(title, department=department, year=year))
    plan = Plan.objects.create(department=department, year=year, title=title, purpose=purpose, drafted_by=by)
    record("plan.drafted", plan, by=by, at=at, details={"year": year, "title": title})
    return plan


@action
def amend_plan(plan: Plan, *, title: str, purpose: str = "", by: User, at: datetime) -> Plan:
    """Change a draft; whoever wrote it last is its drafter."""
    require(by, Permission.PLAN_EDIT, within=plan.department)
    plan = locked(plan)
    rules.check_editable(plan)
    taken = queries.title_taken(title, department=plan.department, year=plan.year, but=plan)
    rules.check_title_free(title, taken=taken)
    plan.title, plan.purpose, plan.drafted_by = title, purpose, by
    plan.save(update_fields=["title", "purpose", "drafted_by"])
    record("plan.amended", plan, by=by, at=at, details={"title": title})
    return plan


@action
def submit_plan(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Hand a plan to whoever approves it."""
    require(by, Permission.PLAN_EDIT, within=plan.department)
    plan = locked(plan)
    rules.check_plan_submittable(plan, campaigns=plan.campaigns.count())
    plan.move_to(PlanState.SUBMITTED)
    plan.remark = ""
    plan.save(update_fields=["state", "remark"])
    record("plan.submitted", plan, by=by, at=at)
    return plan


@action
def approve_plan(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Another person, and where the rules say so another body, agrees to the plan."""
    require(by, Permission.PLAN_APPROVE, within=plan.department)
    plan = locked(plan)
    external = queries.clause_for(plan.department, "plan_approver", on=timezone.localdate(at))
    rules.check_approvable(plan, by=by, external=external)
    plan.move_to(PlanState.APPROVED)
    plan.approved_by, plan.approved_at = by, at
    plan.save(update_fields=["state", "approved_by", "approved_at"])
    record("plan.approved", plan, by=by, at=at)
    return plan


@action
def return_plan(plan: Plan, *, remark: str, by: User, at: datetime) -> Plan:
    """Give a plan back with what is to be changed."""
    require(by, Permission.PLAN_APPROVE, within=plan.department)
    plan = locked(plan)
    rules.check_returnable(remark)
    plan.move_to(PlanState.DRAFT)
    plan.remark = remark
    plan.save(update_fields=["state", "remark"])
    record("plan.returned", plan, by=by, at=at, details={"remark": remark})
    return plan


@action
def draft_campaign(
    plan: Plan,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    list_timing: str,
    slack: int,
    parties: Sequence[Party],
    items: Sequence[InspectionItem],
    strata: Sequence[StratumDraft],
    by: User,
    at: datetime,
) -> Campaign:
    """Begin a campaign under a plan; its lead is the department of the plan."""
    require(by, Permission.PLAN_EDIT, within=plan.department)
    plan = locked(plan)
    rules.check_title_free(title, taken=queries.campaign_title_taken(title, plan=plan))
    campaign = Campaign(plan=plan, drafted_by=by)
    _fill(campaign, title=title, starts_on=starts_on, ends_on=ends_on, list_timing=list_timing, slack=slack)
    _compose(campaign, parties=parties, items=items, strata=strata, at=at)
    record("campaign.drafted", campaign, by=by, at=at, details=_said(campaign, parties, items, strata))
    return campaign


@action
def amend_campaign(
    campaign: Campaign,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    list_timing: str,
    slack: int,
    parties: Sequence[Party],
    items: Sequence[InspectionItem],
    strata: Sequence[StratumDraft],
    by: User,
    at: datetime,
) -> Campaign:
    """Change a draft; whoever wrote it last is its drafter."""
    require(by, Permission.PLAN_EDIT, within=campaign.department)
    campaign = locked(campaign)
    rules.check_editable(campaign)
    taken = queries.campaign_title_taken(title, plan=campaign.plan, but=campaign)
    rules.check_title_free(title, taken=taken)
    campaign.drafted_by = by
    _fill(campaign, title=title, starts_on=starts_on, ends_on=ends_on, list_timing=list_timing, slack=slack)
    _compose(campaign, parties=parties, items=items, strata=strata, at=at)
    record("campaign.amended", campaign, by=by, at=at, details=_said(campaign, parties, items, strata))
    return campaign


def _fill(campaign: Campaign, *, title: str, starts_on: date, ends_on: date, list_timing: str, slack: int) -> None:
    rules.check_dates(starts_on, ends_on, year=campaign.plan.year)
    campaign.title, campaign.starts_on, campaign.ends_on = title, starts_on, ends_on
    campaign.list_timing, campaign.slack = list_timing, slack


def _compose(
    campaign: Campaign,
    *,
    parties: Sequence[Party],
    items: Sequence[InspectionItem],
    strata: Sequence[StratumDraft],
    at: datetime,
) -> None:
    """Check and write the campaign with who, what and how many; what it had before gives way."""
    rows = [CampaignStratum(position=n, **draft._asdict()) for n, draft in enumerate(strata, start=1)]
    _check_parts(campaign, parties=parties, items=items, strata=rows, on=timezone.localdate(at))
    campaign.save()
    for old in (campaign.parties, campaign.items, campaign.strata):
        old.all().delete()
    CampaignDepartment.objects.bulk_create(
        CampaignDepartment(campaign=campaign, department=department, inspectors=count) for department, count in parties
    )
    CampaignItem.objects.bulk_create(CampaignItem(campaign=campaign, item=item) for item in items)
    for row in rows:
        row.campaign = campaign
    CampaignStratum.objects.bulk_create(rows)


def _check_parts(
    campaign: Campaign,
    *,
    parties: Sequence[Party],
    items: Sequence[InspectionItem],
    strata: Sequence[CampaignStratum],
    on: date,
) -> None:
    lead = campaign.department
    rules.check_parties(lead, parties, queries.clause_for(lead, "min_inspectors", on=on))
    rules.check_items(items, [department for department, _count in parties])
    rules.check_strata(strata, queries.clause_for(lead, "min_ratio", on=on))


def _check_as_stored(campaign: Campaign, *, on: date) -> None:
    """The list and the rules may have changed since the draft was written."""
    parties = [(party.department, party.inspectors) for party in campaign.parties.select_related("department")]
    chosen = campaign.items.select_related("item__item_list__department")
    strata = list(campaign.strata.all())
    _check_parts(campaign, parties=parties, items=[row.item for row in chosen], strata=strata, on=on)


def _said(
    campaign: Campaign, parties: Sequence[Party], items: Sequence[InspectionItem], strata: Sequence[StratumDraft]
) -> dict[str, object]:
    """What the trail keeps of a campaign's content."""
    return {
        "title": campaign.title,
        "starts_on": campaign.starts_on.isoformat(),
        "ends_on": campaign.ends_on.isoformat(),
        "list_timing": str(campaign.list_timing),
        "parties": [f"{department.code}:{count}" for department, count in parties],
        "items": [item.code for item in items],
        "strata": [f"{draft.code}:{draft.share}" for draft in strata],
    }


@action
def submit_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Hand a campaign to whoever approves it."""
    require(by, Permission.PLAN_EDIT, within=campaign.department)
    campaign = locked(campaign)
    today = timezone.localdate(at)
    rules.check_submittable(campaign, today=today)
    _check_as_stored(campaign, on=today)
    campaign.move_to(CampaignState.SUBMITTED)
    campaign.remark = ""
    campaign.save(update_fields=["state", "remark"])
    record("campaign.submitted", campaign, by=by, at=at)
    return campaign


@action
def approve_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Another person, and where the rules say so another body, agrees; from now on it may be drawn."""
    require(by, Permission.PLAN_APPROVE, within=campaign.department)
    campaign = locked(campaign)
    today = timezone.localdate(at)
    external = queries.clause_for(campaign.department, "plan_approver", on=today)
    rules.check_approvable(campaign, by=by, external=external)
    _check_as_stored(campaign, on=today)
    campaign.move_to(CampaignState.APPROVED)
    campaign.approved_by, campaign.approved_at = by, at
    campaign.save(update_fields=["state", "approved_by", "approved_at"])
    record("campaign.approved", campaign, by=by, at=at)
    return campaign


@action
def return_campaign(campaign: Campaign, *, remark: str, by: User, at: datetime) -> Campaign:
    """Give a campaign back with what is to be changed."""
    require(by, Permission.PLAN_APPROVE, within=campaign.department)
    campaign = locked(campaign)
    rules.check_returnable(remark)
    campaign.move_to(CampaignState.DRAFT)
    campaign.remark = remark
    campaign.save(update_fields=["state", "remark"])
    record("campaign.returned", campaign, by=by, at=at, details={"remark": remark})
    return campaign


@action
def mark_drawn(campaign: Campaign) -> None:
    """Told by draws, inside its own action: the list stands, the visits may begin."""
    campaign = locked(campaign)
    campaign.move_to(CampaignState.DRAWN)
    campaign.save(update_fields=["state"])


@action
def mark_undrawn(campaign: Campaign) -> None:
    """Told by draws, inside its own action: the draw is formally void, another number may be drawn."""
    campaign = locked(campaign)
    campaign.move_to(CampaignState.APPROVED)
    campaign.save(update_fields=["state"])


@action
def close_campaign(campaign: Campaign) -> None:
    """Told by inspections, inside its own action: every result is confirmed."""
    campaign = locked(campaign)
    campaign.move_to(CampaignState.CLOSED)
    campaign.save(update_fields=["state"])
