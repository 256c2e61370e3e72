"""What the rules in force say about a department's campaigns."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import CLAUSES, Campaign, Exclusion, Ground, applies, ground_of
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause

RISK_SHARES = ("ratio_risk_a", "ratio_risk_b", "ratio_risk_c", "ratio_risk_d")


def clause_for(department: Department, key: str, *, on: date) -> Clause | None:
    """What the rules in force for a department say about something, or None where they are silent."""
    return clauses_for(department, [key], on=on)[key]


def clauses_for(department: Department, keys: Iterable[str], *, on: date) -> dict[str, Clause | None]:
    """The same about several things, with one look at the rules."""
    profile = profile_for(department.region, on=on)
    return {key: clause_of(profile, key) if has_clause(profile, key) else None for key in keys}


def floor_of(campaign: Campaign, *, on: date) -> Decimal:
    """The least share that holds for a campaign: the rules', unless a reason for less was approved with it."""
    clause = clause_for(campaign.department, "min_ratio", on=on)
    return clause.share if clause is not None and not campaign.low_share_reason else Decimal(0)


def share_clauses(department: Department, *, on: date) -> dict[str, Clause | None]:
    """What the rules say about shares: the floor, what foreign firms may be raised to, the risk grades."""
    return clauses_for(department, ["min_ratio", "foreign_ratio_up_to", *RISK_SHARES], on=on)


def exclusion_clauses(campaign: Campaign, *, on: date) -> dict[Exclusion, Clause | None]:
    """The clause behind each reason that may keep a firm out here; a reason the rules do not give is left out."""
    said = clauses_for(campaign.department, set(CLAUSES.values()), on=on)
    clauses = {reason: said.get(CLAUSES.get(reason, "")) for reason in Exclusion}
    return {reason: clause for reason, clause in clauses.items() if applies(reason, clause)}


def grounds_of(campaign: Campaign, *, on: date) -> dict[Exclusion, Ground]:
    """Every reason that may keep a firm out of this campaign, as the public reads it."""
    clauses = exclusion_clauses(campaign, on=on)
    return {reason: ground_of(reason, clause, campaign=campaign) for reason, clause in clauses.items()}


def exclusion_sentences(campaign: Campaign, *, on: date) -> dict[str, str]:
    """Reason code → the whole sentence for the public; what a freeze keeps, so that later rules do not change it."""
    return {str(reason.value): ground.sentence for reason, ground in grounds_of(campaign, on=on).items()}
