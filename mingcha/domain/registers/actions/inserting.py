"""Many rows in one stroke: the database copies them itself, however many there are."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet, Value


def insert_selected(model: type[Model], selected: QuerySet[Any], *, key: str, fixed: Mapping[str, object]) -> int:
    """One row a selected row: `key` is the field that takes its primary key, `fixed` what is the same in all of them.

    What is there already stays as it is. The queryset must have a condition: SQLite needs a WHERE before ON CONFLICT.
    """
    fields = {name: model._meta.get_field(name) for name in fixed}
    marked = {f"fixed_{name}": Value(value, output_field=_plain(fields[name])) for name, value in fixed.items()}
    rows = selected.order_by().annotate(**marked).values_list("pk", *marked)
    quote = connection.ops.quote_name
    names = [model._meta.get_field(key), *fields.values()]
    columns = ", ".join(quote(str(field.column)) for field in names)  # type: ignore[union-attr]  # concrete fields
    query, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        # Names of our own tables and a query of the ORM; every value is a parameter.
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) {query} ON CONFLICT DO NOTHING", parameters
        )
        return int(cursor.rowcount)


def _plain(field: Any) -> Any:
    """The field that a value of this column has: of a foreign key, the other row's key."""
    return field.target_field if field.is_relation else field
