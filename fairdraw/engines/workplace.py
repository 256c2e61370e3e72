"""Where an engine works: the frozen tables as files of our own, and what every engine can be asked."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from fairdraw.frame import BarredRow, ExcludedRow, FrameRow

TABLES: Mapping[str, Sequence[str]] = {
    "frame": FrameRow._fields,
    "excluded": ExcludedRow._fields,
    "barred": BarredRow._fields,
}


class Engine(Protocol):
    """Runs SQL over tab-separated files in which no field is quoted, empty or escaped."""

    def table(self, name: str, file: Path, columns: Sequence[str]) -> None:
        """From now on `name` stands for the rows of this file."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""


class EngineFailed(Exception):
    """The engine could not do what it was asked: no memory, no disk, or a file that it does not understand."""


@contextmanager
def workplace(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A directory that only we can read, with the tables as files; it is gone afterwards.

    Engines read these and never the bundle itself, so what was digested is what is drawn from.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="fairdraw-") as name:
            folder = Path(name)
            for table in TABLES:
                (folder / f"{table}.tsv").write_bytes(files[f"{table}.tsv"])
            yield folder
    except OSError as error:
        raise EngineFailed(str(error)) from error
