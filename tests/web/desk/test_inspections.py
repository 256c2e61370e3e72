"""检查 at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.inspections.models import Inspection
from tests.conftest import NOON
from tests.factories import inspections as make
from tests.factories import registers

pytestmark = pytest.mark.django_db
LIST = reverse("desk:inspection_list")


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def there(cast):
    return make.world(cast, subjects=2, joint=True)


def at(name: str, inspection: Inspection) -> str:
    return reverse(f"desk:{name}", args=[inspection.pk])


def test_the_list_counts_by_state_and_shows_the_running_clock(there, browse, cast):
    inspection = make.finished(there)
    answer = browse(cast.handler).get(LIST)
    counts = {state.value: state.how_many for state in answer.context["states"]}
    assert counts == {"ASSIGNED": 1, "VISITING": 0, "FINISHED": 1, "RECORDED": 0, "CONFIRMED": 0, "CALLED_OFF": 0}
    shown = answer.content.decode()
    assert inspection.subject.name in shown
    assert "还有 48 小时" in shown
    assert "仅显示本单位及授权范围内的数据" in shown


def test_the_list_is_filtered_by_state_campaign_and_firm(there, browse, cast):
    inspection = make.finished(there)
    desk = browse(cast.supervisor)
    for query, found in (
        ({}, 4),
        ({"state": "FINISHED"}, 1),
        ({"q": inspection.subject.code}, 2),
        ({"q": "没有这家"}, 0),
        ({"campaign": str(there.campaign.pk)}, 4),
        ({"campaign": "x"}, 4),
    ):
        assert len(desk.get(LIST, query).context["rows"]) == found, query


def test_the_list_takes_a_bounded_number_of_queries(there, browse, cast, django_assert_max_num_queries):
    make.dispatched(there)
    desk = browse(cast.supervisor)
    with django_assert_max_num_queries(45):
        desk.get(LIST)


def test_strangers_see_nothing(there, browse, cast):
    inspection = make.recorded(there)
    assert inspection.subject.name not in browse(cast.stranger).get(LIST).content.decode()
    for person in (cast.stranger, cast.fire_handler):
        assert browse(person).get(at("inspection_detail", inspection)).status_code == 404
    assert browse().get(LIST).status_code == 302


def test_the_detail_shows_answers_photos_party_and_timeline(there, browse, cast):
    inspection = make.finished(there, value="FAILS", note="未在明显位置公示")
    shown = browse(cast.handler).get(at("inspection_detail", inspection)).content.decode()
    for words in ("未在明显位置公示", "示范人员market1", "检查结束", "照片 1", "开始检查", "示范负责人"):
        assert words in shown
    assert "审核通过" not in shown


def test_a_photo_is_served_to_who_may_see_the_inspection(there, browse, cast):
    inspection = make.finished(there)
    photo = reverse("desk:inspection_photo", args=[inspection.evidence.all()[0].pk])
    answer = browse(cast.handler).get(photo)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert browse(cast.fire_handler).get(photo).status_code == 404


def test_an_approver_confirms_on_a_page_that_says_what_becomes_public(there, browse, cast):
    inspection = make.recorded(there)
    desk = browse(cast.approver)
    assert "审核通过" in desk.get(at("inspection_detail", inspection)).content.decode()
    assert "公示后不能更改" in desk.get(at("inspection_confirm", inspection)).content.decode()
    assert desk.post(at("inspection_confirm", inspection)).url == at("inspection_detail", inspection)
    assert Inspection.objects.get(pk=inspection.pk).confirmed_by == cast.approver
    again = desk.post(at("inspection_confirm", inspection))
    assert (again.status_code, "没有待审核的结果" in again.content.decode()) == (409, True)


def test_an_approver_returns_with_a_remark(there, browse, cast):
    inspection = make.recorded(there)
    desk = browse(cast.approver)
    assert desk.post(at("inspection_return", inspection), {"remark": ""}).status_code == 422
    assert desk.post(at("inspection_return", inspection), {"remark": "写明整改情况"}).status_code == 302
    assert Inspection.objects.get(pk=inspection.pk).is_finished
    assert "写明整改情况" in desk.get(at("inspection_detail", inspection)).content.decode()


def test_nobody_else_confirms_or_returns(there, browse, cast):
    inspection = make.recorded(there)
    for person, status in ((cast.handler, 403), (cast.supervisor, 403), (cast.fire_approver, 404)):
        assert browse(person).post(at("inspection_confirm", inspection)).status_code == status
        assert browse(person).post(at("inspection_return", inspection), {"remark": "改"}).status_code == status
    assert browse(cast.handler).get(at("inspection_confirm", inspection)).status_code == 404
    assert Inspection.objects.get(pk=inspection.pk).is_recorded


def test_a_handler_dispatches_a_signed_draw_once(there, browse, cast):
    address = reverse("desk:inspection_dispatch", args=[there.draw.pk])
    desk = browse(cast.handler)
    assert desk.get(address).status_code == 405
    assert browse(cast.fire_handler).post(address).status_code == 403
    assert browse(cast.stranger).post(address).status_code == 404
    assert desk.post(address).url == LIST
    again = desk.post(address)
    assert (again.status_code, "已经派发过" in again.content.decode()) == (409, True)
    assert Inspection.objects.count() == 4


def test_an_empty_list_says_why_and_where_to_go(browse, cast):
    shown = browse(cast.handler).get(LIST).content.decode()
    assert "还没有派发的检查" in shown


def test_the_page_says_which_department_does_not_go_to_a_firm(there, browse, cast):
    first, second = there.draw.subjects.filter(reserve=False).order_by("rank")
    registers.link(first.subject, cast.fire, "F-01")
    make.dispatched(there)
    page = {row: Inspection.objects.get(visit__drawn=row, department=cast.market) for row in (first, second)}
    sentence = "该对象未关联本部门的抽查事项，不派发"
    assert sentence not in browse(cast.handler).get(at("inspection_detail", page[first])).content.decode()
    shown = browse(cast.handler).get(at("inspection_detail", page[second])).content.decode()
    assert sentence in shown
    assert len(browse(cast.supervisor).get(LIST).context["rows"]) == 3


def test_whoever_dispatches_reads_where_a_department_does_not_go(there, browse, cast):
    registers.link(there.draw.subjects.filter(reserve=False)[0].subject, cast.fire, "F-01")
    sent = browse(cast.handler).post(reverse("desk:inspection_dispatch", args=[there.draw.pk]), follow=True)
    shown = sent.content.decode()
    assert f"{cast.fire.short_name}：1 户未关联本部门的抽查事项，不派发；抽取结果不改动" in shown
    assert (
        "对象未关联部门的抽查事项，该部门不派发"
        in browse(cast.handler).get(reverse("desk:draw_detail", args=[there.draw.pk])).content.decode()
    )


# proves S4-40
def test_the_page_says_until_when_the_public_must_see_a_result_before_anybody_confirmed_it(there, browse, cast):
    inspection = make.recorded(there)
    shown = browse(cast.approver).get(at("inspection_detail", inspection)).content.decode()
    assert "公示最迟 2027年1月8日 24:00（从抽查工作结束 2026年12月11日 24:00起算）" in shown
    assert "还有检查没有结束，先从任务的检查结束日起算" in shown
    assert "自跨部门随机联查工作结束之日起20个工作日内" in shown
    make.actions.confirm_result(inspection, by=cast.approver, at=NOON)
    assert "公示最迟" not in browse(cast.approver).get(at("inspection_detail", inspection)).content.decode()


def test_a_result_that_waits_past_its_last_day_is_red_although_nobody_has_confirmed_it(
    there, browse, cast, monkeypatch
):
    inspection = make.recorded(there)
    page = at("inspection_detail", inspection)
    assert browse(cast.approver).get(page).context["publication"].light.word == "未开始"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(days=47))
    ahead = browse(cast.approver).get(page).context["publication"]
    assert (ahead.light.colour, ahead.light.word) == ("red", "超期")
