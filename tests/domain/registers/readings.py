"""What comes out of one file, for tests that look at its rows."""

import csv
import io
from datetime import date

from mingcha.domain.organisation.models import User
from mingcha.domain.registers.imports import Judge, recognise
from mingcha.domain.registers.models import ImportBatch, staged_model

TODAY = date(2026, 11, 23)


def file_of(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


class Reading:
    """What came out of one file: its rows, and what is said about them."""

    def __init__(self, content: bytes, batch: ImportBatch, by: User, chosen: dict[str, str] | None = None) -> None:
        found = recognise(io.BytesIO(content), batch.kind, chosen=chosen or {})
        self.headings, self.missing = found.placement.headings, found.placement.missing
        self.rows, remarks = [], []
        model = staged_model(batch.kind)
        names = ("batch_id", "line", "code", "verdict", "seen", *model.kept())
        judge = Judge(batch, by=by, on=TODAY)
        for some in () if self.missing else found.rounds(size=100, after=0):
            self.rows += [dict(zip(names, row, strict=True)) for row in judge.staged(some)]
            remarks += sorted(some.remarks.kept, key=lambda remark: remark.line)  # as a page shows them
        self.good = [row for row in self.rows if row["verdict"] != "FAULTY"]
        self.faults = [remark for remark in remarks if remark.is_fault]
        self.doubts = [remark for remark in remarks if not remark.is_fault]


def faults(reading: Reading) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.reason) for fault in reading.faults]


def doubts(reading: Reading) -> list[tuple[int, str, str]]:
    return [(doubt.line, doubt.column, doubt.reason) for doubt in reading.doubts]


def part(row: dict, *names: str) -> dict:
    return {name: row[name] for name in names}
