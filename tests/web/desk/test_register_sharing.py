"""Asking for data, answering, taking: at the desks of both sides."""

import pytest
from django.urls import reverse

from mingcha.domain.registers.models import DataDelivery, DataRequest
from tests.conftest import NOON
from tests.factories import registers as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_everywhere(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def asked(cast, browse) -> DataRequest:
    make.subject(1, phone="13800001234")
    values = {
        "department": cast.fire.pk,
        "owner": cast.market.pk,
        "fields_wanted": ["code", "name", "phone"],
        "risk": "",
        "purpose": "餐饮专项检查",
    }
    browse(cast.fire_handler).post(at("sharing_ask"), values)
    return DataRequest.objects.get()


# proves S0-15
def test_data_are_asked_for_granted_without_what_is_personal_and_taken(cast, browse, asked):
    owner, asker = browse(cast.approver), browse(cast.fire_handler)
    page = owner.get(at("sharing_detail", asked.pk))
    assert page.context["form"].initial["fields_given"] == ["code", "name"]
    assert "联系电话（个人信息）" in page.content.decode()
    assert asker.post(at("sharing_take", asked.pk)).status_code == 409
    grant = {"fields_given": ["code", "name"], "until": "2026-12-31", "decision": "grant"}
    assert owner.post(at("sharing_decide", asked.pk), {**grant, "until": ""}).status_code == 422
    assert owner.post(at("sharing_decide", asked.pk), {**grant, "fields_given": []}).status_code == 422
    assert owner.post(at("sharing_decide", asked.pk), grant).status_code == 302
    assert owner.post(at("sharing_decide", asked.pk), grant).status_code == 422
    taken = asker.post(at("sharing_take", asked.pk))
    assert taken.content[:2] == b"PK"
    assert "attachment" in taken.headers["Content-Disposition"]
    delivery = DataDelivery.objects.get()
    log = owner.get(at("sharing_log")).content.decode()
    assert (delivery.sha256 in log, "餐饮专项检查" in log) == (True, True)
    assert owner.post(at("sharing_end", asked.pk), {"reason": ""}).status_code == 422
    assert owner.post(at("sharing_end", asked.pk), {"reason": "用完了"}).status_code == 302
    assert asker.post(at("sharing_take", asked.pk)).status_code == 409


def test_a_refusal_says_why(cast, browse, asked):
    owner = browse(cast.approver)
    assert owner.post(at("sharing_decide", asked.pk), {"decision": "refuse"}).status_code == 422
    answer = {"decision": "refuse", "answer": "用途与职责无关"}
    assert owner.post(at("sharing_decide", asked.pk), answer).status_code == 302
    assert "用途与职责无关" in browse(cast.fire_handler).get(at("sharing_detail", asked.pk)).content.decode()


def test_others_neither_see_nor_decide_nor_take(cast, browse, asked):
    for name in ("sharing_detail", "sharing_end"):
        assert browse(cast.stranger).get(at(name, asked.pk)).status_code == 404
    assert browse(cast.stranger).post(at("sharing_take", asked.pk)).status_code == 404
    assert "餐饮专项检查" not in browse(cast.stranger).get(at("sharing_list")).content.decode()
    for person in (cast.handler, cast.fire_approver, cast.supervisor):
        grant = {"fields_given": ["code"], "until": "2026-12-31", "decision": "grant"}
        assert browse(person).post(at("sharing_decide", asked.pk), grant).status_code == 403
        assert browse(person).post(at("sharing_end", asked.pk), {"reason": "不行"}).status_code == 403
    assert browse(cast.handler).post(at("sharing_take", asked.pk)).status_code == 403
    assert browse(cast.supervisor).get(at("sharing_ask")).status_code == 403
    assert browse(cast.inspector).get(at("sharing_list")).status_code == 403


def test_wrong_methods_and_garbage_are_no_fault_of_the_server(cast, browse, asked):
    client = browse(cast.fire_handler)
    assert client.get(at("sharing_take", asked.pk)).status_code == 405
    assert client.get(at("sharing_decide", asked.pk)).status_code == 405
    for name in ("sharing_list", "sharing_log"):
        assert client.post(at(name)).status_code == 405
        assert client.get(at(name), {"page": "x"}).status_code == 200
    assert client.get(at("sharing_ask"), {"register": "x"}).status_code == 200
    assert "执法证号（个人信息）" in client.get(at("sharing_ask"), {"register": "INSPECTORS"}).content.decode()
    assert client.post(at("sharing_ask"), {"fields_wanted": ["search"]}).status_code == 422


def test_the_lists_take_a_handful_of_queries(cast, browse, asked, django_assert_max_num_queries):
    client = browse(cast.fire_handler)
    for name in ("sharing_list", "sharing_log"):
        with django_assert_max_num_queries(22):
            client.get(at(name))
