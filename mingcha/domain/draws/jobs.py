"""What a draw prepares by itself."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

import fairdraw
from mingcha.domain.draws.actions import compose_inputs, keep_forecast, let_links_go, rehearsal_keys
from mingcha.domain.draws.actions.receiving import incoming_path, place_of, settle
from mingcha.domain.draws.models import Draw, Exhibit
from mingcha.domain.draws.queries import draws_to_rehearse, voids_held_in_vain
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused
from mingcha.kit.schedule import every

FORSAKEN_AFTER = timedelta(days=1)  # longer than any upload takes
logger = logging.getLogger("mingcha.draws")


@every(timedelta(minutes=5))
def rehearse(now: datetime) -> None:
    """The rehearsal seeds of every draw before its freeze, anew when the registers have changed.

    A draw that could not freeze today is passed over: its console says why. Nothing is locked while seeds are drawn.
    """
    for draw in list(draws_to_rehearse()):
        try:
            _rehearse(draw, now)
        except Refused as refusal:
            logger.info("not rehearsed: %s: %s", draw, refusal.reason)


def _rehearse(draw: Draw, now: datetime) -> None:
    composed = compose_inputs(draw, on=timezone.localdate(now))
    if draw.reports.filter(inputs_digest=composed.digest).exists():
        return
    rehearsed = fairdraw.likeliest_pairs(composed.inputs, rehearsal_keys(composed.digest))
    keep_forecast(draw, inputs_digest=composed.digest, rehearsed=rehearsed, by=SYSTEM, at=now)


@every(timedelta(minutes=5))
def settle_exhibits(now: datetime) -> None:
    """After a crash: a file whose row was written gets its place; one without a row is removed after a day.

    Only what still waits is ever removed. A file in its place stays, even where a database restored from an older copy
    has lost its row.
    """
    waiting = incoming_path()
    for path in sorted(waiting.iterdir()) if waiting.is_dir() else []:
        if Exhibit.objects.filter(file=place_of(path.name)).exists():
            settle(path.name)
        elif path.stat().st_mtime < (now - FORSAKEN_AFTER).timestamp():
            path.unlink(missing_ok=True)


@every(timedelta(hours=1))
def let_links_go_after_the_last_day(now: datetime) -> None:
    """Of void draws whose campaign was not drawn again: whoever keeps the registers can change links again."""
    for draw in list(voids_held_in_vain(timezone.localdate(now))):
        let_links_go(draw, at=now)
