"""Hold a row until the transaction ends."""

from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def locked(row: Row) -> Row:
    """Read the row again and hold it until the transaction ends (on SQLite the whole transaction is the lock).

    Others may still write rows that point to it: forbidding that as well made two people wait for each other for ever,
    one holding a department and waiting for the trail, one holding the trail and naming that department.
    """
    return type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
