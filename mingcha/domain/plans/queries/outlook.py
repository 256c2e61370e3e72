"""How many a draw on a day would find in each stratum, and how many it would leave out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mingcha.domain.plans.models import Campaign, CampaignStratum, Exclusion
from mingcha.domain.plans.queries.clauses import clause_for, floor_of
from mingcha.domain.plans.queries.frame import Membership, Taken, membership_of
from mingcha.domain.registers.models import SignalKind
from mingcha.domain.registers.queries import firms_in, signalled


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
    def excluded(self) -> int:
        return sum(self.left_out.values())

    @property
    def homeless(self) -> int:
        """Subjects that fit no stratum and so can never be drawn."""
        return self.left_out.get(Exclusion.NO_STRATUM, 0)

    @property
    def reasons(self) -> list[tuple[Exclusion, int]]:
        return list(self.left_out.items())


def outlook_of(campaign: Campaign, *, on: date, taken: Taken | None = None) -> Outlook:
    """What a draw on this day would find: sizes by stratum and the numbers left out."""
    return outlook_from(campaign, membership_of(campaign, on=on, taken=taken), on=on)


def outlook_from(campaign: Campaign, membership: Membership, *, on: date) -> Outlook:
    """The same, counted from a frame that was read already."""
    strata = list(campaign.strata.all())
    populations = {stratum.code: 0 for stratum in strata} | Counter(membership.members.values())
    left_out = Counter(firm.reason for firm in membership.left_out)
    counts = {reason: left_out[reason.value] for reason in Exclusion if left_out[reason.value]}
    return Outlook(sizes_from(strata, populations, floor=floor_of(campaign, on=on)), counts)


def sizes_from(strata: Sequence[CampaignStratum], populations: dict[str, int], *, floor: Decimal) -> list[StratumSize]:
    """Population → take and reserve; a reserve beyond the end of a stratum is cut short."""
    sizes = []
    for stratum in strata:
        population = populations[stratum.code]
        take = stratum.take_from(population, floor=floor)
        sizes.append(StratumSize(stratum, population, take, min(stratum.reserve, population - take)))
    return sizes


@dataclass(frozen=True)
class Heavier:
    """How many of a stratum have each kind of signal for which the rules want more inspections (S3-20)."""

    stratum: CampaignStratum
    counts: list[tuple[SignalKind, int]]


def heavier_in(campaign: Campaign, membership: Membership, *, on: date) -> list[Heavier]:
    """The signals in a frame, stratum by stratum; none where the rules name no such signals. Information, no weight."""
    clause = clause_for(campaign.department, "heavier_signals", on=on)
    kinds = [SignalKind(code) for code in clause.codes if code in SignalKind.values] if clause is not None else []
    if not kinds:
        return []
    region = campaign.department.region
    found = signalled(region, kinds, on=on)
    keys = dict(firms_in(region).filter(code__in=found.values("subject__code")).values_list("code", "pk"))
    counted = Counter(
        (membership.members.get(keys.get(row["subject__code"], 0), ""), row["kind"]) for row in found.iterator()
    )
    return [
        Heavier(stratum, [(kind, counted[stratum.code, kind.value]) for kind in kinds])
        for stratum in campaign.strata.all()
    ]
