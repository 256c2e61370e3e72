"""Each act of the ceremony: who may, when, and what it says when it cannot."""

import pytest
from django.utils import timezone

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, DrawSeries
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import draws, plans, registers
from tests.factories.organisation import department, unguarded, user

pytestmark = pytest.mark.django_db

SECRET = "ab" * 32


def refused(words, act, *args, **kwargs):
    """The act is refused with a sentence that holds these words; returns the refusal."""
    with pytest.raises(Refused, match=words) as caught:
        act(*args, **kwargs)
    return caught.value


# ---- opening a draw --------------------------------------------------------------------------------------------


def test_numbers_are_gapless_in_a_body_and_year(cast, noon):
    campaign = draws.county(cast)
    first = actions.open_draw(campaign, by=cast.handler, at=noon)
    actions.propose_abort(first, reason="停电", by=cast.handler, at=noon)
    actions.confirm_abort(first, by=cast.approver, at=noon)
    second = actions.open_draw(campaign, by=cast.handler, at=noon)
    assert [first.number, second.number] == ["990000-2026-market-001", "990000-2026-market-002"]


def test_a_number_belongs_to_the_year_of_the_draw_in_shanghai(cast, noon):
    eve = noon.replace(year=2026, month=12, day=31, hour=23).astimezone(timezone.get_fixed_timezone(0))
    draw = actions.open_draw(draws.county(cast), by=cast.handler, at=eve)
    assert draw.number == "990000-2026-market-001"


def test_a_refused_opening_uses_no_number(cast, noon):
    campaign = draws.county(cast)
    actions.open_draw(campaign, by=cast.handler, at=noon)
    refused("已有抽取 990000-2026-market-001", actions.open_draw, campaign, by=cast.handler, at=noon)
    assert DrawSeries.objects.get().last == 1


def test_only_an_approved_campaign_is_drawn(cast, noon):
    campaign = draws.county(cast)
    with unguarded():
        type(campaign).objects.filter(pk=campaign.pk).update(state="SUBMITTED", approved_at=None, approved_by=None)
    refused("任务批准后才能开始", actions.open_draw, campaign, by=cast.handler, at=noon)


def test_a_place_whose_rules_name_no_signatories_does_not_draw(cast, noon):
    campaign = plans.approved_campaign(cast)
    refused("没有施行中的规则", actions.open_draw, campaign, by=cast.handler, at=noon)


def test_only_handlers_of_the_lead_open_a_draw(cast, noon):
    campaign = draws.county(cast)
    for person in (cast.stranger, cast.approver, cast.fire_handler, cast.discipline):
        with pytest.raises(Forbidden):
            actions.open_draw(campaign, by=person, at=noon)


# ---- seats -----------------------------------------------------------------------------------------------------


def take(draw, name="示范丙", code=draws.PAIRING, **changes):
    given = {"unit": "示范协会", "capacity": "行业协会", "at": draws.NOON, **changes}
    return actions.take_seat(draw, pairing_code=code, name=name, **given)


# proves S3-15
def test_witnesses_of_any_capacity_sit_down_in_order(cast):
    draw = draws.room(cast).draw
    seats = [take(draw, name, capacity=capacity)[0] for name, capacity in (("丙", "新闻媒体"), ("丁", "公证"))]
    assert [seat.party for seat in seats] == ["w3", "w4"]


def test_the_code_may_be_typed_with_spaces_and_small_letters(cast):
    seat, _token = take(draws.room(cast).draw, code=" abcd-2345 ")
    assert seat.party == "w3"


def test_a_wrong_pairing_code_gives_no_seat(cast):
    assert refused("配对码不对", take, draws.room(cast).draw, code="ABCD2346").field == "pairing_code"


@pytest.mark.parametrize(("field", "words"), [("name", "填写姓名"), ("unit", "填写单位"), ("capacity", "选择身份")])
def test_a_witness_says_who_it_is(cast, field, words):
    draw = draws.room(cast).draw
    assert refused(words, take, draw, **{field: " \u200b"}).field == field


def test_the_second_press_of_the_button_seats_nobody_twice(cast):
    draw = draws.room(cast).draw
    take(draw)
    refused("已经入席", take, draw)


def test_the_room_is_full_at_twenty(cast):
    draw = draws.room(cast).draw
    for number in range(18):
        take(draw, f"示范{number}")
    refused("最多 20 个", take, draw, "晚到")


def test_nobody_sits_down_after_the_freeze(cast):
    refused("已停止入席", take, draws.draw_at(cast, "FROZEN"))


def test_the_token_is_kept_as_a_digest_only(cast):
    seat, token = take(draws.room(cast).draw)
    assert token not in (seat.token, seat.name, seat.commitment)


# ---- freezing --------------------------------------------------------------------------------------------------


def freeze(draw, by, **changes):
    return actions.freeze(draw, by=by, at=draws.NOON, **changes)


# proves S3-15
def test_fewer_than_two_witnesses_freeze_nothing(cast, noon):
    draw = actions.open_draw(draws.county(cast), by=cast.handler, at=noon, pairing_code=lambda: draws.PAIRING)
    take(draw)
    refused("已入席 1 位", freeze, draw, cast.handler)


def test_an_empty_frame_is_refused(cast):
    draw = draws.room(cast).draw
    with unguarded():
        registers.Subject.objects.update(state="CLOSED")
    refused("没有一户可以抽", freeze, draw, cast.handler)


def test_a_department_with_one_certified_inspector_cannot_take_part(cast):
    draw = draws.room(cast).draw
    ends = draw.campaign.ends_on
    people = registers.Inspector.objects.filter(department=cast.fire)
    with unguarded():
        people.exclude(pk=people.first().pk).update(certificate_until=ends.replace(day=ends.day - 1))
    refused("消防救援大队在检查结束日仍持有效执法证的人员只有 1 名", freeze, draw, cast.handler)


def test_without_a_discipline_body_that_holds_a_key_nothing_is_frozen(cast):
    draw = draws.room(cast).draw
    with unguarded():
        cast.discipline_body.sealing_key = ""
        cast.discipline_body.save()
    refused("没有登记密封公钥", freeze, draw, cast.handler)


def test_the_key_of_another_countys_body_is_not_used(cast):
    draw = draws.room(cast).draw
    with unguarded():
        cast.discipline_body.sealing_key = ""
        cast.discipline_body.save()
        body = department("far", "邻县纪检监察组", 9, cast.stranger.department.region)
        body.sealing_key = "11" * 32
        body.save()
    refused("没有登记密封公钥", freeze, draw, cast.handler)


@pytest.fixture
def short_staffed(cast):
    """A1 is covered by one person of the fire department; two are needed."""
    draw = draws.room(cast).draw
    people = list(registers.Inspector.objects.filter(department=cast.fire).values_list("pk", flat=True))
    with unguarded():
        registers.Inspector.objects.filter(pk__in=people[1:]).update(areas="A0,A2")
    return draw


def test_places_that_nobody_can_fill_are_refused(cast, short_staffed):
    found = refused("片区 A1：消防救援大队只有 1 人可派，每户需要 2 人", freeze, short_staffed, cast.handler)
    assert found.field == "unstaffed_reason"


def test_only_the_head_accepts_unstaffed_places_and_in_writing(cast, short_staffed):
    with pytest.raises(Forbidden):
        freeze(short_staffed, cast.handler, unstaffed_reason="人员借调")
    draw = freeze(short_staffed, cast.approver, unstaffed_reason="人员借调，本次不派")
    assert (draw.state, draw.unstaffed_reason) == ("FROZEN", "人员借调，本次不派")


def test_a_reason_that_was_not_needed_is_not_kept(cast):
    assert freeze(draws.room(cast).draw, cast.approver, unstaffed_reason="多余").unstaffed_reason == ""


def test_an_inspectors_area_that_is_no_code_is_named(cast):
    draw = draws.room(cast).draw
    with unguarded():
        registers.Inspector.objects.filter(code="fire-002").update(areas="城东片区")
    refused("人员 fire-002 的片区“城东片区”不是片区代码", freeze, draw, cast.handler)


def test_a_code_the_engine_refuses_is_refused_in_its_words(cast):
    draw = draws.room(cast).draw
    with unguarded():
        registers.Subject.objects.filter(pk=registers.Subject.objects.first().pk).update(code="T001")
    refused("与小组编号", freeze, draw, cast.handler)


def test_a_second_freeze_is_refused_and_changes_nothing(cast):
    draw = draws.draw_at(cast, "FROZEN")
    refused("“名单已冻结”之后不能是“名单已冻结”", freeze, draw, cast.handler)
    assert Draw.objects.get(pk=draw.pk).rules_digest == draw.rules_digest


def test_the_systems_secret_is_in_no_column_in_plain_text(cast):
    draw = draws.draw_at(cast, "FROZEN")
    values = [str(value) for value in Draw.objects.filter(pk=draw.pk).values_list()[0]]
    assert not any(draws.secret_of("system") in value for value in values)


def test_the_discipline_body_reads_the_systems_sealed_copy(cast):
    draw = draws.draw_at(cast, "FROZEN")
    assert draws.unsealed(draw.system_sealed_copy) == draws.secret_of("system")


def test_two_draws_have_different_secrets_of_their_own(cast):
    first = freeze(draws.room(cast).draw, cast.handler)
    assert draws.unsealed(first.system_sealed_copy) != draws.secret_of("system")
    assert len(draws.unsealed(first.system_sealed_copy)) == 64


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
    draw = draws.draw_at(cast, "COMMITTED")
    assert type_dice(draw, cast.handler).state == "COMMITTED"
    assert type_dice(draw, cast.discipline, "7209 4418 3655 0197 2386").dice == draws.DICE
    assert Draw.objects.get(pk=draw.pk).state == "DICE"


def test_one_person_typing_twice_confirms_nothing(cast):
    draw = draws.draw_at(cast, "COMMITTED")
    type_dice(draw, cast.handler)
    assert type_dice(draw, cast.handler).state == "COMMITTED"


def test_different_digits_wait_until_one_of_the_two_corrects(cast):
    draw = draws.draw_at(cast, "COMMITTED")
    type_dice(draw, cast.handler, "9" + draws.DICE[1:])
    assert type_dice(draw, cast.approver).state == "COMMITTED"
    assert type_dice(draw, cast.handler).state == "DICE"


@pytest.mark.parametrize("digits", ["123", "7" * 21, "7" * 19 + "x", "７" * 20])
def test_only_twenty_plain_digits_are_dice(cast, digits):
    draw = draws.draw_at(cast, "COMMITTED")
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
