"""Whoever reads the trail reads Chinese: every key of an event's details has its word."""

import ast
from collections.abc import Iterator
from pathlib import Path

from mingcha.web.shared.events.details import DETAILS

PACKAGE = Path(__file__).parents[2] / "mingcha"


def keys_written() -> Iterator[tuple[str, str]]:
    """Every key that stands in a `details=` of the package, or in what it is given by name, and where."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for given in _details_in(module):
            named = {part.id for part in ast.walk(given) if isinstance(part, ast.Name)}
            for part in (given, *_given_by(module, named)):
                yield from _keys_of(part, f"{path.name}:{given.lineno}")


def _details_in(module: ast.Module) -> Iterator[ast.expr]:
    for call in ast.walk(module):
        if isinstance(call, ast.Call):
            yield from (keyword.value for keyword in call.keywords if keyword.arg == "details")


def _given_by(module: ast.Module, named: set[str]) -> Iterator[ast.AST]:
    """`details = {…}` somewhere in the module, and what a function of it returns."""
    for part in ast.walk(module):
        if isinstance(part, ast.Assign) and {one.id for one in part.targets if isinstance(one, ast.Name)} & named:
            yield part.value
        elif isinstance(part, ast.FunctionDef) and part.name in named:
            yield from (each.value for each in ast.walk(part) if isinstance(each, ast.Return) and each.value)


def _keys_of(given: ast.AST, place: str) -> Iterator[tuple[str, str]]:
    for part in ast.walk(given):
        if isinstance(part, ast.Dict):
            for key in part.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, place


def test_every_key_of_an_events_details_has_a_word():
    written = list(keys_written())
    assert len(written) > 200
    assert [f"{key} ({place})" for key, place in written if key not in DETAILS] == []
