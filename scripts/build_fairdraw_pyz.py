"""Write build/fairdraw.pyz: the verifier as one file, run by an auditor as `python -I -S fairdraw.pyz verify BUNDLE`.

The same sources give the same bytes: fixed times, fixed order, no compression. The engines stay out, because
they need other packages.
"""

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fairdraw.bundle import zip_entry  # noqa: E402 - found through the line above, wherever this is called from

LAUNCH = "from fairdraw.__main__ import main\n\nraise SystemExit(main())\n"
SHEBANG = b"#!/usr/bin/env python3\n"


def sources() -> dict[str, bytes]:
    """All modules of the package by their path in the archive, and the line that starts it."""
    package = ROOT / "fairdraw"
    found = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in package.rglob("*.py")
        if "engines" not in path.relative_to(package).parts
    }
    return {"__main__.py": LAUNCH.encode(), **dict(sorted(found.items()))}


def build(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(SHEBANG)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, content in sources().items():
                archive.writestr(zip_entry(name), content)
    target.chmod(0o755)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "fairdraw.pyz")
