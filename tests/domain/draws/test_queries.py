"""What can be asked about draws, by whom, and since when names are open."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from mingcha.domain.draws import queries
from mingcha.domain.draws.actions import open_draw
from mingcha.kit.errors import Refused
from tests.factories import draws

pytestmark = pytest.mark.django_db


def test_the_lead_the_parties_and_the_overseers_see_a_draw_and_nobody_else(cast):
    draw = draws.room(cast).draw
    for person in (cast.handler, cast.approver, cast.fire_handler, cast.discipline, cast.supervisor, cast.coordinator):
        assert list(queries.draws_visible_to(person)) == [draw]
    for person in (cast.stranger, cast.inspector, cast.keeper, cast.auditor):
        assert list(queries.draws_visible_to(person)) == []


# proves S4-03
def test_every_number_is_public_from_its_first_moment(cast):
    draw = draws.room(cast).draw
    assert list(queries.public_draws()) == [draw]
    assert queries.draw_by_number(draw.number) == draw
    assert queries.draw_by_number("990000-2026-market-999") is None


@pytest.mark.parametrize(("timing", "opens"), [("AT_DRAW", 0), ("AT_START", 7), ("AT_END", 21)])
def test_names_open_at_the_time_that_the_plan_set(cast, noon, timing, opens):
    draw = draws.draw_at(cast, "IN_FORCE", list_timing=timing)
    days = [queries.list_is_public(draw, now=noon + timedelta(days=n)) for n in range(30)]
    assert days == [n >= opens for n in range(30)]


@pytest.mark.parametrize("timing", ["AT_DRAW", "AT_START", "AT_END"])
def test_nothing_is_public_that_is_not_in_force_before_its_last_day_is_over(cast, noon, timing):
    draw = draws.draw_at(cast, "SIGNED", list_timing=timing)
    days = [queries.list_is_public(draw, now=noon + timedelta(days=n)) for n in range(30)]
    assert days.index(True) == 22


def test_with_sealed_publication_the_room_sees_no_names_and_the_desk_none_before_it_takes_effect(cast, noon):
    made = draws.room_at(cast, "SIGNED", list_timing="AT_START")
    assert not queries.room_sees_names(made.draw, now=noon)
    assert not queries.staff_see_names(made.draw, now=noon)
    draws.bring_into_force(made, noon)
    assert not queries.room_sees_names(made.now(), now=noon)
    assert queries.staff_see_names(made.now(), now=noon)


def test_without_a_result_nobody_sees_names(cast, noon):
    draw = draws.draw_at(cast, "DICE")
    assert not queries.room_sees_names(draw, now=noon)
    assert not queries.staff_see_names(draw, now=noon)


# proves S4-03
def test_public_facts_hold_no_name_before_the_lists_time(cast, noon):
    draw = draws.draw_at(cast, "IN_FORCE", list_timing="AT_END")
    closed = queries.public_facts(draw, now=noon)
    assert {"files", "labels"} & set(closed) == set()
    assert "检查结束日 2026-12-14" in closed["when_public"]
    opened = queries.public_facts(draw, now=noon + timedelta(days=21))
    assert opened["drawn_total"] == draw.subjects.filter(reserve=False).count() == 4
    assert opened["labels"]["strata"] == {"foreign": "涉外", "rest": "一般"}


# proves S4-04
def test_the_public_reads_each_stratums_chance(cast, noon):
    facts = queries.public_facts(draws.draw_at(cast, "FROZEN"), now=noon)
    assert [(row["size"], row["take"]) for row in facts["strata"]] == [(12, 2), (48, 2)]
    assert facts["strata"][0]["chance"] == pytest.approx(2 / 12)
    assert (facts["frame_total"], facts["excluded_total"], facts["register_total"]) == (60, 1, 61)


def test_before_the_freeze_there_are_no_figures(cast, noon):
    assert queries.public_facts(draws.room(cast).draw, now=noon)["frame_total"] is None


def test_a_firm_finds_the_draws_with_a_public_list_that_names_it(cast, noon):
    draw = draws.draw_at(cast, "IN_FORCE", list_timing="AT_START")
    row = draw.subjects.first()
    assert queries.public_draws_of(row.code, now=noon) == []
    assert queries.public_draws_of(row.code, now=noon + timedelta(days=7)) == [draw]
    assert queries.public_draws_of("91NOBODY", now=noon + timedelta(days=7)) == []


def test_there_is_no_bundle_before_the_result(cast):
    with pytest.raises(Refused, match="还没有结果"):
        queries.bundle_of(draws.draw_at(cast, "DICE"))


def test_the_bundle_holds_the_files_byte_for_byte(cast):
    draw = draws.draw_at(cast, "RESULT")
    with zipfile.ZipFile(BytesIO(queries.bundle_of(draw))) as archive:
        names = set(archive.namelist())
        for name in names - {"signatures.json", "record.pdf"}:
            assert archive.read(name) == bytes(queries.file_of(draw, name).content)
    assert names == {file.name for file in draw.files.all()} | {"signatures.json", "record.pdf"}
    assert queries.file_of(draw, "record.pdf") is None


def test_the_drawn_list_is_in_order_with_its_people(cast, django_assert_max_num_queries):
    draw = draws.draw_at(cast, "RESULT")
    with django_assert_max_num_queries(4):
        rows = [(row.stratum, row.rank, len(row.inspectors.all())) for row in queries.drawn_list(draw)]
    assert rows == [("foreign", n, 4 if n < 3 else 0) for n in (1, 2, 3, 4)] + [
        ("rest", n, 4 if n < 3 else 0) for n in (1, 2, 3, 4)
    ]


def test_assignments_count_only_draws_in_force_of_the_year(cast):
    made = draws.room_at(cast, "SIGNED")
    codes = [f"market-{n:03d}" for n in range(1, 7)]
    assert queries.assignments_this_year(codes, 2026) == {}
    draws.bring_into_force(made, draws.NOON)
    assert sum(queries.assignments_this_year(codes, 2026).values()) == 8
    assert queries.assignments_this_year(codes, 2025) == {}


def test_a_pairing_code_finds_the_draw_while_it_seats(cast):
    made = draws.room(cast)
    assert queries.draw_with_code(draws.PAIRING) == made.draw
    assert queries.draw_with_code("AAAA2222") is None
    draws.freeze(made, draws.NOON)
    assert queries.draw_with_code(draws.PAIRING) is None


def test_a_phone_finds_its_seat_by_its_token(cast):
    made = draws.room(cast)
    assert queries.seat_of(made.draw, made.tokens[1]) == made.seats[1]
    assert queries.seat_of(made.draw, "guess") is None


def test_pairing_codes_differ_from_draw_to_draw(cast, noon):
    first = open_draw(draws.county(cast), by=cast.handler, at=noon)
    assert len(first.pairing_code) == 8
    assert set(first.pairing_code) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
