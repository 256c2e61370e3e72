"""Past the guards of the database: for rows that a test wants where no action and no page could put them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests.factories.organisation import unguarded


@contextmanager
def past_the_guards(table: str) -> Iterator[None]:
    """Add rows to a table although its INSERT guards refuse them, as somebody with the database in hands could.

    PostgreSQL fires no trigger for a replica. SQLite cannot pause them: they are taken off and put back.
    """
    with unguarded():
        if connection.vendor == "postgresql":
            _say("SET session_replication_role = replica")
            try:
                yield
            finally:
                _say("SET session_replication_role = origin")
        else:
            guards = _guards_on(table)
            for name in guards:
                _say(f"DROP TRIGGER {name}")
            try:
                yield
            finally:
                for text in guards.values():
                    _say(text)


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _guards_on(table: str) -> dict[str, str]:
    """Name → text of every trigger before an INSERT."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        return {name: text for name, text in cursor.fetchall() if f" BEFORE INSERT ON {table} " in text}
