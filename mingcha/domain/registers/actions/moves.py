"""出入库记录: who came into a register or left it, kept for ever."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value

from mingcha.domain.organisation.models import User
from mingcha.domain.registers.models import Register, RegisterMove, Subject
from mingcha.kit.action import action


@action
def note_moves(
    register: Register, subjects: QuerySet[Subject], *, is_entry: bool, reason: str = "", by: User, at: datetime
) -> int:
    """Subordinate: one line a subject, before it is put in or taken out, written by the database itself; how many."""
    told = {
        "department": register.department_id,
        "kind": register.kind,
        "name": register.name,
        "is_entry": is_entry,
        "reason": reason,
        "moved_by": by.pk,
        "moved_at": at,
    }
    marked = {f"told_{name}": Value(value, output_field=_plain(name)) for name, value in told.items()}
    query, values = (
        subjects.order_by().annotate(**marked).values_list("region", "code", *marked).query.sql_with_params()
    )
    columns = ", ".join(connection.ops.quote_name(str(_column(name))) for name in ("region", "code", *told))
    with connection.cursor() as cursor:
        # Names of our own columns and a query of the ORM; every value is a parameter.
        cursor.execute(
            f"INSERT INTO {connection.ops.quote_name(RegisterMove._meta.db_table)} ({columns}) {query}", values
        )
        return int(cursor.rowcount)


def _column(name: str) -> Any:
    return RegisterMove._meta.get_field(name).column  # type: ignore[union-attr]  # concrete fields


def _plain(name: str) -> Any:
    """The field that a value of this column has: of a foreign key, the other row's key."""
    field: Any = RegisterMove._meta.get_field(name)
    return field.target_field if field.is_relation else field
