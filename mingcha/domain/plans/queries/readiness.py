"""Is everything there for a draw: the registers confirmed, what changed in them lately, the people who may be sent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries.clauses import clause_for, clauses_for
from mingcha.domain.policy.rules import Clause
from mingcha.domain.registers.models import Avoidance, Inspector, Standing
from mingcha.domain.registers.queries import Change, changes_since, confirmations_for, drawable_inspectors


@dataclass(frozen=True)
class Staff:
    """The people of one department: how many a visit needs, may be sent, may not, and avoid some firm of the region."""

    department: Department
    needed: int
    certified: int
    outside: int
    avoiding: int

    @property
    def most_teams(self) -> int:
        """How many teams its people fill: nobody is in two."""
        return self.certified // self.needed


def confirmation_clause(campaign: Campaign, *, on: date) -> Clause | None:
    """The rule that asks for confirmed registers before a draw, where there is one."""
    return clause_for(campaign.department, "register_confirmed_before_draw", on=on)


def confirmations_needed(campaign: Campaign, *, on: date) -> list[Standing]:
    """The registers that must be confirmed for this campaign and where each stands; none where no rule asks for it."""
    clauses = clauses_for(campaign.department, ["register_confirmed_before_draw", "register_fresh_days"], on=on)
    if clauses["register_confirmed_before_draw"] is None:
        return []
    fresh = clauses["register_fresh_days"]
    parties = [party.department for party in campaign.parties.select_related("department__region")]
    return confirmations_for(campaign.department, parties, on=on, days=fresh.number if fresh is not None else None)


def register_changes(campaign: Campaign, *, at: datetime) -> list[Change]:
    """What happened to the registers in the hours before a moment that the rules want shown; none without a rule."""
    hours = clause_for(campaign.department, "register_changes_shown_hours", on=timezone.localdate(at))
    if hours is None:
        return []
    return changes_since(campaign.department.region, at - timedelta(hours=hours.number), until=at)


def people_for(campaign: Campaign, departments: Iterable[Department], *, on: date) -> QuerySet[Inspector]:
    """Who of these departments may be drawn for a campaign: certified to its end, there on its first day."""
    codes = list(campaign.items.values_list("item__code", flat=True))
    days = {"on": on, "starts": campaign.starts_on, "until": campaign.ends_on}
    return drawable_inspectors(departments, **days, item_codes=codes)


def staff_for(campaign: Campaign, *, on: date) -> list[Staff]:
    """Who could be sent from each department; ties are counted, never named."""
    parties = list(campaign.parties.select_related("department"))
    departments = [party.department for party in parties]
    certified = people_for(campaign, departments, on=on).order_by()
    everyone = Inspector.objects.filter(department__in=departments).order_by()
    ties = Avoidance.objects.filter(
        inspector__in=certified.values("pk"), subject__region__code__startswith=campaign.department.region.prefix
    )
    sent = Counter(dict(certified.values_list("department").annotate(n=Count("pk"))))
    known = Counter(dict(everyone.values_list("department").annotate(n=Count("pk"))))
    avoiding = Counter(
        dict(ties.order_by().values_list("inspector__department").annotate(n=Count("inspector", distinct=True)))
    )
    return [
        Staff(party.department, party.inspectors, sent[key], known[key] - sent[key], avoiding[key])
        for party in parties
        for key in [party.department_id]
    ]
