"""Guessing codes ends after a while; whoever was shown a code gets in all the same (ADR 0022)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Seat
from mingcha.web.shared import guesses
from tests.factories import draws

pytestmark = pytest.mark.django_db

ENTER = "/w/"
CARD = "CARD234567"
MOST = 3
CLOCK = {}


@pytest.fixture(autouse=True)
def few_places_at_noon(monkeypatch, noon):
    CLOCK["now"] = noon
    monkeypatch.setattr("django.utils.timezone.now", lambda: CLOCK["now"])
    monkeypatch.setattr(guesses, "MOST", MOST)


@pytest.fixture
def made(cast, noon):
    made = draws.room(cast)
    actions.invite(
        made.draw, name="示范丁", unit="示范公证处", capacity="公证人员", by=cast.handler, at=noon, code=lambda: CARD
    )
    return made


def text_of(answer):
    return answer.content.decode()


def tries(client, address, codes, **extra):
    return [client.get(address, {"code": code}, **extra).status_code for code in codes]


def wrong(many):
    return [f"WRNG{number:04d}" for number in range(many)]


def hall_of(draw):
    return reverse("ceremony:hall", args=[draw.number])


def person(name):
    return {"name": name, "unit": "个人", "capacity": "群众代表"}


def test_a_stranger_who_guesses_is_made_to_wait_and_the_right_code_is_not_tried_then(made, browse):
    assert tries(browse(), ENTER, wrong(MOST)) == [422] * MOST
    answer = browse().get(ENTER, {"code": draws.PAIRING})
    assert answer.status_code == 429
    assert "配对码试错太多，10 分钟后再试" in text_of(answer) and draws.PAIRING not in text_of(answer)
    posted = browse().post(ENTER, {"pairing_code": draws.PAIRING, **person("示范己")})
    assert (posted.status_code, Seat.objects.count()) == (429, 2)


def test_after_the_time_codes_are_tried_again(made, browse, noon):
    tries(browse(), ENTER, wrong(MOST))
    CLOCK["now"] = noon + timedelta(minutes=8, seconds=1)
    assert "2 分钟后再试" in text_of(browse().get(ENTER, {"code": draws.PAIRING}))


def test_another_address_guesses_for_itself(made, browse):
    tries(browse(), ENTER, wrong(MOST))
    assert browse().get(ENTER, {"code": draws.PAIRING}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_who_may_choose_addresses_of_one_network_is_one_visitor(made, browse):
    for number, code in enumerate(wrong(MOST)):
        browse().get(ENTER, {"code": code}, REMOTE_ADDR=f"2001:db8:0:1::{number + 1}")
    assert browse().get(ENTER, {"code": draws.PAIRING}, REMOTE_ADDR="2001:db8:0:1::ffff").status_code == 429
    assert browse().get(ENTER, {"code": draws.PAIRING}, REMOTE_ADDR="2001:db8:0:2::1").status_code == 200


def scanned(made, *, card=None):
    """The address in the picture, as the console prints it."""
    query = {"code": draws.PAIRING, "given": guesses.pass_of(made.draw.number, draws.PAIRING, card or "")}
    return query | ({"invite": card} if card else {})


def test_a_guest_who_scans_sits_down_although_a_stranger_used_up_the_address_of_the_hall(made, cast, browse):
    tries(browse(), ENTER, wrong(MOST + 2))
    guest = browse()
    page = guest.get(ENTER, scanned(made))
    assert page.status_code == 200
    form = {name: page.context["form"].initial[name] for name in ("pairing_code", "given")}
    assert guest.post(ENTER, {**form, **person("示范己")}).url == reverse("ceremony:page", args=[made.draw.number])
    invited = browse()
    page = invited.get(ENTER, scanned(made, card=CARD))
    form = {name: page.context["form"].initial[name] for name in ("pairing_code", "given", "invitation_code")}
    assert invited.post(ENTER, form).status_code == 302
    assert Seat.objects.filter(invitation__code=CARD).count() == 1


@pytest.mark.parametrize("given", ["", "0" * 32, "é"])
def test_a_pass_that_we_did_not_make_lets_nobody_by(made, browse, given):
    tries(browse(), ENTER, wrong(MOST))
    assert browse().get(ENTER, {"code": draws.PAIRING, "given": given}).status_code == 429


def test_the_pass_of_the_wall_tries_no_invitations(made, cast, browse):
    tries(browse(), ENTER, wrong(MOST))
    query = scanned(made) | {"invite": "NOBODY9999"}
    assert browse().get(ENTER, query).status_code == 429


def test_wrong_invitations_count_too(made, browse):
    for code in wrong(MOST):
        browse().get(ENTER, {"invite": code})
    assert browse().get(ENTER, {"invite": CARD}).status_code == 429


def test_whoever_is_late_with_the_right_code_has_guessed_nothing(made, browse, noon):
    draws.freeze(made, noon)
    assert tries(browse(), ENTER, [draws.PAIRING] * (MOST + 1)) == [422] * (MOST + 1)


def test_the_hall_counts_for_its_own_draw(made, cast, browse, noon):
    other = actions.open_rehearsal(made.draw.campaign, by=cast.handler, at=noon)
    for code in wrong(MOST):
        browse().post(hall_of(made.draw), {"code": code})
    answer = browse().post(hall_of(made.draw), {"code": draws.PAIRING})
    assert (answer.status_code, "配对码试错太多，10 分钟后再试" in text_of(answer)) == (429, True)
    assert browse().post(hall_of(other), {"code": other.pairing_code}).status_code == 302
    assert browse().get(ENTER, {"code": draws.PAIRING}).status_code == 200


def test_the_console_opens_the_hall_without_typing(made, cast, browse):
    for code in wrong(MOST):
        browse().post(hall_of(made.draw), {"code": code})
    console = text_of(browse(cast.handler).get(reverse("desk:draw_detail", args=[made.draw.pk])))
    link = next(part for part in console.split('"') if part.startswith(f"{hall_of(made.draw)}?given="))
    screen = Client()
    assert "data-stage" in text_of(screen.get(link, follow=True))
    assert "data-stage" not in text_of(Client().get(f"{hall_of(made.draw)}?given={'0' * 32}"))


def test_a_forged_seat_is_counted_and_the_true_phone_never_waits(made, browse, noon):
    phone = browse()
    phone.post(ENTER, {"pairing_code": draws.PAIRING, **person("示范己")})
    draws.freeze(made, noon)
    address = reverse("ceremony:commit", args=[made.draw.number])
    answers = []
    for number in range(MOST + 1):
        forger = browse()
        forger.cookies[f"seat-{made.draw.number}"] = f"{number:032x}:sig:nature"
        answers.append(text_of(forger.post(address, {})))
    assert ["试错太多" in one for one in answers] == [False] * MOST + [True]
    assert phone.post(address, {"commitment": "x"}).status_code == 409


def test_receipts_are_counted_and_the_address_that_was_kept_never_waits(made, cast, browse, noon):
    told = {"place": "政务大厅", "held_at": noon + timedelta(days=2), "by": cast.handler, "at": noon}
    actions.announce(made.draw, **told)
    citizen = browse()
    asked = citizen.post(reverse("portal:seat_request", args=[made.draw.number]), {"name": "示范戊"})
    for code in wrong(MOST):
        assert browse().get(reverse("portal:seat_receipt", args=[code])).status_code == 404
    bare = asked.url.partition("?")[0]
    answer = browse().get(bare)
    assert (answer.status_code, "受理号试错太多，10 分钟后再试" in text_of(answer)) == (429, True)
    assert "等待答复" in text_of(browse().get(asked.url))


def test_a_busy_database_is_asked_for_one_place_only(made, browse, monkeypatch):
    asked = []
    store = type(guesses.caches[guesses.STORE])
    monkeypatch.setattr(store, "add", lambda _self, name, *_rest, **_more: asked.append(name))
    assert tries(browse(), ENTER, wrong(1)) == [422]
    assert len(asked) == 1
