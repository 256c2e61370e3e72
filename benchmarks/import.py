"""A register's file of invented firms, read with every check and merged: beside raw COPY and django-import-export.

python benchmarks/import.py    MINGCHA_BENCH_IMPORT=200000 for fewer rows, MINGCHA_BENCH_FILE=path for one's own file
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = [sys.executable, str(ROOT / "scripts" / "postgres.py")]
DATABASE = "mingcha_import"
ROWS = int(os.environ.get("MINGCHA_BENCH_IMPORT", "1000000"))
ROWS_SQLITE = min(300_000, ROWS)
FILE = os.environ.get("MINGCHA_BENCH_FILE", "")


def main() -> None:
    with TemporaryDirectory() as folder, own_postgres() as address:
        measure(address, ROWS, Path(folder))
        measure(f"sqlite:///{folder}/loaded.sqlite3", ROWS_SQLITE, Path(folder))


def measure(address: str, rows: int, folder: Path) -> None:
    """A process for each database, because Django knows one; the file is made by another, not to count its memory."""
    path = Path(FILE) if FILE else folder / f"{rows}.csv"
    if not path.exists():
        subprocess.run([sys.executable, "-m", "benchmarks.loaded.invented", str(path), str(rows)], check=True, cwd=ROOT)
    given = {
        "MINGCHA_DATABASE": address,
        "MINGCHA_MEDIA_ROOT": str(folder / "media"),
        "MINGCHA_SECRET_KEY": "for this benchmark alone, which signs nothing",
    }
    command = [sys.executable, "-m", "benchmarks.loaded.measured", str(path), str(folder / "finished")]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **given})


@contextmanager
def own_postgres() -> Iterator[str]:
    """A database of its own in the throw-away server of the tests, gone afterwards."""
    stood = subprocess.run([*SCRIPT, "running"], check=False).returncode == 0
    address = subprocess.run([*SCRIPT, "start"], check=True, capture_output=True, text=True).stdout.strip()
    try:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {DATABASE}")
            try:
                yield address.replace("/mingcha?", f"/{DATABASE}?")
            finally:
                server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    finally:
        if not stood:
            subprocess.run([*SCRIPT, "stop"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
