"""Large files: read, merged and taken back by the worker, one after the other."""

import logging
from datetime import datetime, timedelta

from mingcha.domain.registers.actions import carry_on
from mingcha.domain.registers.queries import batches_under_way
from mingcha.kit.schedule import every

logger = logging.getLogger("mingcha.imports")


@every(timedelta(seconds=1))
def carry_on_with_imports(now: datetime) -> None:
    """Take up every file that waits, and every one that a stopped worker left half read."""
    for batch in batches_under_way():
        try:
            carry_on(batch, now)
        except Exception:
            logger.exception("import %s stopped", batch.pk)
