"""Two witnesses who agreed on one secret: it shows when they open, and it is theirs to answer for."""

import pytest

from mingcha.domain.audit.queries import trail_of
from tests.domain.draws.refusing import refused
from tests.factories import draws

pytestmark = pytest.mark.django_db

SAME = "ab" * 32


@pytest.fixture
def room(cast):
    """Three witnesses, of whom the first two have the same secret; the dice lie."""
    made = draws.room(cast)
    made.seat_witness("示范丙")
    draws.freeze(made, draws.NOON)
    for number, secret in enumerate((SAME, SAME, "")):
        made.commit(number, secret=secret)
    draws.check_copies(made, draws.NOON)
    draws.throw(made, draws.NOON)
    return made


def test_the_second_equal_secret_is_refused_and_names_both_seats(room):
    room.open(0, secret=SAME)
    refused("席位 w2 的随机数与席位 w1 相同", room.open, 1, secret=SAME)
    assert room.now().seats.get(party="w2").secret == ""


def test_an_honest_witness_still_opens_beside_two_equal_secrets(room):
    room.open(0, secret=SAME)
    room.open(2)
    assert [seat.party for seat in room.now().seats.exclude(secret="")] == ["w1", "w3"]


def test_the_draw_with_equal_secrets_stays_where_it_is_without_a_result(room):
    room.open(0, secret=SAME)
    room.open(2)
    refused("不是独立产生的", room.open, 1, secret=SAME)
    assert (room.now().state, room.now().has_result) == ("DICE", False)
    assert [entry.details["party"] for entry in trail_of(room.draw).filter(event="draw.seat_opened")] == ["w1", "w3"]
