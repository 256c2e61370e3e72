"""The register list at ten million subjects on PostgreSQL and at 300,000 on SQLite, beside hand-written statements.

python benchmarks/search.py        MINGCHA_BENCH_SUBJECTS=1000000 for fewer, MINGCHA_BENCH_KEEP=1 keeps the database
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = [sys.executable, str(ROOT / "scripts" / "postgres.py")]
DATABASE = "mingcha_search"
ROWS = int(os.environ.get("MINGCHA_BENCH_SUBJECTS", "10000000"))
KEEP = bool(os.environ.get("MINGCHA_BENCH_KEEP"))
ROWS_SQLITE = min(300_000, ROWS)
BYTES_A_ROW = 1_600  # table, indexes, and what making them needs beside


def main() -> None:
    with TemporaryDirectory() as folder:
        measure(f"sqlite:///{folder}/found.sqlite3", ROWS_SQLITE)
    with own_postgres() as address:
        measure(address, ROWS)


def measure(address: str, rows: int) -> None:
    """A process for each database, because Django knows one."""
    given = {"MINGCHA_DATABASE": address, "MINGCHA_SECRET_KEY": "for this benchmark alone, which signs nothing"}
    command = [sys.executable, "-m", "benchmarks.found.measured", str(rows)]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **given})


@contextmanager
def own_postgres() -> Iterator[str]:
    """A database of its own in the throw-away server of the tests."""
    stood = subprocess.run([*SCRIPT, "running"], check=False).returncode == 0
    address = subprocess.run([*SCRIPT, "start"], check=True, capture_output=True, text=True).stdout.strip()
    try:
        with psycopg.connect(address, autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                check_disk()
                server.execute(f"CREATE DATABASE {DATABASE}")
            yield address.replace("/mingcha?", f"/{DATABASE}?")
            if not KEEP:
                server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    finally:
        if not stood and not KEEP:
            subprocess.run([*SCRIPT, "stop"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_disk() -> None:
    """The cluster of the tests lies under /var/tmp."""
    if disk_usage("/var/tmp").free < ROWS * BYTES_A_ROW:
        sys.exit(f"{ROWS:,} rows need {ROWS * BYTES_A_ROW // 10**9} GB of disk; set MINGCHA_BENCH_SUBJECTS lower")


if __name__ == "__main__":
    main()
