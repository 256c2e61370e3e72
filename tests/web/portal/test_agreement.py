"""Python's implementation and the browser's were written apart; they reach the same verdict on any bundle."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random

from fairdraw import digest_of, open_bundle, verify
from fairdraw.notation import canonical
from tests.web.portal.agreement_bundles import Parts, Sealed, parts_of, sealed, with_table
from tests.web.portal.agreement_changes import TABLES, changed, resealed
from tests.web.portal.agreement_hostile import edges, hostile_bundles
from tests.web.portal.test_browser_draw import SCRIPTS, run_node

BUNDLES = int(os.environ.get("MINGCHA_AGREEMENT", "1000"))
SEED = 20260701
SAME, DIFFERENT, UNREADABLE = 0, 1, 2

Verdict = dict[str, object]


def random_parts(number: int) -> Parts:
    return parts_of(Random(SEED + number), medium=number % 10 == 0)


def browser_verdicts(folder: Path, bundles: Mapping[str, Sealed]) -> dict[str, Verdict]:
    """Write the bundles for one node process and read what it says of each."""
    for name, (files, published) in bundles.items():
        (folder / name).mkdir()
        for file, content in files.items():
            (folder / name / file).write_bytes(content)
        (folder / name / "published.json").write_text(json.dumps(published))
    register = f"--import={(SCRIPTS / 'register.js').as_uri()}"
    ran = run_node(register, str(SCRIPTS / "agreement.js"), str(folder))
    assert ran.returncode == 0, ran.stderr
    verdicts: dict[str, Verdict] = json.loads(ran.stdout)
    assert verdicts.keys() == bundles.keys()
    return verdicts


def own_category(folder: Path, bundle: Sealed) -> int:
    """The exit code of `fairdraw verify` with both published digests."""
    return verify(open_bundle(folder), bundle.published["rulesDigest"], bundle.published["freeze"]).exit_code


def categories(folder: Path, bundles: Mapping[str, Sealed]) -> dict[str, tuple[object, object]]:
    """By name: what Python says, what the browser says."""
    verdicts = browser_verdicts(folder, bundles)
    return {name: (own_category(folder / name, bundle), verdicts[name]["category"]) for name, bundle in bundles.items()}


def disagreements(pairs: Mapping[str, tuple[object, object]]) -> dict[str, tuple[object, object]]:
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def test_both_repeat_every_draw_to_the_byte(tmp_path: Path) -> None:
    bundles = {f"{number:05d}": sealed(random_parts(number)) for number in range(BUNDLES)}
    verdicts = browser_verdicts(tmp_path, bundles)
    for name, bundle in bundles.items():
        assert own_category(tmp_path / name, bundle) == SAME, name
        assert set(verdicts[name]["steps"].values()) == {True}, (name, verdicts[name])
        assert verdicts[name]["result"] == digest_of(bundle.files["result.tsv"]), name


def test_the_random_draws_reach_every_corner() -> None:
    """Otherwise their agreement would say little."""
    bundles = [sealed(random_parts(number)).files for number in range(150)]
    results = [files["result.tsv"].decode() for files in bundles]
    rules = [json.loads(files["rules.json"]) for files in bundles]
    assert {rule["assignment"] and rule["assignment"]["mode"] for rule in rules} == {None, "object", "team"}
    assert {("dice" in rule["parties"], rule["public_value"] is None) for rule in rules} == {
        (True, True), (True, False), (False, False),
    }  # fmt: skip
    patterns = (r"^lifted\t", r"^unstaffed\t", r"^unstaffed\t\S+/team$", r"^assign\tT\d+\t")
    for pattern in (*patterns, r"^assign\t\S+\t\S+\t1\d\t", r"\treserve\t", r"^object\t\S+\t1\treserve\t", r"\A\Z"):
        found = sum(bool(re.search(pattern, result, re.MULTILINE)) for result in results)
        assert found >= 3, pattern
    for table in TABLES:
        assert {bool(files[table]) for files in bundles} == {True, False}, table


def test_a_thousand_teams_are_numbered_alike(tmp_path: Path) -> None:
    """From T1000 on, byte order and number order part."""
    inputs = dict(random_parts(0).inputs)
    people = sorted(f"P{number}\tmarket\t*\tfood\t1\t0\n" for number in range(1003))
    objects = sorted(f"S{number}\tall\t-\tfood\n" for number in range(30))
    for name, lines in (("frame.tsv", objects), ("excluded.tsv", []), ("roster.tsv", people), ("barred.tsv", [])):
        inputs = with_table(inputs, name, "".join(lines).encode())
    rules = json.loads(inputs["rules.json"])
    rules["strata"] = {"all": {"take": 30, "reserve": 0}}
    rules["assignment"] = {"mode": "team", "teams": 1002, "roles": {"market": 1}, "slack": 0}
    bundle = sealed(random_parts(0)._replace(inputs={**inputs, "rules.json": canonical(rules)}))
    assert categories(tmp_path, {"teams": bundle}) == {"teams": (SAME, SAME)}
    assert b"T1001" in bundle.files["result.tsv"]


def test_both_notice_any_one_change_to_a_bundle(tmp_path: Path) -> None:
    attacks = {}
    for number in range(BUNDLES):
        place, bundle = changed(sealed(random_parts(number)), Random(-number))
        attacks[f"{number:05d} {place}"] = bundle
    pairs = categories(tmp_path, attacks)
    # A result that is no text at all is "different" to one and "unreadable" to the other; the reader learns the same.
    results = {name: pairs.pop(name) for name in list(pairs) if name.endswith("result.tsv")}
    assert all(SAME not in pair and {*pair} <= {DIFFERENT, UNREADABLE} for pair in results.values()), results
    assert disagreements(pairs) == {}
    # Dice and public value are bound by no commitment: where nobody is drawn, others give the same empty result.
    unnoticed = {name for name, pair in pairs.items() if pair[0] == SAME and attacks[name].files["result.tsv"]}
    assert unnoticed == set()
    assert {own for own, _ in pairs.values()} >= {DIFFERENT, UNREADABLE}


def test_both_read_or_refuse_any_input_alike_and_draw_the_same_from_it(tmp_path: Path) -> None:
    """All digests fit the changed inputs, so that only their form and their meaning are left to judge."""
    bundles = {f"{number:05d}": resealed(random_parts(number), Random(-number)) for number in range(BUNDLES)}
    pairs = categories(tmp_path, bundles)
    assert disagreements(pairs) == {}
    assert {own for own, _ in pairs.values()} == {SAME, UNREADABLE}


def test_both_refuse_every_hostile_input(tmp_path: Path) -> None:
    cases = dict(hostile_bundles())
    folders = {f"{number:04d}": bundle for number, bundle in enumerate(cases.values())}
    pairs = dict(zip(cases, categories(tmp_path, folders).values(), strict=True))
    assert {name: pair for name, pair in pairs.items() if pair != (UNREADABLE, UNREADABLE)} == {}


def test_both_accept_what_lies_just_inside_the_limits(tmp_path: Path) -> None:
    cases = dict(edges())
    folders = {f"{number:04d}": bundle for number, bundle in enumerate(cases.values())}
    pairs = dict(zip(cases, categories(tmp_path, folders).values(), strict=True))
    assert {name: pair for name, pair in pairs.items() if pair != (SAME, SAME)} == {}
