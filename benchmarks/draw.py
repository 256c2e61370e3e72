"""300,000 of 10 million in one run on one machine: DuckDB, PostgreSQL, Python alone and Spark; and how it grows.

python benchmarks/draw.py
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.frames import STRATUM, bundle_of, frame_of
from benchmarks.frames.postgres import table_of
from fairdraw import check_files, engines, result_of
from fairdraw.engines.in_duckdb import InDuckDB
from fairdraw.engines.in_spark import InSpark
from fairdraw.engines.selection import select
from fairdraw.engines.workplace import Engine, workplace
from fairdraw.frame import FRAME, FrameRow
from fairdraw.rules import Stratum
from fairdraw.tickets import draw_objects

KEY = "bdb143474b1a2b873eb93b82b6b94ce7"
MILLION = 1_000_000
LARGE = 10 * MILLION
SHARE = 0.03
CHECKABLE = 2.0  # a draw that anybody can repeat may take this many times as long as one that nobody can
GROWTH = 12.0  # ten times the rows may take this many times as long
RANDOM = "SELECT object FROM frame ORDER BY random() LIMIT {take}"
HASHED = """
SELECT object FROM (
    SELECT object, encode(sha256(convert_to('{key}:' || object, 'UTF8')), 'hex') AS ticket FROM frame
) AS ticketed
ORDER BY ticket COLLATE "C", object COLLATE "C" LIMIT {take}
"""


def main() -> None:
    for line in run():
        print(line, flush=True)


def run() -> Iterator[str]:
    small, frame = frame_of(MILLION), frame_of(LARGE)
    name = f"draw {drawn_of(LARGE):,} of {LARGE:,} with DuckDB"
    ours, drawn = in_duckdb(frame, table=True)
    yield compared(f"{name}, rows in place", ours, *in_python(frame, drawn))
    for peer in in_postgres(frame, drawn):
        yield compared(f"{name}, rows in place", ours, *peer)
    # By turns, so that a busy moment of the machine does not fall on one of them alone.
    tens, ones = zip(*((in_duckdb(frame)[0], in_duckdb(small)[0]) for _ in range(3)), strict=True)
    ours = min(tens)
    yield compared(f"{name}, from frame.tsv", ours, *in_spark(frame, drawn))
    yield compared("draw from 1 to 10 million rows of frame.tsv with DuckDB", ours, min(ones), GROWTH, "1 million")
    for rows in (engines.WORTH_FROM // 5, engines.WORTH_FROM, LARGE):
        yield from_files(rows)


def drawn_of(rows: int) -> int:
    return int(rows * SHARE)


def in_duckdb(frame: bytes, *, table: bool = False) -> tuple[float, set[str]]:
    """From the file, or with the rows in a table as PostgreSQL has them."""
    with workplace(only(frame)) as folder, InDuckDB(folder) as duckdb:
        duckdb.table("file", folder / "frame.tsv", FrameRow._fields)
        duckdb.rows(f"CREATE {'TABLE' if table else 'VIEW'} frame AS SELECT * FROM file")
        return with_engine(duckdb, folder, frame, repeats=3)


def in_spark(frame: bytes, drawn: set[str]) -> tuple[float, float | None, str]:
    spark = InSpark()
    with workplace(only(frame)) as folder:
        spark.table("frame", folder / "frame.tsv", FrameRow._fields)
        seconds, found = with_engine(spark, folder, frame, repeats=2)
    same(found, drawn, "Spark")
    return seconds, None, "Spark local[2], warm, from the same file"


def with_engine(engine: Engine, folder: Path, frame: bytes, repeats: int) -> tuple[float, set[str]]:
    rows = frame.count(b"\n")
    seconds, found = best(
        lambda: select(engine, folder, {STRATUM: Stratum(drawn_of(rows), 0)}, {STRATUM: rows}, KEY), repeats
    )
    return seconds, {row.object for row in found}


def in_postgres(frame: bytes, drawn: set[str]) -> Iterator[tuple[float, float | None, str]]:
    with table_of(frame) as connection:
        for query, goal, who in (
            (RANDOM, CHECKABLE, "PostgreSQL ORDER BY random() LIMIT, which nobody can verify"),
            (HASHED, 1.0, "PostgreSQL sha256"),
        ):
            words = query.format(take=len(drawn), key=KEY)
            seconds, found = best(partial(fetched, connection, words), 2)
            if query is HASHED:
                same({code for (code,) in found}, drawn, who)
            yield seconds, goal, who


def fetched(connection: psycopg.Connection, query: str) -> list[tuple[str]]:
    return connection.execute(query).fetchall()


def in_python(frame: bytes, drawn: set[str]) -> tuple[float, float | None, str]:
    rows = FRAME.read(frame)
    seconds, places = best(lambda: draw_objects(rows, {STRATUM: Stratum(len(drawn), 0)}, KEY), 2)
    same({place.object for place in places[STRATUM][0]}, drawn, "Python")
    return seconds, 1.0, "the reference in Python, rows already read"


def from_files(rows: int) -> str:
    """Everything that a result needs, from frozen files to `result.tsv`: what decides which one the platform takes."""
    files = bundle_of(rows, drawn_of(rows))
    repeats = 5 if rows < MILLION else 2
    ours, one = best(lambda: engines.result_of(files), repeats)
    peer, other = best(lambda: result_of(check_files(files), files["ceremony.json"]), repeats)
    if one != other:
        raise SystemExit("DuckDB and the reference differ")
    goal = 1.0 if rows >= engines.WORTH_FROM else None
    return compared(f"result.tsv of {rows:,} rows from frozen files with DuckDB", ours, peer, goal, "the reference")


def compared(name: str, ours: float, peer: float, goal: float | None, who: str) -> str:
    ratio = ours / peer
    verdict = "no goal" if goal is None else f"goal ratio {goal} {'met' if ratio <= goal else 'short'}"
    return f"{name}: ours {ours:.2f} s, peer {peer:.2f} s ({who}), ratio {ratio:.2f}, {verdict}"


def only(frame: bytes) -> dict[str, bytes]:
    return {"frame.tsv": frame, "excluded.tsv": b"", "barred.tsv": b""}


def same(found: set[str], drawn: set[str], who: str) -> None:
    if found != drawn:
        raise SystemExit(f"{who} drew other objects")


def best(action: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """The shortest of some runs, and what it gave: what the machine can do when nobody disturbs it."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        given = action()
        times.append(perf_counter() - start)
    return min(times), given


if __name__ == "__main__":
    main()
