"""The search index over `search`, one for each engine, kept in step by the database itself.

PostgreSQL: GIN over the words as they stand (`array_to_tsvector`: no parser that would drop the end mark or split
"3.5"). SQLite: FTS5 over the same column, without a copy of it, followed by three triggers. A later migration that
makes Django copy the table on SQLite must make the triggers anew.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRES = (
    "CREATE INDEX registers_subject_words ON registers_subject"
    " USING gin (array_to_tsvector(string_to_array(search, ' ')))",
    # The planner judges by these how common a word is; the default, a tenth of it, is too few for a language.
    "ALTER INDEX registers_subject_words ALTER COLUMN 1 SET STATISTICS 1000",
)
ADD = "INSERT INTO registers_subject_words(rowid, search) VALUES (new.id, new.search);"
TAKE_OUT = (
    "INSERT INTO registers_subject_words(registers_subject_words, rowid, search)"
    " VALUES ('delete', old.id, old.search);"
)
SQLITE = (
    "CREATE VIRTUAL TABLE registers_subject_words USING fts5(search, content='registers_subject', content_rowid='id',"
    " detail=none, columnsize=0, tokenize=\"ascii tokenchars '$'\")",
    "INSERT INTO registers_subject_words(registers_subject_words) VALUES ('rebuild')",
    f"CREATE TRIGGER registers_subject_words_added AFTER INSERT ON registers_subject BEGIN {ADD} END",
    f"CREATE TRIGGER registers_subject_words_gone AFTER DELETE ON registers_subject BEGIN {TAKE_OUT} END",
    "CREATE TRIGGER registers_subject_words_changed AFTER UPDATE OF search ON registers_subject"
    f" WHEN old.search <> new.search BEGIN {TAKE_OUT} {ADD} END",
)
UNDO_POSTGRES = ("DROP INDEX registers_subject_words",)
UNDO_SQLITE = (
    "DROP TRIGGER registers_subject_words_changed",
    "DROP TRIGGER registers_subject_words_gone",
    "DROP TRIGGER registers_subject_words_added",
    "DROP TABLE registers_subject_words",
)


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, POSTGRES if editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, UNDO_POSTGRES if editor.connection.vendor == "postgresql" else UNDO_SQLITE)


def _run(editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
