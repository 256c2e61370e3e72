"""Run every test: on SQLite, then on PostgreSQL, then the journeys in Chromium. Arguments go to pytest.

One failure anywhere fails the whole; the last lines are pytest's own.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
JOURNEYS = "tests/journeys"
# Needs no database, so once is enough.
ONCE = ("tests/fairdraw", "tests/architecture", "tests/demo", "tests/kit")


def pytest(*arguments: str, database: str) -> int:
    """One run of pytest on one database."""
    environment = {**os.environ, "MINGCHA_DATABASE": database}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> int:
    """The exit code: 0 only when every run passed."""
    sqlite = "sqlite:///:memory:"
    if len(sys.argv) > 1:
        return pytest(*sys.argv[1:], database=os.environ.get("MINGCHA_DATABASE", sqlite))
    postgres = [sys.executable, str(ROOT / "scripts" / "postgres.py")]
    stood = subprocess.run([*postgres, "running"], check=False).returncode == 0
    started = subprocess.run([*postgres, "start"], capture_output=True, text=True, check=False)
    if started.returncode:
        print(started.stderr, file=sys.stderr)
        return 1
    address = started.stdout.strip()
    try:
        print("== SQLite", flush=True)
        codes = [pytest("-n", "2", f"--ignore={JOURNEYS}", database=sqlite)]
        print("== PostgreSQL", flush=True)
        leave_out = [f"--ignore={folder}" for folder in (JOURNEYS, *ONCE)]
        # A rule's test knows no database: once is enough for it too.
        codes.append(pytest("-n", "2", "-m", "database", *leave_out, database=address))
        print("== journeys in Chromium", flush=True)
        codes.append(pytest(JOURNEYS, database=address))
    finally:
        if not stood:
            subprocess.run([*postgres, "stop"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
