from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.queries import duty_of
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Answer, Inspection
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import inspections as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def there(cast):
    return make.world(cast)


def events(inspection: Inspection) -> list[str]:
    return [entry.event for entry in trail_of(inspection)]


def test_the_first_inspector_waits_and_the_second_starts_the_visit(there, noon):
    inspection = make.dispatched(there)
    first, second = there.people
    assert actions.arrive(inspection, by=first, at=noon).awaits_inspectors
    inspection = actions.arrive(inspection, by=second, at=noon)
    assert inspection.is_visiting
    assert inspection.arrived_at == noon
    assert events(inspection) == ["inspection.arrived", "inspection.arrived", "inspection.started"]


def test_one_person_arriving_twice_is_still_one_person(there, noon):
    inspection = make.dispatched(there)
    for _press in range(2):
        inspection = actions.arrive(inspection, by=there.people[0], at=noon)
    assert inspection.awaits_inspectors
    assert events(inspection) == ["inspection.arrived"]


def test_an_expired_certificate_keeps_an_inspector_out(there, noon):
    inspection = make.dispatched(there)
    actions.arrive(inspection, by=there.people[0], at=noon)
    with unguarded():
        Inspector.objects.filter(user=there.people[1]).update(certificate_until=date(2026, 11, 22))
    with pytest.raises(Refused, match="执法证已于2026年11月22日到期"):
        actions.arrive(inspection, by=there.people[1], at=noon)
    inspection.refresh_from_db()
    assert inspection.awaits_inspectors


def test_someone_who_came_yesterday_does_not_count_today(there, noon):
    inspection = make.dispatched(there)
    first, second = there.people
    actions.arrive(inspection, by=first, at=noon)
    assert actions.arrive(inspection, by=second, at=noon + DAY).awaits_inspectors
    assert actions.arrive(inspection, by=first, at=noon + DAY).is_visiting


def test_who_left_before_the_start_need_not_sign(there, noon):
    with unguarded():
        third = make.make.user("third", "R06", within=there.cast.market)
        inspector = make.registers.inspector(there.cast.market, 3, user=third)
    inspection = make.dispatched(there)
    with unguarded():
        inspection.assignments.create(inspector=inspector, position=3, sent_at=noon)
    actions.arrive(inspection, by=third, at=noon)
    for person in there.people:
        inspection = actions.arrive(inspection, by=person, at=noon + DAY)
    assert inspection.is_visiting
    assert inspection.assignments.get(inspector=inspector).arrived_at is None


def test_nobody_arrives_before_the_first_day(there, noon):
    inspection = make.dispatched(there)
    with unguarded():
        Campaign.objects.update(starts_on=date(2026, 11, 24))
    with pytest.raises(Refused, match="从11月24日起检查"):
        actions.arrive(inspection, by=there.people[0], at=noon)


# proves S2-29
def test_only_the_drawn_inspectors_of_the_department_go_in(cast, noon):
    there = make.world(cast, joint=True)
    inspection = make.dispatched(there)
    for person in (there.fire[0], cast.handler, cast.approver, cast.stranger):
        with pytest.raises(Forbidden):
            actions.arrive(inspection, by=person, at=noon)
    colleague = make.make.user("colleague", "R06", within=cast.market)
    make.registers.inspector(cast.market, 9, user=colleague)
    with pytest.raises(Forbidden, match="不在这户的检查人员里"):
        actions.arrive(inspection, by=colleague, at=noon)


# proves S1-14
def test_a_visit_starts_on_the_edition_of_its_day(there, noon):
    inspection = make.dispatched(there)
    edition = make.superseded(there)
    make.arrive_all(there, inspection)
    assert inspection.is_visiting
    assert {finding.item.item_list_id for finding in inspection.findings.all()} == {edition}


# proves S1-06
def test_a_visit_does_not_start_on_an_item_that_is_not_listed_any_more(there, noon):
    inspection = make.dispatched(there)
    make.superseded(there, without="M-02")
    with pytest.raises(Refused, match="（M-02）已不在施行的事项清单里"):
        make.arrive_all(there, inspection)
    inspection.refresh_from_db()
    assert inspection.awaits_inspectors


# proves S1-14
def test_a_list_superseded_during_a_visit_leaves_the_visit_valid(there, noon):
    inspection = make.started(there)
    make.superseded(there, without="M-02")
    make.fill(inspection)
    make.sign_all(inspection)
    inspection = actions.finish_visit(inspection, by=there.people[0], at=noon)
    assert actions.record_result(inspection, results=make.clean(inspection), by=there.people[0], at=noon).is_recorded


def test_nobody_signs_an_incomplete_sheet(there, noon):
    inspection = make.started(there)
    with pytest.raises(Refused, match="还没有回答"):
        actions.sign_visit(inspection, subject_signed="王", subject_opinion="", by=there.people[0], at=noon)


def test_each_inspector_signs_for_himself_and_the_unit_once(there, noon):
    inspection = make.started(there)
    make.fill(inspection)
    first, second = there.people
    for _press in range(2):
        inspection = actions.sign_visit(inspection, subject_signed="王", subject_opinion="属实", by=first, at=noon)
    assert [row.signed_at for row in inspection.assignments.all()] == [noon, None]
    inspection = actions.sign_visit(inspection, subject_signed="", subject_opinion="", by=second, at=noon)
    assert (inspection.subject_signed, inspection.subject_opinion) == ("王", "属实")
    assert events(inspection).count("inspection.signed") == 2


def test_a_unit_that_refuses_is_written_down_with_the_reason(there, noon):
    inspection = make.started(there)
    make.fill(inspection)
    inspection = actions.sign_visit(
        inspection,
        subject_signed="不应保留",
        subject_opinion="负责人拒签，门卫在场",
        subject_outcome="REFUSED",
        by=there.people[0],
        at=noon,
    )
    assert (inspection.subject_outcome, inspection.subject_signed) == ("REFUSED", "")


# proves S1-24
def test_the_end_of_a_visit_starts_48_hours(there, noon):
    inspection = make.finished(there)
    duty = duty_of(DutyKind.ENTRY, inspection)
    assert inspection.is_finished
    assert (duty.started_at, duty.due_at, duty.department) == (noon, noon + timedelta(hours=48), there.cast.market)


# proves S1-25
def test_the_end_of_the_campaign_comes_first_when_it_is_nearer(there, noon):
    with unguarded():
        Campaign.objects.update(ends_on=date(2026, 11, 24))
    there.draw.refresh_from_db()
    duty = duty_of(DutyKind.ENTRY, make.finished(there))
    assert f"{duty.due_at.astimezone(noon.tzinfo):%F %H:%M}" == "2026-11-24 23:59"


# proves S3-13
def test_a_visit_does_not_end_with_an_unanswered_checkpoint(there, noon):
    inspection = make.signed(there)
    with unguarded():
        Answer.objects.filter(finding__inspection=inspection)[0].delete()
    with pytest.raises(Refused, match="还没有回答"):
        actions.finish_visit(inspection, by=there.people[0], at=noon)


# proves S4-05
def test_a_visit_does_not_end_without_the_photos_that_are_asked_for(there, noon):
    inspection = make.signed(there)
    with unguarded():
        inspection.evidence.all()[0].delete()
    with pytest.raises(Refused, match="还缺照片"):
        actions.finish_visit(inspection, by=there.people[0], at=noon)


def test_a_visit_does_not_end_before_both_have_signed(there, noon):
    inspection = make.started(there)
    make.fill(inspection)
    actions.sign_visit(inspection, subject_signed="王", subject_opinion="", by=there.people[0], at=noon)
    with pytest.raises(Refused, match="还差示范人员market2签字"):
        actions.finish_visit(inspection, by=there.people[0], at=noon)


def test_a_visit_ends_once(there, noon):
    inspection = make.finished(there)
    with pytest.raises(Refused, match="不在检查中"):
        actions.finish_visit(inspection, by=there.people[1], at=noon + DAY)
    inspection.refresh_from_db()
    assert inspection.finished_at == noon


def test_the_database_itself_keeps_the_answers_after_the_visit(there, noon):
    inspection = make.finished(there)
    with unguarded(), pytest.raises(IntegrityError, match="答案不能修改"), transaction.atomic():
        Answer.objects.filter(finding__inspection=inspection).update(value="FAILS")
