"""Entries that nobody has heard of for too long."""

from datetime import datetime, timedelta

from django.utils import timezone

from mingcha.domain.registers.actions import mark_stale
from mingcha.domain.registers.queries import regions_with_subjects, stale_days
from mingcha.domain.registers.rules import STALE_DAYS, silent_since
from mingcha.kit.actors import SYSTEM
from mingcha.kit.schedule import every


@every(timedelta(hours=6))
def mark_silent_subjects(now: datetime) -> None:
    """What nobody has confirmed and no source has touched for too long is to be looked at."""
    today = timezone.localdate(now)
    for region in regions_with_subjects():
        days = stale_days(region, on=today) or STALE_DAYS
        mark_stale(region, before=silent_since(today, days), by=SYSTEM, at=now)
