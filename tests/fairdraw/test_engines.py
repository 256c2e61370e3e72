"""DuckDB and Spark give the bytes of the reference, leave to it what they cannot do, and say what it says."""

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given, settings

import fairdraw
from fairdraw import FrameRow, digest_of, engines
from fairdraw.engines import narrowing, selection
from fairdraw.engines.__main__ import main
from fairdraw.engines.in_duckdb import InDuckDB
from fairdraw.engines.workplace import EngineFailed
from fairdraw.notation import canonical
from fairdraw.rules import Stratum
from fairdraw.tickets import draw_objects
from mingcha.domain.draws.rules import outcome
from tests.fairdraw.engine_bundles import is_narrowed, reference, with_ceremony
from tests.fairdraw.worlds import (
    SECRETS,
    VECTORS,
    World,
    bundle_files,
    dice,
    input_files,
    keys,
    plain_world,
    vector_files,
    worlds,
)

KEY = "bdb143474b1a2b873eb93b82b6b94ce7"
quickly = settings(deadline=None, max_examples=40)


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_an_engine_gives_every_worked_bundle_byte_for_byte(engine: str) -> None:
    for folder in sorted(VECTORS.iterdir()):
        files = vector_files(folder.name)
        assert engines.result_of(files, engine) == files["result.tsv"], folder.name


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_an_engine_does_its_work_itself(engine: str) -> None:
    assert is_narrowed(bundle_files(plain_world()), engine)


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_an_engine_draws_strata_of_size_one_of_none_and_of_all_and_reserves_beyond_the_end(engine: str) -> None:
    frame = [
        FrameRow(f"{stratum}{number:04d}", stratum, None, ())
        for stratum, size in (("all", 7), ("big", 2500), ("none", 5), ("one", 1))
        for number in range(size)
    ]
    strata = {"all": (7, 3), "big": (60, 40), "none": (0, 0), "one": (0, 9)}
    files = input_files(plain_world()._replace(frame=frame, strata=strata, assignment=None))
    inputs = fairdraw.check_files(files)
    places = engines.draw_objects(files, KEY, engine)
    assert places == draw_objects(inputs.frame, inputs.rules.strata, KEY)
    assert {code: (len(drawn), len(rest)) for code, (drawn, rest) in places.items()} == {
        "all": (7, 0),
        "big": (60, 40),
        "none": (0, 0),
        "one": (0, 1),
    }


@quickly
@given(worlds(), dice)
def test_random_bundles_come_out_as_the_reference_has_them(world: World, digits: str) -> None:
    files = bundle_files(world, {**SECRETS, "dice": digits})
    assert engines.result_of(files) == files["result.tsv"]
    assert is_narrowed(files)


@quickly
@given(worlds(least=3), keys)
def test_too_narrow_a_bound_costs_time_and_nothing_else(world: World, key: str) -> None:
    files = input_files(world)
    inputs = fairdraw.check_files(files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selection, "bound", lambda wanted, size: "4" if size % 2 else "0")
        found = engines.draw_objects(files, key)
    assert found == draw_objects(inputs.frame, inputs.rules.strata, key)


def test_a_bound_leaves_enough_tickets_and_few_more() -> None:
    for wanted, size in ((1, 10**6), (300, 10**4), (300_000, 10**7)):
        expected = int(selection.bound(wanted, size), 16) / 2**64 * size
        assert wanted + 5 * wanted**0.5 <= expected <= wanted + 7 * wanted**0.5 + 12
    assert selection.bound(90, 100) == selection.ALL_TICKETS


def test_equal_tickets_are_ordered_by_the_bytes_of_the_code(tmp_path: Path) -> None:
    codes = ["a", "B", "_", "10", "9", "A.", "A-", "A"]
    (tmp_path / "frame.tsv").write_text("".join(f"{code}\tgeneral\t-\t-\n" for code in sorted(codes)))
    with InDuckDB(tmp_path) as duckdb:
        duckdb.table("frame", tmp_path / "frame.tsv", FrameRow._fields)
        duckdb.rows("CREATE OR REPLACE MACRO sha2(words, bits) AS repeat('a', 64)")
        found = selection.select(duckdb, tmp_path, {"general": Stratum(4, 1)}, {"general": len(codes)}, KEY)
    assert {row.object for row in found} == set(sorted(codes)[:5])
    assert {row.ticket for row in found} == {"a" * 64}


def test_duckdb_reaches_no_file_but_its_own_and_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "other.tsv").write_text("a\n")
    with InDuckDB(tmp_path / "own") as duckdb:
        assert duckdb.rows("SELECT current_setting('enable_progress_bar')") == [(False,)]
        with pytest.raises(EngineFailed, match="Permission"):
            duckdb.table("other", tmp_path / "other.tsv", ["object"])
        with pytest.raises(EngineFailed):
            duckdb.rows("SET enable_external_access = true")


def test_a_wrong_ticket_of_an_engine_never_becomes_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    files = bundle_files(plain_world())
    monkeypatch.setattr(
        selection, "QUERY", selection.QUERY.replace("sha2(", "reverse(sha2(").replace(", 256)", ", 256))")
    )
    with pytest.raises(engines.EngineDiffers, match=r"duckdb: S\d+ got the ticket"):
        engines.result_of(files)


def test_where_an_engine_gives_up_the_reference_draws_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_room(*_: object) -> None:
        raise EngineFailed("no room left")

    files = bundle_files(plain_world())
    monkeypatch.setattr(narrowing, "select", no_room)
    with caplog.at_level(logging.WARNING):
        assert engines.result_of(files) == files["result.tsv"]
    assert "duckdb gave up, the reference draws: no room left" in caplog.text


def test_a_title_may_hold_any_characters_that_people_read() -> None:
    world = plain_world()
    rules = json.loads(bundle_files(world)["rules.json"])
    files = {
        **input_files(world),
        "rules.json": canonical({**rules, "title": "抽查“𠮷野家” ½ é 🎲 -- '; DROP TABLE frame"}),
    }
    files = with_ceremony(files)
    assert engines.result_of(files) == reference(files)
    assert is_narrowed(files)


def test_a_verification_by_an_engine_says_what_the_reference_says(vector: Path) -> None:
    bundle = fairdraw.Bundle(files=vector_files(vector.name), extra=("note.txt",))
    assert engines.verify(bundle).lines == fairdraw.verify(bundle).lines
    assert engines.verify(bundle, "0" * 64, "zz") == fairdraw.verify(bundle, "0" * 64, "zz")
    assert engines.verify(bundle, "0" * 64).differences == fairdraw.verify(bundle, "0" * 64).differences


def test_a_verification_by_an_engine_names_a_swapped_object() -> None:
    files = vector_files("object-mode")
    lines = files["result.tsv"].splitlines(keepends=True)
    bundle = fairdraw.Bundle(files={**files, "result.tsv": b"".join([lines[1], *lines[1:]])})
    report = engines.verify(bundle)
    assert report == fairdraw.verify(bundle)
    assert report.exit_code == 1 and any("少一行" in sentence for sentence in report.differences)


def test_a_verification_by_an_engine_refuses_what_the_reference_refuses() -> None:
    files = bundle_files(plain_world())
    bundle = fairdraw.Bundle(files={name: content for name, content in files.items() if name != "result.tsv"})
    assert engines.verify(bundle) == fairdraw.verify(bundle)
    assert engines.verify(bundle).exit_code == 2


def test_the_platform_takes_the_engine_for_a_large_frame_and_gets_the_same_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = bundle_files(plain_world())
    digest = digest_of(files["rules.json"])
    number = json.loads(files["rules.json"])["draw"]
    commitments = json.loads(files["ceremony.json"])["commitments"]
    asked = []
    monkeypatch.setattr(engines, "inputs_of", lambda given: asked.append(given) or narrowing.inputs_of(given))
    results = []
    for size in (12, 13):
        monkeypatch.setattr(engines, "WORTH_FROM", size)
        results.append(
            outcome.result_of(
                {name: files[name] for name in files if name not in ("ceremony.json", "result.tsv")},
                commitments=commitments,
                reveals=SECRETS,
                rules_digest=digest,
                freeze_digest=fairdraw.freeze_digest(number, digest, commitments),
            )
        )
    assert len(asked) == 1
    assert results[0] == results[1]
    assert results[0].files["result.tsv"] == files["result.tsv"]


def test_the_command_prints_the_lines_of_the_result(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = VECTORS / "team-mode"
    assert main(["result", str(folder), "--engine", "duckdb"]) == 0
    assert capsysbinary.readouterr().out == (folder / "result.tsv").read_bytes()


def test_the_command_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    folder = VECTORS / "objects-only"
    digest = digest_of((folder / "rules.json").read_bytes())
    assert main(["verify", str(folder), f"--rules-digest={digest}"]) == 0
    assert "逐字节相同" in capsys.readouterr().out
    assert main(["verify", str(folder), "--rules-digest", "0" * 64]) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["result", "nowhere"], "没有这个文件或文件夹"),
        (["result", str(VECTORS / "objects-only"), "--engine", "abacus"], "--engine 应为 duckdb 或 spark"),
        (["result", str(VECTORS / "objects-only"), "--freeze", "0"], "--freeze：不认识"),
        (["result"], "应带一个抽取包"),
        (["redraw"], "不认识这个命令"),
    ],
)
def test_a_wrong_command_is_one_sentence(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert sentence in said.err and not said.out
