"""Several people press at once, on the database that the tests run on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A database of its own, of the same kind."""
    ours = settings.DATABASES["default"]
    if "sqlite" in ours["ENGINE"]:
        yield f"sqlite:///{tmp_path_factory.mktemp('together') / 'together.sqlite3'}"
        return
    name = f"together_{os.getpid()}"
    place = {key: ours[key.upper()] for key in ("host", "port", "user", "password") if ours[key.upper()]}
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f"CREATE DATABASE {name}")
        host = urlencode({"host": ours["HOST"]})
        yield f"postgresql://{ours['USER']}:{ours['PASSWORD']}@:{ours['PORT']}/{name}?{host}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def became(address) -> dict[str, object]:
    """What the program says of every press."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.domain.together"],
        env={**os.environ, "MINGCHA_DATABASE": address},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    return json.loads(answer.stdout)


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
