"""Reading a kept file into the stage, round by round: each round a short transaction, the register untouched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers.imports import Judge, Recognised, Round, recognised
from mingcha.domain.registers.models import ImportBatch, ImportRemark, Verdict, staged_model
from mingcha.domain.registers.queries import missing_rows
from mingcha.domain.registers.states import BatchState
from mingcha.kit.action import action, mark_traced
from mingcha.kit.actors import SYSTEM, Acting
from mingcha.kit.bulk import ahead, insert_rows, let_others_write, look_over, uncollected
from mingcha.kit.errors import Refused
from mingcha.kit.locking import locked

ROUND = 5_000
MOST_REMARKS = 200_000
TOTALS_NAMED = 3
VERDICT = 3  # its place in a staged row
REMARK_COLUMNS = ("batch_id", "line", "column", "value", "reason", "fix", "is_fault")


class Overtaken(Exception):
    """Somebody else goes on with this file, or gave it up: stop without a word."""


def read_batch(batch: ImportBatch, now: datetime) -> ImportBatch:
    """Read a kept file to its end, going on where an earlier reading was stopped; not one action but one a round."""
    by = batch.loaded_by
    if by is None:
        return batch
    try:
        with uncollected(), recognised(batch) as found:
            batch = _begin_reading(batch, found, by=by, at=now)
            if not batch.is_read:
                return batch
            judge = Judge(batch, by=by, on=timezone.localdate(now))
            with closing(ahead(found.rounds(size=ROUND, after=batch.read_to))) as rounds:
                for some in rounds:
                    batch = _stage_round(batch, some, judge, share=found.table.share(), by=by)
                    let_others_write()
        return _finish_reading(batch, by=by, at=now)
    except Overtaken:
        batch.refresh_from_db()
        return batch
    except Refused as refusal:
        return _refuse_file(batch, refusal.reason, by=by, at=now)


@action
def _begin_reading(batch: ImportBatch, found: Recognised, *, by: Acting, at: datetime) -> ImportBatch:
    """Keep how the file was understood; refused, with the columns to be named by hand, where a required one lacks."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    if not batch.is_read:
        raise Overtaken
    mark_traced()  # by receiving the file; what is read of it is told at the end
    batch.found = found.table.found[:300]
    batch.sheets, batch.sheet = list(found.table.sheets), found.table.sheet[:100]
    batch.heading_row = found.table.heading.number
    batch.headings = found.placement.headings
    if found.placement.missing:
        fix = _("指定它是文件里的哪一列，或者照模板改好列名")
        line, reason = found.table.heading.number, _("表头里找不到这一列")
        remarks = [(batch.pk, line, str(c.label), "", reason, fix, True) for c in found.placement.missing]
        insert_rows(ImportRemark, REMARK_COLUMNS, remarks)
        batch.fault_count = len(remarks)
        batch.move_to(BatchState.REFUSED)
        record("registers.batch_refused", batch, by=by, at=at, details=_told(batch))
    elif batch.state == BatchState.RECEIVED:
        batch.move_to(BatchState.READING)
    batch.save()
    return batch


@action
def _stage_round(batch: ImportBatch, some: Round, judge: Judge, *, share: float, by: Acting) -> ImportBatch:
    """Judge and write a round of rows, once: whoever comes second finds that the file has been read further."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    expected, batch = batch.read_to, locked(batch)
    if batch.state != BatchState.READING or batch.read_to != expected:
        raise Overtaken
    mark_traced()  # the stage is no register: its end is told, not each round
    model = staged_model(batch.kind)
    verdicts: Counter[str] = Counter()
    staged = _counted(judge.staged(some), verdicts)
    batch.rows += insert_rows(model, ("batch_id", "line", "code", "verdict", "seen", *model.kept()), staged)
    room = max(0, MOST_REMARKS - batch.fault_count - batch.warning_count)
    remarks = ((batch.pk, *remark) for remark in islice(some.remarks.kept, room))
    insert_rows(ImportRemark, REMARK_COLUMNS, remarks)
    batch.created += verdicts[Verdict.CREATED]
    batch.changed += verdicts[Verdict.CHANGED]
    batch.unchanged += verdicts[Verdict.UNCHANGED]
    batch.faulty += verdicts[Verdict.FAULTY]
    batch.fault_count += some.remarks.faults
    batch.warning_count += len(some.remarks.kept) - some.remarks.faults
    batch.read_to, batch.share = some.read_to, share
    batch.found = _with_totals(batch.found, some.totals)
    batch.save()
    return batch


@action
def _finish_reading(batch: ImportBatch, *, by: Acting, at: datetime) -> ImportBatch:
    """The preview is complete; a file without a single row that can be taken is refused."""
    require(by, Permission.REGISTER_EDIT, within=batch.department)
    batch = locked(batch)
    if batch.state != BatchState.READING:
        raise Overtaken
    if not batch.rows:
        raise Refused(_("表头下面没有数据行，核对后重新选择文件"))
    look_over(staged_model(batch.kind))
    batch.missing = missing_rows(batch).count()
    batch.share = 1.0
    batch.move_to(BatchState.CHECKED if batch.good else BatchState.REFUSED)
    batch.save()
    event = "registers.batch_read" if batch.may_be_merged else "registers.batch_refused"
    record(event, batch, by=by, at=at, details=_told(batch))
    return batch


@action
def _refuse_file(batch: ImportBatch, reason: str, *, by: User, at: datetime) -> ImportBatch:
    """It cannot be read to its end: nothing of it is kept but the reason."""
    batch = locked(batch)
    if not batch.is_read:
        return batch
    staged_model(batch.kind)._default_manager.filter(batch=batch).delete()
    batch.word = reason[:500]
    batch.move_to(BatchState.REFUSED)
    batch.save()
    # Whoever lost the right to load files meanwhile does nothing here: the system notes how it ended.
    record("registers.batch_refused", batch, by=SYSTEM, at=at, details={**_told(batch), "reason": batch.word})
    return batch


def _counted(staged: Iterator[tuple[object, ...]], verdicts: Counter[str]) -> Iterator[tuple[object, ...]]:
    for row in staged:
        verdicts[str(row[VERDICT])] += 1
        yield row


def _with_totals(found: str, lines: Sequence[int]) -> str:
    """Which rows were taken for sums, in the sentence that says how the file was understood."""
    for line in lines[:TOTALS_NAMED]:
        found = _("%(found)s，第 %(line)d 行疑似合计行") % {"found": found, "line": line}
    return found[:300]


def _told(batch: ImportBatch) -> dict[str, object]:
    return {
        "kind": batch.kind,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "rows": batch.rows,
        "created": batch.created,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
        "faults": batch.fault_count,
    }
