"""Which plans and campaigns there are for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign, CampaignItem, Plan
from mingcha.domain.plans.states import CampaignState, PlanState


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


def open_campaigns_using(items: Iterable[InspectionItem]) -> QuerySet[Campaign]:
    """The campaigns that have not ended and inspect one of these items, in whatever edition they chose it."""
    codes: dict[int, list[str]] = defaultdict(list)
    for item in items:
        codes[item.item_list.department_id].append(item.code)
    using = Q(pk__in=[])
    for department, chosen_codes in codes.items():
        using |= Q(item__code__in=chosen_codes, item__item_list__department=department)
    chosen = CampaignItem.objects.filter(using).order_by().values("campaign")
    return Campaign.objects.filter(pk__in=chosen).exclude(state=CampaignState.CLOSED).select_related("plan__department")


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
