import json
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.queries import duty_of
from mingcha.domain.inspections import actions as inspections
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.publication import actions, rules
from mingcha.domain.publication.models import Publication
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import inspections as make
from tests.factories import plans
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast):
    return make.world(cast, joint=True)


@pytest.fixture
def shown(there, noon):
    return actions.publish_result(make.confirmed(there), by=SYSTEM, at=noon + timedelta(days=1))


def test_an_approved_plan_is_shown_with_its_approved_campaigns(there, noon):
    row = actions.publish_plan(there.campaign.plan, by=SYSTEM, at=noon)
    assert (row.state, row.department, row.title) == ("PUBLISHED", there.cast.market, "2026年度抽查计划")
    assert row.content["year"] == 2026
    assert [campaign["campaign"] for campaign in row.content["campaigns"]] == ["示范抽查"]
    assert row.content["campaigns"][0]["scope"] == [{"stratum": "一般", "share": "0.03"}]


def test_a_plan_nobody_approved_is_not_shown(cast, noon):
    with pytest.raises(Refused, match="还没有批准"):
        actions.publish_plan(plans.plan(cast.market, cast.handler), by=SYSTEM, at=noon)
    assert not Publication.objects.exists()


# proves S4-34
def test_the_announcement_names_firms_items_departments_and_days(there, noon):
    make.dispatched(there)
    row = actions.publish_drawn_list(there.draw, by=SYSTEM, at=noon)
    assert row.content["draw"] == "DRAW-2026-0001"
    assert row.content["items"] == ["示范事项 F-01", "示范事项 M-01", "示范事项 M-02"]
    assert row.content["departments"] == ["明察示范县消防救援大队", "明察示范县市场监督管理局"]
    assert (row.content["starts_on"], row.content["ends_on"]) == ("2026-11-16", "2026-12-11")
    assert row.content["subjects"] == [
        {"code": s.code, "name": s.name, "stratum": "一般"} for s in there.draw.subjects.filter(reserve=False)
    ]
    assert row.due_at == noon


def test_a_list_that_nobody_dispatched_is_not_shown(there, noon):
    for act in (actions.publish_drawn_list, actions.schedule_drawn_list):
        with pytest.raises(Refused, match="还没有生效"):
            act(there.draw, by=SYSTEM, at=noon)


def test_a_list_kept_until_the_end_is_only_scheduled_before(cast, noon):
    there = make.world(cast, timing="AT_END")
    make.dispatched(there)
    with pytest.raises(Refused, match="名单公开时点：检查结束日"):
        actions.publish_drawn_list(there.draw, by=SYSTEM, at=noon)
    for _minute in range(2):
        row = actions.schedule_drawn_list(there.draw, by=SYSTEM, at=noon)
    assert (row.state, row.content) == ("DUE", {})
    assert [entry.event for entry in trail_of(row)] == ["publication.scheduled"]
    last_day = datetime(2026, 12, 11, tzinfo=noon.tzinfo)
    with pytest.raises(Refused):
        actions.publish_drawn_list(there.draw, by=SYSTEM, at=last_day - timedelta(seconds=1))
    assert actions.publish_drawn_list(there.draw, by=SYSTEM, at=last_day).pk == row.pk


def test_a_confirmed_result_is_shown_and_the_clock_stops(shown, noon):
    inspection = Inspection.objects.get(state="CONFIRMED")
    assert (shown.subject_code, shown.subject_name, shown.found_nothing) == (
        inspection.subject.code,
        inspection.subject.name,
        True,
    )
    assert shown.digest == rules.digest_of(shown.content)
    assert inspection.published_at == noon + timedelta(days=1)
    duty = duty_of(DutyKind.PUBLISH_RESULT, inspection)
    assert (duty.state, duty.due_at) == ("MET", shown.due_at)


# proves S4-40
def test_a_result_shown_later_than_20_working_days_after_the_work_ended_is_late(there, noon):
    inspection = make.confirmed(there)
    actions.publish_result(inspection, by=SYSTEM, at=datetime(2027, 1, 9, tzinfo=noon.tzinfo))
    assert duty_of(DutyKind.PUBLISH_RESULT, inspection).state == "LATE"


def test_the_copy_holds_the_national_fields_and_nobody_elses_data(cast, noon):
    there = make.world(cast)
    with unguarded():
        Subject.objects.update(address="示范街1号 13800000000")
        Inspector.objects.filter(user=cast.inspector).update(certificate_no="990000199001011234")
    inspection = make.finished(there, value="FAILS", note="张某手机 13900000000")
    results = dict.fromkeys(make.clean(inspection), ("05", "店主张某住示范街2号"))
    inspections.record_result(inspection, results=results, by=there.people[0], at=noon)
    inspections.confirm_result(inspection, by=cast.approver, at=noon)
    row = actions.publish_result(inspection, by=SYSTEM, at=noon)
    assert row.content["subject"] == {"code": inspection.subject.code, "name": inspection.subject.name}
    assert row.content["findings"][0] == {
        "number": 1,
        "item_code": "M-01",
        "item": "示范事项 M-01",
        "result_code": "05",
        "result": "发现问题已责令改正",
    }
    assert row.content["inspectors"][0] == {"name": "示范人员market1", "certificate": "99**************34"}
    text = json.dumps(row.content, ensure_ascii=False)
    for private in ("13800000000", "13900000000", "示范街", "张某", "19900101"):
        assert private not in text


def test_an_unconfirmed_result_is_not_shown(there, noon):
    with pytest.raises(Refused, match="还没有审核"):
        actions.publish_result(make.recorded(there), by=SYSTEM, at=noon)


# proves S2-29
def test_only_the_departments_own_approver_publishes(cast, there, noon):
    inspection = make.confirmed(there)
    for person in (cast.fire_approver, cast.handler, cast.inspector, cast.supervisor):
        with pytest.raises(Forbidden):
            actions.publish_result(inspection, by=person, at=noon)
    assert actions.publish_result(inspection, by=cast.approver, at=noon).is_published


def test_a_result_is_shown_once(shown, noon):
    inspection = Inspection.objects.get(state="CONFIRMED")
    with pytest.raises(Refused, match="公示后的内容不能更改"):
        actions.publish_result(inspection, by=SYSTEM, at=noon + timedelta(days=2))
    assert Publication.objects.get().published_at == shown.published_at


# proves S2-32
@pytest.mark.parametrize("change", [{"content": {}}, {"title": "别的"}, {"state": "DUE"}, {"digest": "0" * 64}])
def test_the_database_itself_refuses_to_change_what_was_shown(shown, change):
    with unguarded(), pytest.raises(IntegrityError, match="已公示的内容不能修改"), transaction.atomic():
        Publication.objects.filter(pk=shown.pk).update(**change)


# proves S2-32
def test_the_database_itself_refuses_to_delete_what_was_shown(shown):
    with unguarded(), pytest.raises(IntegrityError, match="已公示的内容不能删除"), transaction.atomic():
        Publication.objects.filter(pk=shown.pk).delete()


def test_what_was_shown_does_not_follow_later_changes(shown):
    before = dict(shown.content)
    with unguarded():
        Subject.objects.update(name="改了名的企业")
        Inspector.objects.update(name="改了名的人员")
    shown.refresh_from_db()
    assert shown.content == before
    assert shown.digest == rules.digest_of(before)
