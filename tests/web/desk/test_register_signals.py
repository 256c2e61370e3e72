"""What is on record about a subject, at the desk."""

from datetime import date

import pytest
from django.urls import reverse

from mingcha.domain.registers.models import CreditClass, Signal
from tests.conftest import NOON
from tests.factories import registers as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_everywhere(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


# proves S4-30 S4-43
def test_something_is_put_on_record_listed_and_taken_off(cast, browse):
    client, firm = browse(cast.handler), make.subject(1, name="示范面馆")
    values = {"kind": "ABNORMAL_LIST", "since": "2026-11-02", "source": "企业信用公示系统", "note": "未年报"}
    assert client.post(at("signal_add", firm.pk), values).url == at("subject_detail", firm.pk)
    again = client.post(at("signal_add", firm.pk), values)
    assert (again.status_code, "还没有移出" in again.content.decode()) == (422, True)
    signal = Signal.objects.get()
    listed = client.get(at("signal_list"), {"kind": "ABNORMAL_LIST", "running": "1"})
    assert "未年报" in listed.content.decode()
    assert client.post(at("signal_close", firm.pk, signal.pk), {"until": "2026-11-23"}).status_code == 422
    closed = {"until": "2026-11-23", "reason": "已补报"}
    assert client.post(at("signal_close", firm.pk, signal.pk), closed).status_code == 302
    assert client.post(at("signal_close", firm.pk, signal.pk), closed).status_code == 422
    assert "未年报" not in client.get(at("signal_list"), {"running": "1"}).content.decode()
    assert "未年报" in client.get(at("signal_list"), {"running": "0"}).content.decode()


def test_the_class_of_a_month_is_entered_and_is_the_risk(cast, browse):
    client, firm = browse(cast.handler), make.subject(1)
    values = {"month": "2026-11", "risk": "D", "source": "分类系统"}
    assert client.post(at("credit_set", firm.pk), values).status_code == 302
    assert client.post(at("credit_set", firm.pk), {**values, "month": "明年"}).status_code == 422
    firm.refresh_from_db()
    assert (firm.risk, CreditClass.objects.get().month) == ("D", date(2026, 11, 1))


def test_strangers_see_nothing_and_readers_change_nothing(cast, browse):
    firm = make.subject(1, name="示范面馆")
    signal = make.signal(firm, by=cast.handler)
    pages = [at("signal_add", firm.pk), at("signal_close", firm.pk, signal.pk), at("credit_set", firm.pk)]
    for page in pages:
        assert browse(cast.stranger).get(page).status_code == 404
        assert browse(cast.supervisor).post(page).status_code == 403
        assert browse(cast.handler).get(page).status_code == 200
        assert browse(cast.handler).delete(page).status_code == 405
    assert "示范面馆" not in browse(cast.stranger).get(at("signal_list")).content.decode()
    assert "示范面馆" in browse(cast.supervisor).get(at("signal_list")).content.decode()
    assert browse(cast.inspector).get(at("signal_list")).status_code == 403
    assert browse(cast.handler).post(at("signal_list")).status_code == 405
    other = make.subject(2)
    assert browse(cast.handler).get(at("signal_close", other.pk, signal.pk)).status_code == 404


def test_the_list_takes_garbage_and_a_handful_of_queries(cast, browse, django_assert_max_num_queries):
    for number in range(1, 30):
        make.signal(make.subject(number), by=cast.handler)
    client = browse(cast.handler)
    assert client.get(at("signal_list"), {"kind": "x", "running": "7", "page": "-3"}).status_code == 200
    with django_assert_max_num_queries(20):
        client.get(at("signal_list"))
