"""Whoever wants another list: each test is one way to get it, and what stands in it."""

from datetime import timedelta

import pytest

from mingcha.domain.draws import actions, queries
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import Edition, claims
from mingcha.domain.draws.queries.record import facts_of
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.actions import declare_dispute, end_dispute
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.domain.draws.test_copies import past_the_guards
from tests.domain.draws.test_guards import tamper
from tests.domain.draws.test_invitations import SOON, announce, opened
from tests.domain.draws.test_rehearsals import rehearsal
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def void(draw, cast, at=draws.NOON):
    actions.propose_void(draw, reason="名单有疑问", by=cast.approver, at=draws.NOON)
    return actions.confirm_void(draw, by=cast.discipline, at=at)


# ---- draw until the list suits -----------------------------------------------------------------------------------


# proves S0-21
def test_head_and_officer_cannot_void_before_the_witnesses_had_a_day_to_open(cast):
    """The officer has read every copy: as soon as the dice lie, the officer knows the list."""
    room = draws.room_at(cast, "DICE")
    refused("结果还没有产生", void, room.draw, cast, draws.NOON + DAY - timedelta(seconds=1))
    draws.open_all(room, draws.NOON)
    assert room.now().has_result
    assert actions.confirm_void(room.draw, by=cast.discipline, at=draws.NOON).has_result
    assert queries.carried_over(room.draw.campaign).count() == room.draw.subjects.filter(reserve=False).count()


def test_a_draw_that_nobody_can_open_is_void_after_a_day(cast):
    draw = draws.draw_at(cast, "DICE")
    assert void(draw, cast, draws.NOON + DAY).is_voided


# proves S4-07
@pytest.mark.parametrize("timing", ["AT_DRAW", "AT_START", "AT_END"])
@pytest.mark.parametrize("phase", ["RESULT", "SIGNED"])
def test_a_result_that_nobody_brings_into_force_is_public_after_its_last_day(cast, phase, timing):
    draw = draws.draw_at(cast, phase, list_timing=timing)
    last = draws.NOON + (draw.campaign.ends_on - draws.NOON.date())
    assert [queries.list_is_public(draw, now=day) for day in (last, last + DAY)] == [False, True]


def test_a_rehearsal_is_refused_to_take_effect_in_words(cast):
    draw = rehearsal(cast)
    refused("是演练", actions.bring_into_force, draw, by=cast.handler, at=draws.NOON)


def test_a_rehearsal_hides_no_second_draw(cast):
    """A rehearsal beside a live draw gives no real number, and its end does not free the campaign."""
    real = draws.draw_at(cast, "RESULT")
    rehearsal(cast, "SIGNED", Campaign.objects.get(pk=real.campaign_id))
    refused("已有抽取", actions.open_draw, Campaign.objects.get(pk=real.campaign_id), by=cast.handler, at=draws.NOON)


# ---- rows written past the application ---------------------------------------------------------------------------


def test_a_public_value_written_past_the_guards_gives_no_result(cast):
    room = draws.room(cast)
    announce(room.draw, cast.handler, public_words="当日收盘点位", held_at=SOON)
    for step in draws.STEPS[:3]:
        step(room, draws.NOON)
    for person in (cast.handler, cast.approver):
        actions.enter_dice(room.draw, digits=draws.DICE, public_value="335812", by=person, at=draws.NOON)
    past_the_guards("draws_draw", "UPDATE draws_draw SET public_value = %s", "335813")
    room.open(0)
    refused("公共随机数", room.open, 1)


@pytest.mark.parametrize(("column", "value"), [("signatories", "[]"), ("forecast", "{}"), ("unstaffed_reason", "x")])
def test_who_must_sign_and_what_is_drawn_stay_as_the_freeze_fixed_them(cast, column, value):
    draw = draws.draw_at(cast, "FROZEN")
    tamper(f"UPDATE draws_draw SET {column} = %s WHERE id = %s", value, draw.pk, says="既定内容不能修改")


# ---- the room ----------------------------------------------------------------------------------------------------


# proves S0-29
def test_strangers_requests_keep_no_guest_of_the_office_out(cast, monkeypatch):
    monkeypatch.setattr("mingcha.domain.draws.rules.invitations.MOST_INVITED", 2)
    draw = opened(cast)
    announce(draw, cast.handler)
    for name in ("示范代表", "另一人"):
        asked = actions.ask_for_seat(draw, name=name, unit="示范县人大", at=draws.NOON)
    guest = {"name": "示范代表", "unit": "示范县人大", "capacity": "人大代表"}
    assert actions.invite(draw, **guest, by=cast.handler, at=draws.NOON).is_invited
    refused("已经满额", actions.ask_for_seat, draw, name="真群众", unit="", at=draws.NOON)
    actions.decide_request(asked, agreed=False, remark="查无此人", by=cast.handler, at=draws.NOON)
    assert actions.ask_for_seat(draw, name="真群众", unit="", at=draws.NOON).is_asked


def test_a_token_of_another_draw_or_seat_acts_for_nobody(cast):
    first = draws.room_at(cast, "DICE")
    other = draws.room_at(
        cast,
        "FROZEN",
        draws.plans.campaign(
            first.draw.campaign.plan,
            title="另一次",
            items=[row.item for row in first.draw.campaign.items.all()],
            parties=[(cast.market, 2), (cast.fire, 2)],
            approver=cast.supervisor,
        ),
    )
    seat, secret = first.seats[0], draws.secret_of("w1")
    for token in (other.tokens[0], first.tokens[1], "", "x" * 32):
        refused("不是席位", actions.open_contribution, seat, token=token, secret=secret, at=draws.NOON)
        refused("不是席位", actions.raise_objection, seat, token=token, text="停", at=draws.NOON)
    assert queries.seat_of(first.draw, other.tokens[0]) is None


def test_an_objection_stops_nothing(cast):
    room = draws.room_at(cast, "CHECKED")
    actions.raise_objection(room.seats[0], token=room.tokens[0], text="立即停止", at=draws.NOON)
    draws.throw(room, draws.NOON)
    draws.open_all(room, draws.NOON)
    draws.sign_both(room, draws.NOON)
    assert room.now().is_signed


# ---- the sealed list ---------------------------------------------------------------------------------------------


# proves S0-23
@pytest.mark.parametrize("timing", ["AT_START", "AT_END"])
def test_a_void_does_not_open_a_sealed_list_before_its_day(cast, timing):
    draw = void(draws.draw_at(cast, "RESULT", list_timing=timing), cast)
    day = queries.opening_day_of(draw.campaign) - draws.NOON.date()
    for reader in (queries.list_is_public, queries.room_sees_names, queries.staff_see_names):
        assert [reader(draw, now=draws.NOON + n * DAY) for n in (0, day.days - 1, day.days)] == [False, False, True]
    again = draws.room_at(cast, "IN_FORCE", Campaign.objects.get(pk=draw.campaign_id)).draw
    assert again.is_in_force
    assert queries.staff_see_names(Draw.objects.get(pk=draw.pk), now=draws.NOON)
    assert not queries.list_is_public(Draw.objects.get(pk=draw.pk), now=draws.NOON)


def supplement(first, cast, *, timing):
    """A campaign that adds to another one, approved."""
    added = draws.plans.campaign(
        first.plan,
        title="补充抽查",
        items=[row.item for row in first.items.all()],
        parties=[(party.department, party.inspectors) for party in first.parties.all()],
        approver=cast.supervisor,
    )
    with unguarded():
        added.supplements, added.list_timing = first, timing
        added.save()
    return added


@pytest.mark.parametrize(
    ("phase", "sealed", "timing", "words"),
    [
        ("SIGNED", "AT_DRAW", "AT_DRAW", "还没有生效"),
        ("SIGNED", "AT_END", "AT_END", "还没有生效"),
        ("IN_FORCE", "AT_END", "AT_DRAW", "才公开"),
        ("IN_FORCE", "AT_END", "AT_START", "才公开"),
    ],
)
def test_a_supplement_does_not_tell_whom_a_sealed_draw_took(cast, phase, sealed, timing, words):
    first = draws.draw_at(cast, phase, list_timing=sealed)
    room = draws.room(cast, supplement(first.campaign, cast, timing=timing))
    refused(words, draws.freeze, room, draws.NOON)


def test_a_supplement_that_opens_with_the_first_list_is_drawn(cast):
    first = draws.draw_at(cast, "IN_FORCE", list_timing="AT_END")
    assert draws.draw_at(cast, "RESULT", supplement(first.campaign, cast, timing="AT_END")).has_result


# ---- what the hall is told ---------------------------------------------------------------------------------------


def test_a_firm_under_a_code_with_small_letters_is_not_called_absent(cast):
    campaign = draws.county(cast)
    draws.registers.subject(900, code="cd-shop.7b")
    draw = draws.draw_at(cast, "RESULT", campaign)
    shown = actions.show_subject(draw, code=" cd-shop.7b ", by=cast.handler, at=draws.NOON)
    assert queries.state_document(shown, now=draws.NOON)["shown"]["verdict"] != "absent"


def test_a_dispute_found_the_day_before_is_on_the_sheet(cast):
    """Whoever wants a friend out of the frame declares a dispute with it."""
    campaign = draws.county(cast)
    friend = draws.registers.subject(901, name="友好企业")
    told = {"reason": "行政诉讼", "since": (draws.NOON - DAY).date()}
    row = declare_dispute(friend, cast.market, **told, by=cast.handler, at=draws.NOON - timedelta(hours=20))
    draw = draws.draw_at(cast, "RESULT", campaign)
    changes = facts_of(draw, Edition.PUBLIC, names=False, site="")["changes"]
    assert ["登记争议（对象不入抽）", "1"] in changes["rows"]
    end_dispute(row, on=draws.NOON.date(), by=cast.handler, at=draws.NOON + timedelta(hours=1))
    assert facts_of(draw, Edition.PUBLIC, names=False, site="")["changes"] == changes


def test_a_crowd_makes_the_server_repeat_a_draw_once(cast, monkeypatch):
    draw, repeated = draws.draw_at(cast, "IN_FORCE"), []
    repeat = claims._repeat
    monkeypatch.setattr(claims, "_repeat", lambda one: repeated.append(one) or repeat(one))
    assert all(queries.own_check(draw).holds for _visitor in range(5))
    assert repeated == [draw]


def test_a_reason_of_invisible_characters_is_no_reason(cast):
    room = draws.room(cast)
    actions.freeze(room.draw, unstaffed_reason="\u200b \u202e", by=cast.handler, at=draws.NOON)
    assert room.now().unstaffed_reason == ""
    with pytest.raises(Forbidden):
        actions.freeze(room.draw, unstaffed_reason="人手不足", by=cast.handler, at=draws.NOON)
