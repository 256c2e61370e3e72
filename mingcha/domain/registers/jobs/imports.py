"""Large files: read, merged and taken back by the worker, one after the other."""

import logging
from datetime import datetime, timedelta

from mingcha.domain.registers.actions import carry_on, discard_file
from mingcha.domain.registers.queries import batches_under_way, files_kept_since
from mingcha.kit.schedule import every

KEPT = timedelta(days=30)  # long enough to mend the problem rows
logger = logging.getLogger("mingcha.imports")


@every(timedelta(seconds=1))
def carry_on_with_imports(now: datetime) -> None:
    """Take up every file that waits, and every one that a stopped worker left half read."""
    for batch in batches_under_way():
        try:
            carry_on(batch, now)
        except Exception:
            logger.exception("import %s stopped", batch.pk)


@every(timedelta(hours=6))
def discard_old_files(now: datetime) -> None:
    """What an import brought is in the register and its change log; the file itself goes."""
    for batch in files_kept_since(now - KEPT):
        discard_file(batch, at=now)
