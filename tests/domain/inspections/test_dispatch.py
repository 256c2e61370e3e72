import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.duties.models import Duty
from mingcha.domain.inspections.actions import dispatch_visits
from mingcha.domain.inspections.models import Assignment, Finding, Inspection, Visit
from mingcha.domain.plans.models import Campaign
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import inspections as make
from tests.factories import plans
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


# proves S1-37
def test_every_department_goes_to_a_firm_in_one_visit_for_all_its_items(cast, noon):
    there = make.world(cast, subjects=2, joint=True)
    dispatch_visits(there.draw, by=cast.handler, at=noon)
    visits = Visit.objects.filter(campaign=there.campaign)
    assert visits.count() == 2
    for visit in visits:
        parts = {part.department.code: part for part in visit.inspections.all()}
        assert set(parts) == {"market", "fire"}
        assert [f.item.code for f in parts["market"].findings.all()] == ["M-01", "M-02"]
        assert [f.item.code for f in parts["fire"].findings.all()] == ["F-01"]
        assert make.people_of(parts["market"]) == there.people
        assert make.people_of(parts["fire"]) == there.fire


def test_reserves_are_not_visited(cast, noon):
    there = make.world(cast, subjects=2)
    dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert not Visit.objects.filter(drawn__reserve=True).exists()
    assert Inspection.objects.count() == 2


def test_the_draw_takes_effect_and_leaves_a_trace(cast, noon):
    there = make.world(cast)
    dispatch_visits(there.draw, by=cast.handler, at=noon)
    there.draw.refresh_from_db()
    assert there.draw.is_in_force
    assert [entry.event for entry in trail_of(there.draw)][-1] == "inspection.dispatched"


def test_each_department_has_until_the_end_of_the_campaign(cast, noon):
    there = make.world(cast, joint=True)
    dispatch_visits(there.draw, by=cast.handler, at=noon)
    duties = Duty.objects.filter(kind="CAMPAIGN_END")
    assert {duty.department.code for duty in duties} == {"market", "fire"}
    assert {f"{duty.due_at.astimezone(noon.tzinfo):%F %H:%M}" for duty in duties} == {"2026-12-11 23:59"}


def test_a_draw_is_dispatched_once(cast, noon):
    there = make.world(cast)
    dispatch_visits(there.draw, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="已经派发过"):
        dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert Visit.objects.count() == 1


def test_only_the_lead_department_dispatches(cast, noon):
    there = make.world(cast, joint=True)
    for person in (cast.fire_handler, cast.stranger, cast.approver, cast.inspector):
        with pytest.raises(Forbidden):
            dispatch_visits(there.draw, by=person, at=noon)
    assert not Visit.objects.exists()


def test_a_draw_without_all_signatures_is_not_dispatched(cast, noon):
    there = make.world(cast)
    with unguarded():
        campaign = plans.campaign(
            there.campaign.plan, items=[], title="另一项", state="DRAWN", approver=cast.supervisor
        )
        draw = make.signed_draw(campaign, number="DRAW-2026-0002", state="RESULT")
    with pytest.raises(Refused):
        dispatch_visits(draw, by=cast.handler, at=noon)
    assert not Visit.objects.exists()


def test_an_item_superseded_since_the_draw_is_inspected_in_its_edition_in_force(cast):
    there = make.world(cast)
    edition = make.superseded(there)
    inspection = make.dispatched(there)
    assert {finding.item.item_list_id for finding in inspection.findings.all()} == {edition}


# proves S1-06
def test_an_item_taken_off_the_list_since_the_draw_stops_the_dispatch(cast, noon):
    there = make.world(cast)
    make.superseded(there, without="M-02")
    with pytest.raises(Refused, match="已不在施行的事项清单里"):
        dispatch_visits(there.draw, by=cast.handler, at=noon)
    there.draw.refresh_from_db()
    assert not there.draw.is_in_force
    assert not Visit.objects.exists()


# proves S1-06
def test_the_database_itself_refuses_an_item_that_is_not_in_force(cast, noon):
    there = make.world(cast)
    inspection = make.dispatched(there)
    old = plans.item(cast.market, cast.handler, "M-09", state="SUPERSEDED")
    finding = inspection.findings.all()[0]
    with unguarded():
        with pytest.raises(IntegrityError, match="清单之外不能检查"), transaction.atomic():
            Finding.objects.create(inspection=inspection, item=old)
        with pytest.raises(IntegrityError, match="清单之外不能检查"), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(item=old)


# proves S1-06
def test_the_database_itself_refuses_to_start_outside_the_list(cast, noon):
    there = make.world(cast)
    inspection = make.dispatched(there)
    with unguarded():
        Assignment.objects.filter(inspection=inspection).update(arrived_at=noon)
        ItemList.objects.filter(pk=there.edition.pk).update(state="SUPERSEDED")
        with pytest.raises(IntegrityError, match="清单之外不能检查"), transaction.atomic():
            Inspection.objects.filter(pk=inspection.pk).update(state="VISITING")


def test_the_database_itself_refuses_to_start_with_one_inspector(cast, noon):
    there = make.world(cast)
    inspection = make.dispatched(there)
    with unguarded():
        inspection.assignments.filter(inspector__user=cast.inspector).update(arrived_at=noon)
        with pytest.raises(IntegrityError, match="须有两名执法人员到场"), transaction.atomic():
            Inspection.objects.filter(pk=inspection.pk).update(state="VISITING")


def test_dispatching_many_firms_takes_a_bounded_number_of_queries(cast, noon, django_assert_max_num_queries):
    there = make.world(cast, subjects=20)
    with django_assert_max_num_queries(60):
        dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert Campaign.objects.get(pk=there.campaign.pk).visits.count() == 20
