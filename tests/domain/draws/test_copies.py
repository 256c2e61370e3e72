"""Sealed copies are tried before the dice; objections are heard; a firm is shown; rows changed past us are noticed."""

import pytest
from django.db import connection

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, Objection
from mingcha.domain.draws.rules.aftermath import UNOPENED_FOR
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.domain.draws.test_guards import tamper
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

ALL = ("system", "w1", "w2")


def confirm(draw, by, parties=ALL):
    return actions.confirm_copies(draw, parties=parties, by=by, at=draws.NOON)


def test_no_dice_before_the_copies_were_tried(cast):
    draw = draws.draw_at(cast, "COMMITTED")
    refused("密封副本还没有核对", actions.enter_dice, draw, digits=draws.DICE, by=cast.handler, at=draws.NOON)
    assert confirm(draw, cast.discipline).copies_checked_by == cast.discipline
    actions.enter_dice(draw, digits=draws.DICE, by=cast.handler, at=draws.NOON)


@pytest.mark.parametrize("missing", ALL)
def test_every_single_copy_is_tried(cast, missing):
    draw = draws.draw_at(cast, "COMMITTED")
    refused(f"席位 {missing} 的密封副本", confirm, draw, cast.discipline, [p for p in ALL if p != missing])


def test_only_the_discipline_body_tries_copies_and_once(cast):
    draw = draws.draw_at(cast, "COMMITTED")
    for person in (cast.handler, cast.approver, cast.stranger):
        with pytest.raises(Forbidden):
            confirm(draw, person)
    confirm(draw, cast.discipline)
    refused("已经核对过", confirm, draw, cast.discipline)


@pytest.mark.parametrize("phase", ["FROZEN", "DICE"])
def test_copies_are_tried_between_the_last_commitment_and_the_dice(cast, phase):
    refused("才核对密封副本", confirm, draws.draw_at(cast, phase), cast.discipline)


# ---- objections ------------------------------------------------------------------------------------------------


def object_to(room, text="骰子没有摇匀", number=0, token=None):
    return actions.raise_objection(room.seats[number], token=token or room.tokens[number], text=text, at=draws.NOON)


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED", "DICE", "RESULT", "SIGNED"])
def test_a_witness_objects_at_every_step_and_stops_nothing(cast, phase):
    room = draws.room_at(cast, phase)
    assert object_to(room).phase == phase
    assert room.now().state == phase
    tamper("UPDATE draws_objection SET text = 'x'", says="异议不能修改")
    tamper("DELETE FROM draws_objection", says="异议不能删除")


def test_an_objection_has_words_and_comes_from_the_seats_own_phone(cast):
    room = draws.room(cast)
    assert refused("写明异议的内容", object_to, room, " ").field == "text"
    refused("不是席位 w1 的手机", object_to, room, token="0" * 32)
    for _time in range(10):
        object_to(room)
    refused("最多提出 10 条", object_to, room)
    assert Objection.objects.count() == 10


def test_nobody_objects_to_a_draw_that_is_over(cast):
    refused("已经结束", object_to, draws.room_at(cast, "IN_FORCE"))


# ---- a firm on the hall screen ---------------------------------------------------------------------------------


def test_the_host_shows_a_firm_once_there_is_a_result(cast):
    draw = draws.draw_at(cast, "DICE")
    show = lambda who, code="9199": actions.show_subject(draw, code=code, by=who, at=draws.NOON)  # noqa: E731 — short
    assert refused("还没有结果", show, cast.handler).field == "code"
    draw = draws.draw_at(cast, "RESULT", draws_again(cast))
    assert show(cast.handler, " 91a ").shown_code == "91A"
    assert show(cast.handler, "").shown_code == ""
    with pytest.raises(Forbidden):
        show(cast.stranger)


def draws_again(cast):
    """The campaign anew, its stalled draw declared void."""
    draw = Draw.objects.get()
    actions.propose_void(draw, reason="见证人手机与副本都已毁损", by=cast.approver, at=draws.NOON)
    actions.confirm_void(draw, by=cast.discipline, at=draws.NOON + UNOPENED_FOR)
    return draw.campaign


# ---- rows changed past the application and its guards ----------------------------------------------------------


def past_the_guards(table: str, statement: str, *parameters: object) -> None:
    """What somebody with the database's own password can do: switch the triggers off, then write."""
    with unguarded(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()  # no trigger is switched off while keys wait to be checked
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, parameters)


@pytest.mark.parametrize(
    ("table", "statement", "parameter", "words"),
    [
        ("draws_frozenfile", "UPDATE draws_frozenfile SET content = %s WHERE name = 'frame.tsv'", b"x\n", "frame.tsv"),
        (
            "draws_frozenfile",
            "UPDATE draws_frozenfile SET content = %s WHERE name = 'rules.json'",
            b"{}\n",
            "rules.json",
        ),
        ("draws_draw", "UPDATE draws_draw SET rules_digest = %s", "0" * 64, "rules.json"),
        ("draws_draw", "UPDATE draws_draw SET dice = %s", "0" * 20, "骰子"),
        ("draws_draw", "UPDATE draws_draw SET freeze_digest = %s", "0" * 64, "封存值"),
        ("draws_seat", "UPDATE draws_seat SET commitment = %s WHERE party = 'w2'", "0" * 64, "封存值"),
        ("draws_seat", "UPDATE draws_seat SET secret = %s WHERE party = 'w1'", "0" * 64, "席位 w1 的随机数"),
    ],
)
def test_a_changed_row_of_a_frozen_draw_gives_no_result_and_is_named(cast, table, statement, parameter, words):
    room = draws.room_at(cast, "DICE")
    room.open(0)
    opening = room.seats[1].party, draws.secret_of("w2")
    past_the_guards(table, statement, parameter)
    refused(f"{words}|封存值不符", room.open, 1, secret=opening[1])
    assert (room.now().state, room.now().seed) == ("DICE", "")
