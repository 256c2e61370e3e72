"""Section 6: the result as a whole, and what must never matter to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdraw import ObjectMode, Refused, check_files, draw, result_of
from fairdraw.result import lines_of
from tests.fairdraw.worlds import SECRETS, World, bundle_files, dice, input_files, keys, plain_world, worlds

KEY = "bdb143474b1a2b873eb93b82b6b94ce7"


@settings(max_examples=150, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters(world: World, chance) -> None:
    def shuffled(rows):
        return chance.sample(rows, len(rows))

    other = World(*map(shuffled, world[:4]), dict(shuffled(list(world.strata.items()))), world.assignment)
    assert bundle_files(other) == bundle_files(world)


@settings(max_examples=150, deadline=None)
@given(worlds(), keys)
def test_the_lines_have_the_order_of_the_protocol(world: World, key: str) -> None:
    lines = [line.rstrip("\n").split("\t") for line in lines_of(draw(check_files(input_files(world)), key))]
    kinds = [line[0] for line in lines]
    assert kinds == sorted(kinds, key=["object", "assign", "unstaffed", "lifted"].index)
    objects = [(line[1], int(line[2])) for line in lines if line[0] == "object"]
    assert objects == sorted(objects)
    assigned = [(line[1], line[2], int(line[3])) for line in lines if line[0] == "assign"]
    assert assigned == sorted(assigned)
    for kind in ("unstaffed", "lifted"):
        names = [line[1] for line in lines if line[0] == kind]
        assert names == sorted(names)


def test_positions_sort_as_numbers() -> None:
    world = plain_world(people=12, take=1)._replace(assignment=ObjectMode({"market": 11}, 0))
    lines = "".join(lines_of(draw(check_files(input_files(world)), KEY))).splitlines()
    positions = [line.split("\t")[3] for line in lines if line.startswith("assign")]
    assert positions == [str(number) for number in range(1, 12)]


def test_nothing_to_draw_gives_an_empty_result() -> None:
    world = World([], [], [], [], {}, ObjectMode({"market": 1}, 0))
    assert bundle_files(world)["result.tsv"] == b""


@settings(max_examples=75, deadline=None)
@given(dice)
def test_other_dice_give_another_key_and_so_other_tickets(thrown: str) -> None:
    if thrown == SECRETS["dice"]:
        return
    plain = plain_world()
    assert bundle_files(plain, {**SECRETS, "dice": thrown})["result.tsv"] != bundle_files(plain)["result.tsv"]


def test_a_broken_commitment_gives_no_result() -> None:
    files = bundle_files(plain_world())
    changed = files["ceremony.json"].replace(b"5" * 64, b"5" * 63 + b"6")
    with pytest.raises(Refused, match=r"ceremony\.json：system 开封的随机数与其封存值不符"):
        result_of(check_files(files), changed)
