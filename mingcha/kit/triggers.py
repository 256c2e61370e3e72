"""Promises that the database keeps by itself, written once for SQLite and PostgreSQL."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

SQLITE = "CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
POSTGRES = """
CREATE FUNCTION {name}() RETURNS trigger AS $guard$
BEGIN
    IF {when} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$guard$ LANGUAGE plpgsql;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def guard(name: str, *, table: str, event: str, message: str, when: str = "1 = 1") -> RunPython:
    """A migration operation: `event` (INSERT, UPDATE, DELETE, UPDATE OF column) is refused where `when` holds.

    `when` may name OLD and NEW and may hold subqueries; the message is what the IntegrityError says.
    """
    values = {"name": name, "table": table, "event": event, "message": message, "when": when}

    def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        text = POSTGRES if editor.connection.vendor == "postgresql" else SQLITE
        editor.execute(text.format(**values), params=None)

    def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")
        else:
            editor.execute(f"DROP TRIGGER {name}")

    return RunPython(create, drop)
