"""In the room: the copy check, two readings of the dice, the firm that somebody names, and the void at the end."""

import pytest
from django.urls import reverse

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

ALL = {"parties": "system w1 w2"}


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def address(draw, view, *rest):
    return reverse(f"desk:draw_{view}", args=[draw.pk, *rest])


def text_of(answer) -> str:
    return answer.content.decode()


# ---- the copies ----------------------------------------------------------------------------------


def test_the_officer_alone_is_given_the_copies_and_what_they_are_checked_against(cast, browse):
    draw = draws.draw_at(cast, "COMMITTED")
    text = text_of(browse(cast.discipline).get(address(draw, "copies")))
    seats = list(draw.seats.all())
    for part in (draw.sealing_key, draw.system_sealed_copy, draw.system_commitment, draw.rules_digest):
        assert part in text
    assert all(seat.sealed_copy in text and seat.commitment in text for seat in seats)
    assert "desk/copies.js" in text and "<noscript>" in text
    assert not any(draws.secret_of(party) in text for party in ("system", "w1", "w2"))
    for person in (cast.handler, cast.approver, cast.supervisor):
        other = text_of(browse(person).get(address(draw, "copies")))
        assert "由纪检监察人员核对" in other and draw.system_sealed_copy not in other
        assert browse(person).post(address(draw, "copies"), ALL).status_code == 403


def test_the_check_is_confirmed_once_and_opens_the_dice(cast, browse):
    draw = draws.draw_at(cast, "COMMITTED")
    client, handler = browse(cast.discipline), browse(cast.handler)
    assert "核对完密封副本之后才掷骰" in text_of(handler.get(address(draw, "dice")))
    assert handler.post(address(draw, "dice"), {"digits": draws.DICE}).status_code == 422
    assert client.post(address(draw, "copies"), ALL).url == address(draw, "detail")
    assert Draw.objects.get().copies_checked_by == cast.discipline
    again = client.post(address(draw, "copies"), ALL)
    assert (again.status_code, text_of(again).count("可以掷骰")) == (422, 1)
    assert handler.post(address(draw, "dice"), {"digits": draws.DICE}).status_code == 302


@pytest.mark.parametrize(
    ("parties", "words"),
    [("system w1", "席位 w2 的密封副本没有核对一致"), ("", "先选择私钥文件"), ("x", "没有核对一致")],
)
def test_a_check_that_did_not_pass_for_everyone_confirms_nothing(cast, browse, parties, words):
    draw = draws.draw_at(cast, "COMMITTED")
    answer = browse(cast.discipline).post(address(draw, "copies"), {"parties": parties})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert Draw.objects.get().copies_checked_at is None


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "CHECKED", "RESULT"])
def test_outside_its_moment_the_page_holds_no_copy(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    text = text_of(browse(cast.discipline).get(address(draw, "copies")))
    assert "data-copy" not in text
    assert "回到抽取" in text


# ---- dice ---------------------------------------------------------------------------------------------------------


def test_an_announced_public_value_is_typed_by_both_and_compared(cast, browse):
    made = draws.room(cast)
    with unguarded():
        Draw.objects.update(public_words="福彩 3D 第 2026310 期")
    for step in (draws.freeze, draws.commit_all, draws.check_copies):
        step(made, draws.NOON)
    one, other = browse(cast.handler), browse(cast.approver)
    page = address(made.draw, "dice")
    assert "福彩 3D 第 2026310 期" in text_of(one.get(page))
    assert one.post(page, {"digits": draws.DICE, "public_value": ""}).status_code == 422
    one.post(page, {"digits": draws.DICE, "public_value": "041"})
    other.post(page, {"digits": draws.DICE, "public_value": "014"})
    assert "公共随机数不同" in text_of(one.get(page))
    assert "014" not in text_of(one.get(page))
    other.post(page, {"digits": draws.DICE, "public_value": "041"})
    assert made.now().public_value == "041"


def test_without_an_announced_value_none_is_asked_for(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    assert "public_value" not in text_of(browse(cast.handler).get(address(draw, "dice")))


def test_once_the_dice_agree_a_late_page_changes_nothing(cast, browse):
    draw = draws.draw_at(cast, "DICE")
    late = browse(cast.discipline).post(address(draw, "dice"), {"digits": "1" * 20})
    assert late.status_code == 422
    assert "已经两人核对一致" in text_of(late)
    assert Draw.objects.get().dice == draws.DICE


# ---- a firm on the hall screen -------------------------------------------------------------------


def test_a_firm_is_found_by_its_code_or_name_and_several_are_offered(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    row = draw.subjects.first()
    client, page = browse(cast.handler), address(draw, "show")
    assert client.post(page, {"wanted": row.name}).url == address(draw, "detail")
    assert Draw.objects.get().shown_code == row.code
    many = text_of(client.post(page, {"wanted": "示范企业"}))
    assert many.count("显示这家") == 10
    assert "名录里没有“无名”" in text_of(client.post(page, {"wanted": "无名"}))
    assert client.post(page, {"wanted": row.code.lower()}).status_code == 302
    assert client.post(address(draw, "show_end")).url == address(draw, "detail")
    assert Draw.objects.get().shown_code == ""


def test_nobody_but_the_host_puts_a_firm_on_the_screen(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    row = draw.subjects.first()
    for person in (cast.approver, cast.supervisor):
        assert browse(person).post(address(draw, "show"), {"wanted": row.code}).status_code == 403
        assert browse(person).post(address(draw, "show_end")).status_code == 403
    assert browse(cast.handler).get(address(draw, "show_end")).status_code == 405


def test_with_sealed_publication_no_firm_can_be_asked_for(cast, browse):
    made = draws.room_at(cast, "RESULT", list_timing="AT_END")
    row = made.draw.subjects.first()
    client = browse(cast.handler)
    assert "尚未公开：按计划名单在检查结束日公开" in text_of(client.get(address(made.draw, "detail")))
    answer = client.post(address(made.draw, "show"), {"wanted": row.code})
    assert answer.status_code == 422 and row.name not in text_of(answer)
    assert made.now().shown_code == ""


def test_before_the_result_no_firm_can_be_asked_for(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    assert "还没有结果" in text_of(browse(cast.handler).post(address(draw, "show"), {"wanted": "示范企业001"}))


def test_in_a_rehearsal_invented_firms_are_found_drawn_or_not(cast, browse, noon):
    draw = actions.open_rehearsal(draws.county(cast), by=cast.handler, at=noon, pairing_code=lambda: draws.PAIRING)
    made = draws.Room(cast, draw)
    for name in ("示范甲", "示范乙"):
        made.seat_witness(name)
    for step in draws.STEPS[: draws.PHASES.index("RESULT")]:
        step(made, noon)
    drawn = set(draw.subjects.values_list("code", flat=True))
    missed = next(f"YLQY-1-{n:03d}" for n in range(1, 41) if f"YLQY-1-{n:03d}" not in drawn)
    for code in (missed, min(drawn)):
        assert browse(cast.handler).post(address(draw, "show"), {"wanted": code}).status_code == 302
        assert made.now().shown_code == code


# ---- the void -------------------------------------------------------------------------------------------------------


# proves S0-21
def test_a_void_is_proposed_by_the_head_and_declared_by_the_officer_on_pages_that_say_what_follows(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    head, officer = browse(cast.approver), browse(cast.discipline)
    propose, confirm = address(draw, "void"), address(draw, "void_confirm")
    assert "没有等待确认的宣告无效" in text_of(officer.get(confirm))
    assert "抽中的企业仍要检查" in text_of(head.get(propose))
    assert head.post(propose, {"reason": ""}).status_code == 422
    assert browse(cast.handler).post(propose, {"reason": "骰子掉落"}).status_code == 403
    assert head.post(propose, {"reason": "骰子掉落"}).url == address(draw, "detail")
    again = head.post(propose, {"reason": "再说一次"})
    assert again.status_code == 422 and "已提出宣告无效" in text_of(again)
    assert "抽中的企业仍要检查" in text_of(officer.get(confirm))
    assert head.post(confirm).status_code == 403
    assert officer.post(confirm).url == address(draw, "detail")
    assert Draw.objects.get().is_voided
    back = officer.post(confirm, HTTP_REFERER=f"http://testserver{confirm}", follow=True)
    assert text_of(back).count("已经宣告无效") == 1


def test_before_the_dice_and_after_taking_effect_there_is_nothing_to_void(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    assert "骰子确认之前用中止" in text_of(browse(cast.approver).get(address(draw, "void")))
    assert browse(cast.approver).post(address(draw, "void"), {"reason": "错"}).status_code == 422


# ---- pages that came too late --------------------------------------------------------------------


def test_a_page_that_came_too_late_says_one_sentence(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    for person, view, rest in (
        (cast.handler, "freeze", ()),
        (cast.handler, "abort", ()),
        (cast.handler, "dice", ()),
        (cast.discipline, "copies", ()),
        (cast.discipline, "unseal", ()),
        (cast.approver, "sign", ("agency",)),
        (cast.approver, "abort_confirm", ()),
    ):
        text = text_of(browse(person).get(address(draw, view, *rest)))
        assert text.count('class="notice') == 1, view
        assert "btn-seal" not in text, view
