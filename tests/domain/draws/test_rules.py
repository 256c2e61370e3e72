"""The pure parts of the ceremony. No test here may touch the database."""

import pytest
from nacl.public import Box, PrivateKey, PublicKey

from mingcha.domain.draws import rules
from mingcha.domain.draws.models import DiceEntry, Draw, Seat
from mingcha.domain.organisation.models import User
from mingcha.kit.errors import Refused

KEY = rules.locking_key("a server's key")


def test_positions_count_from_one_and_name_only_what_differs():
    assert rules.positions_apart(["1234", "1934", "1235"]) == [2, 4]
    assert rules.positions_apart(["1234", "1234"]) == []
    assert rules.positions_apart([]) == []


def test_the_server_opens_what_it_locked_and_another_key_does_not():
    locked_away = rules.lock_away("ab" * 32, key=KEY, nonce=b"n" * 24)
    assert rules.unlock(locked_away, key=KEY) == "ab" * 32
    assert rules.unlock(locked_away, key=rules.locking_key("another")) is None
    assert rules.unlock("not hex", key=KEY) is None


def test_the_locking_key_is_not_the_servers_key_itself():
    assert len(KEY) == 32
    assert b"a server's key" not in KEY


def test_a_sealed_copy_has_the_wire_format_of_the_phone():
    body = PrivateKey(b"d" * 32)
    copy = rules.seal("cd" * 32, public_key=bytes(body.public_key).hex(), ephemeral=b"e" * 32, nonce=b"n" * 24)
    raw = bytes.fromhex(copy)
    assert raw[:32] == bytes(PrivateKey(b"e" * 32).public_key)
    assert raw[32:56] == b"n" * 24
    assert Box(body, PublicKey(raw[:32])).decrypt(raw[56:], raw[32:56]) == b"cd" * 32


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" 张 三 ", "张 三"), ("第一行\n第二行", "第一行 第二行"), ("\u200b\u202e甲\x00", "甲"), ("\t", "")],
)
def test_public_text_is_one_visible_line(typed, kept):
    assert rules.plain_line(typed) == kept


def test_an_object_without_area_asks_for_nobody_in_particular():
    tables = rules.tables_of(
        [rules.FrameEntry("91A", "", "s"), rules.FrameEntry("91B", "A1", "s")],
        excluded=[("91C", "closed")],
        roster=[rules.RosterEntry("p1", "market", "A2, A1", "", 3), rules.RosterEntry("p2", "market", "*", "food", 0)],
        barred=[("91A", "p1")],
        places=2,
    )
    assert tables == {
        "frame.tsv": b"91A\ts\t-\t-\n91B\ts\tA1\t-\n",
        "excluded.tsv": b"91C\tclosed\n",
        "roster.tsv": b"p1\tmarket\tA1,A2\t-\t2\t3\np2\tmarket\t*\tfood\t2\t0\n",
        "barred.tsv": b"91A\tp1\n",
    }


def test_the_order_of_the_register_changes_no_byte():
    entries = [rules.FrameEntry(f"91{n}", "", "s") for n in range(9)]
    ways = [
        rules.tables_of(order, excluded=[], roster=[], barred=[], places=1)["frame.tsv"]
        for order in (entries, entries[::-1])
    ]
    assert ways[0] == ways[1]


def test_skills_that_a_register_keeps_in_words_do_not_stop_a_draw():
    roster = [
        rules.RosterEntry("p1", "market", "*", "食品安全,特种设备", 0),
        rules.RosterEntry("p2", "market", "*", "food", 0),
    ]
    text = rules.tables_of([], excluded=[], roster=roster, barred=[], places=1)["roster.tsv"].decode()
    assert [row.split("\t")[3] for row in text.splitlines()] == ["-", "food"]


def test_the_lines_of_a_result_become_rows():
    content = (
        b"object\ts\t1\tdrawn\t91A\tff\nobject\ts\t2\treserve\t91B\tfe\n"
        b"assign\t91A\tmarket\t1\tp1\nunstaffed\t91A/fire\nlifted\tmarket\n"
    )
    assert list(rules.places_in(content)) == [("s", 1, False, "91A", "ff"), ("s", 2, True, "91B", "fe")]
    assert list(rules.people_in(content)) == [("91A", "market", 1, "p1", "")]


def test_the_people_of_a_team_go_to_every_firm_that_their_team_got():
    content = (
        b"assign\t91A\tteam\t1\tT002\nassign\t91B\tteam\t1\tT002\nassign\tT001\tmarket\t1\tp1\n"
        b"assign\tT002\tfire\t1\tp3\nassign\tT002\tmarket\t1\tp2\nunstaffed\t91C/team\n"
    )
    assert list(rules.people_in(content)) == [
        (firm, role, 1, person, "T002")
        for firm in ("91A", "91B")
        for role, person in (("fire", "p3"), ("market", "p2"))
    ]


def test_a_phase_that_is_over_is_named_with_the_one_that_is_needed():
    with pytest.raises(Refused, match="现在是“已中止”，到“各方已封存随机数”时才能录入骰子"):
        rules.check_dice_enterable(Draw(state="ABORTED"), by=User(pk=1))


def test_a_stranger_with_a_guess_is_not_the_phone_of_the_seat():
    with pytest.raises(Refused, match="席位 w1"):
        rules.check_token(Seat(party="w1", token="00" * 32), "guess")


def test_dice_entries_do_not_show_their_digits_by_accident():
    assert "7209" not in str(DiceEntry(digits="7209" * 5))
