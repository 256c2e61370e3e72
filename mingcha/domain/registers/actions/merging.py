"""Bringing a register in line with a file: one transaction, a few statements, however many rows."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import BatchKind, ImportBatch, Inspector, Subject, Verdict, staged_model
from mingcha.domain.registers.states import BatchState
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM, Acting
from mingcha.kit.bulk import quoted, run, sort_in_memory
from mingcha.kit.locking import locked


@action
def ask_merge(batch: ImportBatch, *, by: User, at: datetime, good_only: bool = False) -> ImportBatch:
    """Have the worker merge a large file; it stays as it was shown until then."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_mergeable(batch, good_only=good_only)
    batch.asked_by, batch.good_only, batch.word = by, good_only, ""
    batch.move_to(BatchState.MERGING)
    batch.save(update_fields=["asked_by", "good_only", "word", "state"])
    record("registers.merge_asked", batch, by=by, at=at, details={"file": batch.file_name, "rows": batch.good})
    return batch


@action
def merge_batch(batch: ImportBatch, *, by: Acting, at: datetime, good_only: bool = False) -> ImportBatch:
    """Bring the register in line with the file, all of it or nothing, exactly as it was shown.

    `good_only` leaves out the rows that have a fault; without it one faulty row keeps the whole file out.
    """
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_mergeable(batch, good_only=good_only)
    rules.check_undisturbed(batch, differing=_differing(batch, at=at))
    if batch.unchanged:
        staged_model(batch.kind)._default_manager.filter(batch=batch, verdict=Verdict.UNCHANGED).delete()
    batch.merged_at, batch.good_only, batch.word = at, good_only, ""
    batch.asked_by = by if isinstance(by, User) else None
    batch.move_to(BatchState.MERGED)
    batch.save()
    record("registers.batch_merged", batch, by=by, at=at, details=_told(batch))
    return batch


@action
def return_batch(batch: ImportBatch, *, word: str, at: datetime) -> ImportBatch:
    """The worker could not merge it, or not take it back: it stands as before, and says why."""
    batch = locked(batch)
    batch.word = word[:500]
    batch.move_to(BatchState.CHECKED if batch.is_merging else BatchState.MERGED)
    batch.save(update_fields=["word", "state"])
    record("registers.batch_returned", batch, by=SYSTEM, at=at, details={"reason": batch.word})
    return batch


class Tables(NamedTuple):
    """The register, the stage, and how a row of one is found in the other (`t` and `s` in every statement)."""

    register: str
    stage: str
    kept: tuple[str, ...]
    match: str
    place: tuple[Any, ...]


def tables_of(batch: ImportBatch) -> Tables:
    """For the statements that merge a file or take it back."""
    quote = connection.ops.quote_name
    stage = staged_model(batch.kind)
    names = quote(_register_of(batch)._meta.db_table), quote(stage._meta.db_table)
    if batch.kind == BatchKind.SUBJECTS:
        return Tables(*names, stage.kept(), "t.region_id = %s AND t.code = s.code", (batch.region_id,))
    return Tables(*names, stage.kept(), "t.code = s.code", ())


def _register_of(batch: ImportBatch) -> type[Model]:
    return Subject if batch.kind == BatchKind.SUBJECTS else Inspector


def _differing(batch: ImportBatch, *, at: datetime) -> int:
    """Write what was shown; returns how many rows no longer do what was shown, for the whole to be undone."""
    tables = tables_of(batch)
    sort_in_memory()
    still = 0
    try:
        with transaction.atomic():
            if batch.changed:
                _keep_former(batch, tables)
                still += _updated(batch, tables, at=at)
            if batch.unchanged:
                still += _unchanged(batch, tables)
            if batch.created:
                still += _inserted(batch, tables, at=at)
    except IntegrityError:  # registered by somebody else meanwhile, or a certificate for someone else
        return max(1, _known_meanwhile(batch, tables))
    return batch.good - still


def _keep_former(batch: ImportBatch, tables: Tables) -> int:
    """What the rows that change say now, beside what they will say: the change log, and the way back."""
    columns = ("batch_id", "line", "code", "verdict", "seen")
    return run(
        f"INSERT INTO {tables.stage} ({quoted([*columns, *tables.kept])})"
        f" SELECT s.batch_id, s.line, s.code, %s, t.changed_at, {quoted(tables.kept, of='t')}"
        f" FROM {tables.stage} s JOIN {tables.register} t ON {tables.match} WHERE s.batch_id = %s AND s.verdict = %s",
        [Verdict.FORMER.value, *tables.place, batch.pk, Verdict.CHANGED.value],
    )


def _updated(batch: ImportBatch, tables: Tables, *, at: datetime) -> int:
    """Only rows that nobody has touched since the file was read."""
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(column)} = s.{quote(column)}" for column in tables.kept)
    return run(
        f"UPDATE {tables.register} AS t SET {changes}, changed_at = %s FROM {tables.stage} AS s"
        f" WHERE {tables.match} AND s.batch_id = %s AND s.verdict = %s AND t.changed_at = s.seen",
        [at, *tables.place, batch.pk, Verdict.CHANGED.value],
    )


def _inserted(batch: ImportBatch, tables: Tables, *, at: datetime) -> int:
    """Sorted by code, as the indexes are."""
    fixed = _fixed_values(batch, at=at)
    marks = ", ".join(["%s"] * len(fixed))
    return run(
        f"INSERT INTO {tables.register} ({quoted(['code', *tables.kept, *fixed])})"
        f" SELECT s.code, {quoted(tables.kept, of='s')}, {marks} FROM {tables.stage} s"
        f" WHERE s.batch_id = %s AND s.verdict = %s ORDER BY s.code",
        [*fixed.values(), batch.pk, Verdict.CREATED.value],
    )


def _unchanged(batch: ImportBatch, tables: Tables) -> int:
    """How many of them nobody has touched since the file was read."""
    return _joined(batch, tables, Verdict.UNCHANGED, " AND t.changed_at = s.seen")


def _known_meanwhile(batch: ImportBatch, tables: Tables) -> int:
    """How many were new when the file was read and no longer are."""
    return _joined(batch, tables, Verdict.CREATED)


def _joined(batch: ImportBatch, tables: Tables, verdict: Verdict, more: str = "") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {tables.stage} s JOIN {tables.register} t ON {tables.match}"
            f" WHERE s.batch_id = %s AND s.verdict = %s{more}",
            [*tables.place, batch.pk, verdict.value],
        )
        return int(cursor.fetchone()[0])


def _fixed_values(batch: ImportBatch, *, at: datetime) -> dict[str, Any]:
    """What is the same in every new row: its place and moment, and the defaults of what no file fills."""
    model = _register_of(batch)
    values: dict[str, Any] = {"region_id": batch.region_id, "changed_at": at}
    kept = {*staged_model(batch.kind).kept(), "code", "id"}
    return {
        field.attname: field.get_db_prep_save(values.get(field.attname, field.get_default()), connection)
        for field in model._meta.concrete_fields
        if field.attname not in kept
    }


def _told(batch: ImportBatch) -> dict[str, object]:
    left_out = {"left_out": batch.faulty} if batch.faulty else {}
    return {
        "kind": batch.kind,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "rows": batch.rows,
        "created": batch.created,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
        **left_out,
    }
