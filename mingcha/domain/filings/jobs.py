"""What filings do by themselves."""

from datetime import datetime, timedelta

from mingcha.domain.filings.actions.keeping import sweep
from mingcha.kit.schedule import every

FORSAKEN_AFTER = timedelta(days=1)  # longer than any upload takes


@every(timedelta(hours=6))
def sweep_scans(now: datetime) -> None:
    """After a crash or a replaced scan: files that no filing and no receipt names are removed after a day."""
    sweep(older_than=now - FORSAKEN_AFTER)
