"""Bundles whose tables were changed and frozen again, and what the reference says to them."""

import json
from collections.abc import Callable
from typing import Any

import fairdraw
from fairdraw import Refused, digest_of, engines
from fairdraw.engines import narrowing
from fairdraw.notation import canonical
from fairdraw.rules import TABLE_FILES
from tests.fairdraw.worlds import SECRETS

Files = dict[str, bytes]


def answer(draw: Callable[[], Any]) -> Any:
    """What a draw gives, or the sentence with which it refuses."""
    try:
        return draw()
    except Refused as refusal:
        return f"refused: {refusal}"


def reference(files: Files) -> Any:
    return answer(lambda: fairdraw.result_of(fairdraw.check_files(files), files["ceremony.json"]))


def frozen_again(files: Files, **tables: bytes) -> Files:
    """The files with other tables, of which the rules give the right digests: only the contents can be at fault."""
    changed = {**files, **{f"{name}.tsv": content for name, content in tables.items()}}
    rules = json.loads(files["rules.json"])
    for name in TABLE_FILES:
        content = changed[f"{name}.tsv"]
        rules[name] = {"rows": content.count(b"\n"), "sha256": digest_of(content)}
    return with_ceremony({**changed, "rules.json": canonical(rules)})


def with_ceremony(files: Files) -> Files:
    digest, number = digest_of(files["rules.json"]), json.loads(files["rules.json"])["draw"]
    promised = {
        party: fairdraw.commitment(number, digest, party, secret)
        for party, secret in SECRETS.items()
        if party != "dice"
    }
    return {**files, "ceremony.json": fairdraw.write_ceremony(promised, SECRETS, None)}


def is_narrowed(files: Files, engine: str = "duckdb") -> bool:
    """Whether the engine did the work, not the reference in its place."""
    return isinstance(engines.inputs_of(files, engine), narrowing.Narrowed)
