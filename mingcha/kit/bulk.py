"""Many rows into a table in one stroke: COPY on PostgreSQL, `executemany` on SQLite."""

import gc
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from time import sleep
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Item = TypeVar("Item")
BLOCK = 500  # rows handed over at once: few, so that the server has little left to do when the last are made
# Marks that no text of ours holds: one is nothing, so that only the backslash is to be escaped; one parts texts.
BREATH = 0.03
NOTHING = "\x01"
PART = "\x1f"


@contextmanager
def uncollected() -> Iterator[None]:
    """No look for cycles meanwhile: millions of plain rows hold none, and looking takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The next item is made while this one is used: what is waited for and what is reckoned takes the longer of both.

    `items` must not touch the database, which knows one connection a thread. Close it when it is not used to its end.
    """
    with ThreadPoolExecutor(1) as aside:
        coming = aside.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = aside.submit(next, items, None)
            yield item


def let_others_write() -> None:
    """Between two rounds: SQLite has one writer, and whoever waits for it only looks every tenth of a second."""
    if connection.vendor == "sqlite":
        sleep(BREATH)


def look_over(model: type[Model]) -> None:
    """Tell the planner how many rows came in, before statements that are many times slower without knowing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def sort_in_memory() -> None:
    """For the statements of this transaction: a million rows are sorted by their key before they go into an index."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '256MB'")


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows of plain values (texts, numbers, truths, moments, None; days as 2026-11-23, JSON as text).

    Texts hold no control characters: whoever writes them has looked. `columns` are names of database columns.
    """
    fill = _copied if connection.vendor == "postgresql" else _inserted
    return fill(connection.ops.quote_name(model._meta.db_table), columns, rows)


def quoted(columns: Iterable[str], *, of: str = "") -> str:
    """A list of columns for a statement, each with the name of its table before it when that is given."""
    quote = connection.ops.quote_name
    return ", ".join(f"{of}.{quote(column)}" if of else quote(column) for column in columns)


def run(statement: str, parameters: Sequence[Any] = ()) -> int:
    """One set-wise statement; returns how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_moment(value) for value in parameters])
        return int(cursor.rowcount)


def fetch_among(
    model: type[Model], columns: Sequence[str], *, values: Iterable[str], of: str, **same: Any
) -> list[Any]:
    """The rows whose column `of` is one of many texts and whose other named columns are as given, as bare tuples.

    The many texts are one parameter: as thousands of parameters they take longer to send than to look up. They are
    looked up one by one: left to itself, a planner without figures reads a whole import for every round of it.
    """
    quote = connection.ops.quote_name
    table, wanted = quote(model._meta.db_table), quoted(columns, of="t")
    conditions = " AND ".join([f"t.{quote(of)} = wanted.value", *(f"t.{quote(column)} = %s" for column in same)])
    if connection.vendor == "postgresql":
        many = PART.join(values)
        statement = (
            f"SELECT found.* FROM unnest(string_to_array(%s, '{PART}')) AS wanted(value)"
            f" CROSS JOIN LATERAL (SELECT {wanted} FROM {table} AS t WHERE {conditions} OFFSET 0) AS found"
        )
    else:
        many = json.dumps(list(values))
        statement = f"SELECT {wanted} FROM json_each(%s) AS wanted CROSS JOIN {table} AS t WHERE {conditions}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [many, *same.values()])
        return cursor.fetchall()


def _inserted(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    marks = ", ".join(["%s"] * len(columns))
    left, count = iter(rows), 0
    with connection.cursor() as cursor:
        while block := list(islice(left, BLOCK)):
            plain = [[_moment(value) if isinstance(value, datetime) else value for value in row] for row in block]
            cursor.executemany(f"INSERT INTO {table} ({quoted(columns)}) VALUES ({marks})", plain)
            count += len(block)
    return count


def _copied(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    statement = f"COPY {table} ({quoted(columns)}) FROM STDIN WITH (NULL '{NOTHING}')"
    count = 0

    def copy(sql: str, _parameters: Any, _many: bool, _context: Any) -> None:
        nonlocal count
        left = iter(rows)
        with cursor.cursor.copy(sql) as stream:
            while block := list(islice(left, BLOCK)):
                stream.write(_block(block))
                count += len(block)

    with connection.cursor() as cursor:
        # The driver's COPY goes round the connection's wrappers; whoever watches what is written shall see it too.
        cursor._execute_with_wrappers(statement, None, False, copy)
    return count


def _block(rows: Sequence[Sequence[object]]) -> str:
    texts = ["\t".join([value if type(value) is str else _text(value) for value in row]) for row in rows]
    block = "\n".join(texts)
    return (block.replace("\\", "\\\\") if "\\" in block else block) + "\n"


def _text(value: object) -> str:
    if value is None:
        return NOTHING
    return "t" if value is True else "f" if value is False else str(value)


def _moment(value: Any) -> Any:
    """A moment as the database keeps it; everything else as it is."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
