"""An auditor's Python has nothing installed: the package outside `engines` imports the standard library alone."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "fairdraw"
MODULES = [path for path in PACKAGE.rglob("*.py") if "engines" not in path.relative_to(PACKAGE).parts]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_nothing_but_the_standard_library(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(str(node.module).split(".")[0])
            assert not str(node.module).startswith("fairdraw.engines")
    assert imported <= sys.stdlib_module_names | {"fairdraw"}


def test_all_modules_were_looked_at() -> None:
    assert {"frame.py", "lottery", "__main__.py"} <= {path.relative_to(PACKAGE).parts[0] for path in MODULES}
