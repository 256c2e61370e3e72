from datetime import timedelta

import pytest

from mingcha.domain.duties.queries import about_key, duties_visible_to, duty_of, ended, provisional_duties, running
from tests.factories import duties as make

pytestmark = pytest.mark.django_db


def test_a_clock_names_its_row_as_the_trail_does(cast):
    assert about_key(cast.market) == f"organisation.Department:{cast.market.pk}"
    named = make.duty(cast.market, about=about_key(cast.market))
    assert duty_of("ENTRY", cast.market) == named
    assert duty_of("PUBLISH_RESULT", cast.market) is None
    assert duty_of("ENTRY", cast.fire) is None


def test_a_person_sees_the_clocks_of_the_departments_in_reach_the_earliest_first(cast):
    later = make.duty(cast.market, 1, due_in=timedelta(hours=30))
    sooner = make.duty(cast.market, 2, due_in=timedelta(hours=3))
    fire = make.duty(cast.fire, 3, due_in=timedelta(hours=20))
    assert list(duties_visible_to(cast.handler)) == [sooner, later]
    assert list(duties_visible_to(cast.supervisor)) == [sooner, fire, later]
    for blind in (cast.stranger, cast.inspector, cast.auditor):
        assert not duties_visible_to(blind).exists()


def test_running_and_ended_clocks_are_told_apart(cast):
    open_one, mended = make.duty(cast.market, 1), make.late(cast.market, 2)
    seen = duties_visible_to(cast.handler)
    assert (list(running(seen)), list(ended(seen))) == ([open_one], [mended])


def test_only_open_guesses_wait_for_the_calendar(cast):
    guess = make.duty(cast.market, 1, provisional=True)
    make.duty(cast.market, 2)
    make.duty(cast.market, 3, provisional=True, state="MET", ended_at=guess.due_at)
    assert list(provisional_duties()) == [guess]
