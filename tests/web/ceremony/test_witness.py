"""A witness's phone: it sits down with the code, then one address shows what its seat has to do."""

import pytest
from django.urls import reverse

import fairdraw
from mingcha.domain.draws.models import Draw, Seat
from tests.factories import draws

pytestmark = pytest.mark.django_db

LOOKED = {"words_agree": "on", "digits_agree": "on", "nothing_odd": "on"}
PERSON = {"name": "示范丙", "unit": "示范协会", "capacity": "行业协会"}


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def text_of(response) -> str:
    return response.content.decode()


def address(draw, view="page"):
    return reverse(f"ceremony:{view}", args=[draw.number])


@pytest.fixture
def phone(cast, browse):
    """A third witness's phone, seated through the pages, and its room."""
    made = draws.room(cast)
    client = browse()
    answer = client.post(reverse("ceremony:enter"), {"pairing_code": draws.PAIRING, **PERSON})
    assert answer.url == address(made.draw)
    client.room = made
    client.seat = Seat.objects.get(party="w3")
    return client


def commit_by_phone(phone, secret=""):
    draw, seat = phone.room.now(), phone.seat
    mine = secret or draws.secret_of("w3")
    commitment = fairdraw.commitment(draw.number, draw.rules_digest, seat.party, mine)
    copy = draws.sealed_for_discipline(mine)
    return phone.post(address(draw, "commit"), {"commitment": commitment, "sealed_copy": copy})


def bind_all(phone):
    """Everybody commits, this phone too, and the officer tries every copy."""
    for number in range(len(phone.room.seats)):
        phone.room.commit(number)
    commit_by_phone(phone)
    parties = ["system", "w1", "w2", "w3"]
    draws.actions.confirm_copies(phone.room.draw, parties=parties, by=phone.room.cast.discipline, at=draws.NOON)


def to_the_dice(phone):
    draws.freeze(phone.room, draws.NOON)
    bind_all(phone)
    draws.throw(phone.room, draws.NOON)


# ---- sitting down ----------------------------------------------------------------------------------------------


def test_the_code_leads_to_the_draw_and_its_form(cast, browse):
    made = draws.room(cast)
    client = browse()
    assert "配对码" in text_of(client.get(reverse("ceremony:enter")))
    answer = client.get(reverse("ceremony:enter"), {"code": "abcd 2345"})
    assert made.draw.campaign.title in text_of(answer)
    assert "行业协会" in text_of(answer)


def test_a_wrong_code_is_said_to_be_wrong(cast, browse):
    draws.room(cast)
    answer = browse().get(reverse("ceremony:enter"), {"code": "ZZZZ9999"})
    assert (answer.status_code, "看主持人屏幕重新输入" in text_of(answer)) == (422, True)


def test_the_seat_is_proved_by_a_cookie_that_scripts_cannot_read(phone):
    cookie = phone.cookies[f"seat-{phone.room.draw.number}"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/w/", "Lax")
    assert "w3 示范丙" in text_of(phone.get(address(phone.room.draw)))


def test_a_second_press_leads_to_the_same_seat(phone):
    again = phone.post(reverse("ceremony:enter"), {"pairing_code": draws.PAIRING, **PERSON, "name": "别人"})
    assert again.url == address(phone.room.draw)
    assert phone.get(reverse("ceremony:enter"), {"code": draws.PAIRING}).url == address(phone.room.draw)
    assert Seat.objects.count() == 3


def test_somebody_already_seated_is_refused_on_the_form(phone, browse):
    answer = browse().post(reverse("ceremony:enter"), {"pairing_code": draws.PAIRING, **PERSON})
    assert (answer.status_code, "已经入席" in text_of(answer)) == (422, True)


def test_an_empty_form_and_a_late_one_seat_nobody(cast, browse):
    made = draws.room(cast)
    answer = browse().post(reverse("ceremony:enter"), {"pairing_code": draws.PAIRING, "name": ""})
    assert answer.status_code == 422
    draws.freeze(made, draws.NOON)
    late = browse().post(reverse("ceremony:enter"), {"pairing_code": draws.PAIRING, **PERSON})
    assert late.url == reverse("ceremony:enter")
    assert Seat.objects.count() == 2


def test_a_forged_cookie_is_no_seat(phone):
    phone.cookies[f"seat-{phone.room.draw.number}"] = "guess:guess"
    assert "只能旁观" in text_of(phone.get(address(phone.room.draw)))


# ---- the phases ------------------------------------------------------------------------------------------------


def test_the_phone_gets_what_it_needs_to_bind_itself(phone):
    draws.freeze(phone.room, draws.NOON)
    draw = phone.room.now()
    text = text_of(phone.get(address(draw)))
    for value in (
        f'data-rules-digest="{draw.rules_digest}"',
        f'data-sealing-key="{draw.sealing_key}"',
        'data-seat="w3"',
    ):
        assert value in text
    assert "data-make" in text
    assert "<noscript>" in text


def test_a_commitment_is_taken_once(phone):
    draws.freeze(phone.room, draws.NOON)
    assert commit_by_phone(phone).status_code == 302
    assert commit_by_phone(phone, "ab" * 32).status_code == 409
    phone.seat.refresh_from_db()
    assert draws.unsealed(phone.seat.sealed_copy) == draws.secret_of("w3")
    assert "data-make" not in text_of(phone.get(address(phone.room.draw)))


def test_before_the_dice_everybody_compares_the_freeze_digest(phone):
    draws.freeze(phone.room, draws.NOON)
    draws.commit_all(phone.room, draws.NOON)
    commit_by_phone(phone)
    digest = phone.room.now().freeze_digest
    assert " ".join(digest[n : n + 4] for n in range(0, 64, 4)) in text_of(phone.get(address(phone.room.draw)))


def test_the_last_phone_to_open_makes_the_result(phone):
    to_the_dice(phone)
    draws.open_all(phone.room, draws.NOON)
    assert "data-open-secret" in text_of(phone.get(address(phone.room.draw)))
    assert phone.post(address(phone.room.draw, "open"), {"secret": "ab" * 32}).status_code == 409
    assert phone.post(address(phone.room.draw, "open"), {"secret": draws.secret_of("w3")}).status_code == 302
    text = text_of(phone.get(address(phone.room.draw)))
    assert "结果已经产生" in text
    assert "data-opened" in text
    assert phone.room.now().subjects.first().name in text


def test_a_witness_signs_once_and_says_why_it_does_not(phone):
    to_the_dice(phone)
    draws.open_all(phone.room, draws.NOON)
    draw = phone.room.now()
    phone.post(address(draw, "open"), {"secret": draws.secret_of("w3")})
    assert "写明理由" in text_of(phone.post(address(draw, "sign"), {"outcome": "RESERVED", "text": ""}))
    assert phone.post(address(draw, "sign"), {"outcome": "SIGNED", **LOOKED}).status_code == 302
    assert phone.post(address(draw, "sign"), {"outcome": "SIGNED", **LOOKED}).status_code == 422
    assert phone.post(address(draw, "sign"), {"outcome": "REFUSED", "text": "x"}).status_code == 422
    assert "您的意见已记录：签字确认" in text_of(phone.get(address(draw)))


# proves S0-19
@pytest.mark.parametrize("missing", sorted(LOOKED))
def test_nobody_signs_without_having_looked_at_all_three(phone, missing):
    to_the_dice(phone)
    draws.open_all(phone.room, draws.NOON)
    draw = phone.room.now()
    phone.post(address(draw, "open"), {"secret": draws.secret_of("w3")})
    ticks = {name: "on" for name in LOOKED if name != missing}
    answer = phone.post(address(draw, "sign"), {"outcome": "SIGNED", **ticks})
    assert (answer.status_code, draw.signatures.count()) == (422, 0)
    assert "签字确认前核对并勾选" in text_of(answer)
    kept = {"outcome": "RESERVED", "text": "有一位数字没看清", **ticks}
    assert phone.post(address(draw, "sign"), kept).status_code == 302
    assert "有一位数字没看清" in text_of(phone.get(address(draw)))


# ---- objections ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED", "DICE"])
def test_an_objection_is_heard_at_every_step_and_only_once(phone, phase):
    steps = (
        lambda: draws.freeze(phone.room, draws.NOON),
        lambda: bind_all(phone),
        lambda: draws.throw(phone.room, draws.NOON),
    )
    for step in steps[: draws.PHASES.index(phase)]:
        step()
    draw = phone.room.now()
    assert draw.state == phase
    assert "我有异议" in text_of(phone.get(address(draw)))
    for _time in range(2):
        answer = phone.post(address(draw, "objection"), {"text": "  门没有\n关上 "})
        assert (answer.status_code, answer.url) == (302, address(draw))
    heard = phone.seat.objections.get()
    assert (heard.text, heard.phase) == ("门没有 关上", draw.state)
    assert "门没有 关上" in text_of(phone.get(address(draw)))
    assert phone.get(address(draw, "state")).json()["seats"][2]["objections"] == 1


def test_an_empty_objection_is_answered_on_the_page(phone):
    answer = phone.post(address(phone.room.draw, "objection"), {"text": " "})
    assert (answer.status_code, "写明异议的内容" in text_of(answer)) == (422, True)
    assert phone.seat.objections.count() == 0


def test_with_sealed_publication_the_phones_see_no_names(cast, browse):
    made = draws.room(cast, list_timing="AT_END")
    client = browse()
    client.post(reverse("ceremony:enter"), {"pairing_code": draws.PAIRING, **PERSON})
    client.room, client.seat = made, Seat.objects.get(party="w3")
    to_the_dice(client)
    draws.open_all(made, draws.NOON)
    client.post(address(made.draw, "open"), {"secret": draws.secret_of("w3")})
    draw = made.now()
    text = text_of(client.get(address(draw)))
    assert "名单现在不公开" in text
    assert not any(row.name in text or row.ticket[:8] in text for row in draw.subjects.all())
    assert draw.system_secret not in text


def test_a_phone_without_a_seat_watches_and_does_nothing(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    client = browse()
    text = text_of(client.get(address(draw)))
    assert "只能旁观" in text
    assert draw.subjects.first().name not in text
    assert "我有异议" not in text
    for view in ("commit", "open", "sign", "objection"):
        assert client.post(address(draw, view), {"outcome": "SIGNED", "text": "x"}).status_code == 403
        assert client.get(address(draw, view)).headers["Location"] == address(draw)


def test_an_aborted_draw_says_why(cast, browse, noon):
    made = draws.room(cast)
    draws.actions.propose_abort(made.draw, reason="停电", by=cast.handler, at=noon)
    draws.actions.confirm_abort(made.draw, by=cast.approver, at=noon)
    assert "已中止：停电" in text_of(browse().get(address(made.draw)))


def test_a_void_draw_says_why(cast, browse, noon):
    draw = draws.draw_at(cast, "RESULT")
    draws.actions.propose_void(draw, reason="骰子有缺口", by=cast.approver, at=noon)
    draws.actions.confirm_void(draw, by=cast.discipline, at=noon)
    assert "已宣告无效：骰子有缺口" in text_of(browse().get(address(draw)))


def test_an_unknown_number_is_not_found(cast, browse):
    for view in ("page", "state", "hall", "result"):
        assert browse().get(reverse(f"ceremony:{view}", args=["990000-2026-nobody-001"])).status_code == 404


@pytest.mark.parametrize("phase", ["FROZEN", "COMMITTED", "DICE"])
def test_no_phone_shows_a_secret_before_the_result(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    text = text_of(browse().get(address(draw)))
    for hidden in (draw.locked_secret, draw.system_sealed_copy, *map(draws.secret_of, ("system", "w1", "w2"))):
        assert hidden not in text
    assert Draw.objects.get().seed == ""


def test_an_empty_pairing_code_is_answered_with_one_sentence(client):
    answer = client.get("/w/", {"code": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"code": ["没有填写，照主持人屏幕输入"]}
