from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.duties.queries import about_key, duty_of
from mingcha.domain.duties.rules import light_of
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Finding, Inspection
from mingcha.domain.inspections.queries import duties_about
from mingcha.domain.organisation.models import Grant
from mingcha.domain.registers.models import VisitNote
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import inspections as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def there(cast):
    return make.world(cast)


def test_recording_in_time_meets_the_clock(there, noon):
    inspection = make.recorded(there)
    duty = duty_of(DutyKind.ENTRY, inspection)
    assert (duty.state, duty.ended_at) == ("MET", noon + make.LATER)
    assert inspection.recorded_by == there.people[0]


# proves S1-24
def test_recording_after_48_hours_is_late_for_ever(there, noon):
    inspection = make.finished(there)
    late = noon + 48 * HOUR + timedelta(seconds=1)
    actions.record_result(inspection, results=make.clean(inspection), by=there.people[0], at=late)
    assert duty_of(DutyKind.ENTRY, inspection).state == "LATE"


def test_a_clean_result_over_a_failed_checkpoint_is_refused(there, noon):
    inspection = make.finished(there, value="FAILS", note="未公示")
    with pytest.raises(Refused, match="结果不能是“未发现问题”"):
        actions.record_result(inspection, results=make.clean(inspection), by=there.people[0], at=noon)
    results = dict.fromkeys(make.clean(inspection), ("05", "未公示营业执照，当场改正"))
    assert actions.record_result(inspection, results=results, by=there.people[0], at=noon).is_recorded


# proves S2-29
def test_only_who_inspected_enters_the_result(cast, noon):
    there = make.world(cast, joint=True)
    inspection = make.finished(there)
    for person in (there.fire[0], cast.handler, cast.approver):
        with pytest.raises(Forbidden):
            actions.record_result(inspection, results=make.clean(inspection), by=person, at=noon)


def test_a_result_is_entered_once(there, noon):
    inspection = make.recorded(there)
    with pytest.raises(Refused, match="已录入的由审核人退回后才能改"):
        actions.record_result(inspection, results=make.clean(inspection), by=there.people[1], at=noon + HOUR)
    inspection.refresh_from_db()
    assert inspection.recorded_by == there.people[0]


def test_the_campaign_clock_stops_with_the_last_result(cast, noon):
    there = make.world(cast, subjects=2)
    make.recorded(there)
    party = there.campaign.parties.get()
    duty = duty_of(DutyKind.CAMPAIGN_END, party)
    assert (duty.state, duty.done, duty.total) == ("RUNNING", 1, 2)
    make.carried_out(Inspection.objects.get(state="ASSIGNED"), cast.approver)
    assert duty_of(DutyKind.CAMPAIGN_END, party).state == "MET"


def test_confirming_notes_the_visit_for_the_next_draw(there, noon):
    inspection = make.confirmed(there)
    notes = VisitNote.objects.filter(subject=inspection.subject).order_by("item_code")
    assert [(n.item_code, n.department, f"{n.on}", n.is_clean) for n in notes] == [
        ("M-01", there.cast.market, "2026-11-23", True),
        ("M-02", there.cast.market, "2026-11-23", True),
    ]


def test_a_problem_is_noted_as_one(there, noon):
    inspection = make.finished(there)
    first, second = inspection.findings.all()
    results = {first.pk: ("01", ""), second.pk: ("08", "许可证过期")}
    actions.record_result(inspection, results=results, by=there.people[0], at=noon)
    actions.confirm_result(inspection, by=there.cast.approver, at=noon)
    assert dict(VisitNote.objects.values_list("item_code", "is_clean")) == {"M-01": True, "M-02": False}


def test_the_campaign_closes_with_the_last_confirmed_result(cast):
    there = make.world(cast, joint=True)
    make.confirmed(there)
    there.campaign.refresh_from_db()
    assert there.campaign.state == "DRAWN"
    make.carried_out(Inspection.objects.get(state="ASSIGNED"), cast.fire_approver)
    there.campaign.refresh_from_db()
    assert there.campaign.state == "CLOSED"


def test_only_the_departments_own_approver_confirms(cast, noon):
    there = make.world(cast)
    inspection = make.recorded(there)
    for person in (cast.fire_approver, cast.handler, cast.inspector, cast.stranger):
        with pytest.raises(Forbidden):
            actions.confirm_result(inspection, by=person, at=noon)


def test_maker_and_checker_are_two_people(there, noon):
    inspection = make.recorded(there)
    with unguarded():
        Grant.objects.create(user=there.people[0], role="R05", department=there.cast.market)
    with pytest.raises(Forbidden, match="不能是同一个人"):
        actions.confirm_result(inspection, by=there.people[0], at=noon)
    with unguarded(), pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(
            state="CONFIRMED", confirmed_at=noon, confirmed_by=there.people[0]
        )


def test_a_result_is_confirmed_once(there, noon):
    inspection = make.confirmed(there)
    with pytest.raises(Refused, match="没有待审核的结果"):
        actions.confirm_result(inspection, by=there.cast.approver, at=noon + HOUR)
    assert [entry.event for entry in trail_of(inspection)].count("inspection.confirmed") == 1


def test_a_returned_result_is_entered_again_and_the_sheet_stays(there, noon):
    inspection = make.recorded(there)
    inspection = actions.return_result(inspection, remark="补充说明", by=there.cast.approver, at=noon + HOUR)
    assert (inspection.is_finished, inspection.remark, inspection.recorded_by) == (True, "补充说明", None)
    with pytest.raises(Refused, match="检查单不能再改"):
        actions.answer(inspection, answers={}, by=there.people[0], at=noon + HOUR)
    inspection = actions.record_result(
        inspection, results=make.clean(inspection), by=there.people[1], at=noon + 2 * HOUR
    )
    assert actions.confirm_result(inspection, by=there.cast.approver, at=noon + 3 * HOUR).remark == ""


def runs_of(kind: str, about: Model) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, about=about_key(about)).order_by("pk"))


# proves S1-24
def test_a_result_that_was_given_back_is_not_entered_in_time_and_its_first_entry_stays_so(there, noon):
    inspection = make.recorded(there)
    back, again = noon + 47 * HOUR, noon + 49 * HOUR
    actions.return_result(inspection, remark="补充说明", by=there.cast.approver, at=back)
    first, second = runs_of(DutyKind.ENTRY, inspection)
    assert (first.state, second.state, second.due_at) == ("MET", "RUNNING", noon + 48 * HOUR)
    assert duty_of(DutyKind.ENTRY, inspection) == second
    assert duties_about([inspection])[inspection.pk][-1] == second
    assert light_of(second, now=back).colour == "yellow"
    assert light_of(second, now=again).colour == "red"
    told = "曾于 2026年11月23日 12:10 办结，2026年11月25日 11:00 又有要办的，期限不变。现在 2026年11月25日 11:00"
    assert told in light_of(second, now=back).explanation
    actions.record_result(inspection, results=make.clean(inspection), by=there.people[1], at=again)
    assert [run.state for run in runs_of(DutyKind.ENTRY, inspection)] == ["MET", "LATE"]


# proves S1-25
def test_a_department_whose_last_result_was_given_back_is_not_done_with_the_campaign(there, noon):
    inspection, party = make.recorded(there), there.campaign.parties.get()
    assert duty_of(DutyKind.CAMPAIGN_END, party).state == "MET"
    actions.return_result(inspection, remark="补充说明", by=there.cast.approver, at=noon + HOUR)
    first, second = runs_of(DutyKind.CAMPAIGN_END, party)
    assert (first.state, second.state) == ("MET", "RUNNING")
    assert (second.due_at, second.started_at, second.done, second.total) == (first.due_at, first.started_at, 0, 1)
    assert [entry.event for entry in trail_of(second)] == ["duties.resumed"]
    actions.record_result(inspection, results=make.clean(inspection), by=there.people[1], at=noon + 2 * HOUR)
    assert [run.state for run in runs_of(DutyKind.CAMPAIGN_END, party)] == ["MET", "MET"]


def test_the_database_itself_lets_one_run_of_a_clock_be_open(there, noon):
    inspection = make.recorded(there)
    actions.return_result(inspection, remark="补充说明", by=there.cast.approver, at=noon + HOUR)
    with unguarded(), pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(kind=DutyKind.ENTRY).update(state="RUNNING", ended_at=None)


def test_returning_needs_a_remark_and_the_right(there, noon):
    inspection = make.recorded(there)
    with pytest.raises(Refused, match="写明要改什么"):
        actions.return_result(inspection, remark=" ", by=there.cast.approver, at=noon)
    with pytest.raises(Forbidden):
        actions.return_result(inspection, remark="改", by=there.cast.handler, at=noon)


def test_a_confirmed_result_cannot_be_returned(there, noon):
    inspection = make.confirmed(there)
    with pytest.raises(Refused, match="没有待审核的结果"):
        actions.return_result(inspection, remark="改", by=there.cast.approver, at=noon)


def test_the_database_itself_keeps_a_confirmed_result(there):
    inspection = make.confirmed(there)
    with unguarded(), pytest.raises(IntegrityError, match="已审核的结果不能修改"), transaction.atomic():
        Finding.objects.filter(inspection=inspection).update(result="08")
