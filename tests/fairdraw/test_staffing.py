"""Section 5: who fits what, in object mode and in team mode."""

from collections import Counter

from hypothesis import given, settings

from fairdraw import BarredRow, FrameRow, ObjectMode, RosterRow, TeamMode, check_files, draw
from tests.fairdraw.worlds import World, input_files, keys, worlds

KEY = "bdb143474b1a2b873eb93b82b6b94ce7"


def fits(world: World, row: FrameRow, person: RosterRow) -> bool:
    """The words of section 5, one by one."""
    in_area = row.area is None or person.areas == ("*",) or row.area in person.areas
    able = set(row.needs) <= set(person.skills)
    return in_area and able and BarredRow(row.object, person.inspector) not in world.barred


@settings(max_examples=240, deadline=None)
@given(worlds(), keys)
def test_object_mode_sends_people_of_the_role_who_fit(world: World, key: str) -> None:
    world = world._replace(assignment=ObjectMode({"fire": 1, "market": 2}, 1))
    outcome = draw(check_files(input_files(world)), key)
    rows, people = {row.object: row for row in world.frame}, {row.inspector: row for row in world.roster}
    for place, role, _, who in outcome.assignments:
        assert people[who].role == role
        assert fits(world, rows[place], people[who])
    sent = Counter((one.place, one.role) for one in outcome.assignments)
    drawn = [place.object for places in outcome.drawn.values() for place in places]
    for name in drawn:
        for role, need in (("fire", 1), ("market", 2)):
            eligible = sum(fits(world, rows[name], person) for person in world.roster if person.role == role)
            assert (f"{name}/{role}" in outcome.unstaffed) == (eligible < need)
            assert sent[name, role] == (need if eligible >= need else 0)


@settings(max_examples=240, deadline=None)
@given(worlds(), keys)
def test_team_mode_sends_teams_whose_members_together_fit(world: World, key: str) -> None:
    people = {row.inspector: row for row in world.roster}
    teams = min(Counter(row.role for row in world.roster)[role] for role in ("fire", "market"))
    if not teams:
        return
    world = world._replace(assignment=TeamMode(teams, {"fire": 1, "market": 1}, 0))
    outcome = draw(check_files(input_files(world)), key)
    members = {f"T{number:03d}": [] for number in range(1, teams + 1)}
    for place, role, _, who in outcome.assignments:
        if role != "team":
            members[place].append(people[who])
    assert all(sorted(one.role for one in team) == ["fire", "market"] for team in members.values())
    assert len({one.inspector for team in members.values() for one in team}) == 2 * teams
    assigned = {one.place: one.who for one in outcome.assignments if one.role == "team"}
    drawn = {place.object for places in outcome.drawn.values() for place in places}
    for row in world.frame:
        if row.object in drawn:
            suited = {name for name, team in members.items() if _team_fits(world, row, team)}
            assert (assigned[row.object] in suited) if suited else (f"{row.object}/team" in outcome.unstaffed)


def _team_fits(world: World, row: FrameRow, team: list[RosterRow]) -> bool:
    in_area = any(row.area is None or one.areas == ("*",) or row.area in one.areas for one in team)
    able = set(row.needs) <= {skill for one in team for skill in one.skills}
    return in_area and able and not any(BarredRow(row.object, one.inspector) in world.barred for one in team)


def test_more_than_999_teams_are_told_apart() -> None:
    roster = [RosterRow(f"M{number:04d}", "market", ("*",), (), 1, 0) for number in range(1001)]
    frame = [FrameRow(f"S{number}", "general", None, ()) for number in range(3)]
    world = World(frame, [], roster, [], {"general": (3, 0)}, TeamMode(1001, {"market": 1}, 0))
    outcome = draw(check_files(input_files(world)), KEY)
    assert {one.place for one in outcome.assignments if one.role == "market"} >= {"T001", "T999", "T1000", "T1001"}
    assert sum(one.role == "team" for one in outcome.assignments) == 3
