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
    assert queries.published_about(there.draw) is None


def test_what_was_shown_of_a_row_is_found(cast, noon):
    there = make.world(cast)
    row = actions.publish_plan(there.campaign.plan, by=SYSTEM, at=noon)
    assert queries.published_about(there.campaign.plan) == row


def test_a_firms_file_holds_its_results_only(cast):
    mine = show.result(cast.market, 1)
    show.result(cast.fire, 2)
    assert list(queries.file_of_firm(mine.subject_code)) == [mine]


def test_firms_are_found_by_code_or_by_a_part_of_the_name(cast, noon):
    first = show.result(cast.market, 1, name="甲乙商行")
    show.result(cast.fire, 21, name="甲乙商行", subject_code=first.subject_code, at=noon + timedelta(days=1))
    show.result(cast.market, 3, name="丙丁饭店")
    for text in (first.subject_code, "乙商"):
        (firm,) = queries.search_firms(text)
        assert (firm["code"], firm["name"], firm["results"]) == (first.subject_code, "甲乙商行", 2)
    assert queries.search_firms("  ") == []
    assert queries.search_firms("%") == []


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, {1, 2, 3}),
        ({"department": "fire"}, {3}),
        ({"found": "yes"}, {2}),
        ({"found": "no"}, {1, 3}),
        ({"year": "2025"}, {3}),
        ({"year": "二零"}, {1, 2, 3}),
        ({"q": "示范企业002"}, {2}),
        ({"q": "示范企业002", "found": "no"}, set()),
    ],
)
def test_results_are_filtered(cast, noon, filters, numbers):
    rows = {
        1: show.result(cast.market, 1),
        2: show.result(cast.market, 2, clean=False),
        3: show.result(cast.fire, 3, at=noon - timedelta(days=365)),
    }
    assert set(queries.results_page(filters)) == {rows[number] for number in numbers}


def test_due_results_name_their_clock(cast, noon):
    inspection = make.confirmed(make.world(cast))
    (row,) = queries.due_results(now=noon + timedelta(hours=1))
    assert (row.inspection, row.duty.kind) == (inspection, "PUBLISH_RESULT")
    assert not row.overdue(noon)
    assert row.overdue(noon + timedelta(days=40))
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
