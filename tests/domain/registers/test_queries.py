"""Who sees what of the registers, and who can be drawn."""

from datetime import date, timedelta

import pytest

from mingcha.domain.registers import queries
from mingcha.domain.registers.rules import words_of
from mingcha.domain.registers.states import InspectorState, SubjectState
from tests.factories import organisation as place
from tests.factories import registers as make
from tests.factories.organisation import code_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
END = date(2026, 12, 14)


def codes(rows) -> list[str]:
    return sorted(rows.values_list("code", flat=True))


def test_a_person_sees_the_subjects_of_the_region_and_the_people_of_the_department(cast):
    mine, theirs = make.subject(1), make.subject(2, place=cast.stranger.department.region)
    make.inspector(cast.market, 1)
    make.inspector(cast.fire, 1)
    assert codes(queries.subjects_visible_to(cast.handler)) == [mine.code]
    assert codes(queries.subjects_visible_to(cast.stranger)) == [theirs.code]
    assert codes(queries.inspectors_visible_to(cast.handler)) == ["market-001"]
    assert codes(queries.inspectors_visible_to(cast.supervisor)) == ["fire-001", "market-001"]


@pytest.mark.parametrize("who", ["inspector", "keeper", "auditor"])
def test_roles_without_reading_see_nothing(cast, who):
    make.subject(1)
    make.inspector(cast.market, 1)
    make.batch(cast.market)
    user = getattr(cast, who)
    for visible in (queries.subjects_visible_to, queries.inspectors_visible_to, queries.batches_visible_to):
        assert not visible(user).exists()


def test_imports_are_seen_in_their_department(cast):
    make.batch(cast.market)
    assert queries.batches_visible_to(cast.handler).count() == 1
    assert not queries.batches_visible_to(cast.fire_handler).exists()


def test_a_register_holds_the_open_and_the_closed_firms_of_its_region(cast):
    alive, ended = make.subject(1), make.subject(2, state=SubjectState.CLOSED)
    make.subject(3, place=cast.stranger.department.region)
    firms = queries.firms_in(cast.region)
    assert {firm.code: firm.state for firm in firms} == {alive.code: "OPEN", ended.code: "CLOSED"}


def test_a_firm_in_a_wider_and_a_narrower_register_counts_once_as_the_wider_says():
    province, county = place.region("970000", "某省"), place.region("970101", "某县")
    make.subject(1, place=province, state=SubjectState.CLOSED)
    make.subject(1, place=county)
    make.subject(2, place=county)
    closed, opened = (code_for(n, prefix="91") for n in (1, 2))
    assert {firm.code: firm.state for firm in queries.firms_in(province)} == {closed: "CLOSED", opened: "OPEN"}
    assert {firm.state for firm in queries.firms_in(county)} == {"OPEN"}


# proves S0-14
# proves S1-16
@pytest.mark.parametrize(
    ("until", "state", "drawn"),
    [
        (END, InspectorState.ACTIVE, True),
        (END - timedelta(days=1), InspectorState.ACTIVE, False),
        (TODAY - timedelta(days=1), InspectorState.ACTIVE, False),
        (END, InspectorState.SUSPENDED, False),
        (END, InspectorState.LEFT, False),
    ],
)
def test_only_people_certified_to_the_last_day_of_the_inspections_can_be_drawn(cast, until, state, drawn):
    person = make.inspector(cast.market, 1, certificate_until=until, state=state)
    make.inspector(cast.fire, 1)
    certified = queries.certified_inspectors([cast.market], on=TODAY, until=END)
    assert list(certified) == ([person] if drawn else [])


def test_notes_since_a_day_of_these_items(cast):
    firm = make.subject(1)
    kept = make.note(firm, cast.market, item_code="A", on=date(2026, 1, 1))
    make.note(firm, cast.market, item_code="B", on=date(2026, 1, 1))
    make.note(firm, cast.market, item_code="A", on=date(2025, 12, 31))
    make.note(make.subject(2, place=cast.stranger.department.region), cast.market, item_code="A", on=TODAY)
    assert list(queries.notes_since(cast.region, ["A"], date(2026, 1, 1))) == [kept]
    assert [note.on.year for note in queries.notes_of(firm)] == [2026, 2026, 2025]


def test_a_region_is_kept_by_its_own_office_or_a_wider_one(cast):
    assert queries.keeping_department(cast.handler, cast.region) == cast.market
    assert queries.keeping_department(cast.stranger, cast.region) is None
    assert queries.keeping_department(cast.approver, cast.region) is None
    assert queries.keeping_department(cast.handler, place.region("990101", "辖区")) == cast.market


def test_the_public_finds_firms_by_part_of_the_name_or_the_beginning_of_the_code():
    firm = make.subject(1, name="青禾粮油店")
    ended = make.subject(2, name="青禾旧店", state=SubjectState.CLOSED)

    def found(text: str) -> set:
        return set(queries.search_public_subjects(words_of(text), at=None, size=50).rows)

    assert found("青禾") == found("qh") == {firm, ended}
    assert found(firm.code.lower()) == {firm}
    assert found("青%禾油") == set()
    assert queries.public_subject(firm.code) == firm
    assert queries.public_subject("A-404") is None


def test_the_public_totals_count_whoever_can_be_drawn(cast):
    make.subjects(2)
    make.subject(3, state=SubjectState.CLOSED)
    make.inspector(cast.market, 1)
    make.inspector(cast.market, 2, state=InspectorState.LEFT)
    assert queries.register_totals() == queries.Totals(subjects=queries.Number(2), inspectors=1)


def test_a_name_that_two_departments_share_names_neither(cast):
    named = queries.names_of_departments([cast.market, cast.fire])
    assert named["市场监督管理局"] == named["market"] == named["明察示范县市场监督管理局"] == "market"
    cast.fire.short_name = "市场监督管理局"
    assert "市场监督管理局" not in queries.names_of_departments([cast.market, cast.fire])


def test_states_are_counted_those_with_nobody_too(cast):
    make.subjects(2)
    counted = queries.counts_by_state(queries.subjects_visible_to(cast.handler))
    numbers = {state: number for state, _label, number in counted}
    assert numbers == {"PENDING": 0, "OPEN": 2, "STALE": 0, "CLOSED": 0, "VOID": 0}
