"""抽查计划与抽查任务: who will be drawn for what, how many, by whom, when; who stays out and by which rule."""

from mingcha.domain.plans.models.campaigns import (
    Campaign,
    CampaignDepartment,
    CampaignItem,
    CampaignStratum,
    ListTiming,
    Plan,
    stratum_for,
)
from mingcha.domain.plans.models.exclusions import CLAUSES, Exclusion, Ground, applies, ground_of

__all__ = [
    "CLAUSES",
    "Campaign",
    "CampaignDepartment",
    "CampaignItem",
    "CampaignStratum",
    "Exclusion",
    "Ground",
    "ListTiming",
    "Plan",
    "applies",
    "ground_of",
    "stratum_for",
]
