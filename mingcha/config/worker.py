"""What happens by itself: finds the jobs of every app and runs what is due. `python -m mingcha.config.worker`."""

import argparse
import logging
import os
import time
from datetime import datetime
from importlib import import_module

import django

logger = logging.getLogger("mingcha.worker")
PAUSE = 2  # seconds; how often a job is due, it says itself


def run_due(now: datetime, last: dict[str, datetime]) -> int:
    """Run every job whose interval has passed since `last`; one that fails is logged and tried again next time."""
    from mingcha.kit.schedule import JOBS

    ran = 0
    for name, job in JOBS.items():
        if name in last and now - last[name] < job.interval:
            continue
        last[name] = now
        try:
            job.run(now)
            ran += 1
        except Exception:
            logger.exception("job %s failed", name)
    return ran


def main() -> None:
    """Loop for ever, or once with --once (the demo and cron)."""
    parser = argparse.ArgumentParser(description="runs what is due")
    parser.add_argument("--once", action="store_true", help="run every job once and end")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.config.settings")
    django.setup()
    from django.utils import timezone
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("jobs")
    import_module("mingcha.exchange.jobs")
    last: dict[str, datetime] = {}
    while True:
        run_due(timezone.now(), last)
        if arguments.once:
            return
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
