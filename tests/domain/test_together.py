"""Several people press at once, on the database that the tests run on."""

import json

import pytest

from tests.domain.programs import told_by


@pytest.fixture(scope="module")
def became(own_database) -> dict[str, object]:
    """What the program says of every press."""
    return json.loads(told_by("tests.domain.together", address=own_database))


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ("open", ["Refused", "ok"]),
        ("freeze", ["Refused", "Refused", "ok"]),
        ("commit", ["Refused", "ok", "ok"]),
        ("copies", ["Refused", "ok"]),
        ("dice", ["Refused", "ok", "ok"]),
        ("last opening", ["Refused", "Refused", "ok", "ok"]),
        ("dispatch", ["Refused", "ok"]),
        ("substitute", ["Refused", "ok"]),
        ("approval", ["Refused", "ok"]),
        ("reserve", ["Refused", "ok"]),
        ("replacement", ["Refused", "ok"]),
    ],
)
def test_each_phase_of_a_draw_happens_once_whoever_presses(became, pressed, expected):
    assert became[pressed] == expected


def test_the_last_two_openings_at_once_make_one_result(became):
    assert became["result"] == ["RESULT", 1]


def test_a_link_made_during_a_freeze_is_in_its_frame_or_refused(became):
    assert (became["link first"], became["out of scope"]) == (["ok", "ok"], True)
    assert became["freeze first"] == ["Refused", "ok"]


def test_a_change_that_is_approved_twice_at_once_moves_one_person_and_opens_one_visit(became):
    assert (became["who goes"], became["visits"]) == (4, 1)


def test_a_trace_and_a_locked_department_never_wait_for_each_other(became):
    assert became["crossing"] == ["ok", "ok"]


def test_four_people_leave_their_traces_at_once_and_every_chain_holds(became):
    assert became["traces"] == [["ok"] * 4, []]
