"""Hold a row until the transaction ends."""

from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def locked(row: Row) -> Row:
    """Read the row again and hold it until the transaction ends (on SQLite the whole transaction is the lock)."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)
