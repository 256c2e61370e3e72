"""Drafting, submitting, approving and returning plans and campaigns."""

from mingcha.domain.plans.actions.campaigns import close_campaign, mark_drawn, mark_undrawn, return_campaign
from mingcha.domain.plans.actions.drafting import (
    amend_campaign,
    approve_campaign,
    draft_campaign,
    draft_supplement,
    submit_campaign,
)
from mingcha.domain.plans.actions.plans import amend_plan, approve_plan, draft_plan, return_plan, submit_plan

__all__ = [
    "amend_campaign",
    "amend_plan",
    "approve_campaign",
    "approve_plan",
    "close_campaign",
    "draft_campaign",
    "draft_plan",
    "draft_supplement",
    "mark_drawn",
    "mark_undrawn",
    "return_campaign",
    "return_plan",
    "submit_campaign",
    "submit_plan",
]
