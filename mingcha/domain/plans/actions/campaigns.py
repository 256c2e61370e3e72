"""抽查任务 from the submission to the end: by another person's word, or told by later steps."""

from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans import queries, rules
from mingcha.domain.plans.actions.drafting import check_as_stored
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.states import CampaignState
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def submit_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Hand a campaign to whoever approves it."""
    require(by, Permission.PLAN_EDIT, within=campaign.department)
    campaign = locked(campaign)
    today = timezone.localdate(at)
    rules.check_submittable(campaign, today=today)
    check_as_stored(campaign, on=today)
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
    check_as_stored(campaign, on=today)
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
