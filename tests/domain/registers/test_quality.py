"""The three gates as figures, each of which opens its rows."""

from datetime import date

import pytest

from mingcha.domain.catalogue.models import Freeze, Law
from mingcha.domain.registers.queries import LACKING, gates_of
from tests.conftest import NOON
from tests.factories import plans
from tests.factories import registers as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHOLE = {"address": "示范路1号", "area": "A1", "industry": "6210 正餐"}


def meters(cast, **more: object) -> dict[str, tuple[int, int]]:
    gates = gates_of(cast.market, on=TODAY, **more)
    return {meter.key: (meter.good, meter.whole) for gate in gates for meter in gate.meters}


def lacking(cast, key: str) -> list[str]:
    return [str(row) for row in LACKING[key][1](cast.market, TODAY)]


def law_is_repealed(item) -> None:
    with unguarded():
        law = Law.objects.create(title="示范条例", level="LAW", effective_on=date(2010, 1, 1))
        Freeze.objects.create(item=item, law=law, frozen_at=NOON)


# proves S0-14 S4-18
def test_each_gate_is_measured_and_each_figure_opens_its_rows(cast):
    full = make.subject(1, name="齐全", **WHOLE)
    make.subject(2, name="缺地址", **{**WHOLE, "address": ""}, warning="校验位不对")
    make.subject(3, name="缺行业", **{**WHOLE, "industry": ""}, state="STALE")
    make.subject(4, name="车辆", category="VEHICLE", area="A1", industry="")
    make.subject(5, name="已注销", state="CLOSED")
    make.link(full, cast.market)
    make.inspector(cast.market, 1)
    make.inspector(cast.market, 2, certificate_until=date(2026, 11, 22))
    make.inspector(cast.market, 3, state="LEFT", certificate_until=date(2020, 1, 1))
    plans.item(cast.market, cast.handler, "M-01")
    law_is_repealed(plans.item(cast.market, cast.handler, "M-02"))
    assert meters(cast) == {
        "fields": (2, 4),
        "links": (1, 4),
        "codes": (3, 4),
        "verified": (3, 4),
        "certificates": (1, 2),
        "basis": (1, 2),
    }
    assert sorted(lacking(cast, "fields")) == ["缺地址", "缺行业"]
    assert lacking(cast, "codes") == ["缺地址"]
    assert lacking(cast, "verified") == ["缺行业"]
    assert lacking(cast, "certificates") == ["示范人员002"]
    assert lacking(cast, "basis") == ["示范事项 M-02"]


def test_an_area_lacks_only_where_areas_are_used(cast):
    without = make.subject(1, **{**WHOLE, "area": ""})
    assert lacking(cast, "fields") == []
    make.subject(2, **WHOLE)
    assert lacking(cast, "fields") == [without.name]


def test_a_gate_is_open_when_nothing_lacks_and_all_means_all(cast):
    for number in range(1, 201):
        make.subject(number, **WHOLE)
    make.link(make.subject(500, **WHOLE), cast.market)
    complete, certified, lawful = gates_of(cast.market, on=TODAY)
    links = next(meter for meter in complete.meters if meter.key == "links")
    assert (links.percent, links.lacking) == (0, 200)
    assert [gate.is_open for gate in (complete, certified, lawful)] == [False, True, True]


def test_a_register_shows_its_own_gates(cast):
    assert set(meters(cast, register="SUBJECTS")) == {"fields", "links", "codes", "verified", "basis"}
    assert set(meters(cast, register="INSPECTORS")) == {"certificates"}


def test_the_gates_take_a_handful_of_queries(cast, django_assert_max_num_queries):
    for number in range(1, 50):
        make.subject(number)
    with django_assert_max_num_queries(12):
        gates_of(cast.market, on=TODAY)
