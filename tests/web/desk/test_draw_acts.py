"""The pages of a draw's irreversible acts: what they show before, what they keep when refused."""

import pytest
from django.urls import reverse

import fairdraw
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, SignatureSeat
from tests.factories import draws, registers
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

SEEN = {"seen": "w1 w2"}  # the witnesses whom the page of the freeze named


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def page_of(client, draw, view="draw_detail", *rest):
    return client.get(reverse(f"desk:{view}", args=[draw.pk, *rest]))


def text_of(response) -> str:
    return response.content.decode()


# ---- freezing --------------------------------------------------------------------------------------------------


# proves S0-20
def test_the_freeze_page_lists_what_will_be_fixed(cast, browse):
    draw = draws.room(cast).draw
    text = text_of(page_of(browse(cast.handler), draw, "draw_freeze"))
    for words in (
        "入抽 60 户，排除 1 户",
        "已注销或吊销 1",
        "涉外",
        "16.67%",
        "消防救援大队 6",
        "示范甲",
        ">冻结名单</button>",
    ):
        assert words in text


def test_freezing_by_the_button_and_again(cast, browse):
    draw = draws.room(cast).draw
    client = browse(cast.handler)
    address = reverse("desk:draw_freeze", args=[draw.pk])
    assert client.post(address, SEEN).url == reverse("desk:draw_detail", args=[draw.pk])
    assert Draw.objects.get().state == "FROZEN"
    again = client.post(address, SEEN)
    assert (again.status_code, text_of(again).count("名单已经冻结")) == (422, 1)
    assert "名单已经冻结" in text_of(client.get(address))


def test_a_freeze_from_a_page_older_than_the_last_witness_is_shown_again(cast, browse):
    made = draws.room(cast)
    made.seat_witness("示范丙")
    client = browse(cast.handler)
    address = reverse("desk:draw_freeze", args=[made.draw.pk])
    stale = client.post(address, SEEN)
    assert stale.status_code == 422
    assert "又有见证人入席" in text_of(stale)
    assert "示范丙" in text_of(stale)
    assert made.now().takes_seats
    assert client.post(address, {"seen": "w1 w2 w3"}).status_code == 302


def test_what_stands_in_the_way_of_a_freeze_is_said_on_its_page(cast, browse):
    draw = draws.room(cast).draw
    with unguarded():
        registers.Inspector.objects.filter(department=cast.fire).update(state="SUSPENDED")
    answer = page_of(browse(cast.handler), draw, "draw_freeze")
    assert (answer.status_code, "只有 0 名" in text_of(answer)) == (200, True)
    assert "btn-seal" not in text_of(answer)


def test_the_head_writes_why_places_stay_empty(cast, browse):
    draw = draws.room(cast).draw
    with unguarded():
        registers.Inspector.objects.filter(department=cast.fire).exclude(code="fire-001").update(areas="A0,A2")
    address = reverse("desk:draw_freeze", args=[draw.pk])
    assert "由部门负责人打开本页" in text_of(browse(cast.handler).get(address))
    assert "片区 A1" in text_of(browse(cast.handler).get(address))
    head = browse(cast.approver)
    assert head.post(address, SEEN | {"unstaffed_reason": ""}).status_code == 403
    assert head.post(address, SEEN | {"unstaffed_reason": "人员借调"}).status_code == 302
    assert "人员借调" in text_of(page_of(head, draw))


# ---- dice ------------------------------------------------------------------------------------------------------


def test_two_people_type_and_are_told_where_they_differ_but_not_what_the_other_typed(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    address = reverse("desk:draw_dice", args=[draw.pk])
    wrong = "9" + draws.DICE[1:]
    browse(cast.handler).post(address, {"digits": wrong})
    second = browse(cast.approver)
    second.post(address, {"digits": draws.DICE})
    told = text_of(second.get(address))
    assert "第 1 位不同" in told
    assert wrong not in told
    browse(cast.handler).post(address, {"digits": draws.DICE})
    assert Draw.objects.get().state == "DICE"


def test_a_short_entry_keeps_what_was_typed(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    answer = browse(cast.handler).post(reverse("desk:draw_dice", args=[draw.pk]), {"digits": "123"})
    assert answer.status_code == 422
    assert 'value="123"' in text_of(answer)
    assert "现在是 3 个字符" in text_of(answer)


# ---- sealed copies ---------------------------------------------------------------------------------------------


def test_the_discipline_officer_hands_in_what_a_copy_holds(cast, browse):
    made = draws.room_at(cast, "DICE")
    made.open(0)
    client = browse(cast.discipline)
    seat = made.seats[1]
    seat.refresh_from_db()
    text = text_of(page_of(client, made.draw, "draw_unseal"))
    assert seat.sealed_copy in text
    assert "ceremony/unseal.js" in text
    address = reverse("desk:draw_unseal", args=[made.draw.pk])
    assert client.post(address, {"party": "w2", "secret": "ab" * 32}).status_code == 422
    assert client.post(address, {"party": "w2", "secret": draws.unsealed(seat.sealed_copy)}).status_code == 302
    assert made.now().state == "RESULT"


def test_the_systems_copy_is_offered_when_the_server_lost_its_key(cast, browse, settings):
    made = draws.room_at(cast, "DICE")
    client = browse(cast.discipline)
    page_of(client, made.draw)
    with pytest.MonkeyPatch.context() as lost:
        lost.setattr("mingcha.domain.draws.rules.unlock", lambda *given, **known: None)
        draws.open_all(made, draws.NOON)
    draw = made.now()
    assert draw.system_sealed_copy in text_of(page_of(client, draw, "draw_unseal"))
    secret = draws.unsealed(draw.system_sealed_copy)
    client.post(reverse("desk:draw_unseal", args=[draw.pk]), {"party": "system", "secret": secret})
    assert made.now().state == "RESULT"


# ---- signing and aborting --------------------------------------------------------------------------------------


# proves S0-19
def test_whoever_signs_reads_the_words_that_were_read_aloud(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    page = text_of(page_of(browse(cast.approver), draw, "draw_sign", SignatureSeat.AGENCY))
    for digest in (draw.rules_digest, draw.freeze_digest, draw.result_sha256):
        assert all(f'<span class="word">{word}</span>' in page for word in fairdraw.spoken(digest))


def test_both_bodies_sign_on_their_own_pages(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    for seat, person in (("agency", cast.approver), ("discipline", cast.discipline)):
        client = browse(person)
        address = reverse("desk:draw_sign", args=[draw.pk, seat])
        assert draw.result_sha256[:4] in text_of(client.get(address))
        assert client.post(address, {"outcome": "SIGNED", "text": ""}).status_code == 302
        assert client.post(address, {"outcome": "SIGNED", "text": ""}).status_code == 422
    assert Draw.objects.get().state == "SIGNED"


def test_a_refusal_without_a_reason_stays_on_the_page_and_one_with_it_is_explained(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    client = browse(cast.approver)
    address = reverse("desk:draw_sign", args=[draw.pk, "agency"])
    assert "写明理由" in text_of(client.post(address, {"outcome": "REFUSED", "text": ""}))
    client.post(address, {"outcome": "REFUSED", "text": "名单有疑问"})
    assert "只能依规宣告无效" in text_of(page_of(client, draw))


def test_there_are_two_signing_seats_only(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    assert page_of(browse(cast.approver), draw, "draw_sign", "w1").status_code == 404


def test_stopping_takes_two_people_and_two_pages(cast, browse):
    draw = draws.room(cast).draw
    handler, head = browse(cast.handler), browse(cast.approver)
    propose = reverse("desk:draw_abort", args=[draw.pk])
    confirm = reverse("desk:draw_abort_confirm", args=[draw.pk])
    assert "没有等待确认的中止" in text_of(head.get(confirm))
    assert handler.post(propose, {"reason": ""}).status_code == 422
    assert handler.post(propose, {"reason": "停电"}).status_code == 302
    assert handler.post(propose, {"reason": "停电"}).status_code == 422
    assert confirm in text_of(page_of(head, draw))
    assert handler.post(confirm).status_code == 403
    assert "停电" in text_of(head.get(confirm))
    assert head.post(confirm).status_code == 302
    assert "停电" in text_of(page_of(handler, draw))
    assert Draw.objects.get().is_aborted


@pytest.mark.parametrize("view", ["draw_freeze", "draw_dice", "draw_unseal", "draw_abort", "draw_abort_confirm"])
def test_reading_a_page_changes_nothing(cast, browse, view):
    draw = draws.room(cast).draw
    actions.propose_abort(draw, reason="停电", by=cast.handler, at=draws.NOON)
    before = Draw.objects.values().get()
    page_of(browse(cast.handler), draw, view)
    page_of(browse(cast.approver), draw, view)
    assert Draw.objects.values().get() == before
    assert browse(cast.handler).put(reverse(f"desk:{view}", args=[draw.pk])).status_code == 405
