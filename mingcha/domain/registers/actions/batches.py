"""Keeping a file, saying how it is to be read, giving it up. Reading and merging it is the work of the neighbours."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any, Protocol

from django.core.files.base import ContentFile, File

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.staging import read_batch
from mingcha.domain.registers.imports import digest_of_headings, recognise
from mingcha.domain.registers.models import ColumnChoice, ImportBatch, ImportRemark, staged_model
from mingcha.domain.registers.states import BatchState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked
from mingcha.kit.tabular import check_file


class ReadsFile(Protocol):
    """How a file is read at once."""

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


def then_read(receive: Callable[..., ImportBatch]) -> ReadsFile:
    """Refuse what is no table before it is kept; read it after it was: each round is a transaction of its own."""

    @wraps(receive)
    def run(kind: str, *, content: bytes, at: datetime, **said: Any) -> ImportBatch:
        file = ContentFile(content)
        recognise(file, kind, chosen=said.get("columns") or {})
        return read_batch(receive(kind, content=content, at=at, **said), at)

    return run


@then_read
@action
def read_file(
    kind: str,
    *,
    department: Department,
    file_name: str,
    content: bytes,
    by: User,
    at: datetime,
    columns: Mapping[str, str] | None = None,
) -> ImportBatch:
    """Keep a small file and read it at once; Refused when it is no such file at all."""
    batch = receive_file(kind, department=department, file_name=file_name, file=ContentFile(content), by=by, at=at)
    batch.columns = dict(columns or {})
    batch.save(update_fields=["columns"])
    return batch


@action
def receive_file(
    kind: str, *, department: Department, file_name: str, file: "File[Any]", by: User, at: datetime
) -> ImportBatch:
    """Keep the file as it came; it waits to be read."""
    require(by, Permission.REGISTER_EDIT, within=department)
    check_file(file)
    digest = sha256()
    for piece in file.chunks():
        digest.update(piece)
    batch = ImportBatch(
        kind=kind,
        department=department,
        region=department.region,
        file_name=file_name[-200:],
        sha256=digest.hexdigest(),
        size=file.size,
        state=BatchState.RECEIVED,
        loaded_by=by,
        loaded_at=at,
    )
    batch.file.save(f"{digest.hexdigest()[:16]}.bin", file, save=False)
    batch.save(force_insert=True)
    record("registers.file_received", batch, by=by, at=at, details={"file": batch.file_name, "sha256": batch.sha256})
    return batch


@action
def reread_batch(
    batch: ImportBatch,
    *,
    by: Acting,
    at: datetime,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
) -> ImportBatch:
    """Read the same file again: with other columns, another sheet or heading row, or against the register of today.

    What is said about the columns is remembered for the department's next file with the same headings.
    """
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_readable(batch)
    _forget(batch)
    if sheet is not None and sheet != batch.sheet:
        batch.sheet, batch.heading_row, batch.columns = sheet, None, {}
    elif heading_row is not None and heading_row != batch.heading_row:
        batch.heading_row, batch.columns = heading_row, {}
    if columns is not None:
        batch.columns = dict(columns)
        _remember(batch)
    batch.move_to(BatchState.RECEIVED)
    batch.save()
    record("registers.batch_reread", batch, by=by, at=at, details={"sheet": batch.sheet, "columns": batch.columns})
    return batch


@action
def drop_batch(batch: ImportBatch, *, by: Acting, at: datetime) -> ImportBatch:
    """Do not merge it; a reading that is under way stops at its next round."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_droppable(batch)
    details = summary_of(batch)
    _forget(batch)
    batch.move_to(BatchState.DROPPED)
    batch.save()
    record("registers.batch_dropped", batch, by=by, at=at, details=details)
    return batch


def _forget(batch: ImportBatch) -> None:
    """As if it had not been read."""
    staged_model(batch.kind)._default_manager.filter(batch=batch).delete()
    ImportRemark.objects.filter(batch=batch).delete()
    for count in ("rows", "created", "changed", "unchanged", "missing", "faulty", "fault_count", "warning_count"):
        setattr(batch, count, 0)
    batch.read_to, batch.share, batch.word = 0, 0.0, ""


def _remember(batch: ImportBatch) -> None:
    headings = digest_of_headings(entry["heading"] for entry in batch.headings)
    ColumnChoice.objects.update_or_create(
        department=batch.department, kind=batch.kind, headings=headings, defaults={"columns": batch.columns}
    )


def summary_of(batch: ImportBatch) -> dict[str, object]:
    """What the trail keeps of a file."""
    return {
        "kind": batch.kind,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "rows": batch.rows,
        "created": batch.created,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
    }
