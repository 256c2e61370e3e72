"""One door for writing: guarded at run time in every test, and by reading the code."""

import ast
from pathlib import Path

import pytest
from django.db import connection

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department
from mingcha.kit.action import action
from tests.conftest import WroteOutsideAction

ROOT = Path(__file__).resolve().parents[2]
WRITERS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def calls(path: Path) -> list[ast.Call]:
    """Every call in a file."""
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def writes_through_a_table(call: ast.Call) -> bool:
    """`….objects.create(…)` and its like."""
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITERS
        and "objects" in ast.unparse(call.func.value).split(".")
    )


def is_action(path: Path) -> bool:
    """`actions.py`, or a module of the folder `actions/`."""
    return path.stem == "actions" or "actions" in path.parts


def test_only_action_files_write_through_tables():
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "mingcha").rglob("*.py")
        if "migrations" not in path.parts and not is_action(path)
        for call in calls(path)
        if writes_through_a_table(call)
    ]
    assert found == []


def test_no_page_saves_or_deletes_a_row():
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "mingcha" / "web").rglob("*.py")
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"save", "delete"}
    ]
    assert found == []


def test_the_guard_refuses_a_save_outside_an_action(cast):
    cast.market.short_name = "改名"
    with pytest.raises(WroteOutsideAction):
        cast.market.save()


def test_the_guard_refuses_raw_statements_too(cast):
    with pytest.raises(WroteOutsideAction), connection.cursor() as cursor:
        cursor.execute("UPDATE organisation_department SET short_name = 'x'")


def test_an_action_may_write(cast, noon):
    @action
    def rename() -> None:
        Department.objects.filter(pk=cast.market.pk).update(short_name="改名")
        record("organisation.department_opened", cast.market, by=cast.keeper, at=noon)

    rename()
    cast.market.refresh_from_db()
    assert cast.market.short_name == "改名"


def test_every_public_function_of_an_actions_file_is_marked_as_an_action():
    unmarked = []
    for path in (ROOT / "mingcha" / "domain").rglob("*.py"):
        if not is_action(path) or path.name == "__init__.py":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                marks = {ast.unparse(mark) for mark in node.decorator_list}
                if "action" not in marks and "at" in {a.arg for a in node.args.kwonlyargs}:
                    unmarked.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert unmarked == []
