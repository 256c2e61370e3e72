"""Since when no import has moved: what the page says when the worker has stopped."""

from datetime import datetime, timedelta

from django.core.cache import cache

from mingcha.domain.registers.queries import batches_under_way, imports_last_told

PATIENCE = timedelta(minutes=5)  # longer than any round of reading, and than the merges that were measured
NOTED = "imports:standstill"
KEPT = 24 * 3600


def still_since(now: datetime) -> datetime | None:
    """The moment of the last step of any import, where that is too long ago; None while things go on.

    All that wait are looked at together: the worker takes one after the other, and who waits behind a large file
    does not stand still. The rounds of a reading are told nowhere, so half-way through one the clock starts at the
    first look.
    """
    queue = list(batches_under_way().values_list("pk", "state", "read_to"))
    seen, since = cache.get(NOTED, (None, now))
    if seen != queue:
        half_read = any(state == "READING" and read_to for _pk, state, read_to in queue)
        since = now if half_read else imports_last_told() or now
        cache.set(NOTED, (queue, since), KEPT)
    return since if now - since >= PATIENCE else None
