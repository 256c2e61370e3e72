"""Every act of the ceremony in random order, by several actors, with every lie they can tell; and several at once.

`CEREMONIES=500` runs as many random ceremonies instead of the few that are the same on every machine.
"""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from mingcha.domain.draws import actions
from tests.domain.draws.model.walking import Ceremony
from tests.domain.programs import told_by
from tests.factories import draws

WANTED = os.environ.get("CEREMONIES", "")
# What follows the result without the room has tests of its own; the others of these write nothing.
NO_ACTS_OF_THE_ROOM = {
    *("propose_substitute", "decide_substitute", "propose_reserve", "decide_reserve"),
    "attach_exhibit",  # papers beside the draw; they touch nothing of it
    "let_links_go",  # days after a void, by the worker: tests/domain/inspections/test_links_held.py
    *("prepare", "Prepared", "compose_inputs", "rehearsal_keys"),
}


# proves S3-09
@pytest.mark.django_db
def test_whatever_anybody_does_in_whatever_order_a_ceremony_stays_one(cast):
    class Here(Ceremony):
        pass

    Here.cast, Here.campaign = cast, draws.county(cast, subjects=12)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=int(WANTED or 50),
            stateful_step_count=40,
            derandomize=not WANTED,
            database=None,
            deadline=None,
            # Finding the shortest way to a fault takes minutes; whoever asks for many ceremonies has them.
            phases=[Phase.generate, *([Phase.shrink] if WANTED else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_act_of_the_room_is_left_out():
    written = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "model").glob("*.py"))
    assert [
        name for name in actions.__all__ if f"actions.{name}" not in written and name not in NO_ACTS_OF_THE_ROOM
    ] == []


@pytest.fixture(scope="module")
def rounds(own_database) -> list[dict]:
    """What the program says of every round of every race."""
    printed = told_by("tests.domain.draws.racing", address=own_database)
    return [json.loads(line) for line in printed.splitlines()]


def of(rounds: list[dict], race: str) -> list[dict]:
    found = [told for told in rounds if told["race"] == race]
    assert found
    return found


def test_two_hosts_freeze_once_and_who_sits_down_meanwhile_is_in_or_out(rounds):
    for told in of(rounds, "freezing"):
        assert (told["state"], told["made"]["draw.frozen"]) == ("FROZEN", 1)
        assert told["became"].count("ok") == told["seats"] - 1
        assert set(told["became"]) == {"Refused", "ok"}


def test_dice_and_abort_at_once_give_one_of_the_two(rounds):
    for told in of(rounds, "abort_against_dice"):
        assert told["became"] == ["Refused", "ok"]
        made = told["made"]["draw.dice_confirmed"], told["made"]["draw.aborted"]
        assert made == {"DICE": (1, 0), "ABORTED": (0, 1)}[told["state"]]


def test_two_typists_at_once_confirm_the_dice_once(rounds):
    for told in of(rounds, "typing"):
        assert (told["became"], told["state"], told["made"]["draw.dice_confirmed"]) == (["ok", "ok"], "DICE", 1)


def test_a_phone_and_the_sealed_copy_of_its_seat_open_once_and_make_one_result(rounds):
    for told in of(rounds, "opening"):
        assert (told["became"], told["state"], told["results"]) == (["Refused", "ok"], "RESULT", 1)
        assert told["made"]["draw.result_made"] == 1


def test_a_void_and_the_taking_effect_at_once_give_one_of_the_two(rounds):
    for told in of(rounds, "void_against_force"):
        assert told["became"] == ["Refused", "ok"]
        made = told["made"]["draw.voided"], told["made"]["draw.in_force"]
        assert made == {"VOIDED": (1, 0), "IN_FORCE": (0, 1)}[told["state"]]
