from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mingcha.domain.audit.actions import publish_heads, record
from mingcha.domain.audit.models import Chain, DayHead, Entry
from mingcha.domain.audit.rules import digest_of
from mingcha.kit.action import NoTrace, action
from mingcha.kit.actors import SYSTEM
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


def without_triggers(statement: str, parameters: tuple = ()) -> None:
    """What someone with the database's own password could do: switch the guards off and write."""
    with unguarded(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_never_goes")
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_never_changes")
        cursor.execute(statement, parameters)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER ALL")


@pytest.fixture
def five_entries(cast, noon):
    for number in range(5):
        record("organisation.signed_in", cast.handler, by=cast.handler, at=noon, details={"n": number})
    publish_heads(on=timezone.localdate(noon))
    return cast.handler.chain


def test_a_whole_trail_verifies(five_entries, capsys):
    call_command("verify_trail")
    assert "完整，共 5 条" in capsys.readouterr().out


def test_each_department_has_its_own_chain_and_the_system_another(cast, noon):
    entries = [record("x.done", by=by, at=noon) for by in (cast.handler, cast.fire_handler, SYSTEM, cast.handler)]
    assert [(e.chain, e.number) for e in entries] == [("market", 1), ("fire", 1), ("public", 1), ("market", 2)]
    assert entries[3].previous == entries[0].digest


def test_a_removed_tail_is_found(five_entries):
    without_triggers("DELETE FROM audit_entry WHERE chain = %s AND number >= 4", (five_entries,))
    with pytest.raises(CommandError, match="链 market 第 4 条：留下过 5 条，现在只有 3 条"):
        call_command("verify_trail")


def test_a_tail_cut_since_the_last_published_head_is_found_too(cast, noon):
    for _ in range(3):
        record("organisation.signed_in", cast.handler, by=cast.handler, at=noon)
    without_triggers("DELETE FROM audit_entry WHERE chain = %s AND number = 3", (cast.handler.chain,))
    with pytest.raises(CommandError, match="链 market 第 3 条：留下过 3 条，现在只有 2 条"):
        call_command("verify_trail")


def test_a_removed_middle_is_found(five_entries):
    without_triggers("DELETE FROM audit_entry WHERE chain = %s AND number = 3", (five_entries,))
    with pytest.raises(CommandError, match="链 market 第 3 条：缺第 3 条"):
        call_command("verify_trail")


def test_a_wholly_recomputed_chain_is_found(five_entries):
    rows = list(Entry.objects.filter(chain=five_entries))
    previous = ""
    for entry in rows:
        entry.details = {"n": 99}
        entry.previous = previous
        entry.digest = previous = digest_of(entry)
        without_triggers(
            "UPDATE audit_entry SET details = %s, previous = %s, digest = %s WHERE id = %s",
            ('{"n": 99}', entry.previous, entry.digest, entry.pk),
        )
    with unguarded():
        Chain.objects.filter(pk=five_entries).update(head=previous)
    with pytest.raises(CommandError, match="链 market 第 5 条：与留下的链头不符"):
        call_command("verify_trail")


def test_heads_saved_from_the_portal_find_what_our_own_table_no_longer_tells(five_entries, tmp_path):
    head = DayHead.objects.get(chain=five_entries)
    saved = tmp_path / "heads.csv"
    saved.write_text(f"chain,on,count,head\n{head.chain},{head.on},{head.count + 1},{'0' * 64}\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第 6 条：留下过 6 条，现在只有 5 条"):
        call_command("verify_trail", heads=saved)


def test_a_rubbish_heads_file_is_refused_in_words(tmp_path):
    saved = tmp_path / "heads.csv"
    saved.write_bytes(b"\xff\xfe rubbish")
    with pytest.raises(CommandError, match="读不懂链头文件"):
        call_command("verify_trail", heads=saved)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_dayhead",
        "DELETE FROM audit_chain",
    ],
)
def test_the_database_itself_refuses_to_touch_the_trail(five_entries, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_publishing_a_day_twice_changes_nothing(five_entries, noon):
    before = list(DayHead.objects.values())
    assert publish_heads(on=timezone.localdate(noon)) == []
    assert list(DayHead.objects.values()) == before


def test_entries_that_come_late_or_dated_otherwise_raise_no_false_alarm(five_entries, cast, noon, capsys):
    """A transaction that was open over midnight, a clock put back, a moment ahead: heads go by number, not by date."""
    for days in (-2, 1, -1, 0, 3):
        record("organisation.signed_in", cast.handler, by=cast.handler, at=noon + timedelta(days=days))
        publish_heads(on=timezone.localdate(noon) + timedelta(days=days))
    for days in range(-3, 5):
        publish_heads(on=timezone.localdate(noon) + timedelta(days=days))
    assert DayHead.objects.filter(chain=five_entries).count() > 4
    call_command("verify_trail")
    assert "链 market 完整，共 10 条" in capsys.readouterr().out


def test_an_action_that_writes_must_leave_a_trace(cast):
    @action
    def forgetful() -> None:
        cast.market.short_name = "别名"
        cast.market.save()

    with pytest.raises(NoTrace):
        forgetful()
