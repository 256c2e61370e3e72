"""The one entry: opening a batch's file, and turning its rounds into rows to stage."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from mingcha.domain.organisation.models import User
from mingcha.domain.registers.imports.inspectors import Departments, staged_inspectors
from mingcha.domain.registers.imports.reading import (
    HEADINGS_KEPT,
    Placement,
    Round,
    headings_of,
    place_columns,
    rounds,
    shown_headings,
)
from mingcha.domain.registers.imports.subjects import staged_subjects
from mingcha.domain.registers.models import BatchKind, ImportBatch
from mingcha.domain.registers.queries import departments_kept_by, names_of_departments, remembered_columns
from mingcha.domain.registers.rules import columns_of
from mingcha.kit.digests import sha256_hex
from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Table, Wanted, open_table, plain_heading

SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Recognised:
    """How a file was understood."""

    table: Table
    placement: Placement
    headings_digest: str

    def rounds(self, *, size: int, after: int) -> Iterator[Round]:
        """Its rows, some at a time."""
        return rounds(self.table, self.placement, size=size, after=after)


def recognise(source: IO[bytes], kind: str, *, chosen: Mapping[str, str], wanted: Wanted | None = None) -> Recognised:
    """Find sheet, heading row and columns; Refused only when this is no such file at all."""
    columns = columns_of(kind)
    named = {plain_heading(heading) for heading in chosen}
    table = open_table(source, headings=headings_of(columns).keys() | named, wanted=wanted)
    return Recognised(
        table, place_columns(table.heading, columns, chosen), digest_of_headings(shown_headings(table.heading))
    )


@contextmanager
def recognised(batch: ImportBatch) -> Iterator[Recognised]:
    """The file of a batch, open as long as its rows are read; columns as somebody said, or said last time."""
    wanted = Wanted(batch.sheet, batch.heading_row)
    try:
        file = batch.file.open("rb")
    except (FileNotFoundError, ValueError) as gone:
        raise Refused(_("原文件已经不在，重新选择文件"), field="file") from gone
    with file as source:
        found = recognise(source, batch.kind, wanted=wanted, chosen=batch.columns)
        if not batch.columns:
            last = remembered_columns(batch.department, batch.kind, found.headings_digest)
            if last:
                placement = place_columns(found.table.heading, columns_of(batch.kind), last)
                found = Recognised(found.table, placement, found.headings_digest)
        yield found


def digest_of_headings(headings: Iterable[str]) -> str:
    """What two files with the same headings share; of a file that may be no register at all, the first count."""
    return sha256_hex(SEPARATOR.join(islice(headings, HEADINGS_KEPT)))


class Judge:
    """Holds the rows of a batch against the register; what it needs of the person is asked once."""

    def __init__(self, batch: ImportBatch, *, by: User, on: date) -> None:
        self._batch, self._on = batch, on
        kept = list(departments_kept_by(by)) if batch.kind == BatchKind.INSPECTORS else []
        self._departments = Departments(names_of_departments(kept), {row.code: row.pk for row in kept})

    def staged(self, some: Round) -> Iterator[tuple[object, ...]]:
        """The rows of a round as they are staged, made as they are written; remarks join the round's own."""
        if self._batch.kind == BatchKind.SUBJECTS:
            return staged_subjects(self._batch, some)
        return staged_inspectors(self._batch, some, departments=self._departments, on=self._on)
