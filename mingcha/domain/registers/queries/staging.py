"""What was read of one file, and how it stands against the register: for its pages and its files."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from mingcha.domain.registers.models import (
    BatchKind,
    ImportBatch,
    ImportRemark,
    Inspector,
    StagedInspector,
    StagedRow,
    StagedSubject,
    Subject,
    Verdict,
)
from mingcha.domain.registers.queries.imports import show_difference
from mingcha.domain.registers.states import InspectorState, SubjectState

SHOWN = (Verdict.CREATED, Verdict.CHANGED, Verdict.UNCHANGED)


def staged_rows(batch: ImportBatch, verdict: str = "") -> QuerySet[Any]:
    """The rows of a file without a fault, all or those that do one thing to the register."""
    model = StagedSubject if batch.kind == BatchKind.SUBJECTS else StagedInspector
    rows = model._default_manager.filter(batch=batch)
    return (rows.filter(verdict=verdict) if verdict else rows.filter(verdict__in=SHOWN)).order_by("line", "pk")


def remarks_of(batch: ImportBatch, *, faults: bool) -> QuerySet[ImportRemark]:
    """What is wrong with a file, or doubtful, line by line."""
    return ImportRemark.objects.filter(batch=batch, is_fault=faults).order_by("line", "pk")


def doubted_rows(batch: ImportBatch) -> int:
    """How many of the rows that may be taken carry a remark."""
    faulty = remarks_of(batch, faults=True).order_by().values("line")
    about_rows = remarks_of(batch, faults=False).exclude(column="")  # a row of totals has no column and is not taken
    return about_rows.exclude(line__in=faulty).order_by().values("line").distinct().count()


def missing_rows(batch: ImportBatch) -> QuerySet[Any]:
    """Who stands in the register and not in the file: perhaps ended, perhaps only left out."""
    model = StagedSubject if batch.kind == BatchKind.SUBJECTS else StagedInspector
    in_file = model._default_manager.filter(batch=batch, code=OuterRef("code"))
    alive: QuerySet[Any]
    if batch.kind == BatchKind.SUBJECTS:
        alive = Subject.objects.filter(region=batch.region, state__in=(SubjectState.OPEN, SubjectState.STALE))
    else:
        alive = Inspector.objects.filter(department=batch.department, state=InspectorState.ACTIVE)
    return alive.filter(~Exists(in_file)).order_by("code")


def with_differences(batch: ImportBatch, rows: Iterable[StagedRow]) -> list[StagedRow]:
    """Each with its `content` and as `before` what it replaces: by the register now, or as it was before the merge."""
    shown = list(rows)
    codes = [row.code for row in shown if row.verdict == Verdict.CHANGED]
    if batch.is_merged:
        former = {row.code: row for row in staged_rows(batch, Verdict.FORMER).filter(code__in=codes)}
    elif batch.kind == BatchKind.SUBJECTS:
        former = {row.code: row for row in Subject.objects.filter(region=batch.region, code__in=codes)}
    else:
        former = {row.code: row for row in Inspector.objects.filter(code__in=codes)}
    for row in shown:
        row.batch = batch
        show_difference(row, former.get(row.code) if row.verdict == Verdict.CHANGED else None)
    return shown


def faulty_lines(batch: ImportBatch) -> dict[int, list[str]]:
    """Line → what is wrong with it, for the file of problem rows."""
    found: dict[int, list[str]] = {}
    for line, column, reason, fix in remarks_of(batch, faults=True).values_list("line", "column", "reason", "fix"):
        found.setdefault(line, []).append(
            "：".join(part for part in (column, reason) if part) + (f"，{fix}" if fix else "")
        )
    return found
