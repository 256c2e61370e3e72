"""Whoever reads the trail reads Chinese: every key of an event's details has its word."""

import ast
from collections.abc import Iterator
from pathlib import Path

from mingcha.web.shared.events.details import DETAILS

PACKAGE = Path(__file__).parents[2] / "mingcha"


def keys_written() -> Iterator[tuple[str, str]]:
    """Every key that stands in a `details=` of the package, and where."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            for given in (keyword.value for keyword in call.keywords if keyword.arg == "details"):
                for part in ast.walk(given):
                    yield from _keys_of(part, f"{path.name}:{call.lineno}")


def _keys_of(part: ast.AST, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, ast.Dict):
        for key in part.keys:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, place


def test_every_key_of_an_events_details_has_a_word():
    written = list(keys_written())
    assert len(written) > 100
    assert [f"{key} ({place})" for key, place in written if key not in DETAILS] == []
