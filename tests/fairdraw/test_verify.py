"""Section 6, `verify`: nothing when all holds, and every difference in words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdraw import Bundle, SignatureRow, check_files, digest_of, freeze_digest, verify, write_signatures
from fairdraw.notation import canonical
from fairdraw.verify import NOT_COMPARED
from tests.fairdraw.worlds import World, bundle_files, plain_world, vector_files, worlds

FILES = bundle_files(plain_world())
RULES_DIGEST = digest_of(FILES["rules.json"])
FREEZE = freeze_digest("990000-2026-T1", RULES_DIGEST, json.loads(FILES["ceremony.json"])["commitments"])
INPUTS = ("frame.tsv", "excluded.tsv", "roster.tsv", "barred.tsv", "rules.json", "ceremony.json", "result.tsv")


def with_result(change) -> dict[str, bytes]:
    lines = FILES["result.tsv"].decode().splitlines(keepends=True)
    return {**FILES, "result.tsv": "".join(change(lines)).encode()}


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_what_was_drawn_is_verified_without_a_difference(world: World) -> None:
    report = verify(Bundle(bundle_files(world)))
    assert (report.refused, report.differences, report.exit_code) == ("", [], 0)


def flipped(files: dict[str, bytes], name: str, position: int, mask: int) -> Bundle:
    content = bytearray(files[name])
    content[position] ^= mask
    return Bundle({**files, name: bytes(content)})


@settings(max_examples=400, deadline=None)
@given(worlds(least=1), st.data())
def test_any_changed_byte_is_found(world: World, data) -> None:
    files = bundle_files(world)
    name = data.draw(st.sampled_from([name for name in INPUTS if files[name]]))
    position = data.draw(st.integers(0, len(files[name]) - 1))
    assert verify(flipped(files, name, position, data.draw(st.integers(1, 255)))).exit_code != 0


@pytest.mark.parametrize("name", INPUTS)
def test_every_byte_of_a_worked_bundle_matters(name: str) -> None:
    files = vector_files("object-mode")
    unnoticed = [
        position for position in range(len(files[name])) if verify(flipped(files, name, position, 1)).exit_code == 0
    ]
    assert unnoticed == []


def test_without_published_values_it_says_so_and_prints_both() -> None:
    lines = [line for line in verify(Bundle(FILES)).lines if NOT_COMPARED in line]
    assert len(lines) == 2
    assert RULES_DIGEST in lines[0]
    assert FREEZE in lines[1]
    assert all("没有与公布值比对" in line for line in lines)


def test_one_published_value_leaves_the_other_not_compared() -> None:
    (line,) = [line for line in verify(Bundle(FILES), freeze=FREEZE).lines if NOT_COMPARED in line]
    assert RULES_DIGEST in line


def test_published_values_are_compared() -> None:
    report = verify(Bundle(FILES), RULES_DIGEST.upper(), f" {FREEZE[:32]} {FREEZE[32:]}")
    assert report.exit_code == 0
    assert not any(NOT_COMPARED in line for line in report.lines)
    for digests in ((FREEZE, FREEZE), (RULES_DIGEST, RULES_DIGEST)):
        assert verify(Bundle(FILES), *digests).exit_code == 1


def test_a_published_value_that_is_no_digest_is_refused() -> None:
    assert verify(Bundle(FILES), "abc").exit_code == 2
    assert verify(Bundle(FILES), "").exit_code == 2


def test_a_remade_bundle_is_found_by_the_published_values_only() -> None:
    remade = bundle_files(plain_world()._replace(excluded=[]))
    assert verify(Bundle(remade)).exit_code == 0
    report = verify(Bundle(remade), RULES_DIGEST, FREEZE)
    assert report.exit_code == 1
    assert [sentence.split("：")[0] for sentence in report.differences] == ["规则摘要 rules_digest", "冻结摘要 freeze"]


def test_a_broken_commitment_is_a_difference_and_the_rest_is_still_repeated() -> None:
    files = {**FILES, "ceremony.json": FILES["ceremony.json"].replace(b"1" * 32, b"1" * 31 + b"7")}
    report = verify(Bundle(files))
    assert report.exit_code == 1
    assert "w1 开封的随机数与其封存值不符。" in report.differences
    assert any("result.tsv" in line for line in report.differences)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines[1:], "少一行：层 general 第 1 位抽中 S"),
        (lambda lines: [*lines, "lifted\tmarket\n"], "多一行：market 放开承担上限"),
        (lambda lines: [*lines, "unstaffed\tS1/market\n"], "多一行：S1/market 人数不足未派"),
        (lambda lines: [*lines, "hello\n"], "多一行：无法识别的行“hello”"),
        (lambda lines: [*lines[:2][::-1], *lines[2:]], "顺序与规定的不同"),
        (lambda lines: [*lines, lines[0]], "同一位置重复出现"),
        (
            lambda lines: [line.replace("\tdrawn\t", "\treserve\t") for line in lines],
            "不同：应为层 general 第 1 位抽中",
        ),
        (lambda lines: [*lines[:-1], lines[-1].replace("\tM", "\tX")], "的 market 第 2 位派 M"),
        (lambda lines: [], "少一行"),
    ],
)
def test_each_difference_of_the_result_is_said_in_words(change, words: str) -> None:
    report = verify(Bundle(with_result(change)))
    assert report.exit_code == 1
    assert any(words in sentence for sentence in report.differences), report.differences


@pytest.mark.parametrize("tail", [b"x", b"\xff\n", b"\x1b[31m\n", "\ufeff\n".encode(), b"a\r\n"])
def test_a_result_that_is_no_clean_text_is_refused(tail: bytes) -> None:
    report = verify(Bundle({**FILES, "result.tsv": FILES["result.tsv"] + tail}))
    assert report.exit_code == 2
    assert report.refused.startswith("result.tsv")


@pytest.mark.parametrize("name", INPUTS)
def test_a_missing_file_cannot_be_read(name: str) -> None:
    report = verify(Bundle({other: content for other, content in FILES.items() if other != name}))
    assert (report.exit_code, report.refused) == (2, f"缺少文件 {name}。")


def test_signatures_and_record_are_reported_whether_there_or_not() -> None:
    absent = verify(Bundle(FILES, extra=("notes.txt",)))
    assert "[说明] 签字记录 signatures.json：不在包中。" in absent.lines
    assert "[说明] 抽取记录 record.pdf：不在包中。" in absent.lines
    assert any("notes.txt" in line for line in absent.lines)
    assert absent.exit_code == 0
    row = SignatureRow("w1", "见证人甲", "人大代表", "reserved", "程序无异议", "2026-11-23T10:00:00+08:00")
    signed = write_signatures(RULES_DIGEST, digest_of(FILES["result.tsv"]), [row])
    report = verify(Bundle({**FILES, "signatures.json": signed}, has_record=True))
    assert report.exit_code == 0
    assert "[说明] 抽取记录 record.pdf：在包中。" in report.lines
    assert any("见证人甲（人大代表）保留意见" in line and "程序无异议" in line for line in report.lines)


def test_signatures_on_something_else_are_a_difference() -> None:
    signed = write_signatures("0" * 64, "1" * 64, [])
    report = verify(Bundle({**FILES, "signatures.json": signed}))
    assert [sentence.split("是 ")[0] for sentence in report.differences] == [
        "签字所签的规则摘要",
        "签字所签的result.tsv 的摘要",
    ]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"rules_digest": RULES_DIGEST, "result_sha256": "x", "signatures": []},
        {"rules_digest": RULES_DIGEST, "result_sha256": RULES_DIGEST, "signatures": {}},
        {"rules_digest": RULES_DIGEST, "result_sha256": RULES_DIGEST, "signatures": [{"seat": "w1"}]},
        {
            "rules_digest": RULES_DIGEST,
            "result_sha256": RULES_DIGEST,
            "signatures": [{"seat": "", "name": "", "capacity": "", "outcome": "agreed", "text": "", "at": ""}],
        },
    ],
)
def test_signatures_that_cannot_be_read_are_refused(value: object) -> None:
    report = verify(Bundle({**FILES, "signatures.json": canonical(value)}))
    assert report.exit_code == 2
    assert "signatures.json" in report.refused


def test_shares_that_leave_nothing_to_chance_are_flagged() -> None:
    world = plain_world(objects=9, take=9)
    whole = [line for line in verify(Bundle(bundle_files(world))).lines if line.startswith("[比例]")]
    assert len(whole) == 1
    assert "9 ÷ 9 = 100.00%" in whole[0]
    assert "100%，全部抽中" in whole[0]
    assert "少于 10 个" in whole[0]
    (nobody,) = [line for line in verify(Bundle(bundle_files(plain_world(take=0)))).lines if line.startswith("[比例]")]
    assert "0%，无人会被抽中" in nobody
    (plain,) = [line for line in verify(Bundle(FILES)).lines if line.startswith("[比例]")]
    assert plain == "[比例] 层 general：3 ÷ 12 = 25.00%"


def test_unstaffed_and_lifted_are_said() -> None:
    lines = verify(Bundle(vector_files("scarce-staff"))).lines
    assert "[说明] 91990000EPJ7YA3B9M/market：合适的人数不足，未派人。" in lines
    assert any(line.startswith("[说明] fire：承担上限合计不够") for line in lines)


def test_a_stratum_without_objects_is_said() -> None:
    assert any("层 foreign：规则中有，名单中没有" in line for line in verify(Bundle(vector_files("tight-staff"))).lines)


def test_the_inputs_are_checked_as_everywhere() -> None:
    files = {**FILES, "frame.tsv": FILES["frame.tsv"].replace(b"S001", b"S000")}
    assert verify(Bundle(files)).refused == "frame.tsv：摘要与规则文件所写的不同，文件在冻结后被改动过。"
    assert check_files(FILES).rules_digest == RULES_DIGEST
