"""People without an account, known by the address that they come from alone."""

from datetime import timedelta

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest


def comes_too_often(request: HttpRequest, act: str, *, most: int, within: timedelta) -> bool:
    """Count one more `act` of this visitor; more than `most` since the first is too often.

    Each process counts by itself, so that a visitor may get as many times more as there are processes: enough against
    a list filled by a script, and nobody's address is written down.
    """
    kept_as = f"often:{act}:{get_client_ip_address(request)}"
    cache.add(kept_as, 0, within.total_seconds())
    try:
        return cache.incr(kept_as) > most
    except ValueError:  # the time ran out between the two lines
        return False
