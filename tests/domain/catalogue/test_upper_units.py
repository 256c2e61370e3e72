"""是否纳入双随机: what the nearest unit above chose for the same item."""

from types import SimpleNamespace

import pytest

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries.upper_units import UpperMode, upper_modes_of
from mingcha.domain.organisation.models import Role
from tests.factories import laws
from tests.factories import organisation as people
from tests.factories import reconciliation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(db) -> SimpleNamespace:
    """A county office, that of its city, that of its province, and one of another city; each with a handler."""
    made = SimpleNamespace()
    places = {"county": "990101", "city": "990100", "province": "990000", "other": "990200"}
    for number, (name, code) in enumerate(places.items(), start=60):
        unit = people.department(name, name, number, people.region(code, name))
        setattr(made, name, unit)
        setattr(made, f"{name}_handler", people.user(f"{name}-handler", Role.HANDLER, within=unit))
    return made


def ours(units, code: str = "M-01", **values: object) -> InspectionItem:
    edition = laws.item_list(units.county, units.county_handler, [])
    return laws.item(edition, code, **values)


def upper_mode_of(item: InspectionItem) -> UpperMode | None:
    """What was found for one item."""
    return upper_modes_of([item]).get(item.pk)


def keeps(units, unit: str, code: str, state: str = "IN_FORCE", **values: object) -> InspectionItem:
    edition = laws.item_list(getattr(units, unit), getattr(units, f"{unit}_handler"), [], state=state)
    return laws.item(edition, code, **values)


def exports(units, unit: str, code: str, **values: object) -> None:
    place = getattr(units, unit)
    make.receive(place, [make.row(code, place, **values)], by=getattr(units, f"{unit}_handler"))


# proves S1-04
def test_the_item_that_ours_was_taken_over_from_counts_first(units):
    upper = keeps(units, "province", "P-01", mode="KEY", mode_reason="《示范条例》第三条")
    keeps(units, "city", "C-01", outside_code="N-1")
    found = upper_mode_of(ours(units, inherited_from=upper, outside_code="N-1"))
    assert (found.department, found.is_random, found.reason, found.item) == (
        units.province,
        False,
        "《示范条例》第三条",
        upper,
    )


# proves S1-04
def test_the_city_counts_before_the_province_and_another_city_not_at_all(units):
    keeps(units, "province", "P-01", outside_code="N-1", mode="CREDIT", mode_reason="x")
    keeps(units, "other", "O-01", outside_code="N-1", mode="CREDIT", mode_reason="x")
    mine = ours(units, outside_code="N-1")
    assert upper_mode_of(mine).department == units.province
    keeps(units, "city", "C-01", outside_code="N-1")
    assert (upper_mode_of(mine).department, upper_mode_of(mine).is_random) == (units.city, True)


# proves S1-04
def test_units_share_only_the_basic_code_so_exports_join_their_items(units):
    mine = ours(units, outside_code="COUNTY-1")
    exports(units, "county", "COUNTY-1", basic_code="B-1")
    assert upper_mode_of(mine) is None
    exports(units, "city", "CITY-1", basic_code="B-1", is_random=False)
    found = upper_mode_of(mine)
    assert (found.department, found.is_random, found.item) == (units.city, False, None)
    kept = keeps(units, "city", "C-01", outside_code="CITY-1")
    assert (upper_mode_of(mine).item, upper_mode_of(mine).is_random) == (kept, True)


def test_an_export_that_does_not_say_it_and_a_list_that_holds_no_more_say_nothing(units):
    mine = ours(units, outside_code="N-1")
    exports(units, "city", "N-1", is_random=None)
    keeps(units, "province", "P-01", state="SUPERSEDED", outside_code="N-1")
    assert upper_mode_of(mine) is None


def test_a_code_of_our_own_making_is_nobody_elses(units):
    keeps(units, "city", "M-01")
    assert upper_mode_of(ours(units, "M-01")) is None


def test_many_items_are_asked_for_at_once(units, django_assert_max_num_queries):
    edition = laws.item_list(units.county, units.county_handler, [])
    mine = [laws.item(edition, f"M-{n}", outside_code=f"N-{n}") for n in range(30)]
    above = laws.item_list(units.city, units.city_handler, [])
    for n in range(30):
        laws.item(above, f"C-{n}", outside_code=f"N-{n}")
    with django_assert_max_num_queries(6):
        assert len(upper_modes_of(mine)) == 30
