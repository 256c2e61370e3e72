"""What the platform asks before it freezes: too few people, what is not random, and what rehearsals show."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

import pytest

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
    draw,
    likeliest_pairs,
    predictability,
    understaffed,
)
from fairdraw.forecast import LARGEST_REHEARSAL, LIKELIEST
from fairdraw.frame import Inputs
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


KEYS = [sha256(f"rehearsal {number}".encode()).hexdigest()[:32] for number in range(60)]


def checked(world: World) -> Inputs:
    return check_files(input_files(world))


def goings(inputs: Inputs, key: str, role: str) -> Iterator[tuple[str, str]]:
    """(object, person) of a role in the published result, through the teams when there are any."""
    rows = draw(inputs, key).assignments
    members = [(row.place, row.who) for row in rows if row.role == role]
    teams = [(row.place, row.who) for row in rows if row.role == "team"]
    if not teams:
        return iter(members)
    return ((place, who) for place, team in teams for at, who in members if at == team)


@pytest.mark.parametrize("mode", [ObjectMode({"market": 2}, 1), TeamMode(2, {"market": 2}, 1)])
def test_rehearsals_count_what_the_results_say(mode) -> None:
    world = plain_world(objects=20, people=6, take=7)._replace(assignment=mode)
    inputs = checked(world)
    found = likeliest_pairs(inputs, KEYS)
    assert found is not None
    sent = Counter(who for key in KEYS for _, who in goings(inputs, key, "market"))
    assert {pair.inspector: pair.sent for pair in found.pairs} == sent
    assert {pair.chances for pair in found.pairs} == {7 * len(KEYS)}
    assert [pair.expected for pair in found.pairs] == pytest.approx([2 / 6] * 6)
    assert (found.seeds, found.people) == (len(KEYS), 6)


def test_a_conflict_is_no_chance_and_raises_what_the_others_expect() -> None:
    barred = [BarredRow(f"S{number:03d}", "M000") for number in range(6)]
    inputs = checked(plain_world(objects=12, people=4, take=12)._replace(barred=barred))
    found = likeliest_pairs(inputs, KEYS)
    assert found is not None
    chances = {pair.inspector: (pair.chances, pair.expected) for pair in found.pairs}
    assert chances["M000"] == (6 * len(KEYS), pytest.approx(2 / 4))
    assert chances["M001"] == (12 * len(KEYS), pytest.approx((2 / 4 + 2 / 3) / 2))


def test_exact_balance_gives_away_whoever_has_carried_less_and_slack_hides_them() -> None:
    world = plain_world(objects=30, people=4, take=3)
    roster = [row._replace(prior=0 if row.inspector == "M002" else 5) for row in world.roster]
    exact, slack = (
        likeliest_pairs(checked(world._replace(roster=roster, assignment=ObjectMode({"market": 2}, s))), KEYS)
        for s in (0, 1)
    )
    assert exact is not None
    assert slack is not None
    first = exact.pairs[0]
    assert (first.inspector, first.share, first.expected, first.at_least > 0.95) == ("M002", 1.0, 0.5, True)
    assert (len(exact.certain), len(slack.certain)) == (4, 0)  # the others go once each, nobody can escape
    assert max(pair.share for pair in slack.pairs) < 0.75


def test_only_the_likeliest_are_listed_and_kinds_are_told_apart() -> None:
    frame = [
        FrameRow(f"S{number:03d}", "general", f"A{number % 3}", ("fire",) if number % 2 else ()) for number in range(60)
    ]
    roster = [
        RosterRow(f"M{number:03d}", "market", (f"A{number % 3}",), ("fire",) if number % 4 else (), 9, 0)
        for number in range(12)
    ]
    found = likeliest_pairs(
        checked(World(frame, [], roster, [], {"general": (9, 0)}, ObjectMode({"market": 1}, 1))), KEYS
    )
    assert found is not None
    assert len(found.pairs) == LIKELIEST
    bounds = [pair.at_least for pair in found.pairs]
    assert bounds == sorted(bounds, reverse=True)
    areas = {row.inspector: row.areas[0] for row in roster}
    assert all(pair.area == areas[pair.inspector] for pair in found.pairs)
    assert {pair.needs for pair in found.pairs} == {(), ("fire",)}


def test_what_is_certain_anyhow_is_left_to_the_other_report() -> None:
    found = likeliest_pairs(checked(plain_world(objects=12, people=2, take=4)), KEYS)
    assert found is not None
    assert (found.pairs, found.certain) == ([], [("market", "M000"), ("market", "M001")])


def test_who_fits_nothing_is_sent_nowhere_and_few_chances_prove_little() -> None:
    world = plain_world(objects=12, people=5, take=1)
    roster = [*world.roster[:4], world.roster[4]._replace(areas=("A9",))]
    frame = [row._replace(area="A1") for row in world.frame]
    inputs = checked(world._replace(roster=roster, frame=frame))
    found = likeliest_pairs(inputs, KEYS)
    assert found is not None
    assert found.never == [("market", "M004")]
    assert all(pair.inspector != "M004" for pair in found.pairs)
    once = likeliest_pairs(inputs, KEYS[:1])
    assert once is not None
    assert (once.pairs[0].share, once.pairs[0].at_least < 0.21) == (1.0, True)


def test_nothing_to_rehearse_and_too_much_to_rehearse_are_both_told_by_none() -> None:
    world = plain_world()
    assert likeliest_pairs(checked(world), []) is None
    assert likeliest_pairs(checked(world._replace(assignment=None)), KEYS[:1]) is None
    assert likeliest_pairs(checked(world._replace(strata={"general": (0, 0)})), KEYS[:1]) is None
    people = LARGEST_REHEARSAL // 50
    most = plain_world(objects=60, people=people, take=50)
    assert likeliest_pairs(checked(most), KEYS[:1]) is not None
    assert likeliest_pairs(checked(most._replace(strata={"general": (51, 0)})), KEYS[:1]) is None
    wide = plain_world(objects=LARGEST_REHEARSAL + 1, people=4, take=1)
    wide = wide._replace(frame=[row._replace(object=f"F{number}") for number, row in enumerate(wide.frame)])
    assert likeliest_pairs(checked(wide), KEYS[:1]) is None
