"""What the frozen files show before any randomness exists (section 2, last paragraph).

The platform asks this before it freezes; the verifier does not repeat it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from fairdraw.frame import Inputs
from fairdraw.result import draw
from fairdraw.rules import TEAM, ObjectMode, TeamMode
from fairdraw.staffing import Fitness, candidates_of, of_role

SMALL_STRATUM = 10


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
