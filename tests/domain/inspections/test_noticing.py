"""派员通知: when it appears, who confirmed, where there are too few people."""

from datetime import date

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.inspections import actions, queries
from mingcha.domain.inspections.models import Assignment, Inspection
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Forbidden
from tests.factories import inspections as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast):
    return make.world(cast, subjects=3)


def test_a_notice_appears_with_the_dispatch_and_is_new_until_it_is_confirmed(there, noon):
    first, _second = there.people
    inspection = make.dispatched(there)
    assert {row.sent_at for row in queries.new_for(first)} == {noon}
    row = actions.acknowledge(inspection, by=first, at=noon)
    assert (row.acknowledged_at, row.is_new) == (noon, False)
    assert queries.new_for(first).count() == 2
    assert list(trail_of(inspection))[-1].event == "inspection.acknowledged"


@pytest.mark.parametrize("timing", ["AT_START", "AT_END"])
def test_in_a_sealed_mode_an_inspector_learns_nothing_before_the_dispatch(cast, timing):
    there = make.world(cast, timing=timing)
    person = there.people[0]
    assert not queries.new_for(person).exists()
    assert not queries.worklist_of(person).exists()
    make.dispatched(there)
    assert queries.new_for(person).count() == 1


def test_confirming_twice_does_nothing(there, noon):
    inspection, person = make.dispatched(there), there.people[0]
    actions.acknowledge(inspection, by=person, at=noon)
    before = trail_of(inspection).count()
    assert actions.acknowledge(inspection, by=person, at=noon + make.LATER).acknowledged_at == noon
    assert trail_of(inspection).count() == before


def test_all_at_once_by_the_person_alone(there, noon):
    make.dispatched(there)
    first, second = there.people
    with pytest.raises(Forbidden, match="派员通知由本人确认收到"):
        actions.acknowledge_all(first, by=second, at=noon)
    assert actions.acknowledge_all(first, by=first, at=noon) == 3
    assert actions.acknowledge_all(first, by=first, at=noon) == 0
    assert not Assignment.objects.filter(inspector__user=second, acknowledged_at__isnull=False).exists()


def test_others_confirm_nothing(there, noon):
    inspection = make.dispatched(there)
    for person in (there.cast.handler, there.cast.approver, there.cast.stranger):
        with pytest.raises(Forbidden):
            actions.acknowledge(inspection, by=person, at=noon)
        with pytest.raises(Forbidden):
            actions.acknowledge_all(person, by=person, at=noon)


def test_who_is_at_the_door_has_had_the_notice(there, noon):
    inspection, person = make.dispatched(there), there.people[0]
    actions.arrive(inspection, by=person, at=noon)
    assert queries.assignment_of(inspection, person).acknowledged_at == noon


def test_the_desk_sees_who_has_not_confirmed_the_longest_waiting_first(there, noon):
    inspection = make.dispatched(there)
    actions.acknowledge(inspection, by=there.people[0], at=noon)
    assert queries.notices_visible_to(there.cast.handler).count() == 6
    assert queries.unread(queries.notices_visible_to(there.cast.handler)).count() == 5
    assert not queries.notices_visible_to(there.cast.stranger).exists()


@pytest.mark.parametrize("change", [{"state": "SUSPENDED"}, {"certificate_until": date(2026, 11, 1)}])
def test_an_inspection_with_fewer_than_two_who_can_go_is_listed(there, noon, change):
    make.dispatched(there)
    mine = queries.inspections_visible_to(there.cast.handler)
    assert not queries.short_of_people(mine, on=noon.date()).exists()
    with unguarded():
        Inspector.objects.filter(user=there.people[0]).update(**change)
    assert queries.short_of_people(mine, on=noon.date()).count() == 3
    staffing = queries.staffing_of(mine[0], on=noon.date())
    assert (staffing.enough, staffing.fit, [person.user for person in staffing.unable]) == (
        False,
        1,
        [there.people[0]],
    )


def test_where_the_draw_found_nobody_there_is_no_order_to_take_a_substitute_from(cast, noon):
    there = make.world(cast, joint=True)
    with unguarded():
        there.draw.unstaffed_reason = "消防人员不足，局长同意"
        there.draw.save(update_fields=["unstaffed_reason"])
    make.dispatched(there)
    fire = Inspection.objects.get(department=cast.fire)
    with unguarded():
        fire.assignments.update(withdrawn_at=noon)
    staffing = queries.staffing_of(fire, on=noon.date())
    assert (staffing.nobody_drawn, staffing.unstaffed_reason) == (True, "消防人员不足，局长同意")
