"""Section 4: tickets, and who is drawn in each stratum."""

import hashlib
import itertools
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from fairdraw import FrameRow, Stratum, ticket, write_frame
from fairdraw.frame import FRAME
from fairdraw.tickets import draw_objects, smallest
from tests.fairdraw.worlds import frames, keys

KEY = "bdb143474b1a2b873eb93b82b6b94ce7"


def test_a_ticket_is_the_sha256_of_key_colon_id() -> None:
    assert ticket(KEY, "S1") == hashlib.sha256(b"bdb143474b1a2b873eb93b82b6b94ce7:S1").hexdigest()


@settings(max_examples=150, deadline=None)
@given(keys, st.integers(0, 400), st.integers(0, 500))
def test_a_bound_on_the_tickets_changes_nothing(key: str, size: int, wanted: int) -> None:
    names = [f"S{number:03d}" for number in range(size)]
    everybody = sorted((ticket(key, name), name) for name in names)
    assert [(digest.hex(), name) for digest, name in smallest(names, key, wanted)] == everybody[:wanted]


def test_when_too_few_stay_below_the_bound_all_are_sorted(monkeypatch) -> None:
    monkeypatch.setattr("fairdraw.tickets._bound", lambda wanted, size: b"\x00")
    names = [f"S{number:03d}" for number in range(50)]
    assert [name for _, name in smallest(names, KEY, 4)] == sorted(names, key=lambda name: ticket(KEY, name))[:4]


@settings(max_examples=180, deadline=None)
@given(keys, frames(), st.data())
def test_each_stratum_gives_its_first_tickets_then_its_reserves(key: str, rows: list[FrameRow], data) -> None:
    sizes = Counter(row.stratum for row in rows)
    strata = {
        code: Stratum(data.draw(st.integers(0, size)), data.draw(st.integers(0, 20))) for code, size in sizes.items()
    }
    outcome = draw_objects(FRAME.read(write_frame(rows)), strata, key)
    assert list(outcome) == sorted(strata)
    for code, (drawn, reserves) in outcome.items():
        order = sorted((row.object for row in rows if row.stratum == code), key=lambda name: ticket(key, name))
        take, reserve = strata[code]
        assert [place.object for place in drawn] == order[:take]
        assert [place.object for place in reserves] == order[take : take + reserve]
        assert [place.rank for place in (*drawn, *reserves)] == list(range(1, min(sizes[code], take + reserve) + 1))
        assert all(place.ticket == ticket(key, place.object) for place in drawn)


@settings(max_examples=120, deadline=None)
@given(keys, st.integers(1, 30))
def test_a_larger_take_extends_the_smaller(key: str, size: int) -> None:
    frame = FRAME.read(write_frame(FrameRow(f"S{number:02d}", "general", None, ()) for number in range(size)))
    drawn = [draw_objects(frame, {"general": Stratum(take, 1)}, key)["general"][0] for take in range(size + 1)]
    assert all(larger[:-1] == smaller for smaller, larger in itertools.pairwise(drawn))


@settings(max_examples=120, deadline=None)
@given(keys, st.integers(0, 19))
def test_excluding_an_object_changes_nobody_elses_ticket(key: str, excluded: int) -> None:
    rows = [FrameRow(f"S{number:02d}", "general", None, ()) for number in range(20)]
    whole = draw_objects(FRAME.read(write_frame(rows)), {"general": Stratum(20, 0)}, key)["general"][0]
    gone = rows.pop(excluded).object
    rest = draw_objects(FRAME.read(write_frame(rows)), {"general": Stratum(19, 0)}, key)["general"][0]
    assert [place[1:] for place in rest] == [place[1:] for place in whole if place.object != gone]
