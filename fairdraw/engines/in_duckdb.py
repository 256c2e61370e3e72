"""DuckDB in this process: no server, no network, no extension, and no file but those of its workplace."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from fairdraw.engines.workplace import EngineFailed

# Nothing is guessed from the first rows, and nothing but the tab and LF means anything. A mark for NULL cannot be
# left out, so it is a character that no sound table has.
_AS_IT_STANDS = (
    r"header=false, auto_detect=false, delim='\t', quote='', escape='', comment='', new_line='\n', "
    "nullstr='#', strict_mode=true, ignore_errors=false, null_padding=false"
)


class InDuckDB:
    """A connection of its own, to be used in a `with`."""

    def __init__(self, folder: Path) -> None:
        self._connection = duckdb.connect(":memory:")
        for setting in (
            f"temp_directory = {_quoted(folder / 'spilled')}",
            f"allowed_directories = [{_quoted(folder)}]",
            "enable_progress_bar = false",  # it would stand between the lines of a result
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._run(f"SET {setting}")
        # Spark has no sha256 and DuckDB no sha2; this way both understand the same query.
        self._run("CREATE MACRO sha2(words, bits) AS sha256(words)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def table(self, name: str, file: Path, columns: Sequence[str]) -> None:
        types = ", ".join(f"{column}: 'VARCHAR'" for column in columns)
        rows = f"read_csv({_quoted(file)}, columns={{{types}}}, {_AS_IT_STANDS})"
        self._run(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {rows}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._run(query).fetchall()

    def _run(self, query: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(query)
        except duckdb.Error as error:
            raise EngineFailed(str(error)) from error


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"
