"""Run what lies under benchmarks/, one line a figure; `bench.py NAME` for one."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """A name that does not exist is an error that lists those that do."""
    found = {path.stem: path for path in sorted((ROOT / "benchmarks").glob("*.py")) if path.stem != "__init__"}
    wanted = sys.argv[1:] or list(found)
    unknown = [name for name in wanted if name not in found]
    if unknown:
        print("no benchmark named", *unknown, "; there are:", *found)
        return 2
    return max(subprocess.run([sys.executable, str(found[name])], cwd=ROOT, check=False).returncode for name in wanted)


if __name__ == "__main__":
    sys.exit(main())
