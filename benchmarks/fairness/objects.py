"""Objects: draw with many keys by the engine's own code, and ask every statistic that some kind of bias would push out.

With many objects a bound of four standard errors on each needs thought: every finding says how many comparisons it
makes and how many false alarms a fair draw would give.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from fairdraw import FrameRow, Place, Stratum, write_frame
from fairdraw.frame import FRAME
from fairdraw.tables import Rows
from fairdraw.tickets import draw_objects

STANDARD_ERRORS = 4.0
FALSE_ALARM = 0.001  # of all pairs of objects together

# Size, then take and reserve: a few of many, one, all but one (the reserve is cut short), half, 3 %.
STRATA: Mapping[str, tuple[int, Stratum]] = {
    "few": (40, Stratum(4, 3)),
    "one": (12, Stratum(1, 0)),
    "nearly-all": (7, Stratum(6, 5)),
    "half": (24, Stratum(12, 4)),
    "three-percent": (100, Stratum(3, 2)),
}


@dataclass
class Tally:
    """Of one stratum: how often each object was drawn, had each rank, and was drawn together with each other."""

    size: int
    stratum: Stratum
    seeds: int = 0
    drawn: Counter[int] = field(default_factory=Counter)
    ranked: Counter[tuple[int, int]] = field(default_factory=Counter)
    together: Counter[tuple[int, int]] = field(default_factory=Counter)

    @property
    def ranks(self) -> int:
        return min(self.size, self.stratum.take + self.stratum.reserve)

    def add(self, drawn: Iterable[Place], reserves: Iterable[Place]) -> None:
        self.seeds += 1
        taken = sorted(int(place.object[-3:]) for place in drawn)
        self.drawn.update(taken)
        self.together.update(combinations(taken, 2))
        self.ranked.update((int(place.object[-3:]), place.rank) for part in (drawn, reserves) for place in part)


def draw_often(strata: Mapping[str, tuple[int, Stratum]], some_keys: Iterable[str]) -> dict[str, Tally]:
    """Draw the objects of these strata with every key, by the engine's own code."""
    frame = frame_of({code: size for code, (size, _) in strata.items()})
    tallies = {code: Tally(size, stratum) for code, (size, stratum) in strata.items()}
    quotas = {code: stratum for code, (_, stratum) in strata.items()}
    for key in some_keys:
        for code, (drawn, reserves) in draw_objects(frame, quotas, key).items():
            tallies[code].add(drawn, reserves)
    return tallies


def frame_of(sizes: Mapping[str, int]) -> Rows[FrameRow]:
    rows = [
        FrameRow(f"9199{number:02d}00MA0000{member:03d}", code, None, ())
        for number, (code, size) in enumerate(sizes.items())
        for member in range(size)
    ]
    return FRAME.read(write_frame(rows))


class Finding(NamedTuple):
    """A statistic over all strata: the value that lies farthest out, in standard errors, and how far it may lie."""

    name: str
    farthest: float
    where: str
    allowed: float
    comparisons: int

    @property
    def fair(self) -> bool:
        return abs(self.farthest) <= self.allowed

    @property
    def sentence(self) -> str:
        alarms = self.comparisons * 2 * (1 - NormalDist().cdf(self.allowed))
        return (
            f"{self.name}: farthest {self.farthest:+.2f} standard errors ({self.where}), goal {self.allowed:.2f} "
            f"({self.comparisons:,} comparisons, {alarms:.4f} false alarms expected)"
        )


def findings(tallies: Mapping[str, Tally]) -> list[Finding]:
    """Every statistic that bias of one kind or another would push out.

    The first is what is promised to everybody. The second and third would see what hides below four standard errors
    of every single object: many small deviations, or ranks that favour some. The last two look at pairs: objects that
    come together, or avoid each other, although each alone has its share.
    """
    pairs = sum(tally.size * (tally.size - 1) // 2 for tally in tallies.values() if tally.stratum.take > 1)
    found = [
        _farthest("inclusion of each object", tallies, _each_inclusion, STANDARD_ERRORS),
        _farthest("inclusion of all objects of a stratum (chi-square)", tallies, _all_inclusions, STANDARD_ERRORS),
        _farthest("order of the drawn and the reserves (chi-square)", tallies, _all_ranks, STANDARD_ERRORS),
    ]
    if pairs:
        allowed = NormalDist().inv_cdf(1 - FALSE_ALARM / 2 / pairs)
        found.append(_farthest("inclusion of each pair of objects", tallies, _each_pair, allowed))
        found.append(_farthest("inclusion of all pairs (chi-square)", tallies, _all_pairs, STANDARD_ERRORS))
    return found


def _farthest(
    name: str, tallies: Mapping[str, Tally], deviations: Callable[[Tally], Iterable[float]], allowed: float
) -> Finding:
    found = [(deviation, code) for code, tally in tallies.items() for deviation in deviations(tally)]
    farthest, where = max(found, key=lambda each: abs(each[0]), default=(0.0, "nowhere"))
    return Finding(name, farthest, where, allowed, len(found))


def _each_inclusion(tally: Tally) -> Iterator[float]:
    share = tally.stratum.take / tally.size
    error = sqrt(tally.seeds * share * (1 - share))
    return ((tally.drawn[member] - tally.seeds * share) / error for member in range(tally.size))


def _all_inclusions(tally: Tally) -> Iterator[float]:
    """Drawing without replacement couples the objects: the squares sum to chi-square × n / (n − 1)."""
    squares = sum(deviation**2 for deviation in _each_inclusion(tally))
    yield as_normal(squares * (tally.size - 1) / tally.size, tally.size - 1)


def _all_ranks(tally: Tally) -> Iterator[float]:
    """How each object's places spread over the ranks, given how many it had: every rank should see it equally."""
    if tally.ranks < 2:
        return
    squares = 0.0
    for member in range(tally.size):
        places = [tally.ranked[member, rank] for rank in range(1, tally.ranks + 1)]
        mean = sum(places) / tally.ranks
        squares += sum((times - mean) ** 2 for times in places)
    yield as_normal(squares * (tally.size - 1) / tally.seeds, (tally.size - 1) * (tally.ranks - 1))


def _each_pair(tally: Tally) -> Iterator[float]:
    if tally.stratum.take < 2:
        return
    share = _share_of(2, tally)
    error = sqrt(tally.seeds * share * (1 - share))
    for pair in combinations(range(tally.size), 2):
        yield (tally.together[pair] - tally.seeds * share) / error


def _all_pairs(tally: Tally) -> Iterator[float]:
    """What the pairs do beyond what their objects do: the part of the counts that no sum over an object explains.

    Pairs form the Johnson scheme J(n, 2); on that part every direction has the variance p2 − 2 p3 + p4, where pk is
    the chance that k objects are drawn together.
    """
    n = tally.size
    variance = _share_of(2, tally) - 2 * _share_of(3, tally) + _share_of(4, tally)
    if n < 4 or variance < 1e-9:  # with one drawn, or one left, the objects explain everything
        return
    total = sum(tally.together.values())
    sums: Counter[int] = Counter()
    for (one, two), times in tally.together.items():
        sums[one] += times
        sums[two] += times
    middle = 2 * total / ((n - 1) * (n - 2))
    squares = sum(
        (tally.together[one, two] - (sums[one] + sums[two]) / (n - 2) + middle) ** 2
        for one, two in combinations(range(n), 2)
    )
    yield as_normal(squares / (tally.seeds * variance), n * (n - 3) // 2)


def _share_of(count: int, tally: Tally) -> float:
    """The chance that `count` given objects are all drawn."""
    share = 1.0
    for number in range(count):
        share *= (tally.stratum.take - number) / max(1, tally.size - number)
    return share


def as_normal(chi_square: float, freedom: int) -> float:
    """The standard normal value as far out as this chi-square is (Wilson and Hilferty)."""
    spread = 2 / (9 * freedom)
    return float(((chi_square / freedom) ** (1 / 3) - (1 - spread)) / sqrt(spread))
