"""What the platform asks before it freezes: too few people, and what is not random."""

from fairdraw import (
    BarredRow,
    FrameRow,
    ObjectMode,
    PredictableGroup,
    PredictableStratum,
    RosterRow,
    TeamMode,
    Understaffed,
    check_files,
    default_slack,
    predictability,
    understaffed,
)
from tests.fairdraw.worlds import World, input_files, plain_world

FRAME = [
    FrameRow("S1", "rare", "A1", ("fire",)),
    FrameRow("S2", "rare", "A1", ("fire",)),
    FrameRow("S3", "rare", "A2", ()),
    *(FrameRow(f"S9{number}", "general", None, ()) for number in range(10)),
]
ROSTER = [
    RosterRow("M1", "market", ("A1",), ("fire",), 9, 0),
    RosterRow("M2", "market", ("A1", "A2"), (), 9, 0),
    RosterRow("M3", "market", ("*",), (), 9, 0),
    RosterRow("M4", "market", ("*",), (), 9, 0),
]
WORLD = World(FRAME, [], ROSTER, [], {"rare": (1, 0), "general": (5, 0)}, ObjectMode({"market": 2}, 1))


def test_an_area_and_need_with_too_few_people_is_listed() -> None:
    assert understaffed(check_files(input_files(WORLD))) == [Understaffed("market", "A1", ("fire",), 1, 2)]


def test_without_assignment_nothing_is_understaffed() -> None:
    inputs = check_files(input_files(WORLD._replace(assignment=None)))
    assert (understaffed(inputs), predictability(inputs).groups) == ([], [])


def test_in_team_mode_what_no_team_could_do_is_listed() -> None:
    world = WORLD._replace(
        frame=[*FRAME, FrameRow("S4", "rare", None, ("lift",))],
        assignment=TeamMode(1, {"market": 2}, 1),
    )
    assert understaffed(check_files(input_files(world))) == [Understaffed("team", None, ("lift",), 0, 1)]


def test_small_strata_and_shares_above_half_are_predictable() -> None:
    world = WORLD._replace(strata={"rare": (2, 0), "general": (5, 0)})
    assert predictability(check_files(input_files(world))).strata == [PredictableStratum("rare", 3, 2, True, True)]
    world = WORLD._replace(strata={"rare": (0, 0), "general": (6, 0)})
    assert predictability(check_files(input_files(world))).strata == [
        PredictableStratum("general", 10, 6, False, True),
        PredictableStratum("rare", 3, 0, True, False),
    ]


def test_groups_with_no_more_people_than_needed_are_predictable() -> None:
    world = WORLD._replace(barred=[BarredRow("S90", "M1"), BarredRow("S90", "M4"), BarredRow("S3", "M3")])
    assert predictability(check_files(input_files(world))).groups == [
        PredictableGroup("market", None, (), 2, 2, 1),
        PredictableGroup("market", "A1", ("fire",), 1, 2, 2),
        PredictableGroup("market", "A2", (), 2, 2, 1),
    ]


def test_the_default_slack_is_a_quarter_of_the_level_and_at_least_one() -> None:
    key = "0" * 32
    assert default_slack(check_files(input_files(plain_world())), key) == 1
    busy = plain_world(objects=30, people=4, take=18)  # 36 places on 4 people: level 9
    assert default_slack(check_files(input_files(busy)), key) == 3
    assert default_slack(check_files(input_files(busy._replace(assignment=None))), key) == 1
