"""A draw is signed or stopped: who may, when, and what is said otherwise."""

import pytest

from mingcha.domain.draws import actions
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.factories import draws
from tests.factories.organisation import unguarded, user

pytestmark = pytest.mark.django_db

# ---- signing ---------------------------------------------------------------------------------------------------


def sign(draw, seat, by, outcome="SIGNED", text=""):
    return actions.sign(draw, seat=seat, outcome=outcome, text=text, by=by, at=draws.NOON)


# proves S0-19
@pytest.mark.parametrize(("first", "second"), [("agency", "discipline"), ("discipline", "agency")])
def test_neither_the_agency_nor_the_discipline_body_alone_finishes_a_draw(cast, first, second):
    signers = {"agency": cast.approver, "discipline": cast.discipline}
    made = draws.room_at(cast, "RESULT")
    sign(made.draw, first, signers[first])
    refused("之后不能是“已生效”", draws.bring_into_force, made, draws.NOON)
    sign(made.draw, second, signers[second])
    assert made.now().state == "SIGNED"
    draws.bring_into_force(made, draws.NOON)
    assert made.now().is_in_force


# proves S0-19
def test_one_person_cannot_sign_for_both(cast):
    draw = draws.draw_at(cast, "RESULT")
    with unguarded():
        both = user("both", "R05", within=cast.market)
        both.grants.create(role="R09", region=cast.region)
    sign(draw, "agency", both)
    refused("要由不同的人签", sign, draw, "discipline", both)


def test_each_seat_has_its_own_right(cast):
    draw = draws.draw_at(cast, "RESULT")
    for seat, person in (("agency", cast.discipline), ("discipline", cast.approver), ("agency", cast.handler)):
        with pytest.raises(Forbidden):
            sign(draw, seat, person)


@pytest.mark.parametrize("outcome", ["REFUSED", "RESERVED"])
def test_a_refusal_or_reservation_needs_words_and_stops_the_draw_there(cast, outcome):
    made = draws.room_at(cast, "RESULT")
    assert refused("写明理由", sign, made.draw, "agency", cast.approver, outcome).field == "text"
    sign(made.draw, "agency", cast.approver, outcome, "名单有疑问")
    sign(made.draw, "discipline", cast.discipline)
    assert made.now().state == "RESULT"
    refused("已有签字意见", sign, made.draw, "agency", cast.approver)


def test_an_unknown_outcome_is_refused(cast):
    refused("选择签字确认", sign, draws.draw_at(cast, "RESULT"), "agency", cast.approver, "MAYBE")


def test_nothing_is_signed_before_the_result(cast):
    refused("产生结果之后", sign, draws.draw_at(cast, "DICE"), "agency", cast.approver)


def test_nothing_is_signed_once_it_is_in_force(cast):
    made = draws.room_at(cast, "IN_FORCE")
    refused(
        "生效之前才能签字",
        actions.sign_as_witness,
        made.seats[0],
        token=made.tokens[0],
        outcome="SIGNED",
        at=draws.NOON,
    )


# proves S3-15
def test_a_witness_may_sign_and_its_word_changes_no_state(cast):
    made = draws.room_at(cast, "RESULT")
    row = actions.sign_as_witness(
        made.seats[0], token=made.tokens[0], outcome="RESERVED", text="骰子\n掷得太快", at=draws.NOON
    )
    assert (row.seat, row.text, made.now().state) == ("w1", "骰子 掷得太快", "RESULT")


# ---- aborting --------------------------------------------------------------------------------------------------


def propose(draw, by, reason="停电"):
    return actions.propose_abort(draw, reason=reason, by=by, at=draws.NOON)


def confirm(draw, by):
    return actions.confirm_abort(draw, by=by, at=draws.NOON)


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED"])
def test_two_people_stop_a_draw_before_the_dice(cast, phase):
    draw = draws.draw_at(cast, phase)
    propose(draw, cast.handler)
    assert confirm(draw, cast.discipline).is_aborted


@pytest.mark.parametrize("phase", ["DICE", "RESULT", "SIGNED", "IN_FORCE"])
def test_nobody_stops_a_draw_once_the_dice_lie(cast, phase):
    draw = draws.draw_at(cast, phase)
    refused("不能中止", propose, draw, cast.handler)
    refused("不能中止", confirm, draw, cast.approver)


def test_a_proposal_that_was_not_confirmed_before_the_dice_is_void(cast):
    made = draws.room_at(cast, "COMMITTED")
    propose(made.draw, cast.handler)
    draws.check_copies(made, draws.NOON)
    draws.throw(made, draws.NOON)
    refused("不能中止", confirm, made.draw, cast.approver)


def test_an_abort_needs_a_reason(cast):
    assert refused("写明中止的理由", propose, draws.room(cast).draw, cast.handler, " ").field == "reason"


def test_an_abort_needs_a_proposal_by_somebody_else(cast):
    draw = draws.room(cast).draw
    refused("还没有人提出中止", confirm, draw, cast.approver)
    with unguarded():
        both = user("both", "R03", within=cast.market)
        both.grants.create(role="R05", department=cast.market)
    propose(draw, both)
    refused("不能自己确认", confirm, draw, both)
    refused("已提出中止", propose, draw, cast.handler)


def test_only_the_head_or_the_discipline_body_confirms(cast):
    draw = draws.room(cast).draw
    propose(draw, cast.handler)
    for person in (cast.second_handler, cast.stranger):
        with pytest.raises(Forbidden):
            confirm(draw, person)
    with pytest.raises(Forbidden):
        propose(draw, cast.stranger)


def test_an_aborted_draw_is_over_and_its_campaign_may_be_drawn_again(cast):
    made = draws.room_at(cast, "FROZEN")
    propose(made.draw, cast.handler)
    confirm(made.draw, cast.approver)
    refused("已中止", made.commit, 0)
    refused("已经中止", confirm, made.draw, cast.approver)
    again = actions.open_draw(made.draw.campaign, by=cast.handler, at=draws.NOON)
    assert again.number.endswith("-002")
