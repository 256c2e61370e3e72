"""What the frozen files show before any randomness exists (section 2, last paragraph).

The platform asks this before it freezes; the verifier does not repeat it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import NamedTuple

from fairdraw.frame import Inputs, RosterRow
from fairdraw.lottery.completion import bits
from fairdraw.result import Outcome, draw
from fairdraw.rules import TEAM, ObjectMode, TeamMode
from fairdraw.staffing import Fitness, candidates_of, group_name, of_role

SMALL_STRATUM = 10
LARGEST_REHEARSAL = 100_000  # drawn objects × people, and objects: beyond it 200 rehearsals take minutes
LIKELIEST = 10


class Understaffed(NamedTuple):
    """Objects of this area and these needs find only `available` of the `need` people in a role."""

    role: str
    area: str | None
    needs: tuple[str, ...]
    available: int
    need: int


class PredictableStratum(NamedTuple):
    """A stratum that is small, or of which more than half is drawn."""

    stratum: str
    size: int
    take: int
    small: bool
    over_half: bool


class PredictableGroup(NamedTuple):
    """`objects` objects whose people in a role are known beforehand: no more eligible than needed."""

    role: str
    area: str | None
    needs: tuple[str, ...]
    eligible: int
    need: int
    objects: int


@dataclass(frozen=True)
class Predictability:
    """What is not random in this draw, whatever the dice show."""

    strata: Sequence[PredictableStratum]
    groups: Sequence[PredictableGroup]


class LikelyPair(NamedTuple):
    """A person and a kind of object, over all rehearsals.

    `chances`: drawn objects of this area and these needs that the person could have been sent to; `sent`: to how
    many of them the person was sent; `expected`: the share if everyone eligible were equally likely.
    """

    role: str
    area: str | None
    needs: tuple[str, ...]
    inspector: str
    sent: int
    chances: int
    expected: float

    @property
    def share(self) -> float:
        """Observed: how often the person goes when such an object is drawn."""
        return self.sent / self.chances

    @property
    def at_least(self) -> float:
        """The lower end of the 95 % interval (Wilson) of the share: two chances of two prove nothing yet."""
        z2 = 1.96**2
        middle = self.share + z2 / (2 * self.chances)
        spread = sqrt(z2 * (self.share * (1 - self.share) + z2 / (4 * self.chances)) / self.chances)
        return (middle - spread) / (1 + z2 / self.chances)


@dataclass(frozen=True)
class Rehearsed:
    """What rehearsals with other keys show of the inspectors; the real key is none of them.

    `pairs`: the likeliest, most certain first. `certain` and `never`: (role, inspector) sent somewhere in every and
    in no rehearsal, sorted. `people`: how many could be sent at all.
    """

    seeds: int
    pairs: Sequence[LikelyPair]
    certain: Sequence[tuple[str, str]]
    never: Sequence[tuple[str, str]]
    people: int


def understaffed(inputs: Inputs) -> list[Understaffed]:
    """The (area, needs) of the frame that have too few people in a role, conflicts aside; sorted.

    In team mode nobody knows the teams yet: listed, under the role `team`, is what even all people of
    the roles together could not do.
    """
    kinds = sorted({(row.area or "", row.needs) for row in inputs.frame})
    found = []
    for role, need, fitness in _posts(inputs):
        for area, needs in kinds:
            available = fitness.suited(area or None, needs).bit_count()
            if available < need:
                found.append(Understaffed(role, area or None, needs, available, need))
    return found + _beyond_all_teams(inputs, kinds)


def predictability(inputs: Inputs) -> Predictability:
    """The strata and groups that leave little or nothing to chance (conflicts taken into account)."""
    return Predictability(strata=list(_strata(inputs)), groups=_groups(inputs))


def likeliest_pairs(inputs: Inputs, keys: Iterable[str]) -> Rehearsed | None:
    """Rehearse the draw with `keys` (32 hex characters each, 200 for the report) and say who is likeliest to go where.

    None where there is nothing to rehearse: no assignment, nobody to draw, no keys, or more than LARGEST_REHEARSAL
    pairs. Pairs that are certain anyhow (no more eligible people than needed) are in `predictability` and not here.
    A person is sent to an object also as a member of its team. Section 2, last paragraph.
    """
    if not rehearsable(inputs):
        return None
    tally = _Tally(inputs)
    for key in keys:
        tally.add(draw(inputs, key))
    return tally.report() if tally.seeds else None


def rehearsable(inputs: Inputs) -> bool:
    """Whether there is anything to rehearse, and little enough of it."""
    mode = inputs.rules.assignment
    if mode is None:
        return False
    drawn = sum(inputs.rules.strata[code].take for code in inputs.strata_sizes)
    people = sum(row.role in mode.roles for row in inputs.roster)
    return 0 < drawn * people <= LARGEST_REHEARSAL >= len(inputs.frame)


def default_slack(inputs: Inputs, rehearsal_key: str) -> int:
    """The larger of 1 and a quarter, rounded up, of the largest L at a rehearsal key (section 5)."""
    lotteries = draw(inputs, rehearsal_key).lotteries.values()
    return max(1, ceil(max((lottery.level for lottery in lotteries), default=0) / 4))


def _posts(inputs: Inputs) -> Iterator[tuple[str, int, Fitness]]:
    """Role, need and who fits, for each role of object mode."""
    mode = inputs.rules.assignment
    if isinstance(mode, ObjectMode):
        for role, need in sorted(mode.roles.items()):
            yield role, need, Fitness(candidates_of(inputs, of_role(inputs, role)))


def _beyond_all_teams(inputs: Inputs, kinds: Sequence[tuple[str, tuple[str, ...]]]) -> list[Understaffed]:
    mode = inputs.rules.assignment
    if not isinstance(mode, TeamMode):
        return []
    people = [row for row in inputs.roster if row.role in mode.roles]
    fitness = Fitness(candidates_of(inputs, people))
    skills = {skill for row in people for skill in row.skills}
    return [
        Understaffed(TEAM, area or None, needs, 0, 1)
        for area, needs in kinds
        if not fitness.suited(area or None, ()) or not skills.issuperset(needs)
    ]


def _strata(inputs: Inputs) -> Iterator[PredictableStratum]:
    for stratum, size in inputs.strata_sizes.items():
        take = inputs.rules.strata[stratum].take
        small, over_half = size < SMALL_STRATUM, 2 * take > size
        if small or over_half:
            yield PredictableStratum(stratum, size, take, small, over_half)


def _groups(inputs: Inputs) -> list[PredictableGroup]:
    counts: Counter[tuple[str, str, tuple[str, ...], int, int]] = Counter()
    for role, need, fitness in _posts(inputs):
        for row in inputs.frame:
            eligible = fitness.fitting(row).bit_count()
            if eligible <= need:
                counts[role, row.area or "", row.needs, eligible, need] += 1
    return [
        PredictableGroup(role, area or None, needs, eligible, need, objects)
        for (role, area, needs, eligible, need), objects in sorted(counts.items())
    ]


_Kind = tuple[str, str, tuple[str, ...]]  # role, area ("" for none), needs


class _Tally:
    """Counts over rehearsals; who could have gone is counted by eligible set, of which there are few."""

    def __init__(self, inputs: Inputs) -> None:
        mode = inputs.rules.assignment
        assert mode is not None
        self.seeds = 0
        self._roles = mode.roles
        self._in_teams = isinstance(mode, TeamMode)
        self._kinds = {row.object: (row.area or "", row.needs) for row in inputs.frame}
        self._people: dict[str, list[RosterRow]] = {role: of_role(inputs, role) for role in mode.roles}
        self._met: Counter[tuple[_Kind, int]] = Counter()
        self._sent: Counter[tuple[_Kind, str]] = Counter()
        self._busy: Counter[tuple[str, str]] = Counter()

    def add(self, outcome: Outcome) -> None:
        self.seeds += 1
        busy = set()
        for place, role, mask, members in self._visits(outcome):
            kind = (role, *self._kinds[place])
            self._met[kind, mask] += 1
            for name in members:
                self._sent[kind, name] += 1
                busy.add((role, name))
        self._busy.update(busy)

    def _visits(self, outcome: Outcome) -> Iterator[tuple[str, str, int, Sequence[str]]]:
        """Object, role, who could go, who goes. Everyone of a role could be in the team that goes."""
        if not self._in_teams:
            for role, lottery in outcome.lotteries.items():
                for group, chosen in lottery.chosen.items():
                    yield group.removesuffix(f"/{role}"), role, lottery.eligible[group], chosen
            return
        for group, teams in outcome.lotteries[TEAM].chosen.items():
            for role, people in self._people.items():
                members = outcome.lotteries[role].chosen[group_name(teams[0], role)]
                yield group.removesuffix(f"/{TEAM}"), role, (1 << len(people)) - 1, members

    def report(self) -> Rehearsed:
        everyone = sorted((role, row.inspector) for role, rows in self._people.items() for row in rows)
        likely = sorted(self._pairs(), key=lambda pair: (-pair.at_least, pair.role, pair.area or "", *pair[2:4]))
        return Rehearsed(
            seeds=self.seeds,
            pairs=likely[:LIKELIEST],
            certain=[person for person in everyone if self._busy[person] == self.seeds],
            never=[person for person in everyone if not self._busy[person]],
            people=len(everyone),
        )

    def _pairs(self) -> Iterator[LikelyPair]:
        chances: Counter[tuple[_Kind, str]] = Counter()
        expected: defaultdict[tuple[_Kind, str], float] = defaultdict(float)
        for (kind, mask), times in self._met.items():
            need, people = self._roles[kind[0]], self._people[kind[0]]
            for number in bits(mask):
                pair = kind, people[number].inspector
                chances[pair] += times
                expected[pair] += times * need / mask.bit_count()
        for (kind, name), times in chances.items():
            role, area, needs = kind
            plain = expected[kind, name] / times
            if plain < 1:
                yield LikelyPair(role, area or None, needs, name, self._sent[kind, name], times, plain)
