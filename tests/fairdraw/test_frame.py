"""Section 2: the tables and what is refused about them, each with the place and the reason."""

import pytest

from fairdraw import (
    BarredRow,
    ExcludedRow,
    FrameRow,
    ObjectMode,
    Refused,
    RosterRow,
    TeamMode,
    check_files,
    check_freezable,
    write_barred,
    write_excluded,
    write_frame,
    write_roster,
)
from fairdraw.frame import BARRED, EXCLUDED, FRAME, ROSTER
from fairdraw.tables import Table
from tests.fairdraw.worlds import input_files, plain_world


def refusal_of(table: Table, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        table.read(content)
    return str(refused.value)


def test_an_empty_table_has_no_bytes_and_no_rows() -> None:
    assert (write_frame([]), len(FRAME.read(b"")), list(BARRED.read(b""))) == (b"", 0, [])


def test_rows_are_written_sorted_with_a_dash_for_nothing() -> None:
    rows = [FrameRow("b", "s", "A1", ("food", "fire")), FrameRow("a", "s", None, ())]
    assert write_frame(rows) == b"a\ts\t-\t-\nb\ts\tA1\tfood,fire\n"


def test_rows_come_back_as_they_were_written() -> None:
    roster = [RosterRow("a", "fire", ("*",), (), 1, 0), RosterRow("b", "fire", ("A2", "A1"), ("lift",), 999999, 12)]
    read = ROSTER.read(write_roster(roster))
    assert list(read) == roster
    assert (read[1], read[-1], read[:1], len(read)) == (roster[1], roster[1], roster[:1], 2)


def test_a_table_longer_than_one_batch_is_read_whole() -> None:
    rows = [ExcludedRow(f"X{number:060d}", "closed") for number in range(40_000)]
    content = write_excluded(rows)
    assert len(content) > 2 * 2**20
    assert list(EXCLUDED.read(content)) == rows
    line = content.split(b"\n")[30_000]
    twice = content.replace(line + b"\n", line + b"\n" + line + b"\n")
    assert refusal_of(EXCLUDED, twice) == "excluded.tsv 第 30002 行：与上一行相比重复。"
    assert "第 35001 行：排除理由" in refusal_of(EXCLUDED, content.replace(b"035000\tclosed", b"035000\tclo,ed"))


def test_ids_sort_by_bytes() -> None:
    rows = [ExcludedRow(code, "closed") for code in ("a", "B", "9", "_", "-a", ".")]
    assert [row.object for row in EXCLUDED.read(write_excluded(rows))] == ["-a", ".", "9", "B", "_", "a"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a\ts\t-\t-", "没有以换行（LF）结束"),
        (b"a\ts\t-\t-\r\n", "第 1 行：含有字节 0x0d"),
        (b"\xef\xbb\xbfa\ts\t-\t-\n", "第 1 行：含有字节 0xef"),
        (b"a\ts\t-\t-\nb\ts\t-\t\x00\n", "第 2 行：含有字节 0x00"),
        ("张\ts\t-\t-\n".encode(), "含有字节"),
        (b"a\ts\t-\t-\n\n", "第 2 行：应有 4 列"),
        (b"a\ts\t-\nb\ts\t-\t-\t-\n", "第 1 行：应有 4 列"),
        (b"b\ts\t-\t-\na\ts\t-\t-\n", "第 2 行：与上一行相比没有按字节升序排列"),
        (b"a\ts\t-\t-\na\tt\t-\t-\n", "第 2 行：与上一行相比重复"),
        (b"\ts\t-\t-\n", "第 1 行"),
        (b"-\ts\t-\t-\n", "第 1 行：检查对象"),
        (b"a,b\ts\t-\t-\n", "第 1 行：检查对象"),
        (b"*\ts\t-\t-\n", "第 1 行：检查对象"),
        (b"x" * 65 + b"\ts\t-\t-\n", "第 1 行：检查对象"),
        (b"a\t-\t-\t-\n", "第 1 行：层"),
        (b"a\ts\t*\t-\n", "第 1 行：区域"),
        (b"a\ts\tA1,A2\t-\n", "第 1 行：区域"),
        (b"a\ts\t-\tfood,food\n", "第 1 行：所需技能"),
        (b"a\ts\t-\tfood,\n", "第 1 行：所需技能"),
        (b"a\ts\t-\t\n", "第 1 行：所需技能"),
        (b"a\ts\t-\t-,fire\n", "第 1 行：所需技能"),
    ],
)
def test_a_frame_that_is_not_as_written_is_refused(content: bytes, words: str) -> None:
    sentence = refusal_of(FRAME, content)
    assert sentence.startswith("frame.tsv")
    assert words in sentence


@pytest.mark.parametrize("capacity", ["0", "01", "+1", "1.0", "1000000", "-1", "", "１"])
def test_a_capacity_is_a_plain_number_of_at_least_one(capacity: str) -> None:
    assert "roster.tsv 第 1 行" in refusal_of(ROSTER, f"a\tfire\t*\t-\t{capacity}\t0\n".encode())


@pytest.mark.parametrize("areas", ["-", "*,A1", "A1,A1", ""])
def test_areas_of_a_person_are_everywhere_or_a_list(areas: str) -> None:
    assert "roster.tsv 第 1 行：区域" in refusal_of(ROSTER, f"a\tfire\t{areas}\t-\t1\t0\n".encode())


def test_pairs_may_repeat_their_first_column_only() -> None:
    assert write_barred([BarredRow("a", "2"), BarredRow("a", "1")]) == b"a\t1\na\t2\n"
    assert "重复" in refusal_of(BARRED, b"a\t1\na\t1\n")


@pytest.mark.parametrize(
    "row", [("a\tb", "closed"), ("a", "closed\nb\tclosed"), ("a", ""), ("a", "\ud800"), ("张", "x")]
)
def test_a_field_cannot_smuggle_in_a_column_or_a_line(row: tuple[str, str]) -> None:
    with pytest.raises(Refused, match=r"excluded\.tsv"):
        write_excluded([ExcludedRow(*row)])


def test_a_duplicate_object_is_not_written() -> None:
    with pytest.raises(Refused, match="重复"):
        write_frame([FrameRow("a", "s", None, ()), FrameRow("a", "t", None, ())])


def test_a_missing_file_is_named() -> None:
    files = input_files(plain_world())
    del files["roster.tsv"]
    with pytest.raises(Refused, match=r"缺少文件 roster\.tsv"):
        check_files(files)


def test_a_table_changed_after_the_freeze_is_named() -> None:
    files = input_files(plain_world())
    files["excluded.tsv"] = files["excluded.tsv"].replace(b"closed", b"opened")
    with pytest.raises(Refused, match=r"excluded\.tsv：摘要与规则文件所写的不同"):
        check_files(files)


def test_a_table_with_another_number_of_rows_is_named() -> None:
    files = input_files(plain_world())
    files["excluded.tsv"] += b"X002\tclosed\n"
    with pytest.raises(Refused, match=r"excluded\.tsv：有 2 行，规则文件写的是 1 行"):
        check_files(files)


PLAIN = plain_world()


@pytest.mark.parametrize(
    ("world", "words"),
    [
        (PLAIN._replace(excluded=[ExcludedRow("S001", "closed")]), "S001 同时在 frame.tsv 中"),
        (PLAIN._replace(barred=[BarredRow("S999", "M001")]), "S999 不在 frame.tsv 或 excluded.tsv"),
        (PLAIN._replace(barred=[BarredRow("S001", "M999")]), "M999 不在 roster.tsv"),
        (PLAIN._replace(strata={}), "层 general：frame.tsv 中有而 rules.json 中没有"),
        (PLAIN._replace(strata={"general": (13, 0)}), "要抽 13 个，而该层只有 12 个"),
        (PLAIN._replace(frame=[*PLAIN.frame, FrameRow("T001", "general", None, ())]), "T001 与小组编号"),
        (PLAIN._replace(excluded=[ExcludedRow("T9999999", "closed")]), "T9999999 与小组编号"),
        (PLAIN._replace(roster=[RosterRow("T000", "market", ("*",), (), 1, 0)]), "T000 与小组编号"),
        (PLAIN._replace(roster=[RosterRow("M1", "team", ("*",), (), 1, 0)]), "角色不能叫 team"),
        (PLAIN._replace(assignment=TeamMode(3, {"market": 2}, 0)), "角色 market 只有 4 人，3 个小组共需 6 人"),
        (PLAIN._replace(assignment=TeamMode(1, {"fire": 1}, 0)), "角色 fire 只有 0 人"),
    ],
)
def test_what_does_not_fit_together_is_refused(world, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_files(input_files(world))


def test_codes_that_only_resemble_a_team_are_allowed() -> None:
    near = ["T01", "T", "T01a", "t001", "TT001", "T-001"]
    world = PLAIN._replace(frame=[*PLAIN.frame, *(FrameRow(code, "general", None, ()) for code in near)])
    assert check_files(input_files(world)).strata_sizes == {"general": 18}


def test_a_conflict_may_concern_an_excluded_object() -> None:
    assert len(check_files(input_files(PLAIN._replace(barred=[BarredRow("X001", "M001")]))).barred) == 1


def test_a_stratum_without_objects_can_be_read_but_not_frozen() -> None:
    inputs = check_files(input_files(PLAIN._replace(strata={"general": (3, 2), "rare": (1, 0)})))
    assert inputs.absent_strata == ["rare"]
    with pytest.raises(Refused, match="层 rare"):
        check_freezable(inputs)
    check_freezable(check_files(input_files(PLAIN)))


def test_a_role_that_nobody_has_is_no_reason_to_refuse_object_mode() -> None:
    inputs = check_files(input_files(PLAIN._replace(assignment=ObjectMode({"fire": 1}, 0))))
    assert inputs.rules.assignment == ObjectMode({"fire": 1}, 0)


@pytest.mark.parametrize("content", [b"b\tx\na\tx\n", b"a\tx\na\ty\n"])
def test_the_order_is_checked_across_batches_too(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairdraw.tables._BATCH", 1)
    assert list(EXCLUDED.read(b"a\tx\nb\tx\n")) == [ExcludedRow("a", "x"), ExcludedRow("b", "x")]
    assert "第 2 行：与上一行相比" in refusal_of(EXCLUDED, content)
