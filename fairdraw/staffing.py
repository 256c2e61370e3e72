"""Section 5: who fits what, and the lotteries of object mode and team mode."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fairdraw.frame import FrameRow, Inputs, RosterRow
from fairdraw.lottery import Group, Lottery, Person, hold
from fairdraw.rules import TEAM, ObjectMode, TeamMode
from fairdraw.tables import EVERYWHERE


class Candidate(NamedTuple):
    """A person, or a team taken as one person: the areas and skills of all members together."""

    name: str
    areas: frozenset[str]
    skills: frozenset[str]
    barred: frozenset[str]  # objects


class Fitness:
    """Answers which candidates fit an object, as a mask over the candidates in the order given."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._all = (1 << len(candidates)) - 1
        self._areas: defaultdict[str, int] = defaultdict(int)
        self._skills: defaultdict[str, int] = defaultdict(int)
        self._barred: defaultdict[str, int] = defaultdict(int)
        for number, candidate in enumerate(candidates):
            for masks, codes in (
                (self._areas, candidate.areas),
                (self._skills, candidate.skills),
                (self._barred, candidate.barred),
            ):
                for code in codes:
                    masks[code] |= 1 << number

    def suited(self, area: str | None, needs: Iterable[str]) -> int:
        """Who may work in the area and has all the skills."""
        mask = self._all if area is None else self._areas.get(area, 0) | self._areas.get(EVERYWHERE, 0)
        for skill in needs:
            mask &= self._skills.get(skill, 0)
        return mask

    def fitting(self, row: FrameRow) -> int:
        """Who is suited to the object and not barred from it."""
        return self.suited(row.area, row.needs) & ~self._barred.get(row.object, 0)


def candidates_of(inputs: Inputs, people: Iterable[RosterRow]) -> list[Candidate]:
    """The people of a roster as candidates, in the same order."""
    barred = defaultdict(set)
    for row in inputs.barred:
        barred[row.inspector].add(row.object)
    return [
        Candidate(row.inspector, frozenset(row.areas), frozenset(row.skills), frozenset(barred.get(row.inspector, ())))
        for row in people
    ]


def hold_lotteries(inputs: Inputs, drawn: Sequence[FrameRow], key: str) -> dict[str, Lottery]:
    """All lotteries for the drawn objects, by role, and `team` for the objects of team mode."""
    mode = inputs.rules.assignment
    if isinstance(mode, ObjectMode):
        return {role: _for_objects(inputs, mode, drawn, role, key) for role in sorted(mode.roles)}
    if isinstance(mode, TeamMode):
        return _for_teams(inputs, mode, drawn, key)
    return {}


def of_role(inputs: Inputs, role: str) -> list[RosterRow]:
    return [row for row in inputs.roster if row.role == role]


def group_name(place: str, role: str) -> str:
    """The name of a group: `OBJECT/ROLE`, `TEAM/ROLE` or `OBJECT/team`."""
    return f"{place}/{role}"


def _for_objects(inputs: Inputs, mode: ObjectMode, drawn: Sequence[FrameRow], role: str, key: str) -> Lottery:
    rows = of_role(inputs, role)
    fitness = Fitness(candidates_of(inputs, rows))
    groups = [Group(group_name(row.object, role), fitness.fitting(row)) for row in drawn]
    people = [Person(row.inspector, row.capacity, row.prior) for row in rows]
    return hold(key, groups, people, need=mode.roles[role], slack=mode.slack)


def _for_teams(inputs: Inputs, mode: TeamMode, drawn: Sequence[FrameRow], key: str) -> dict[str, Lottery]:
    teams = [f"T{number:03d}" for number in range(1, mode.teams + 1)]
    lotteries = {}
    for role, need in sorted(mode.roles.items()):
        people = [Person(row.inspector, 1, 0) for row in of_role(inputs, role)]
        everyone = (1 << len(people)) - 1
        groups = [Group(group_name(team, role), everyone) for team in teams]
        lotteries[role] = hold(key, groups, people, need=need, slack=0)
    # Byte order and number order differ from T1000 on; people of a lottery are sorted by name.
    candidates = _team_candidates(inputs, sorted(teams), lotteries)
    fitness = Fitness(candidates)
    groups = [Group(group_name(row.object, TEAM), fitness.fitting(row)) for row in drawn]
    as_people = [Person(team.name, len(drawn), 0) for team in candidates]
    lotteries[TEAM] = hold(key, groups, as_people, need=1, slack=mode.slack)
    return lotteries


def _team_candidates(inputs: Inputs, teams: Iterable[str], lotteries: Mapping[str, Lottery]) -> list[Candidate]:
    """Each team as one candidate; a team without members (no roles in the rules) fits nothing with an area or need."""
    known = {candidate.name: candidate for candidate in candidates_of(inputs, inputs.roster)}
    candidates = []
    for team in teams:
        members = [
            known[name] for role, lottery in lotteries.items() for name in lottery.chosen[group_name(team, role)]
        ]
        candidates.append(
            Candidate(
                team,
                frozenset().union(*(member.areas for member in members)),
                frozenset().union(*(member.skills for member in members)),
                frozenset().union(*(member.barred for member in members)),
            )
        )
    return candidates
