"""抽查任务 after it was handed in: given back by another person, or moved on by what later steps tell."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans import rules
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.states import CampaignState
from mingcha.kit.action import action
from mingcha.kit.locking import locked


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
