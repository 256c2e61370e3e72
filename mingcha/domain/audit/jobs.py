"""What the trail does by itself."""

from datetime import datetime, timedelta

from django.utils import timezone

from mingcha.domain.audit.actions import publish_heads
from mingcha.kit.schedule import every


@every(timedelta(hours=1))
def publish_yesterdays_heads(now: datetime) -> None:
    """The heads of the day that has ended stand on the portal from its first hour on."""
    publish_heads(on=timezone.localdate(now) - timedelta(days=1))
