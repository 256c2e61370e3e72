"""PostgreSQL as the peer: the same frame in a table of its own database, which is gone afterwards."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "fairdraw_bench"
SCRIPT = [sys.executable, str(ROOT / "scripts" / "postgres.py")]


@contextmanager
def table_of(frame: bytes) -> Iterator[psycopg.Connection]:
    """A connection to a database in which `frame` holds the rows, analysed and with generous memory for a sort."""
    stood = subprocess.run([*SCRIPT, "running"], check=False).returncode == 0
    address = subprocess.run([*SCRIPT, "start"], check=True, capture_output=True, text=True).stdout.strip()
    try:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {DATABASE}")
            try:
                with psycopg.connect(address.replace("/mingcha?", f"/{DATABASE}?"), autocommit=True) as connection:
                    _fill(connection, frame)
                    yield connection
            finally:
                server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    finally:
        if not stood:
            subprocess.run([*SCRIPT, "stop"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _fill(connection: psycopg.Connection, frame: bytes) -> None:
    connection.execute("SET work_mem = '512MB'")
    connection.execute("CREATE UNLOGGED TABLE frame (object text, stratum text, area text, needs text)")
    with connection.cursor().copy("COPY frame FROM STDIN") as copy:
        copy.write(frame)
    connection.execute("VACUUM ANALYZE frame")
