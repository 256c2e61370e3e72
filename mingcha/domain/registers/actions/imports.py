"""Going on with a file, whatever comes next for it: at once when it is small, by the worker when it is not."""

from datetime import datetime

from mingcha.domain.registers.actions.merging import merge_batch, return_batch
from mingcha.domain.registers.actions.staging import read_batch
from mingcha.domain.registers.actions.undoing import undo_batch
from mingcha.domain.registers.models import ImportBatch
from mingcha.kit.errors import Refused


def carry_on(batch: ImportBatch, now: datetime) -> None:
    """Read, merge or take back a file that somebody asked that for; a refusal stands on the file's own page."""
    if batch.is_read:
        read_batch(batch, now)
        return
    if batch.asked_by is None or not batch.is_under_way:
        return
    try:
        if batch.is_merging:
            merge_batch(batch, by=batch.asked_by, at=now, good_only=batch.good_only)
        else:
            undo_batch(batch, by=batch.asked_by, at=now)
    except Refused as refusal:
        return_batch(batch, word=refusal.reason, at=now)
