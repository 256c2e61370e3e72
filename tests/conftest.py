"""What every test stands on: the guard that only actions write, and a fixed cast of people."""

import re
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.cache import cache
from django.db import connection
from django.test import Client

from mingcha.kit.action import current_action
from tests.factories import organisation as make

WRITES = re.compile(r"^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|COPY)\s+\"?(\w+)", re.IGNORECASE)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


# Fixtures that bring a database without the test saying so.
DATABASES = {"db", "transactional_db", "client", "cast", "own_database"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database, so that a run on another one leaves out nothing but what does not."""
    for item in items:
        if DATABASES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker("database")


class WroteOutsideAction(AssertionError):
    """Rows changed outside an action: there is one door only."""


def our_tables() -> set[str]:
    """The tables of the domain apps; sessions, log-in attempts and the like are not ours."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("mingcha.")
    }


@pytest.fixture(autouse=True)
def only_actions_write(request: pytest.FixtureRequest) -> Iterator[SimpleNamespace]:
    """Refuse a write to our tables outside an action; factories and tampering tests lift it with `unguarded`."""
    guard = SimpleNamespace(lifted=0, tables=our_tables())

    def watch(execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found and found.group(1) in guard.tables and not guard.lifted:
            act = current_action()
            if act is None:
                raise WroteOutsideAction(sql[:200])
            act.wrote = True
        return execute(sql, params, many, context)

    make.GUARD.current = guard
    if request.node.get_closest_marker("database"):
        with connection.execute_wrapper(watch):
            yield guard
    else:
        yield guard


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path) -> None:
    """Pages in tests name files without hashes, so none need be collected; uploads go to the test's own folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": f"{StaticFilesStorage.__module__}.{StaticFilesStorage.__name__}"},
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Numbers repeat from test to test, so nothing that was kept under one may outlive its test."""
    cache.clear()


@pytest.fixture
def noon() -> datetime:
    """The moment of every test that does not care: Monday 2026-11-23 12:00 in Shanghai."""
    return NOON


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """The people of the demo county: see tests/factories/organisation.py."""
    return make.cast()


@pytest.fixture
def browse():
    """`browse(user)` is a signed-in browser; `browse()` a citizen's."""

    def start(user=None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return start
