"""Sitting down with the card of an invitation."""

import pytest
from django.urls import reverse

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Seat
from tests.factories import draws

pytestmark = pytest.mark.django_db
ENTER = "/w/"
CARD = "CARD234567"


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


@pytest.fixture
def invited(cast, noon):
    made = draws.room(cast)
    actions.invite(
        made.draw, name="示范丁", unit="示范公证处", capacity="公证人员", by=cast.handler, at=noon, code=lambda: CARD
    )
    return made


def text_of(answer):
    return answer.content.decode()


# proves S3-15
def test_the_card_and_the_screen_together_need_no_typing(invited, browse):
    client = browse()
    text = text_of(client.get(ENTER, {"code": draws.PAIRING, "invite": CARD.lower()}))
    assert "示范丁" in text and "示范公证处" in text
    assert "您要看的只有三件事：名单先封住、种子当场产生、结果算得一样。" in text
    assert 'name="name"' not in text
    answer = client.post(ENTER, {"pairing_code": draws.PAIRING, "invitation_code": CARD, "name": "别人"})
    assert answer.url == reverse("ceremony:page", args=[invited.draw.number])
    seat = Seat.objects.get(party="w3")
    assert (seat.name, seat.unit, seat.capacity, seat.invitation.code) == ("示范丁", "示范公证处", "公证人员", CARD)


def test_the_card_alone_asks_for_the_code_on_the_screen(invited, browse):
    for query in ({"invite": CARD}, {"code": CARD}):
        text = text_of(browse().get(ENTER, query, follow=True))
        assert "示范丁" in text and f'name="invite" value="{CARD}"' in text
    assert "没有填写，照主持人屏幕输入" in text_of(browse().get(ENTER, {"invite": CARD, "code": ""}))


def test_a_card_is_used_once(invited, browse):
    browse().post(ENTER, {"pairing_code": draws.PAIRING, "invitation_code": CARD})
    answer = browse().post(ENTER, {"pairing_code": draws.PAIRING, "invitation_code": CARD})
    assert (answer.status_code, "已在另一部手机上入席" in text_of(answer)) == (422, True)
    assert Seat.objects.count() == 3


def test_a_card_of_nobody_is_said_to_be_wrong_and_seats_nobody(invited, browse):
    answer = browse().post(ENTER, {"pairing_code": draws.PAIRING, "invitation_code": "NOBODY9999"})
    assert (answer.status_code, "不属于这次抽取" in text_of(answer)) == (422, True)
    assert Seat.objects.count() == 2


def test_a_citizens_open_request_is_not_a_card_yet(invited, browse, noon, cast):
    with_place = {"place": "政务大厅", "held_at": noon.replace(day=25), "by": cast.handler, "at": noon}
    actions.announce(invited.draw, **with_place)
    actions.ask_for_seat(invited.draw, name="示范戊", unit="", at=noon, code=lambda: "ASKED23456")
    text = text_of(browse().get(ENTER, {"invite": "ASKED23456"}))
    assert "申请中" in text and 'name="invite"' not in text
