"""The screen in the hall: opened with the pairing code, remembered by a cookie, read only."""

import re

import pytest
from django.urls import reverse

from mingcha.domain.draws import actions
from tests.factories import draws

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def address(draw):
    return reverse("ceremony:hall", args=[draw.number])


def text_of(answer):
    return answer.content.decode()


def opened(client, draw):
    assert client.post(address(draw), {"code": "abcd 2345"}).url == address(draw)
    return client


def test_without_the_code_there_is_a_form_and_no_screen(cast, browse):
    draw = draws.room(cast).draw
    text = text_of(browse().get(address(draw)))
    assert "配对码" in text and "data-stage" not in text
    assert draws.PAIRING not in text


@pytest.mark.parametrize("code", ["ZZZZ9999", "", "A" * 40, "配对码配对码配对"])
def test_a_wrong_code_opens_nothing(cast, browse, code):
    draw = draws.room(cast).draw
    client = browse()
    answer = client.post(address(draw), {"code": code})
    assert answer.status_code == 422
    assert "输入" in text_of(answer)
    assert "data-stage" not in text_of(client.get(address(draw)))


def test_the_cookie_opens_it_again_after_a_crash_and_for_this_draw_alone(cast, browse, noon):
    draw = draws.room(cast).draw
    client = opened(browse(), draw)
    cookie = client.cookies[f"hall-{draw.number}"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/w/", "Lax")
    assert "data-stage" in text_of(client.get(address(draw)))
    other = actions.open_rehearsal(draw.campaign, by=cast.handler, at=noon)
    client.cookies[f"hall-{other.number}"] = cookie.value
    assert "data-stage" not in text_of(client.get(address(other)))


@pytest.mark.parametrize("phase", draws.PHASES)
def test_the_screen_opens_in_every_phase_and_shows_no_account_and_no_menu(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    text = text_of(opened(browse(), draw).get(address(draw)))
    assert reverse("ceremony:state", args=[draw.number]) in text
    assert "<nav" not in text and "<form" not in text
    for person in (cast.handler, cast.approver, cast.discipline):
        assert person.username not in text and person.full_name not in text


def test_it_brings_the_way_to_a_seat_and_to_the_verification(cast, browse):
    draw = draws.room(cast).draw
    text = text_of(opened(browse(), draw).get(address(draw)))
    assert "ABCD 2345" in text
    assert f"/v/{draw.number}" in text
    assert text.count("data:image/svg+xml") == 2


def test_nothing_can_be_done_on_it(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    client = opened(browse(), draw)
    for view in ("commit", "open", "sign", "objection"):
        answer = client.post(reverse(f"ceremony:{view}", args=[draw.number]), {"outcome": "SIGNED", "text": "x"})
        assert answer.status_code == 403
    assert client.put(address(draw)).status_code == 405


def test_the_page_holds_no_inline_script_and_no_inline_style(cast, browse):
    draw = draws.room(cast).draw
    text = text_of(opened(browse(), draw).get(address(draw)))
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert "style=" not in text and "<style" not in text
