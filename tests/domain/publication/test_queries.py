from datetime import timedelta

import pytest

from mingcha.domain.publication import actions, queries
from mingcha.kit.actors import SYSTEM
from tests.factories import inspections as make
from tests.factories import publication as show

pytestmark = pytest.mark.django_db


def test_the_newest_stands_first_and_what_is_due_is_not_shown(cast, noon):
    there = make.world(cast, timing="AT_END")
    make.dispatched(there)
    actions.schedule_drawn_list(there.draw, by=SYSTEM, at=noon)
    old = show.result(cast.market, 1, at=noon - timedelta(days=1))
    new = show.result(cast.market, 2)
    assert list(queries.published("RESULT")) == [new, old]
    assert not queries.published("DRAWN_LIST").exists()


def test_a_firms_file_holds_its_results_only(cast):
    mine = show.result(cast.market, 1)
    show.result(cast.fire, 2)
    assert list(queries.file_of_firm(mine.subject_code)) == [mine]


def test_due_results_name_their_clock(cast, noon):
    inspection = make.confirmed(make.world(cast))
    (row,) = queries.due_results(now=noon + timedelta(hours=1))
    assert (row.inspection, row.duty.kind) == (inspection, "PUBLISH_RESULT")
    actions.publish_result(inspection, by=SYSTEM, at=noon)
    assert queries.due_results(now=noon + timedelta(hours=1)) == []


def test_staff_see_the_publications_of_their_reach(cast):
    show.result(cast.market, 1)
    show.result(cast.fire, 2)
    counts = {
        person.username: queries.publications_visible_to(person).count()
        for person in (cast.handler, cast.supervisor, cast.stranger, cast.inspector)
    }
    assert counts == {"handler": 1, "supervisor": 2, "stranger": 0, "inspector": 0}
