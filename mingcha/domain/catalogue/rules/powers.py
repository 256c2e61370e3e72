"""How far an item list covers what a department may do by law. Pure: no query, no clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import InspectionItem, PowerEntry
from mingcha.domain.policy.rules import Clause
from mingcha.kit.errors import Refused

# What a file of powers says, by the headings it has.
COLUMNS: Mapping[str, StrOrPromise] = {
    "code": gettext_lazy("权力编码"),
    "title": gettext_lazy("权力名称"),
    "market_regulation": gettext_lazy("市场监管领域"),
    "item_code": gettext_lazy("对应事项编码"),
}
DIFFERENCES: Mapping[str, StrOrPromise] = {
    "title": gettext_lazy("名称不同"),
    "market_regulation": gettext_lazy("监管领域不同"),
}


@dataclass(frozen=True)
class Covered:
    """A power with the item that carries it, how they were brought together, and what they say differently."""

    power: PowerEntry
    item: InspectionItem
    linked: bool
    differences: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return [str(DIFFERENCES[name]) for name in self.differences]


@dataclass
class Matching:
    """One department's power list beside its item list in force."""

    covered: list[Covered] = field(default_factory=list)
    missing: list[PowerEntry] = field(default_factory=list)
    extra: list[InspectionItem] = field(default_factory=list)

    @property
    def changed(self) -> list[Covered]:
        return [row for row in self.covered if row.differences]

    @property
    def powers(self) -> int:
        return len(self.covered) + len(self.missing)


@dataclass(frozen=True)
class Coverage:
    """随机抽查事项占执法事项的比例, in one of the two domains; without a power list there is nothing to measure."""

    market: bool
    listed: int
    powers: int
    goal: Clause | None = None

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.listed) / self.powers if self.powers else None

    @property
    def is_short(self) -> bool:
        """Below what the rules of the place ask for."""
        return self.goal is not None and self.share is not None and self.share < Decimal(str(self.goal.value))


def match_powers(powers: Iterable[PowerEntry], items: Collection[InspectionItem]) -> Matching:
    """Bring powers and items together: by the link that was chosen, else by the same code on either side."""
    by_code = {item.code: item for item in items}
    by_national = {item.outside_code: item for item in items if item.outside_code}
    found = Matching()
    for power in powers:
        item = (
            by_code.get(power.item_code) if power.item_code else by_code.get(power.code) or by_national.get(power.code)
        )
        if item is None:
            found.missing.append(power)
        else:
            found.covered.append(Covered(power, item, bool(power.item_code), _differences(power, item)))
    carrying = {row.item.pk for row in found.covered}
    found.extra = [item for item in items if item.pk not in carrying]
    return found


def _differences(power: PowerEntry, item: InspectionItem) -> tuple[str, ...]:
    said = (
        ("title", _plain(power.title) != _plain(item.title)),
        ("market_regulation", power.market_regulation != item.market_regulation),
    )
    return tuple(name for name, differs in said if differs)


def _plain(title: str) -> str:
    return "".join(title.split())


def coverage_of(matching: Matching, *, market: bool, goal: Clause | None) -> Coverage:
    """The meter of one domain, by what the power list says of each power."""
    listed = sum(row.power.market_regulation == market for row in matching.covered)
    missing = sum(power.market_regulation == market for power in matching.missing)
    return Coverage(market, listed, listed + missing, goal)


def total_of(meters: Iterable[Coverage], *, market: bool, goal: Clause | None) -> Coverage:
    """Several departments together."""
    chosen = [meter for meter in meters if meter.market == market]
    return Coverage(market, sum(meter.listed for meter in chosen), sum(meter.powers for meter in chosen), goal)


def check_linkable(item_code: str, *, listed: Collection[str]) -> None:
    """A power is linked to an item that may be inspected, or to none."""
    if item_code and item_code not in listed:
        raise Refused(_("事项编码 %s 不在本部门施行中的清单里，从列表中选") % item_code, field="item_code")


def check_source(source: str) -> None:
    """A power list says which paper it is."""
    if not source.strip():
        raise Refused(_("写明出处，例如：示范县权力清单（2026年本）"), field="source")
