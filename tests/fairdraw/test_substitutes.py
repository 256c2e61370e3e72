"""Section 5: who stands in is the next in the group's own order, never a choice."""

import pytest

from fairdraw import FrameRow, ObjectMode, Refused, RosterRow, Substitution, check_files, draw, substitutes
from fairdraw.notation import sha
from tests.fairdraw.worlds import World, input_files, plain_world

KEY = "bdb143474b1a2b873eb93b82b6b94ce7"


def test_the_others_follow_in_the_pair_order_of_the_group() -> None:
    outcome = draw(check_files(input_files(plain_world(people=8))), KEY)
    place = outcome.drawn["general"][0].object
    people = [f"M{number:03d}" for number in range(8)]
    order = sorted(people, key=lambda name: sha(f"{KEY}:pair:{place}/market:{name}"))
    chosen = outcome.lotteries["market"].chosen[f"{place}/market"]
    assert substitutes(outcome, KEY, place, "market") == [name for name in order if name not in chosen]


def test_someone_above_the_cap_is_passed_over_and_comes_back_when_relieved() -> None:
    frame = [FrameRow(f"S{number}", "general", None, ()) for number in range(2)]
    roster = [RosterRow(f"M{number}", "market", ("*",), (), 9, 0) for number in range(3)]
    world = World(frame, [], roster, [], {"general": (2, 0)}, ObjectMode({"market": 1}, 0))
    outcome = draw(check_files(input_files(world)), KEY)
    chosen = outcome.lotteries["market"].chosen
    (one, [busy]), (two, [gone]) = [(name.removesuffix("/market"), who) for name, who in chosen.items()]
    assert outcome.lotteries["market"].level == 1
    idle = ({"M0", "M1", "M2"} - {busy, gone}).pop()
    assert set(substitutes(outcome, KEY, two, "market")) == {busy, idle}
    moved = Substitution(two, "market", gone, busy)
    assert substitutes(outcome, KEY, two, "market", [moved]) == [idle]
    assert busy not in substitutes(outcome, KEY, one, "market", [moved])
    assert set(substitutes(outcome, KEY, one, "market", [moved])) == {gone, idle}


def test_only_people_who_fit_stand_in() -> None:
    frame = [FrameRow("S1", "general", "A1", ("fire",))]
    roster = [
        RosterRow("M1", "market", ("A1",), ("fire",), 9, 0),
        RosterRow("M2", "market", ("A1",), ("fire", "food"), 9, 0),
        RosterRow("M3", "market", ("A2",), ("fire",), 9, 0),
        RosterRow("M4", "market", ("A1",), ("food",), 9, 0),
    ]
    outcome = draw(
        check_files(input_files(World(frame, [], roster, [], {"general": (1, 0)}, ObjectMode({"market": 1}, 1)))), KEY
    )
    (chosen,) = outcome.lotteries["market"].chosen["S1/market"]
    assert substitutes(outcome, KEY, "S1", "market") == [name for name in ("M1", "M2") if name != chosen]


def test_a_place_that_was_not_drawn_has_no_substitute() -> None:
    outcome = draw(check_files(input_files(plain_world())), KEY)
    for place, role in (("S999", "market"), (outcome.drawn["general"][0].object, "fire")):
        with pytest.raises(Refused, match="没有"):
            substitutes(outcome, KEY, place, role)
