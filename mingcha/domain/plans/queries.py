"""Which plans and campaigns there are for whom, and what a campaign would draw from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign, CampaignStratum, Exclusion, Plan, stratum_for
from mingcha.domain.plans.states import CampaignState, PlanState
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.domain.registers.models import Subject, VisitNote
from mingcha.domain.registers.queries import closed_subjects, notes_since, open_subjects

Membership = tuple[dict[int, str], list[tuple[Subject, str]]]


@dataclass(frozen=True)
class StratumSize:
    """What a stratum holds on a day, and how many of them would be drawn."""

    stratum: CampaignStratum
    population: int
    take: int
    reserve: int

    @property
    def chance(self) -> Decimal:
        """The chance of each subject of the stratum: the same for all of them."""
        return Decimal(self.take) / self.population if self.population else Decimal(0)


@dataclass(frozen=True)
class Outlook:
    """The sizes of every stratum, and how many subjects of the region stay out for which reason."""

    sizes: list[StratumSize]
    left_out: dict[Exclusion, int] = field(default_factory=dict)

    @property
    def population(self) -> int:
        return sum(size.population for size in self.sizes)

    @property
    def take(self) -> int:
        return sum(size.take for size in self.sizes)

    @property
    def homeless(self) -> int:
        """Subjects that fit no stratum and so can never be drawn."""
        return self.left_out.get(Exclusion.NO_STRATUM, 0)

    @property
    def inspected(self) -> int:
        return self.left_out.get(Exclusion.INSPECTED, 0)

    @property
    def reasons(self) -> list[tuple[Exclusion, int]]:
        return list(self.left_out.items())


@dataclass(frozen=True)
class JointShare:
    """联合抽查任务 among all of them."""

    joint: int
    total: int

    @property
    def share(self) -> Decimal:
        return Decimal(self.joint) / self.total if self.total else Decimal(0)


def plans_visible_to(user: User | AnonymousUser) -> QuerySet[Plan]:
    """The plans of the departments this person looks after."""
    return Plan.objects.filter(department__in=reach(user, Permission.PLAN_READ)).select_related(
        "department__region", "drafted_by", "approved_by"
    )


def campaigns_visible_to(user: User | AnonymousUser) -> QuerySet[Campaign]:
    """The campaigns that these departments lead, and those they take part in."""
    places = reach(user, Permission.PLAN_READ)
    joined = Campaign.objects.filter(parties__department__in=places).values("pk")
    return (
        Campaign.objects.filter(Q(plan__department__in=places) | Q(pk__in=joined))
        .select_related("plan__department__region", "drafted_by", "approved_by")
        .prefetch_related("parties__department")
    )


def plans_kept_by(user: User | AnonymousUser) -> QuerySet[Plan]:
    """The plans this person may write while they are drafts."""
    return plans_visible_to(user).filter(department__in=reach(user, Permission.PLAN_EDIT))


def campaigns_kept_by(user: User | AnonymousUser) -> QuerySet[Campaign]:
    """The campaigns this person may write while they are drafts."""
    return campaigns_visible_to(user).filter(plan__department__in=reach(user, Permission.PLAN_EDIT))


def plans_awaiting(user: User) -> QuerySet[Plan]:
    """Submitted plans that this person may approve or return."""
    places = reach(user, Permission.PLAN_APPROVE)
    return plans_visible_to(user).filter(state=PlanState.SUBMITTED, department__in=places).exclude(drafted_by=user)


def campaigns_awaiting(user: User) -> QuerySet[Campaign]:
    """Submitted campaigns that this person may approve or return."""
    places = reach(user, Permission.PLAN_APPROVE)
    return (
        campaigns_visible_to(user)
        .filter(state=CampaignState.SUBMITTED, plan__department__in=places)
        .exclude(drafted_by=user)
    )


def joint_share_of(campaigns: QuerySet[Campaign]) -> JointShare:
    """How many of these campaigns are joint ones."""
    joint = campaigns.order_by().annotate(departments=Count("parties")).filter(departments__gt=1).count()
    return JointShare(joint, campaigns.count())


def public_plans() -> QuerySet[Plan]:
    """The approved plans: what the public may read."""
    return Plan.objects.filter(state=PlanState.APPROVED).select_related("department__region")


def title_taken(title: str, *, department: Department, year: int, but: Plan | None = None) -> bool:
    """Has the department another plan of this name in that year?"""
    named = Plan.objects.filter(department=department, year=year, title=title)
    return (named.exclude(pk=but.pk) if but else named).exists()


def campaign_title_taken(title: str, *, plan: Plan, but: Campaign | None = None) -> bool:
    """Has the plan another campaign of this name?"""
    named = plan.campaigns.filter(title=title)
    return (named.exclude(pk=but.pk) if but else named).exists()


def clause_for(department: Department, key: str, *, on: date) -> Clause | None:
    """What the rules in force for a department say about something, or None where they are silent."""
    profile = profile_for(department.region, on=on)
    return clause_of(profile, key) if has_clause(profile, key) else None


def membership_of(campaign: Campaign, *, on: date) -> Membership:
    """Who is in which stratum (subject pk → stratum code), and who is excluded for which reason.

    A handful of queries whatever the size of the register: the criteria depend on two columns only.
    """
    strata = list(campaign.strata.all())
    region = campaign.department.region
    visited = visited_this_year(campaign, on=on)
    fresh = open_subjects(region).exclude(code__in=visited)
    homes: dict[tuple[bool, str], CampaignStratum | None] = {}
    members: dict[int, str] = {}
    homeless: list[int] = []
    for pk, foreign, risk in fresh.order_by().values_list("pk", "is_foreign", "risk").iterator(chunk_size=10_000):
        marks = (foreign, risk)
        if marks not in homes:
            homes[marks] = stratum_for(strata, is_foreign=foreign, risk=risk)
        home = homes[marks]
        if home is not None:
            members[pk] = home.code
        else:
            homeless.append(pk)
    excluded = [(subject, str(Exclusion.CLOSED.value)) for subject in closed_subjects(region)]
    excluded += [
        (subject, str(Exclusion.INSPECTED.value)) for subject in open_subjects(region).filter(code__in=visited)
    ]
    if homeless:
        nowhere = fresh.filter(marks_without_home(homes))
        excluded += [(subject, str(Exclusion.NO_STRATUM.value)) for subject in nowhere]
    return members, excluded


def marks_without_home(homes: dict[tuple[bool, str], CampaignStratum | None]) -> Q:
    """The subjects whose marks fit no stratum."""
    nowhere = Q(pk__in=[])
    for (foreign, risk), home in homes.items():
        if home is None:
            nowhere |= Q(is_foreign=foreign, risk=risk)
    return nowhere


def visited_this_year(campaign: Campaign, *, on: date) -> QuerySet[VisitNote, Any]:
    """The codes of whoever anyone has inspected this calendar year for any of the campaign's items.

    By code: a firm may stand in the register of a county and again in that of its city.
    """
    codes = list(campaign.items.values_list("item__code", flat=True))
    return notes_since(campaign.department.region, codes, date(on.year, 1, 1)).order_by().values("subject__code")


def outlook_of(campaign: Campaign, *, on: date) -> Outlook:
    """What a draw on this day would find: sizes by stratum and the numbers left out, in grouped queries."""
    strata = list(campaign.strata.all())
    region = campaign.department.region
    visited = visited_this_year(campaign, on=on)
    everyone = open_subjects(region).order_by()
    groups = everyone.exclude(code__in=visited).values_list("is_foreign", "risk").annotate(n=Count("pk"))
    populations = dict.fromkeys([stratum.code for stratum in strata], 0)
    homeless = 0
    for foreign, risk, number in groups:
        home = stratum_for(strata, is_foreign=foreign, risk=risk)
        if home is None:
            homeless += number
        else:
            populations[home.code] += number
    left_out = {
        Exclusion.CLOSED: closed_subjects(region).count(),
        Exclusion.INSPECTED: everyone.filter(code__in=visited).count(),
        Exclusion.NO_STRATUM: homeless,
    }
    return Outlook(sizes_from(strata, populations, floor=floor_of(campaign, on=on)), left_out)


def sizes_of(campaign: Campaign, *, on: date) -> list[StratumSize]:
    """How many subjects each stratum holds, how many of them are drawn and stand by."""
    return outlook_of(campaign, on=on).sizes


def floor_of(campaign: Campaign, *, on: date) -> Decimal:
    """The least share that the rules in force allow; nothing where they are silent."""
    clause = clause_for(campaign.department, "min_ratio", on=on)
    return clause.share if clause is not None else Decimal(0)


def sizes_from(strata: Sequence[CampaignStratum], populations: dict[str, int], *, floor: Decimal) -> list[StratumSize]:
    """Population → take and reserve; a reserve beyond the end of a stratum is cut short."""
    sizes = []
    for stratum in strata:
        population = populations[stratum.code]
        take = stratum.take_from(population, floor=floor)
        sizes.append(StratumSize(stratum, population, take, min(stratum.reserve, population - take)))
    return sizes
