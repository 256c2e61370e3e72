"""Loading a file: read and check, stage what can be taken, merge on a second press. Set-wise, never row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from itertools import islice
from typing import Any, Protocol

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.imports import Reading, Row, read_register
from mingcha.domain.registers.models import BatchKind, ImportBatch, Inspector, StagedRow, Subject, Verdict
from mingcha.domain.registers.queries import (
    INSPECTOR_FIELDS,
    SUBJECT_FIELDS,
    certificate_holders,
    departments_kept_by,
    known_inspectors,
    known_subjects,
    names_of_departments,
)
from mingcha.domain.registers.states import BatchState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.digests import sha256_hex
from mingcha.kit.locking import locked

CHUNK = 500

Contents = dict[str, dict[str, Any]]


class ReadsFile(Protocol):
    """How a file is read."""

    def __call__(
        self,
        kind: str,
        *,
        department: Department,
        file_name: str,
        content: bytes,
        by: User,
        at: datetime,
        columns: Mapping[str, str] | None = None,
    ) -> ImportBatch:
        """`columns` maps headings of the file to fields, where the person says it better than the names do."""


def after_reading(stage: Callable[..., ImportBatch]) -> ReadsFile:
    """Read and check the file before the action begins: its transaction locks out all other writers on SQLite."""

    @wraps(stage)
    def run(
        kind: str,
        *,
        department: Department,
        file_name: str,
        content: bytes,
        by: User,
        at: datetime,
        columns: Mapping[str, str] | None = None,
    ) -> ImportBatch:
        require(by, Permission.REGISTER_EDIT, within=department)
        departments = names_of_departments(departments_kept_by(by))
        reading = read_register(kind, content, departments=departments, on=timezone.localdate(at), chosen=columns)
        batch = _batch_of(reading, kind=kind, department=department)
        batch.file_name, batch.sha256 = file_name[-200:], sha256_hex(content)
        batch.loaded_by, batch.loaded_at = by, at
        return stage(batch, _judged(batch, reading), by=by, at=at)

    return run


@after_reading
@action
def read_file(batch: ImportBatch, staged: Sequence[StagedRow], *, by: Acting, at: datetime) -> ImportBatch:
    """Keep what was read: its rows when it can be merged, its faults when it cannot.

    Refused when this is no such file at all; a file with faults becomes a REFUSED batch that lists them.
    """
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    for verdict, count in _counted(staged).items():
        setattr(batch, verdict.lower(), count)
    batch.save(force_insert=True)
    StagedRow.objects.bulk_create(staged, batch_size=CHUNK)
    event = "registers.batch_read" if batch.may_be_merged else "registers.batch_refused"
    record(event, batch, by=by, at=at, details={**_summary(batch), "faults": batch.fault_count})
    return batch


@action
def merge_batch(batch: ImportBatch, *, by: Acting, at: datetime) -> ImportBatch:
    """Bring the register in line with the file, all of it or nothing, exactly as it was shown."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_mergeable(batch)
    differing = sum(_merge_rows(batch, rows, at=at) for rows in _chunks(batch))
    rules.check_undisturbed(batch, differing=differing)
    StagedRow.objects.filter(batch=batch, verdict=Verdict.UNCHANGED).delete()
    batch.move_to(BatchState.MERGED)
    batch.save(update_fields=["state"])
    record("registers.batch_merged", batch, by=by, at=at, details=_summary(batch))
    return batch


@action
def drop_batch(batch: ImportBatch, *, by: Acting, at: datetime) -> ImportBatch:
    """Do not merge it."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_droppable(batch)
    StagedRow.objects.filter(batch=batch).delete()
    batch.move_to(BatchState.DROPPED)
    batch.save(update_fields=["state"])
    record("registers.batch_dropped", batch, by=by, at=at, details=_summary(batch))
    return batch


def _batch_of(reading: Reading, *, kind: str, department: Department) -> ImportBatch:
    """What a reading says of its file."""
    return ImportBatch(
        kind=kind,
        department=department,
        region=department.region,
        found=reading.found[:200],
        headings=reading.headings,
        rows=len(reading.rows),
        faults=reading.faults.as_json(),
        fault_count=reading.faults.count,
        warnings=reading.warnings.as_json(),
        warning_count=reading.warnings.count,
        state=BatchState.REFUSED if reading.faults.count else BatchState.CHECKED,
    )


def _judged(batch: ImportBatch, reading: Reading) -> list[StagedRow]:
    """Every row with what its merge would do; none when there is a fault anywhere."""
    if batch.is_refused:
        return []
    staged = []
    for start in range(0, len(reading.rows), CHUNK):
        rows = reading.rows[start : start + CHUNK]
        known = _known(batch, rows)
        for row in rows:
            verdict, before = rules.judge(known.get(row.code), row.content)
            staged.append(
                StagedRow(
                    batch=batch, line=row.line, code=row.code, content=row.content, verdict=verdict, before=before
                )
            )
    return staged


def _known(batch: ImportBatch, rows: Sequence[Row] | Sequence[StagedRow]) -> Contents:
    codes = [row.code for row in rows]
    return known_subjects(batch.region, codes) if batch.kind == BatchKind.SUBJECTS else known_inspectors(codes)


def _counted(staged: Sequence[StagedRow]) -> dict[str, int]:
    counts = dict.fromkeys(Verdict.values, 0)
    for row in staged:
        counts[row.verdict] += 1
    return counts


def _chunks(batch: ImportBatch) -> Iterator[list[StagedRow]]:
    rows = StagedRow.objects.filter(batch=batch).order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _merge_rows(batch: ImportBatch, rows: Sequence[StagedRow], *, at: datetime) -> int:
    """Write the rows that change something; returns how many no longer do what was shown."""
    known = _known(batch, rows)
    differing = [row for row in rows if rules.judge(known.get(row.code), row.content) != (row.verdict, row.before)]
    if differing:
        return len(differing)
    contents = {
        row.code: {**known.get(row.code, {}), **row.content} for row in rows if row.verdict != Verdict.UNCHANGED
    }
    if batch.kind == BatchKind.SUBJECTS:
        _write_subjects(batch, contents, at=at)
        return 0
    return _write_inspectors(batch, contents, at=at)


def _write_subjects(batch: ImportBatch, contents: Contents, *, at: datetime) -> None:
    Subject.objects.bulk_create(
        [Subject(region=batch.region, code=code, changed_at=at, **_typed(values)) for code, values in contents.items()],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["region", "code"],
        update_fields=[*SUBJECT_FIELDS, "changed_at"],
    )


def _write_inspectors(batch: ImportBatch, contents: Contents, *, at: datetime) -> int:
    """Returns how many certificates have been registered for someone else since the file was read."""
    holders = certificate_holders([str(values["certificate_no"]) for values in contents.values()])
    taken = sum(holders.get(str(values["certificate_no"]), code) != code for code, values in contents.items())
    if taken:
        return taken
    homes = dict(Department.objects.values_list("code", "pk"))
    people = [
        Inspector(
            code=code,
            department_id=homes[values.pop("department", batch.department.code)],
            changed_at=at,
            **_typed(values),
        )
        for code, values in contents.items()
    ]
    Inspector.objects.bulk_create(
        people,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*INSPECTOR_FIELDS, "department", "changed_at"],
    )
    return 0


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """Days as days again; JSON has none."""
    days = {"established_on", "certificate_until"} & values.keys()
    return {**values, **{key: date.fromisoformat(values[key]) for key in days if values[key]}}


def _summary(batch: ImportBatch) -> dict[str, object]:
    return {
        "kind": batch.kind,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "rows": batch.rows,
        "created": batch.created,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
    }
