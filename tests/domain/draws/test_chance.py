"""Secrets are bound, dice are typed, secrets open: who may, when, and what is said otherwise."""

import pytest

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.factories import draws

SECRET = "ab" * 32


pytestmark = pytest.mark.django_db

# ---- committing ------------------------------------------------------------------------------------------------


def test_the_last_commitment_closes_the_phase(cast):
    made = draws.room_at(cast, "FROZEN")
    made.commit(0)
    assert (made.now().state, made.now().freeze_digest) == ("FROZEN", "")
    made.commit(1)
    assert made.now().state == "COMMITTED"
    assert len(made.now().freeze_digest) == 64


def test_a_witness_commits_once(cast):
    made = draws.room_at(cast, "FROZEN")
    made.commit(0)
    refused("已经封存", made.commit, 0, secret=SECRET)


def test_nobody_commits_before_the_freeze(cast):
    refused("到“名单已冻结”时才能封存", draws.room(cast).commit, 0)


def test_another_phone_cannot_commit_for_a_seat(cast):
    made = draws.room_at(cast, "FROZEN")
    made.tokens.reverse()
    refused("用入席时的那部手机", made.commit, 0)


@pytest.mark.parametrize(
    ("commitment", "copy", "words"),
    [
        ("xyz", "ab" * 136, "封存值应为 64 位"),
        ("ab" * 32, "ab" * 10, "密封副本的格式"),
        ("AB" * 32, "ab" * 136, "64 位"),
    ],
)
def test_a_malformed_commitment_is_refused(cast, commitment, copy, words):
    made = draws.room_at(cast, "FROZEN")
    refused(
        words,
        actions.commit,
        made.seats[0],
        token=made.tokens[0],
        commitment=commitment,
        sealed_copy=copy,
        at=draws.NOON,
    )


# ---- dice ------------------------------------------------------------------------------------------------------


def type_dice(draw, by, digits=draws.DICE):
    return actions.enter_dice(draw, digits=digits, by=by, at=draws.NOON)


def test_two_people_who_agree_confirm_the_dice(cast):
    draw = draws.draw_at(cast, "CHECKED")
    assert type_dice(draw, cast.handler).state == "COMMITTED"
    assert type_dice(draw, cast.approver, "7209 4418 3655 0197 2386").dice == draws.DICE
    assert Draw.objects.get(pk=draw.pk).state == "DICE"


def test_whoever_opened_the_copies_types_no_dice(cast):
    draw = draws.draw_at(cast, "CHECKED")
    refused("核对密封副本的人不录入骰子", type_dice, draw, cast.discipline)


def test_one_person_typing_twice_confirms_nothing(cast):
    draw = draws.draw_at(cast, "CHECKED")
    type_dice(draw, cast.handler)
    assert type_dice(draw, cast.handler).state == "COMMITTED"


def test_different_digits_wait_until_one_of_the_two_corrects(cast):
    draw = draws.draw_at(cast, "CHECKED")
    type_dice(draw, cast.handler, "9" + draws.DICE[1:])
    assert type_dice(draw, cast.approver).state == "COMMITTED"
    assert type_dice(draw, cast.handler).state == "DICE"


@pytest.mark.parametrize("digits", ["123", "7" * 21, "7" * 19 + "x", "７" * 20])
def test_only_twenty_plain_digits_are_dice(cast, digits):
    draw = draws.draw_at(cast, "CHECKED")
    assert refused("要录入 20 位数字", type_dice, draw, cast.handler, digits).field == "digits"


def test_confirmed_dice_are_not_typed_again(cast):
    refused("已经两人核对一致", type_dice, draws.draw_at(cast, "DICE"), cast.second_handler, "1" * 20)


def test_no_dice_before_everybody_is_committed(cast):
    refused("到“各方已封存随机数”时才能录入骰子", type_dice, draws.draw_at(cast, "FROZEN"), cast.handler)


def test_strangers_and_coordinators_type_no_dice(cast):
    draw = draws.draw_at(cast, "COMMITTED")
    for person in (cast.stranger, cast.coordinator, cast.inspector):
        with pytest.raises(Forbidden):
            type_dice(draw, person)


# ---- opening ---------------------------------------------------------------------------------------------------


def test_the_last_opening_makes_the_result_without_another_button(cast):
    made = draws.room_at(cast, "DICE")
    made.open(0)
    assert (made.now().state, made.now().seed) == ("DICE", "")
    made.open(1)
    assert made.now().state == "RESULT"


def test_a_secret_that_was_not_committed_opens_nothing(cast):
    made = draws.room_at(cast, "DICE")
    assert refused("与席位 w1 的封存值不符", made.open, 0, secret=SECRET).field == "secret"
    made.seats[0].refresh_from_db()
    assert made.seats[0].secret == ""


def test_a_secret_of_the_wrong_form_is_named(cast):
    refused("应为 32 至 64 位小写十六进制", draws.room_at(cast, "DICE").open, 0, secret="zz")


def test_nobody_opens_before_the_dice_lie(cast):
    refused("到“骰子已录入”时才能开封", draws.room_at(cast, "COMMITTED").open, 0)


def test_a_seat_opens_once(cast):
    made = draws.room_at(cast, "DICE")
    made.open(0)
    refused("席位 w1 已经开封", made.open, 0)


def test_the_discipline_body_opens_for_a_witness_who_will_not(cast):
    made = draws.room_at(cast, "DICE")
    made.open(0)
    held = made.seats[1]
    held.refresh_from_db()
    seat = actions.open_sealed_copy(held, secret=draws.unsealed(held.sealed_copy), by=cast.discipline, at=draws.NOON)
    assert (seat.opened_from_copy, made.now().state) == (True, "RESULT")


def test_the_discipline_body_cannot_open_with_another_secret(cast):
    seat = draws.room_at(cast, "DICE").seats[0]
    refused("封存值不符", actions.open_sealed_copy, seat, secret=SECRET, by=cast.discipline, at=draws.NOON)


def test_nobody_else_opens_sealed_copies(cast):
    seat = draws.room_at(cast, "DICE").seats[0]
    for person in (cast.handler, cast.approver, cast.stranger):
        with pytest.raises(Forbidden):
            actions.open_sealed_copy(seat, secret=draws.secret_of("w1"), by=person, at=draws.NOON)


def test_a_server_that_lost_its_key_waits_for_the_sealed_copy_of_the_system(cast, settings):
    made = draws.room_at(cast, "DICE")
    settings.SECRET_KEY = "another key than at the freeze"
    draws.open_all(made, draws.NOON)
    draw = made.now()
    assert (draw.state, draw.waits_for_system) == ("OPENED", True)
    refused(
        "席位 system 的封存值不符", actions.open_system_copy, draw, secret=SECRET, by=cast.discipline, at=draws.NOON
    )
    copy = draws.unsealed(draw.system_sealed_copy)
    assert actions.open_system_copy(draw, secret=copy, by=cast.discipline, at=draws.NOON).state == "RESULT"


def test_the_systems_copy_stays_shut_while_the_server_can_open(cast):
    draw = draws.draw_at(cast, "DICE")
    copy = draws.secret_of("system")
    refused("到“见证人已开封”时", actions.open_system_copy, draw, secret=copy, by=cast.discipline, at=draws.NOON)
    with pytest.raises(Forbidden):
        actions.open_system_copy(draw, secret=copy, by=cast.handler, at=draws.NOON)
