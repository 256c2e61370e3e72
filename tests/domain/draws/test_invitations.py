"""Before the day: the announcement, the invitations, the citizens who ask for a seat."""

from datetime import timedelta

import pytest

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import announcement_of, invitation_by_code
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.domain.draws.test_guards import tamper
from tests.factories import draws

pytestmark = pytest.mark.django_db

TOMORROW = draws.NOON + timedelta(days=1)
SOON = draws.NOON + timedelta(minutes=20)


def opened(cast):
    return actions.open_draw(draws.county(cast), by=cast.handler, at=draws.NOON, pairing_code=lambda: draws.PAIRING)


def announce(draw, by, **how):
    told = {"place": "政务服务中心三楼", "held_at": TOMORROW, "watching": "现场旁观", **how}
    return actions.announce(draw, **told, by=by, at=draws.NOON)


def ask(draw, name="示范群众", at=draws.NOON):
    return actions.ask_for_seat(draw, name=name, unit="", at=at)


def seat(draw, code, at=draws.NOON, *, name="", unit="", capacity=""):
    typed = {"name": name, "unit": unit, "capacity": capacity}
    return actions.take_seat(draw, pairing_code=draws.PAIRING, **typed, invitation_code=code, at=at)[0]


def test_a_draw_that_is_moved_still_shows_the_earlier_announcement(cast):
    draw = opened(cast)
    announce(draw, cast.handler)
    announce(draw, cast.handler, held_at=TOMORROW + timedelta(days=2))
    assert [told.held_at for told in draw.announcements.all()] == [TOMORROW + timedelta(days=2), TOMORROW]
    assert announcement_of(draw).held_at == TOMORROW + timedelta(days=2)
    tamper("UPDATE draws_announcement SET place = 'x'", says="抽取公告不能修改")


def test_an_announcement_says_where_and_a_time_to_come(cast):
    draw = opened(cast)
    assert refused("写明抽取的地点", announce, draw, cast.handler, place=" ").field == "place"
    assert refused("要晚于现在", announce, draw, cast.handler, held_at=draws.NOON).field == "held_at"
    with pytest.raises(Forbidden):
        announce(draw, cast.stranger)


def test_nothing_is_announced_or_asked_once_the_names_are_frozen(cast):
    draw = draws.draw_at(cast, "FROZEN")
    refused("已经冻结名单", announce, draw, cast.handler)
    refused("已停止申请", ask, draw)


# proves S3-15, S4-06
def test_an_invited_witness_sits_down_under_the_invited_name(cast):
    draw = opened(cast)
    card = actions.invite(draw, name="示范代表", unit="示范县人大", capacity="人大代表", by=cast.handler, at=draws.NOON)
    taken = seat(draw, card.code.lower())
    assert (taken.name, taken.unit, taken.capacity, taken.invitation) == ("示范代表", "示范县人大", "人大代表", card)
    refused("已在另一部手机上入席", seat, draw, card.code)
    refused("不属于这次抽取", seat, draw, "NOSUCHCODE")


def test_an_invitation_names_somebody_once(cast):
    draw = opened(cast)
    told = {"name": "示范代表", "unit": "示范县人大", "capacity": "人大代表", "by": cast.handler, "at": draws.NOON}
    actions.invite(draw, **told)
    refused("已在邀请名单上", actions.invite, draw, **told)
    for field in ("name", "unit", "capacity"):
        assert refused("填写|选择", actions.invite, draw, **{**told, field: " "}).field == field
    with pytest.raises(Forbidden):
        actions.invite(draw, **{**told, "by": cast.stranger})


def withdraw(card, by, reason="改由公证处派员"):
    return actions.withdraw_invitation(card, reason=reason, by=by, at=draws.NOON)


def invited(draw, cast, name="示范代表"):
    return actions.invite(draw, name=name, unit="示范县人大", capacity="人大代表", by=cast.handler, at=draws.NOON)


def test_an_invitation_is_withdrawn_with_a_reason_and_seats_nobody(cast):
    draw = opened(cast)
    card = invited(draw, cast)
    assert refused("写明撤回的理由", withdraw, card, cast.handler, reason=" ").field == "reason"
    with pytest.raises(Forbidden):
        withdraw(card, cast.stranger)
    withdraw(card, cast.handler)
    assert (invitation_by_code(card.code).is_withdrawn, invitation_by_code(card.code).remark) == (
        True,
        "改由公证处派员",
    )
    refused("已经撤回，理由：改由公证处派员", seat, draw, card.code)
    refused("现在是“已撤回”", withdraw, card, cast.handler)


def test_whoever_was_called_off_can_be_invited_again_and_takes_no_place(cast, monkeypatch):
    monkeypatch.setattr("mingcha.domain.draws.rules.invitations.MOST_INVITED", 1)
    draw = opened(cast)
    withdraw(invited(draw, cast), cast.handler)
    again = invited(draw, cast)
    assert seat(draw, again.code).name == "示范代表"


def test_nobody_is_called_off_from_a_seat(cast):
    draw = opened(cast)
    card = invited(draw, cast)
    seat(draw, card.code)
    refused("已经入席（w1），邀请不能再撤回", withdraw, card, cast.handler)


def test_nobody_is_called_off_from_a_seat_that_was_taken_without_the_card(cast):
    draw = opened(cast)
    card = invited(draw, cast)
    seat(draw, "", name=card.name, unit=card.unit, capacity="人大代表")
    refused("已经入席（w1），邀请不能再撤回", withdraw, card, cast.handler)


def test_only_what_was_sent_is_withdrawn_and_only_until_the_freeze(cast):
    room = draws.room(cast)
    card = invited(room.draw, cast)
    announce(room.draw, cast.handler)
    refused("现在是“申请中”", withdraw, ask(room.draw), cast.handler)
    draws.freeze(room, TOMORROW)
    refused("已经冻结名单", withdraw, card, cast.handler)


# proves S0-29
def test_a_citizen_asks_for_a_seat_and_finds_the_answer_under_the_receipt(cast):
    draw = opened(cast)
    announce(draw, cast.handler)
    receipt = ask(draw).code
    refused("不属于这次抽取", seat, draw, receipt)
    actions.decide_request(invitation_by_code(receipt), agreed=True, by=cast.handler, at=draws.NOON)
    assert invitation_by_code(receipt).is_invited
    assert seat(draw, receipt).capacity == "群众代表"


def test_a_refused_request_says_why(cast):
    draw = opened(cast)
    announce(draw, cast.handler)
    asked = ask(draw)
    decide = lambda **how: actions.decide_request(asked, **how, by=cast.handler, at=draws.NOON)  # noqa: E731 — short
    assert refused("写明不同意的理由", decide, agreed=False).field == "remark"
    decide(agreed=False, remark="席位已满")
    assert invitation_by_code(asked.code).remark == "席位已满"
    refused("已经答复", decide, agreed=True)
    with pytest.raises(Forbidden):
        actions.decide_request(asked, agreed=True, by=cast.stranger, at=draws.NOON)


def test_citizens_ask_between_the_announcement_and_its_hour(cast):
    draw = opened(cast)
    refused("还没有公告", ask, draw)
    announce(draw, cast.handler)
    refused("已停止申请", ask, draw, at=TOMORROW)
    ask(draw)
    refused("已在邀请名单上", ask, draw)


def test_a_rehearsal_takes_no_citizens(cast):
    draw = actions.open_rehearsal(draws.county(cast), by=cast.handler, at=draws.NOON)
    announce(draw, cast.handler)
    refused("还没有公告", ask, draw)


def test_no_more_than_a_roomful_is_asked(cast, monkeypatch):
    monkeypatch.setattr("mingcha.domain.draws.rules.invitations.MOST_INVITED", 2)
    draw = opened(cast)
    announce(draw, cast.handler)
    for number in range(2):
        ask(draw, f"示范群众{number}")
    refused("已经满额", ask, draw, "示范群众二")


def test_nobody_draws_before_the_announced_hour(cast):
    room = draws.room(cast)
    announce(room.draw, cast.handler)
    refused("公告的抽取时间是 2026-11-24 12:00，最多提前 30 分钟", draws.freeze, room, draws.NOON)
    draws.freeze(room, TOMORROW - timedelta(minutes=30))
    assert room.now().frozen_at


def test_nobody_draws_what_was_not_announced(cast):
    room = draws.Room(cast, opened(cast))
    for name in ("示范甲", "示范乙"):
        room.seat_witness(name)
    refused("还没有公告抽取的时间和地点", draws.freeze, room, draws.NOON)


# ---- an announced public value ---------------------------------------------------------------------------------


WORDS = "抽取当日公布的示范指数收盘点位，去掉小数点"


def room_with_value(cast):
    room = draws.room(cast)
    announce(room.draw, cast.handler, public_words=WORDS, held_at=SOON)
    draws.freeze(room, draws.NOON)
    draws.commit_all(room, draws.NOON)
    draws.check_copies(room, draws.NOON)
    return room


def throw(room, by, value):
    return actions.enter_dice(room.draw, digits=draws.DICE, public_value=value, by=by, at=draws.NOON)


def test_an_announced_public_value_is_part_of_the_seed(cast):
    room = room_with_value(cast)
    throw(room, cast.handler, "335 812")
    assert throw(room, cast.approver, "335813").state == "COMMITTED"
    assert throw(room, cast.approver, "335812").state == "DICE"
    draws.open_all(room, draws.NOON)
    done = Draw.objects.get(pk=room.draw.pk)
    assert (done.public_words, done.public_value, done.has_result) == (WORDS, "335812", True)
    assert WORDS.encode() in bytes(done.files.get(name="rules.json").content)
    assert b'"public_value":"335812"' in bytes(done.files.get(name="ceremony.json").content)


def test_a_public_value_is_typed_exactly_when_one_was_announced(cast):
    room = room_with_value(cast)
    for value in ("", "xyz", "1" * 129):
        assert refused("填写公告的公共随机数", throw, room, cast.handler, value).field == "public_value"
    other = draws.room_at(cast, "CHECKED", draws_campaign(cast))
    assert refused("没有公告公共随机数", throw, other, cast.handler, "12").field == "public_value"


def draws_campaign(cast):
    """Another campaign of the same county."""
    first = Draw.objects.get().campaign
    return draws.plans.campaign(
        first.plan,
        items=[row.item for row in first.items.all()],
        parties=[(party.department, party.inspectors) for party in first.parties.all()],
        strata=(draws.plans.REST,),
        title="示范第二次",
        approver=cast.supervisor,
    )
