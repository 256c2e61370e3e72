"""Void but inspect: what a void draw drew is visited with the next draw, outside its quotas."""

import pytest

from mingcha.domain.draws.actions import confirm_void, propose_void
from mingcha.domain.draws.models import Draw, DrawnInspector
from mingcha.domain.draws.queries import carried_over, public_changes
from mingcha.domain.inspections import actions, queries
from mingcha.domain.inspections.models import Assignment, Inspection, Visit
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Refused
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def void(cast, noon) -> Draw:
    draw = draws.draw_at(cast, "SIGNED")
    propose_void(draw, reason="名录有误", by=cast.approver, at=noon)
    return confirm_void(draw, by=cast.discipline, at=noon)


def after(void: Draw, cast, noon) -> Draw:
    """The next draw of the same campaign, signed."""
    return draws.draw_at(cast, "SIGNED", void.campaign)


def codes(draw: Draw) -> set[str]:
    return set(draw.subjects.filter(reserve=False).values_list("code", flat=True))


# proves S0-21
def test_every_firm_of_a_void_draw_is_visited_by_the_people_of_its_own_result(cast, noon, void):
    draw = after(void, cast, noon)
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    visited = {visit.drawn.code for visit in Visit.objects.select_related("drawn")}
    assert visited == codes(void) | codes(draw)
    for row in carried_over(void.campaign):
        sent = set(Assignment.objects.filter(inspection__visit__drawn=row).values_list("inspector", flat=True))
        assert sent == set(DrawnInspector.objects.filter(drawn=row).values_list("inspector", flat=True))


# proves S0-21
def test_the_next_frame_leaves_them_out_and_its_quota_is_untouched(cast, noon, void):
    draw = after(void, cast, noon)
    frame = bytes(draw.files.get(name="frame.tsv").content).decode()
    assert not any(code in frame for code in codes(void))
    assert not codes(void) & codes(draw)
    sizes = {size["stratum"]: size["take"] for size in draw.forecast["sizes"]}
    assert len(codes(draw)) == sum(sizes.values())


def test_what_a_void_draw_drew_shows_beside_the_next_one(cast, noon, void):
    draw = after(void, cast, noon)
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    rows = public_changes(Draw.objects.get(pk=draw.pk), noon)
    assert len(rows) == len(codes(void))
    assert {row.leaves for row in rows} == {void.number}


def test_where_people_of_a_void_draw_cannot_go_any_more_a_substitute_is_asked_for(cast, noon, void):
    draw = after(void, cast, noon)
    drawn = carried_over(void.campaign)[0]
    leaves = drawn.inspectors.filter(department=cast.market)[0].inspector
    with unguarded():
        Inspector.objects.filter(pk=leaves.pk).update(state="SUSPENDED")
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    part = Inspection.objects.get(visit__drawn=drawn, department=cast.market)
    short = queries.short_of_people(queries.inspections_visible_to(cast.handler), on=noon.date())
    assert part in short
    row = actions.ask_substitute(drawn, leaves=leaves, reason_text="停职", by=cast.handler, at=noon)
    actions.replace_inspector(row, agreed=True, by=cast.approver, at=noon)
    assert part not in queries.short_of_people(queries.inspections_visible_to(cast.handler), on=noon.date())


def test_a_firm_of_a_void_draw_takes_no_reserve(cast, noon, void):
    actions.dispatch_visits(after(void, cast, noon), by=cast.handler, at=noon)
    drawn = carried_over(void.campaign)[0]
    with pytest.raises(Refused, match="由已宣告无效的抽取带入，不占抽取比例，不启用备选"):
        actions.ask_reserve(drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)


def test_nothing_of_a_void_draw_goes_out_by_itself(cast, noon, void):
    with pytest.raises(Refused):
        actions.dispatch_visits(void, by=cast.handler, at=noon)
    assert not Visit.objects.exists()
