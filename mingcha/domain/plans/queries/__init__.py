"""What can be asked about plans and campaigns."""

from mingcha.domain.plans.queries.clauses import (
    clause_for,
    clauses_for,
    exclusion_sentences,
    floor_of,
    grounds_of,
    share_clauses,
)
from mingcha.domain.plans.queries.frame import LeftOut, Membership, Taken, family_of, membership_of
from mingcha.domain.plans.queries.listing import (
    JointShare,
    campaign_title_taken,
    campaigns_awaiting,
    campaigns_kept_by,
    campaigns_visible_to,
    joint_share_of,
    plans_awaiting,
    plans_kept_by,
    plans_visible_to,
    public_plans,
    title_taken,
)
from mingcha.domain.plans.queries.outlook import Outlook, StratumSize, outlook_from, outlook_of, sizes_from
from mingcha.domain.plans.queries.readiness import (
    Staff,
    confirmation_clause,
    confirmations_needed,
    register_changes,
    staff_for,
)

__all__ = [
    "JointShare",
    "LeftOut",
    "Membership",
    "Outlook",
    "Staff",
    "StratumSize",
    "Taken",
    "campaign_title_taken",
    "campaigns_awaiting",
    "campaigns_kept_by",
    "campaigns_visible_to",
    "clause_for",
    "clauses_for",
    "confirmation_clause",
    "confirmations_needed",
    "exclusion_sentences",
    "family_of",
    "floor_of",
    "grounds_of",
    "joint_share_of",
    "membership_of",
    "outlook_from",
    "outlook_of",
    "plans_awaiting",
    "plans_kept_by",
    "plans_visible_to",
    "public_plans",
    "register_changes",
    "share_clauses",
    "sizes_from",
    "staff_for",
    "title_taken",
]
