"""No file becomes the place for everything."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE, FUNCTION, TEMPLATE = 300, 40, 120
SOURCES = ("fairdraw", "mingcha", "demo", "scripts", "benchmarks")


def sources() -> list[Path]:
    """Every Python file of ours that is not a migration."""
    return [p for top in SOURCES for p in (ROOT / top).rglob("*.py") if "migrations" not in p.parts]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_stay_small():
    tests = list((ROOT / "tests").rglob("*.py"))
    scripts = list((ROOT / "mingcha" / "web").rglob("static/**/*.js"))
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in [*sources(), *tests, *scripts] if lines(p) > FILE] == []


def test_functions_stay_small():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION
    ]
    assert long == []


def test_templates_stay_small():
    templates = (ROOT / "mingcha" / "web").rglob("*.html")
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in templates if lines(p) > TEMPLATE] == []
