"""Whoever writes to the database, by whatever route: what a draw has fixed stays fixed."""

import pytest
from django.db import IntegrityError, connection, transaction

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


def tamper(statement: str, *parameters: object, says: str | None = None) -> None:
    """Raw SQL, as somebody with a database client would send it; the database itself must refuse."""
    with (
        unguarded(),
        pytest.raises(IntegrityError, match=says),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)


ORDER = ("SEATS", "FROZEN", "COMMITTED", "DICE", "RESULT", "SIGNED", "IN_FORCE")


@pytest.mark.parametrize("phase", ORDER[1:])
def test_no_draw_goes_back(cast, phase):
    draw = draws.draw_at(cast, phase)
    for earlier in ORDER[: ORDER.index(phase)]:
        tamper("UPDATE draws_draw SET state = %s WHERE id = %s", earlier, draw.pk, says="抽取不能退回")


@pytest.mark.parametrize("phase", ["DICE", "RESULT", "SIGNED", "IN_FORCE"])
def test_no_draw_is_aborted_after_the_dice(cast, phase):
    draw = draws.draw_at(cast, phase)
    tamper("UPDATE draws_draw SET state = 'ABORTED' WHERE id = %s", draw.pk, says="骰子录入后不能中止|CHECK|check")
    assert Draw.objects.get(pk=draw.pk).state == phase


@pytest.mark.parametrize(
    "column",
    [
        "number",
        "rules_digest",
        "system_commitment",
        "locked_secret",
        "system_sealed_copy",
        "sealing_key",
        "freeze_digest",
        "dice",
        "system_secret",
        "seed",
        "result_sha256",
    ],
)
def test_what_a_draw_says_it_says_for_ever(cast, column):
    draw = draws.draw_at(cast, "RESULT")
    for value in ("1" * 20, ""):
        statement = f"UPDATE draws_draw SET {column} = %s WHERE id = %s"
        tamper(statement, value, draw.pk, says="既定内容不能修改")


def test_the_key_of_a_result_stays(cast):
    draw = draws.draw_at(cast, "RESULT")
    tamper("UPDATE draws_draw SET key = %s WHERE id = %s", "0" * 32, draw.pk, says="既定内容不能修改")


def test_the_reason_of_an_abort_stays(cast, noon):
    draw = draws.room(cast).draw
    actions.propose_abort(draw, reason="停电", by=cast.handler, at=noon)
    actions.confirm_abort(draw, by=cast.approver, at=noon)
    tamper("UPDATE draws_draw SET abort_reason = '' WHERE id = %s", draw.pk, says="既定内容不能修改")
    tamper("UPDATE draws_draw SET state = 'SEATS' WHERE id = %s", draw.pk, says="抽取不能退回")


# proves S0-21
def test_no_second_draw_under_the_same_number_by_any_route(cast, noon):
    first = draws.room(cast).draw
    actions.propose_abort(first, reason="停电", by=cast.handler, at=noon)
    actions.confirm_abort(first, by=cast.approver, at=noon)
    second = actions.open_draw(first.campaign, by=cast.handler, at=noon)
    tamper("UPDATE draws_draw SET number = %s WHERE id = %s", first.number, second.pk)
    tamper("DELETE FROM draws_draw WHERE id = %s", first.pk, says="抽取不能删除")
    tamper("UPDATE draws_drawseries SET last = 0", says="逐号增加")
    tamper("UPDATE draws_drawseries SET last = last + 2", says="逐号增加")
    tamper("DELETE FROM draws_drawseries", says="抽取编号不能删除")
    with unguarded(), pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(number=first.number, campaign=first.campaign, opened_at=noon, state="ABORTED")
    assert Draw.objects.filter(number=first.number).count() == 1


# proves S0-21
def test_no_second_live_draw_of_a_campaign_by_any_route(cast, noon):
    first = draws.draw_at(cast, "RESULT")
    with unguarded(), pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(number="990000-2026-market-777", campaign=first.campaign, opened_at=noon)


def test_a_draw_keeps_its_campaign(cast):
    first = draws.draw_at(cast, "RESULT")
    other = draws.plans.campaign(first.campaign.plan, title="另一次", items=[])
    tamper("UPDATE draws_draw SET campaign_id = %s WHERE id = %s", other.pk, first.pk, says="既定内容不能修改")


def test_frozen_files_neither_change_nor_go(cast):
    draw = draws.draw_at(cast, "FROZEN")
    tamper("UPDATE draws_frozenfile SET sha256 = %s WHERE draw_id = %s", "0" * 64, draw.pk, says="不能修改")
    tamper("DELETE FROM draws_frozenfile WHERE draw_id = %s", draw.pk, says="不能删除")


@pytest.mark.parametrize("column", ["party", "name", "unit", "token", "commitment", "sealed_copy", "secret"])
def test_a_seat_stays_who_it_is_and_what_it_said(cast, column):
    draw = draws.draw_at(cast, "RESULT")
    tamper(
        f"UPDATE draws_seat SET {column} = 'x' WHERE draw_id = %s AND party = 'w1'", draw.pk, says="既定内容不能修改"
    )
    tamper("DELETE FROM draws_seat WHERE draw_id = %s", draw.pk, says="见证席位不能删除")


def test_nobody_is_seated_into_a_frozen_draw(cast, noon):
    draw = draws.draw_at(cast, "FROZEN")
    with unguarded(), pytest.raises(IntegrityError, match="冻结后不能再入席"), transaction.atomic():
        draw.seats.create(party="w3", name="丙", unit="x", capacity="x", token="0" * 64, taken_at=noon)


def test_confirmed_dice_stay_as_they_were_typed(cast):
    draw = draws.draw_at(cast, "DICE")
    tamper("UPDATE draws_diceentry SET digits = %s WHERE draw_id = %s", "1" * 20, draw.pk, says="骰子已确认")
    tamper("DELETE FROM draws_diceentry WHERE draw_id = %s", draw.pk, says="骰子录入不能删除")


def test_a_result_loses_nothing_and_gains_nothing(cast):
    draw = draws.draw_at(cast, "RESULT")
    row = draw.subjects.first()
    person = row.inspectors.first() or draw.subjects.filter(reserve=False).first().inspectors.first()
    tamper("UPDATE draws_drawnsubject SET rank = 99 WHERE id = %s", row.pk, says="抽取结果不能修改")
    tamper("DELETE FROM draws_drawninspector WHERE id = %s", person.pk, says="抽取结果不能删除")
    tamper("UPDATE draws_drawninspector SET position = 9 WHERE id = %s", person.pk, says="抽取结果不能修改")
    tamper("DELETE FROM draws_drawnsubject WHERE id = %s", row.pk)
    with unguarded(), pytest.raises(IntegrityError, match="抽取结果不能增加"), transaction.atomic():
        draw.subjects.create(subject=row.subject, code="91X", name="x", stratum="rest", rank=99, reserve=False)
    with unguarded(), pytest.raises(IntegrityError, match="抽取结果不能增加"), transaction.atomic():
        row.inspectors.create(department=cast.market, inspector=person.inspector, position=9)


def test_a_signature_is_for_ever(cast):
    draw = draws.draw_at(cast, "SIGNED")
    tamper("UPDATE draws_signature SET outcome = 'REFUSED' WHERE draw_id = %s", draw.pk, says="签字不能修改")
    tamper("DELETE FROM draws_signature WHERE draw_id = %s", draw.pk, says="签字不能删除")


def test_no_state_with_a_result_exists_without_one(cast):
    draw = draws.draw_at(cast, "DICE")
    tamper("UPDATE draws_draw SET state = 'RESULT' WHERE id = %s", draw.pk)
    tamper("UPDATE draws_draw SET seed = %s WHERE id = %s", "0" * 64, draw.pk)
