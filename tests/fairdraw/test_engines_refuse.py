"""An engine gives no result to what the reference refuses, and refuses with the same one sentence."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdraw import Refused, engines
from tests.fairdraw.engine_bundles import answer, frozen_again, is_narrowed, reference
from tests.fairdraw.worlds import SECRETS, World, bundle_files, plain_world, worlds

quickly = settings(deadline=None, max_examples=60)

LINES = [f"S{number:03d}\tgeneral\t-\t-\n".encode() for number in range(12)]
HOSTILE = {
    "a short line made up for by a long one": [b"S000\tgeneral\t-\n", b"S001\tgeneral\t-\t-\t-\n", *LINES[2:]],
    "an empty line": [*LINES[:3], b"\n", *LINES[3:]],
    "an empty line at the end": [*LINES, b"\n"],
    "an empty field": [*LINES[:3], b"S003\tgeneral\t\t-\n", *LINES[4:]],
    "an empty code": [b"\tgeneral\t-\t-\n", *LINES],
    "two lines swapped": [LINES[1], LINES[0], *LINES[2:]],
    "a line twice": [LINES[0], *LINES],
    "a code twice": [LINES[0], b"S000\tgeneral\tA1\t-\n", *LINES[1:]],
    "no LF at the end": [*LINES, b"S999\tgeneral\t-\t-"],
    "CR before LF": [*LINES[:3], b"S003\tgeneral\t-\t-\r\n", *LINES[4:]],
    "a quoted tab": [*LINES[:3], b'S003\t"general\t-"\t-\n', *LINES[4:]],
    "the mark for NULL": [b"#\tgeneral\t-\t-\n", *LINES],
    "a byte order mark": [b"\xef\xbb\xbf", *LINES],
    "NUL": [*LINES[:3], b"S\0003\tgeneral\t-\t-\n", *LINES[4:]],
    "no UTF-8": [*LINES, b"\xff\tgeneral\t-\t-\n"],
    "a comma in a code": [*LINES[:3], b"S003,\tgeneral\t-\t-\n", *LINES[4:]],
    "a star for a code": [b"*\tgeneral\t-\t-\n", *LINES],
    "a dash for a code": [b"-\tgeneral\t-\t-\n", *LINES],
    "a code of 65 characters": [*LINES, b"S" * 65 + b"\tgeneral\t-\t-\n"],
    "a code like a team": [*LINES, b"T001\tgeneral\t-\t-\n"],
    "a need twice": [*LINES[:3], b"S003\tgeneral\t-\tfire,fire\n", *LINES[4:]],
    "a star for an area": [*LINES[:3], b"S003\tgeneral\t*\t-\n", *LINES[4:]],
    "a stratum without rules": [*LINES[:3], b"S003\tother\t-\t-\n", *LINES[4:]],
    "fewer than are taken": LINES[:2],
    "an excluded object": [*LINES, b"X001\tgeneral\t-\t-\n"],
}


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_frame_is_refused_with_the_sentence_of_the_reference(lines: list[bytes]) -> None:
    files = frozen_again(bundle_files(plain_world()), frame=b"".join(lines))
    refused = answer(lambda: engines.result_of(files))
    assert refused == reference(files)
    assert refused.startswith("refused: ") and refused.count("\n") == 0


@pytest.mark.parametrize(
    "tables",
    [
        {"excluded": b"X001\tclosed\nX000\tclosed\n"},
        {"excluded": b"S004\tclosed\n"},
        {"excluded": b"T001\tclosed\n"},
        {"excluded": b"X001\t-\n"},
        {"barred": b"S001\tM009\n"},
        {"barred": b"Y001\tM001\n"},
        {"barred": b"S001\tM001\nY001\tM001\n", "frame": b"".join(LINES)},
        {"roster": b"M001\tteam\t*\t-\t1\t0\n"},
        {"roster": b"T001\tmarket\t*\t-\t1\t0\n"},
        {"roster": b"M001\tmarket\t*\t-\t0\t0\n"},
        {"frame": b"", "barred": b"S001\tM001\n"},
    ],
    ids=lambda tables: " ".join(f"{name}-{content[:12]!r}" for name, content in tables.items()),
)
def test_other_hostile_tables_are_refused_with_the_sentence_of_the_reference(tables: Mapping[str, bytes]) -> None:
    files = frozen_again(bundle_files(plain_world()), **tables)
    refused = answer(lambda: engines.result_of(files))
    assert refused == reference(files)
    assert refused.startswith("refused: ")


@quickly
@given(worlds(least=3), st.data())
def test_whatever_bytes_are_changed_the_reference_would_have_said_the_same(world: World, data: st.DataObject) -> None:
    files = bundle_files(world)
    name = data.draw(st.sampled_from(["frame", "frame", "excluded", "barred"]))
    content = bytearray(files[f"{name}.tsv"])
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        piece = data.draw(
            st.sampled_from([b"", b"\n", b"\t", b"-", b",", b"S", b'"', b"#", b"T123", b"\t-\t-\n", b"\\"])
        )
        content[start : start + data.draw(st.integers(0, 2))] = piece
    changed = frozen_again(files, **{name: bytes(content)})
    assert answer(lambda: engines.result_of(changed)) == reference(changed)


def test_a_sound_file_that_an_engine_does_not_understand_is_left_to_the_reference() -> None:
    long_list = b",".join(f"s{number}".encode() for number in range(400_000))
    files = frozen_again(
        bundle_files(plain_world()), frame=b"".join([*LINES[:11], b"S011\tgeneral\t-\t", long_list, b"\n"])
    )
    assert not is_narrowed(files)
    assert engines.result_of(files) == reference(files)


@pytest.mark.parametrize("missing", ["frame.tsv", "rules.json", "ceremony.json"])
def test_a_missing_file_is_named(missing: str) -> None:
    files = bundle_files(plain_world())
    del files[missing]
    with pytest.raises(Refused, match=f"缺少文件 {missing}"):
        engines.result_of(files)


def test_a_file_changed_after_the_freeze_is_refused() -> None:
    files = bundle_files(plain_world())
    with pytest.raises(Refused, match="摘要与规则文件所写的不同"):
        engines.result_of({**files, "frame.tsv": files["frame.tsv"].replace(b"S003", b"S00X")})


def test_a_broken_commitment_gives_no_result() -> None:
    files = bundle_files(plain_world())
    broken = files["ceremony.json"].replace(SECRETS["w1"].encode(), b"3" * 32)
    assert answer(lambda: engines.result_of({**files, "ceremony.json": broken})) == (
        "refused: ceremony.json：w1 开封的随机数与其封存值不符。"
    )
