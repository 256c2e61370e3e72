"""A draw begins, witnesses sit down, everything but chance is fixed: who may, when, and what is said otherwise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, DrawSeries
from mingcha.domain.registers.models import RegisterConfirmation
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.factories import draws, plans, registers
from tests.factories.organisation import department, unguarded

pytestmark = pytest.mark.django_db

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


# proves S2-17
def test_a_draw_waits_until_both_owners_confirmed_their_registers(cast):
    made = draws.room(cast)
    with unguarded():
        RegisterConfirmation.objects.filter(register="INSPECTORS", department=cast.fire).delete()
    refused("消防救援大队还没有确认执法检查人员名录", draws.freeze, made, draws.NOON)


def test_a_confirmation_that_has_run_out_counts_no_more(cast):
    made = draws.room(cast)
    refused("到期", draws.freeze, made, draws.NOON + timedelta(days=60))


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
