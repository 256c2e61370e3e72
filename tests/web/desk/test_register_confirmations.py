"""更新确认 and 未结争议 at the desk."""

from datetime import date

import pytest
from django.urls import reverse

from mingcha.domain.registers.models import Dispute, RegisterConfirmation
from tests.conftest import NOON
from tests.factories import registers as make
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_county_at_noon(cast, monkeypatch):
    demo_profile()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def address(owner, kind: str = "subjects") -> str:
    return reverse("desk:register_confirm", args=[owner.pk, kind])


# proves S2-17
def test_a_keeper_looks_at_the_register_and_signs_for_it(cast, browse):
    make.subjects(3)
    make.subject(9, state="CLOSED")
    client = browse(cast.handler)
    page = client.get(address(cast.market))
    assert page.context["content"].rows == 4
    assert "还没有确认" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    answer = client.post(address(cast.market), {"seen": seen, "remark": "更新到今天"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("desk:register_list")
    assert "已确认：检查对象" in answer.content.decode()
    assert "有效到 2026年12月23日" in answer.content.decode()
    assert RegisterConfirmation.objects.get().confirmed_by == cast.handler
    again = client.post(address(cast.market), {"seen": seen})
    assert (again.status_code, RegisterConfirmation.objects.count()) == (422, 1)
    assert "今天已经确认过" in again.content.decode()


def test_a_register_that_changed_while_it_was_looked_at_is_not_confirmed(cast, browse):
    make.subjects(2)
    client = browse(cast.handler)
    seen = client.get(address(cast.market)).context["form"]["seen"].value()
    make.subject(7)
    answer = client.post(address(cast.market), {"seen": seen})
    assert answer.status_code == 422
    assert "名录又有改动" in answer.content.decode()


def test_only_the_owner_opens_the_page(cast, browse):
    make.inspectors(1, cast.market)
    for person in (cast.fire_handler, cast.approver, cast.supervisor, cast.stranger):
        assert browse(person).get(address(cast.market, "inspectors")).status_code == 404, person.username
    assert browse().get(address(cast.market)).status_code == 302
    assert browse(cast.handler).get(address(cast.market, "firms")).status_code == 404
    assert browse(cast.handler).put(address(cast.market)).status_code == 405


def test_whoever_reads_a_register_sees_who_confirmed_it(cast, browse):
    make.inspectors(2, cast.market)
    make.confirmed(cast, cast.market, at=NOON)
    page = browse(cast.supervisor).get(reverse("desk:inspector_list")).content.decode()
    assert "最近的更新确认" in page
    assert reverse("desk:register_confirm", args=[cast.market.pk, "inspectors"]) not in page


def test_a_dispute_is_entered_and_ended_on_the_firms_page(cast, browse):
    firm = make.subject(1)
    client, home = browse(cast.handler), reverse("desk:subject_detail", args=[firm.pk])
    new = reverse("desk:dispute_declare", args=[firm.pk])
    assert new in client.get(home).content.decode()
    sent = {"department": cast.market.pk, "since": "2026-11-01", "reason": "复议 1 号"}
    assert client.post(new, {**sent, "since": "2026-11-24"}).status_code == 422
    assert client.post(new, sent).url == home
    assert client.post(new, sent).status_code == 422
    dispute = Dispute.objects.get()
    end = reverse("desk:dispute_end", args=[firm.pk, dispute.pk])
    assert "复议 1 号" in client.get(home).content.decode()
    assert end in client.get(home).content.decode()
    assert client.post(end, {"on": "2026-11-23"}).url == home
    dispute.refresh_from_db()
    assert dispute.until == date(2026, 11, 23)


def test_what_a_dispute_is_about_stays_in_its_department(cast, browse):
    firm = make.subject(1)
    dispute = make.dispute(firm, cast.market, by=cast.handler)
    home = reverse("desk:subject_detail", args=[firm.pk])
    assert dispute.reason in browse(cast.handler).get(home).content.decode()
    for person in (cast.fire_handler, cast.supervisor, cast.approver):
        assert dispute.reason not in browse(person).get(home).content.decode()
    end = reverse("desk:dispute_end", args=[firm.pk, dispute.pk])
    assert browse(cast.fire_handler).get(end).status_code == 404
    assert browse(cast.approver).post(end, {"on": "2026-11-23"}).status_code == 403
    assert browse(cast.stranger).get(reverse("desk:dispute_declare", args=[firm.pk])).status_code == 404
