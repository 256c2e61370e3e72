"""Masked contacts, notes, verification and voiding at the desk."""

import pytest
from django.urls import reverse

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers.models import JournalNote
from tests.conftest import NOON
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
PAGES = ("subject_personal", "subject_verify", "subject_void", "journal_add")
REASON = {"reason": "通知现场检查时间"}


@pytest.fixture(autouse=True)
def noon_everywhere(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def firm(cast):
    return make.subject(1, name="示范面馆", contact="王建国", phone="13800001234")


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def test_the_contact_is_masked_until_somebody_says_why_and_the_look_is_listed(cast, browse, firm):
    client = browse(cast.handler)
    page = client.get(at("subject_detail", firm.pk)).content.decode()
    assert ("王某" in page, "王建国" in page, "13800001234" in page) == (True, False, False)
    assert client.post(at("subject_personal", firm.pk), {"reason": ""}).status_code == 422
    asked = client.get(at("subject_personal", firm.pk)).content.decode()
    assert "13800001234" not in asked
    shown = client.post(at("subject_personal", firm.pk), REASON)
    assert ("王建国" in shown.content.decode(), "13800001234" in shown.content.decode()) == (True, True)
    assert "no-store" in shown.headers["Cache-Control"]
    for person in (cast.auditor, cast.discipline, cast.approver):
        log = browse(person).get(at("personal_log")).content.decode()
        assert ("示范面馆" in log, "通知现场检查时间" in log) == (True, True)
    refused = browse(cast.handler).get(at("personal_log"))
    assert refused.status_code == 403
    assert "这一页给部门负责人、纪检监察人员和审计人员看" in refused.content.decode()
    assert "这一步" not in refused.content.decode()
    assert "示范面馆" not in browse(cast.fire_approver).get(at("personal_log")).content.decode()


def test_a_persons_telephone_is_shown_in_the_same_way(cast, browse):
    person = make.inspector(cast.market, phone="13900001234")
    client = browse(cast.handler)
    assert "139******34" in client.get(at("inspector_detail", person.pk)).content.decode()
    assert "13900001234" in client.post(at("inspector_personal", person.pk), REASON).content.decode()
    assert browse(cast.fire_handler).post(at("inspector_personal", person.pk), REASON).status_code == 404
    assert browse(cast.supervisor).post(at("inspector_personal", person.pk), REASON).status_code == 403
    assert Entry.objects.filter(event="registers.personal_shown").count() == 1


def test_a_note_is_written_and_read_by_colleagues(cast, browse, firm):
    client = browse(cast.handler)
    assert client.post(at("journal_add", firm.pk), {"text": " "}).status_code == 422
    assert client.post(at("journal_add", firm.pk), {"text": "后门进店"}).url == at("subject_detail", firm.pk)
    assert "后门进店" in browse(cast.fire_handler).get(at("subject_detail", firm.pk)).content.decode()
    assert JournalNote.objects.get().written_by == cast.handler


# proves S2-12
def test_an_entry_is_verified_and_another_voided(cast, browse, firm):
    client, other = browse(cast.handler), make.subject(2, state="PENDING")
    assert "误录作废" in client.get(at("subject_detail", other.pk)).content.decode()
    assert client.post(at("subject_verify", other.pk), {"source": "实地核对"}).status_code == 302
    assert client.post(at("subject_verify", other.pk), {}).status_code == 422
    other.refresh_from_db()
    assert (other.state, other.source) == ("OPEN", "实地核对")
    assert client.post(at("subject_void", firm.pk), {"reason": ""}).status_code == 422
    assert client.post(at("subject_void", firm.pk), {"reason": "重复录入"}).status_code == 302
    firm.refresh_from_db()
    assert firm.state == "VOID"
    assert "误录作废</a>" not in client.get(at("subject_detail", firm.pk)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_strangers_and_readers_do_none_of_it(cast, browse, firm, name):
    assert browse(cast.handler).get(at(name, firm.pk)).status_code == 200
    assert browse(cast.handler).delete(at(name, firm.pk)).status_code == 405
    assert browse(cast.stranger).post(at(name, firm.pk), {**REASON, "text": "x"}).status_code == 404
    assert browse(cast.supervisor).post(at(name, firm.pk), {**REASON, "text": "x"}).status_code == 403


def test_the_log_takes_garbage_and_a_handful_of_queries(cast, browse, firm, django_assert_max_num_queries):
    client = browse(cast.handler)
    for _look in range(12):
        client.post(at("subject_personal", firm.pk), REASON)
    reader = browse(cast.approver)
    assert reader.get(at("personal_log"), {"page": "x"}).status_code == 200
    assert reader.post(at("personal_log")).status_code == 405
    with django_assert_max_num_queries(22):
        reader.get(at("personal_log"))
