"""What waits is sent, one content after the other; no row of ours is locked while a line is slow."""

import logging
import time
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from mingcha.domain.outlets.actions import begin_try, note_delivered, note_refused, note_unanswered
from mingcha.domain.outlets.models import Delivery
from mingcha.domain.outlets.queries import due_deliveries
from mingcha.domain.outlets.rules import body_of
from mingcha.exchange.partners.publication_outlet.client import (
    Clockwork,
    Connection,
    Posted,
    SentBack,
    Unanswered,
    send,
)
from mingcha.exchange.partners.publication_outlet.configuration import Outlet, outlet_for, token_of
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused

logger = logging.getLogger("mingcha.exchange")
# Other jobs wait for this one. An exchange begun in the last moment of a round ends within the lease of its try
# (rules.A_TRY), or another worker would take the row while it is still on the line.
PATIENCE = 30.0
ROUND_LASTS = 20.0
A_ROUND = 20


def clockwork() -> Clockwork:
    """Real time."""
    return Clockwork(time.monotonic, PATIENCE)


def deliver_due(*, works: Clockwork, at: datetime) -> int:
    """Send what is due to the outlets that have an interface; returns how many were put up.

    An outlet that gave no usable answer is left alone until the next round: the rest of its rows stay as they are. So
    do all that are left when the round has lasted long enough.
    """
    silent: set[str] = set()
    sent, until = 0, works.clock() + ROUND_LASTS
    for delivery, outlet in _with_interface(due_deliveries(now=at).iterator()):
        if works.clock() >= until:
            break
        if outlet.address not in silent:
            sent += _delivered(delivery, outlet, silent, works=works, at=at)
    return sent


def _with_interface(rows: Iterable[Delivery]) -> list[tuple[Delivery, Outlet]]:
    pairs = ((row, outlet_for(row.outlet, row.department.region)) for row in rows)
    return list(islice(((row, outlet) for row, outlet in pairs if outlet.has_interface), A_ROUND))


def _delivered(delivery: Delivery, outlet: Outlet, silent: set[str], *, works: Clockwork, at: datetime) -> bool:
    """One try, begun in one transaction and ended in another: a worker that dies between the two tries again later."""
    try:
        delivery = begin_try(delivery, by=SYSTEM, at=at)
    except Refused:  # another worker was quicker, or a newer edition has come
        return False
    try:
        posted = _sent(delivery, outlet, works)
    except SentBack as refusal:
        note_refused(delivery, reason=refusal.reason, by=SYSTEM, at=at)
        return False
    except Refused as refusal:
        silent.add(outlet.address)
        wait = refusal.wait if isinstance(refusal, Unanswered) else None
        note_unanswered(delivery, reason=refusal.reason, wait=wait, by=SYSTEM, at=at)
        logger.warning("not delivered: %s to %s: %s", delivery, outlet.host, refusal.reason)
        return False
    note_delivered(delivery, number=posted.number, address=posted.address, by=SYSTEM, at=at)
    return True


def _sent(delivery: Delivery, outlet: Outlet, works: Clockwork) -> Posted:
    """Whatever goes wrong becomes words of the ledger: one row must not break off the round of all the others."""
    try:
        connection = Connection(outlet.address, token_of(delivery.outlet, delivery.department.region), outlet.timeout)
        body = body_of(delivery.content)
        return send(connection, key=delivery.key, body=body, digest=delivery.digest, clockwork=works)
    except Refused:
        raise
    except Exception as fault:
        logger.exception("not delivered: %s to %s", delivery, outlet.host)
        raise Unanswered(_("送出时程序出错，没有送到；由运维人员查看后台日志")) from fault
