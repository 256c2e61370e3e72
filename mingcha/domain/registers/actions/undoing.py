"""Taking a merged file back: the register stands exactly as before it, or the file stays."""

from datetime import datetime

from django.db import connection

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.holds import hold_seen_among
from mingcha.domain.registers.actions.merging import Tables, tables_of
from mingcha.domain.registers.models import ImportBatch, Verdict, staged_model
from mingcha.domain.registers.queries import links_by_rule, what_rests_on
from mingcha.domain.registers.states import BatchState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.bulk import run
from mingcha.kit.locking import locked


@action
def ask_undo(batch: ImportBatch, *, by: User, at: datetime) -> ImportBatch:
    """Have the worker take a large file back."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_undoable(batch, at=at)
    batch.asked_by, batch.word = by, ""
    batch.move_to(BatchState.UNDOING)
    batch.save(update_fields=["asked_by", "word", "state"])
    record("registers.undo_asked", batch, by=by, at=at, details={"file": batch.file_name, "rows": batch.good})
    return batch


@action
def undo_batch(batch: ImportBatch, *, by: Acting, at: datetime) -> ImportBatch:
    """Within a day, and while nothing rests on what the file brought."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    rules.check_undoable(batch, at=at)
    rules.check_undepended(batch, depended=what_rests_on(batch))
    tables, links = tables_of(batch), links_by_rule(batch)
    rules.check_may_lose(hold_seen_among(links))
    links.delete()
    gone, back = _taken_out(batch, tables), _put_back(batch, tables)
    rules.check_undisturbed(batch, differing=batch.created + batch.changed - gone - back)
    staged_model(batch.kind)._default_manager.filter(batch=batch).delete()
    batch.move_to(BatchState.UNDONE)
    batch.save(update_fields=["state"])
    record("registers.batch_undone", batch, by=by, at=at, details={"file": batch.file_name, "gone": gone, "back": back})
    return batch


def _taken_out(batch: ImportBatch, tables: Tables) -> int:
    """The rows that the file created, and nobody has touched since; the codes are listed once, not asked row by row."""
    here = "region_id = %s AND " if tables.place else ""
    return run(
        f"DELETE FROM {tables.register} WHERE changed_at = %s AND {here}"
        f"code IN (SELECT s.code FROM {tables.stage} s WHERE s.batch_id = %s AND s.verdict = %s)",
        [batch.merged_at, *tables.place, batch.pk, Verdict.CREATED.value],
    )


def _put_back(batch: ImportBatch, tables: Tables) -> int:
    """The rows that the file changed say again what they said, from the moment on which they said it."""
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(column)} = s.{quote(column)}" for column in tables.kept)
    return run(
        f"UPDATE {tables.register} AS t SET {changes}, changed_at = s.seen FROM {tables.stage} AS s"
        f" WHERE {tables.match} AND s.batch_id = %s AND s.verdict = %s AND t.changed_at = %s",
        [*tables.place, batch.pk, Verdict.FORMER.value, batch.merged_at],
    )
