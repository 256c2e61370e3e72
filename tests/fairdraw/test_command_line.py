"""The command line of section 6, as `python -m fairdraw` and as the single file of an auditor."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairdraw import digest_of, freeze_digest, pack, read_ceremony
from fairdraw.__main__ import main
from fairdraw.rules import read_rules
from tests.fairdraw.worlds import VECTORS, bundle_files, input_files, plain_world, vector_files

ROOT = Path(__file__).resolve().parents[2]
KEY = "bdb143474b1a2b873eb93b82b6b94ce7"
PLAIN_ENVIRONMENT = {"LANG": "C", "LC_ALL": "C", "PATH": os.environ["PATH"], "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture(scope="module")
def pyz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("pyz") / "fairdraw.pyz"
    subprocess.run([sys.executable, ROOT / "scripts" / "build_fairdraw_pyz.py", target], check=True)
    return target


def run(*words: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *map(str, words)], cwd=cwd, env=PLAIN_ENVIRONMENT, capture_output=True, timeout=60
    )


def test_the_single_file_repeats_a_draw_without_any_package(pyz: Path, tmp_path: Path) -> None:
    done = run("-I", "-S", pyz, "result", VECTORS / "team-mode", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (VECTORS / "team-mode" / "result.tsv").read_bytes()


def test_the_single_file_speaks_chinese_in_utf8_under_any_locale(pyz: Path, tmp_path: Path) -> None:
    done = run("-I", "-S", pyz, "verify", VECTORS / "object-mode", cwd=tmp_path)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "NOT COMPARED WITH A PUBLISHED VALUE：没有与公布值比对" in text
    assert text.endswith("结论：抽取包自身一致；尚未与公布值全部比对。\n")
    refused = run("-I", "-S", pyz, "verify", "没有.zip", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "没有这个文件" in refused.stderr.decode()


def test_the_single_file_is_the_same_bytes_each_time(pyz: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "build_fairdraw_pyz.py", tmp_path / "again.pyz"], check=True)
    assert (tmp_path / "again.pyz").read_bytes() == pyz.read_bytes()


def test_the_module_runs_in_a_checkout() -> None:
    done = run("-m", "fairdraw", "result", VECTORS / "wide-need")
    assert done.stdout == (VECTORS / "wide-need" / "result.tsv").read_bytes()


def test_a_ticket_is_what_printf_and_sha256sum_say(capsys: pytest.CaptureFixture[str]) -> None:
    script = f"printf '%s' '{KEY}:91990000X' | sha256sum"
    expected = subprocess.run(["sh", "-c", script], capture_output=True, check=True).stdout.split()[0].decode()
    assert main(["ticket", KEY, "91990000X"]) == 0
    assert capsys.readouterr().out == f"{expected}\n"


def test_a_reader_that_leaves_early_causes_no_complaint(pyz: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -I -S '{pyz}' verify '{VECTORS / 'object-mode'}' | true"],
        env=PLAIN_ENVIRONMENT,
        capture_output=True,
    )
    assert done.stderr == b""


def test_verify_compares_the_published_digests(capsys: pytest.CaptureFixture[str]) -> None:
    files = vector_files("object-mode")
    rules = read_rules(files["rules.json"])
    digest = digest_of(files["rules.json"])
    freeze = freeze_digest(rules.draw, digest, read_ceremony(files["ceremony.json"], rules).commitments)
    path = str(VECTORS / "object-mode")
    assert main(["verify", path, "--rules-digest", digest, f"--freeze={freeze}"]) == 0
    said = capsys.readouterr().out
    assert "NOT COMPARED" not in said
    assert said.endswith("结论：没有发现不符。\n")
    assert main(["verify", "--freeze", digest, path]) == 1
    assert "冻结摘要 freeze：包中算得" in capsys.readouterr().out


def test_a_difference_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = bundle_files(plain_world())
    (tmp_path / "b.zip").write_bytes(pack({**files, "result.tsv": b""}))
    assert main(["verify", str(tmp_path / "b.zip")]) == 1
    assert "处不符" in capsys.readouterr().out


BUNDLE = bundle_files(plain_world())
ROWS = BUNDLE["frame.tsv"]


def lines_in(content: bytes) -> int:
    return content.count(b"\n")


def refrozen(**tables: bytes) -> dict[str, bytes]:
    """A bundle whose rules agree with tables that no decent program writes."""
    files = {**BUNDLE, **{f"{name}.tsv": content for name, content in tables.items()}}
    rules = BUNDLE["rules.json"]
    for name, content in tables.items():
        old = BUNDLE[f"{name}.tsv"]
        rules = rules.replace(digest_of(old).encode(), digest_of(content).encode())
        rules = rules.replace(
            f'"{name}":{{"rows":{lines_in(old)},'.encode(),
            f'"{name}":{{"rows":{lines_in(content)},'.encode(),
        )
    return {**files, "rules.json": rules}


HOSTILE = {
    "duplicate rows": refrozen(frame=ROWS + ROWS.splitlines(keepends=True)[-1]),
    "CRLF": refrozen(frame=ROWS.replace(b"\n", b"\r\n")),
    "a byte order mark": refrozen(frame=b"\xef\xbb\xbf" + ROWS),
    "a control character": refrozen(excluded=b"X\x1b[2J\tclosed\n"),
    "no line end": refrozen(excluded=b"X001\tclosed"),
    "a wrong digest": {**BUNDLE, "frame.tsv": ROWS.replace(b"S003", b"S0x3")},
    "a thousand million rows": {
        **BUNDLE,
        "rules.json": BUNDLE["rules.json"].replace(b'"rows":12', b'"rows":1000000000'),
    },
    "a duplicate key": {**BUNDLE, "rules.json": BUNDLE["rules.json"].replace(b'{"ass', b'{"draw":"x","ass')},
    "true for one": {**BUNDLE, "rules.json": BUNDLE["rules.json"].replace(b'"slack":1', b'"slack":true')},
    "1.0 for one": {**BUNDLE, "rules.json": BUNDLE["rules.json"].replace(b'"slack":1', b'"slack":1.0')},
    "deep nesting": {**BUNDLE, "rules.json": b"[" * 100_000 + b"]" * 100_000 + b"\n"},
    "a ceremony of nothing": {**BUNDLE, "ceremony.json": b"null\n"},
    "a missing file": {name: content for name, content in BUNDLE.items() if name != "roster.tsv"},
    "no ceremony": input_files(plain_world()),
}


@pytest.mark.parametrize("command", ["result", "verify"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_bundle_gets_one_sentence_and_two(
    kind: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.zip").write_bytes(pack(HOSTILE[kind]))
    assert main([command, str(tmp_path / "b.zip")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("fairdraw：")
    assert said.err.count("\n") == 1
    assert said.err.endswith("。\n")
    assert "\x1b" not in said.err


def test_a_broken_commitment_is_no_result_but_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = {**BUNDLE, "ceremony.json": BUNDLE["ceremony.json"].replace(b"2" * 40, b"3" * 40)}
    (tmp_path / "b.zip").write_bytes(pack(broken))
    assert main(["result", str(tmp_path / "b.zip")]) == 2
    assert capsys.readouterr().err == "fairdraw：ceremony.json：w2 开封的随机数与其封存值不符。\n"
    assert main(["verify", str(tmp_path / "b.zip")]) == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["draw"],
        ["result"],
        ["result", "a", "b"],
        ["verify"],
        ["verify", "a", "b"],
        ["verify", "a", "--freeze"],
        ["verify", "a", "--freeze", "x"],
        ["verify", "a", "--freeze="],
        ["verify", "a", "--frost", "1"],
        ["ticket", KEY],
        ["ticket", "XYZ", "S1"],
        ["ticket", KEY, "-"],
        ["ticket", KEY, "a b"],
        ["verify", "a\0b"],
        ["verify", "\udcff"],
    ],
)
def test_a_wrong_command_line_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("fairdraw：")
    assert "Traceback" not in said.err


def test_help_is_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "退出码" in capsys.readouterr().out
