"""随机分组、随机匹配: what is known of teams before they are formed, and whom a team brings to a firm."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import fairdraw
from fairdraw.rules import TEAM
from fairdraw.tables import EVERYWHERE
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.rules import check_teams_filled


class Assigned(NamedTuple):
    """Who goes to a firm for a role; `team` is empty where people are drawn for each firm."""

    code: str
    role: str
    position: int
    inspector: str
    team: str = ""


def in_teams(lines: Iterable[Assigned]) -> Iterator[Assigned]:
    """The `assign` lines of a result in team mode as people at firms: every member at every firm that the team got."""
    members: dict[str, list[Assigned]] = defaultdict(list)
    matched = []
    for line in lines:
        if line.role == TEAM:
            matched.append(line)
        else:
            members[line.code].append(line)
    for line in matched:
        for member in members[line.inspector]:
            yield member._replace(code=line.code, team=line.inspector)


def check_teams(teams: int, *, staff: Iterable[tuple[Department, int]], needs: Mapping[Department, int]) -> None:
    """A person for every place of every team, with the numbers where there is not."""
    check_teams_filled(teams, [(department, needs[department], people) for department, people in staff])


def teams_forecast(inputs: fairdraw.Inputs) -> dict[str, object]:
    """What is fixed of the teams beside chance; nothing where people are drawn for each firm.

    `whole` are the roles whose people are all in some team; `perhaps` the areas where it may turn out that no team can
    go, with the people who can; `avoided` the number of firms that as many people avoid as there are teams, or more.
    """
    mode = inputs.rules.assignment
    if not isinstance(mode, fairdraw.TeamMode):
        return {}
    people = Counter(row.role for row in inputs.roster)
    shunned = Counter(row.object for row in inputs.barred)
    return {
        "count": mode.teams,
        "roles": [{"role": role, "need": need, "people": people[role]} for role, need in mode.roles.items()],
        "whole": [role for role, need in mode.roles.items() if people[role] == need * mode.teams],
        "perhaps": [{"area": area, "people": able} for area, able in _doubtful(inputs, mode)],
        "avoided": sum(number >= mode.teams for number in shunned.values()),
    }


def _doubtful(inputs: fairdraw.Inputs, mode: fairdraw.TeamMode) -> Iterator[tuple[str, int]]:
    """Areas that are certain of a team only with luck: in no role are there too few others to fill all teams."""
    people = Counter(row.role for row in inputs.roster)
    for area in sorted({row.area for row in inputs.frame if row.area}):
        able = Counter(row.role for row in inputs.roster if area in row.areas or EVERYWHERE in row.areas)
        if all(people[role] - able[role] >= need * mode.teams for role, need in mode.roles.items()):
            yield area, sum(able[role] for role in mode.roles)
