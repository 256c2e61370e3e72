"""A database for programs that need real connections."""

import os
from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings


@pytest.fixture(scope="module")
def own_database(tmp_path_factory) -> Iterator[str]:
    """The address of an empty database, of the kind that the tests run on."""
    ours = settings.DATABASES["default"]
    if "sqlite" in ours["ENGINE"]:
        yield f"sqlite:///{tmp_path_factory.mktemp('together') / 'together.sqlite3'}"
        return
    name = f"together_{os.getpid()}"
    place = {key: ours[key.upper()] for key in ("host", "port", "user", "password") if ours[key.upper()]}
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f"CREATE DATABASE {name}")
        host = urlencode({"host": ours["HOST"]})
        yield f"postgresql://{ours['USER']}:{ours['PASSWORD']}@:{ours['PORT']}/{name}?{host}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
