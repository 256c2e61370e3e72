"""The files that imports came in: they hold telephone numbers, and nobody needs them once the import is over."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.registers.models import ImportBatch
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM
from mingcha.kit.locking import locked


@action
def discard_file(batch: ImportBatch, *, at: datetime) -> ImportBatch:
    """Take the file away; its digest, its counts and what it changed stay."""
    batch = locked(batch)
    if batch.file:
        batch.file.delete(save=False)
        batch.file = ""
        batch.save(update_fields=["file"])
        record("registers.file_discarded", batch, by=SYSTEM, at=at, details={"sha256": batch.sha256})
    return batch
