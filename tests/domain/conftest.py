"""A database for programs that need real connections."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture(scope="module")
def own_database(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a copy of the tests' own database: of the same kind, with every table and no row of theirs."""
    if connection.vendor == "sqlite":
        place = tmp_path_factory.mktemp("together") / "together.sqlite3"
        with django_db_blocker.unblock():
            copy_file(place)
        yield f"sqlite:///{place}"
        return
    connection.close()
    connection.close_pool()  # nobody may be in a database while it is copied
    ours = settings.DATABASES["default"]
    name = f"together_{os.getpid()}"
    place = {key: ours[key.upper()] for key in ("host", "port", "user", "password") if ours[key.upper()]}
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {ours['NAME']}")
        host = urlencode({"host": ours["HOST"]})
        yield f"postgresql://{ours['USER']}:{ours['PASSWORD']}@:{ours['PORT']}/{name}?{host}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def copy_file(place: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(place)) as copy:
        connection.connection.backup(copy)
