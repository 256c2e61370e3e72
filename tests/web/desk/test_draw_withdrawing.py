"""An invitation is called off at the desk; whoever holds the card reads why."""

import pytest
from django.urls import reverse

from mingcha.domain.draws import actions
from tests.factories import draws

pytestmark = pytest.mark.django_db

CARD = "CARD234567"


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


@pytest.fixture
def card(cast, noon):
    draw = draws.room(cast).draw
    guest = {"name": "示范丁", "unit": "示范公证处", "capacity": "公证人员"}
    return actions.invite(draw, **guest, by=cast.handler, at=noon, code=lambda: CARD)


def address(card):
    return reverse("desk:draw_withdraw", args=[card.draw_id, card.pk])


def text_of(answer):
    return answer.content.decode()


def test_the_office_withdraws_with_a_reason_and_the_guest_reads_it(card, cast, browse):
    client = browse(cast.handler)
    guests = reverse("desk:draw_witnesses", args=[card.draw_id])
    assert address(card) in text_of(client.get(guests))
    missing = client.post(address(card), {"reason": ""})
    assert (missing.status_code, "写明撤回的理由" in text_of(missing)) == (422, True)
    assert client.post(address(card), {"reason": "改由另一处派员"}).url == guests
    listed = text_of(client.get(guests))
    assert "已撤回" in listed and "改由另一处派员" in listed and address(card) not in listed
    for page in ("/w/", reverse("portal:seat_receipt", args=[CARD])):
        told = text_of(browse().get(page, {"invite": CARD}))
        assert "撤回" in told and "改由另一处派员" in told
    answer = browse().post("/w/", {"pairing_code": draws.PAIRING, "invitation_code": CARD})
    assert (answer.status_code, "已经撤回，理由：改由另一处派员" in text_of(answer)) == (422, True)


def test_twice_is_once_and_its_card_is_printed_no_more(card, cast, browse):
    client = browse(cast.handler)
    client.post(address(card), {"reason": "改由另一处派员"})
    again = client.post(address(card), {"reason": "又改了"})
    assert (again.status_code, "现在是“已撤回”" in text_of(again)) == (422, True)
    assert "改由另一处派员" in text_of(client.get(address(card)))
    assert client.get(reverse("desk:draw_card", args=[card.draw_id, card.pk])).status_code == 404


def test_a_seat_that_was_taken_keeps_its_guest(card, cast, browse):
    browse().post("/w/", {"pairing_code": draws.PAIRING, "invitation_code": CARD})
    client = browse(cast.handler)
    assert address(card) not in text_of(client.get(reverse("desk:draw_witnesses", args=[card.draw_id])))
    assert "已经入席（w3）" in text_of(client.post(address(card), {"reason": "改由另一处派员"}))


def test_only_whoever_runs_the_draw_withdraws(card, cast, browse):
    assert "邀请由经办人撤回" in text_of(browse(cast.discipline).get(address(card)))
    assert browse(cast.discipline).post(address(card), {"reason": "不行"}).status_code == 403
    assert browse(cast.stranger).get(address(card)).status_code == 404
    assert browse(cast.handler).put(address(card)).status_code == 405
    card.refresh_from_db()
    assert card.is_invited
