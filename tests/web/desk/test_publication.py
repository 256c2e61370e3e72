"""公示 at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.publication.jobs import publish_due
from mingcha.domain.publication.models import Publication
from tests.conftest import NOON
from tests.factories import inspections as make
from tests.factories import publication as show

pytestmark = pytest.mark.django_db
LIST = reverse("desk:publication_list")
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def an_hour_later_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def test_waiting_results_stand_first_with_their_light(cast, browse):
    inspection = make.confirmed(make.world(cast))
    answer = browse(cast.handler).get(LIST)
    shown = answer.content.decode()
    assert answer.context["waiting"] == 1
    assert inspection.subject.name in shown
    assert "20 个工作日" in shown
    assert "立即公示" not in shown


def test_an_approver_may_publish_at_once_and_only_once(cast, browse):
    inspection = make.confirmed(make.world(cast))
    address = reverse("desk:result_publish", args=[inspection.pk])
    desk = browse(cast.approver)
    assert "立即公示" in desk.get(LIST).content.decode()
    assert desk.get(address).status_code == 405
    assert browse(cast.handler).post(address).status_code == 403
    assert browse(cast.stranger).post(address).status_code == 404
    answer = desk.post(address)
    assert answer.url == reverse("desk:publication_detail", args=[Publication.objects.get().pk])
    again = desk.post(address)
    assert (again.status_code, "公示后的内容不能更改" in again.content.decode()) == (409, True)


def test_every_kind_of_copy_is_shown_word_for_word(cast, browse):
    make.confirmed(make.world(cast))
    publish_due(LATER)
    desk = browse(cast.handler)
    assert {row.kind for row in desk.get(LIST).context["page"]} == {"PLAN", "DRAWN_LIST", "RESULT"}
    words = {"PLAN": "覆盖全县企业", "DRAWN_LIST": "共 1 户", "RESULT": "未发现问题"}
    for row in Publication.objects.all():
        shown = desk.get(reverse("desk:publication_detail", args=[row.pk])).content.decode()
        assert words[row.kind] in shown
        assert "与公示时一致" in shown
        assert "dict_items" not in shown


def test_a_list_that_waits_for_its_day_says_when(cast, browse):
    there = make.world(cast, timing="AT_END")
    make.dispatched(there)
    publish_due(LATER)
    row = Publication.objects.get(kind="DRAWN_LIST")
    shown = browse(cast.handler).get(reverse("desk:publication_detail", args=[row.pk])).content.decode()
    assert "2026年12月11日 00:00" in shown
    assert "示范商行" not in shown


def test_the_list_is_filtered_and_bounded(cast, browse, django_assert_max_num_queries):
    for number in range(1, 6):
        show.result(cast.market, number)
    desk = browse(cast.handler)
    assert len(desk.get(LIST, {"kind": "PLAN"}).context["page"].object_list) == 0
    assert len(desk.get(LIST, {"state": "PUBLISHED"}).context["page"].object_list) == 5
    with django_assert_max_num_queries(45):
        desk.get(LIST)


def test_strangers_see_nothing(cast, browse):
    row = show.result(cast.market, 1)
    assert row.title not in browse(cast.stranger).get(LIST).content.decode()
    for person in (cast.stranger, cast.fire_handler):
        assert browse(person).get(reverse("desk:publication_detail", args=[row.pk])).status_code == 404
    assert browse().get(LIST).status_code == 302
    assert browse(cast.handler).post(LIST).status_code == 405


def test_an_empty_list_says_why(cast, browse):
    assert "计划批准后一分钟内自动公示" in browse(cast.handler).get(LIST).content.decode()
