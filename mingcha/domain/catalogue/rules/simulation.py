"""What the ratios and frequencies of a list do to firms: how often each is visited, who is never visited (S1-05).

Computed, not tried out. Every draw takes the same number of the firms that an item is for, each equally likely, and
draws do not know of each other; so the visits of one firm are a sum of independent yes-or-no draws, and their
distribution is convolved exactly. Pure: no query, no clock.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from math import comb, prod

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import InspectionItem, Mode
from mingcha.domain.catalogue.rules.joint import ItemKey, key_of
from mingcha.domain.catalogue.rules.shares import AT_LEAST, AT_MOST, Share, Times, read_frequency, read_ratio

# How many of a period a year has.
A_YEAR: Mapping[str, int] = {"YEAR": 1, "HALF_YEAR": 2, "QUARTER": 4, "MONTH": 12, "WEEK": 52, "DAY": 365}
MOST_YEARS = 10
# Draws a year: one a day, in a leap year. More is a slip of the pen, and nobody could carry it out.
MOST_ROUNDS = 366
# 0, 1, 2 visits, and 3 or more.
CLASSES = 4
FEW = range(CLASSES - 1)
NO_VISIT = (1.0, 0.0, 0.0, 0.0)
Groups = Mapping[frozenset[ItemKey], int]


@dataclass(frozen=True)
class Pace:
    """How much and how often: a share or a number of firms a draw, draws a year.

    `assumed` says how words were taken that leave something open.
    """

    rounds: Fraction
    share: Decimal | None = None
    count: int | None = None
    assumed: tuple[str, ...] = ()

    def take_of(self, size: int) -> int:
        """How many of so many firms one draw takes: rounded up, as every draw does."""
        if self.share is None:
            return min(self.count or 0, size)
        return min(int((self.share * size).to_integral_value(ROUND_CEILING)), size)


@dataclass(frozen=True)
class Unread:
    """Words that no number could be read from, or one that cannot be meant; nothing is guessed."""

    why: str


@dataclass(frozen=True)
class ItemLoad:
    """An item as it is drawn: how many firms it is for, how many of them a draw takes, how often a year."""

    item: InspectionItem
    size: int
    pace: Pace | None
    unread: str = ""
    for_everybody: bool = False

    @property
    def take(self) -> int:
        return self.pace.take_of(self.size) if self.pace is not None else 0

    @property
    def visits(self) -> float:
        """Visits a year."""
        return float(self.take * self.pace.rounds) if self.pace is not None else 0.0


@dataclass(frozen=True)
class Outcome:
    """What a list does to the firms of a register in a year, and in several."""

    firms: int
    years: int
    # Expected number of firms that are visited 0, 1, 2, 3 times or more in a year.
    classes: tuple[float, ...]
    # Expected number of firms that are never visited in `years` years; of them, those that no item is for.
    never: float
    unlinked: int
    visits: float
    items: tuple[ItemLoad, ...] = field(default=())

    @property
    def mean(self) -> float:
        return self.visits / self.firms if self.firms else 0.0

    @property
    def never_share(self) -> float:
        return self.never / self.firms if self.firms else 0.0

    @property
    def shares(self) -> list[float]:
        return [number / self.firms if self.firms else 0.0 for number in self.classes]


def read_pace(ratio_text: str, frequency_text: str) -> Pace | Unread:
    """The words of a list as a pace; ratio and frequency are sometimes written in each other's column."""
    ratios = read_ratio(ratio_text) or read_ratio(frequency_text)
    frequencies = read_frequency(frequency_text) or read_frequency(ratio_text)
    if not ratios or not frequencies:
        return Unread(_unread(ratio_text if not ratios else "", frequency_text if not frequencies else "", not ratios))
    ratio, frequency = ratios[0], frequencies[0]
    absurd = _absurd(ratio, frequency)
    if absurd:
        return Unread(absurd)
    assumed = [*_assumed(ratio, len(ratios), _("比例")), *_assumed(frequency, len(frequencies), _("频次"))]
    if not frequency["period"]:
        assumed.append(_("频次没有写周期，按一年算"))
    if frequency["most"] != frequency["times"]:
        assumed.append(_("频次是一个范围，按少的算"))
    rounds = _rounds(frequency)
    share = Decimal(ratio["share"]) if "share" in ratio else None
    return Pace(rounds, share, ratio.get("count"), tuple(assumed))


def _unread(ratio: str, frequency: str, lacks_ratio: bool) -> str:
    if lacks_ratio:
        return _("比例“%s”读不出数字") % ratio if ratio else _("没有写比例")
    return _("频次“%s”读不出次数") % frequency if frequency else _("没有写频次")


def _rounds(frequency: Times) -> Fraction:
    """Draws a year."""
    return Fraction(frequency["times"] * A_YEAR.get(frequency["period"], 1), frequency["every"])


def _absurd(ratio: Share, frequency: Times) -> str:
    """Numbers that were read but cannot be meant; the words themselves stand beside it on the page."""
    if Decimal(ratio.get("share", 0)) > 1:
        return _("比例超过 100%")
    if not frequency["every"]:
        return _("频次的周期写成了 0，写明几年、几个月一次")
    if _rounds(frequency) > MOST_ROUNDS:
        return _("频次合一年超过 %d 次，比每天一次还多") % MOST_ROUNDS
    return ""


def _assumed(value: Share | Times, number: int, what: str) -> list[str]:
    said = []
    if number > 1:
        said.append(_("%s写了几个，按第一个算") % what)
    if value["op"] == AT_LEAST:
        said.append(_("%s按下限算") % what)
    if value["op"] == AT_MOST:
        said.append(_("%s按上限算") % what)
    return said


def loads_of(
    items: Iterable[InspectionItem],
    groups: Groups,
    *,
    for_everybody: Collection[ItemKey] = (),
    tried: Mapping[ItemKey, tuple[str, str]] | None = None,
) -> list[ItemLoad]:
    """Each item that is drawn at random, with the firms it is for; `tried` are other words than the list's."""
    sizes: dict[ItemKey, int] = {}
    for keys, number in groups.items():
        for key in keys:
            sizes[key] = sizes.get(key, 0) + number
    firms, loads = sum(groups.values()), []
    for item in items:
        key, said = key_of(item), (item.ratio_text, item.frequency_text)
        read = read_pace(*(tried or {}).get(key, said))
        size = firms if key in for_everybody else sizes.get(key, 0)
        pace = read if isinstance(read, Pace) else None
        why = read.why if isinstance(read, Unread) else ""
        loads.append(ItemLoad(item, size, pace, why, key in for_everybody))
    return loads


def drawn_at_random(items: Iterable[InspectionItem]) -> tuple[list[InspectionItem], list[InspectionItem]]:
    """The items that are drawn, and those that another mode of supervision takes up."""
    rows = list(items)
    return [item for item in rows if item.mode == Mode.RANDOM], [item for item in rows if item.mode != Mode.RANDOM]


def outcome_of(loads: Sequence[ItemLoad], groups: Groups, *, years: int) -> Outcome:
    """The distribution over all firms: by the items a firm is for, everybody of a group alike."""
    drawn = {key_of(load.item): load for load in loads if load.pace and load.size}
    # An item gives every firm that it is for the same chances: computed once an item, not once a group.
    once, unmet = _chances(drawn, years=1), {key: each[0] for key, each in _chances(drawn, years=years).items()}
    common = [key for key, load in drawn.items() if load.for_everybody]
    everybody, nobody = _together(once[key] for key in common), prod(unmet[key] for key in common)
    classes, never, unlinked = [0.0] * CLASSES, 0.0, 0
    for keys, number in groups.items():
        met = [key for key in keys if key in drawn and not drawn[key].for_everybody]
        shares = _together((once[key] for key in met), begin=everybody)
        classes = [whole + number * part for whole, part in zip(classes, shares, strict=True)]
        never += number * prod((unmet[key] for key in met), start=nobody)
        unlinked += 0 if met or common else number
    return Outcome(
        firms=sum(groups.values()),
        years=years,
        classes=tuple(classes),
        never=never,
        unlinked=unlinked,
        visits=sum(load.visits for load in loads if load.size),
        items=tuple(loads),
    )


def _chances(drawn: Mapping[ItemKey, ItemLoad], *, years: int) -> dict[ItemKey, Sequence[float]]:
    """What each item alone does to a firm that it is for."""
    return {
        key: distribution([(load.take / load.size, load.pace.rounds)], years=years)
        for key, load in drawn.items()
        if load.pace
    }


def distribution(draws: Iterable[tuple[float, Fraction]], *, years: int) -> Sequence[float]:
    """How likely 0, 1, 2, 3 or more visits are for a firm with these draws: (chance in one draw, draws a year).

    Of half a draw a year, a draw falls into a year with the chance of one half.
    """
    parts: list[Sequence[float]] = []
    for chance, rounds in draws:
        whole, rest = divmod(rounds * years, 1)
        parts += [_repeated(chance, int(whole)), _repeated(chance * float(rest), 1)]
    return _together(parts)


def _repeated(chance: float, times: int) -> Sequence[float]:
    """The same draw so many times, in closed form: the first of the binomial distribution, and all the rest."""
    first = [comb(times, met) * chance**met * (1 - chance) ** (times - met) if met <= times else 0.0 for met in FEW]
    return [*first, max(0.0, 1 - sum(first)) if times >= len(FEW) else 0.0]


def _together(parts: Iterable[Sequence[float]], *, begin: Sequence[float] = NO_VISIT) -> Sequence[float]:
    """Draws that do not know of each other, added up; whoever has three visits stays in the last class."""
    found = begin
    for part in parts:
        none, one, two, more = part
        few = [
            found[0] * none,
            found[0] * one + found[1] * none,
            found[0] * two + found[1] * one + found[2] * none,
        ]
        beyond = found[1] * two + found[2] * (one + two) + sum(found) * more + found[3] * (none + one + two)
        found = [*few, beyond]
    return found
