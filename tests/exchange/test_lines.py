"""HTTP goes out in mingcha/exchange only; what the linter's contract cannot see of urllib is read here."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTWARD = {"urllib.request", "http.client", "socket", "ftplib", "smtplib"}


def modules_imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_module_outside_exchange_opens_a_line():
    paths = [p for p in (ROOT / "mingcha").rglob("*.py") if "exchange" not in p.relative_to(ROOT / "mingcha").parts[:1]]
    assert [str(p.relative_to(ROOT)) for p in paths if modules_imported(p) & OUTWARD] == []
    assert any(modules_imported(p) & OUTWARD for p in (ROOT / "mingcha" / "exchange").rglob("*.py"))


def test_the_worker_finds_the_jobs_of_exchange():
    assert 'import_module("mingcha.exchange.jobs")' in (ROOT / "mingcha/config/worker.py").read_text(encoding="utf-8")
