"""What is fetched from other systems and sent to them by itself; nothing, unless the operator configured it."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from mingcha.domain.catalogue.queries.reconciliation import departments_reconciled
from mingcha.exchange.partners.publication_outlet import delivering, fault_of_configuration
from mingcha.exchange.partners.regulation_list import Unanswered, syncing
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused
from mingcha.kit.schedule import every

logger = logging.getLogger("mingcha.exchange")
PATIENCE = 60.0
SILENCES = 2  # then it is the system that does not answer, not one list; other jobs wait for this one


@every(timedelta(days=1))
def synchronise_lists(now: datetime) -> None:
    """清单同步 of every department whose rules ask for it; one that is refused does not hold up the others."""
    if not syncing.connection().is_configured:
        return
    works, silences = syncing.clockwork(PATIENCE), 0
    for department in departments_reconciled(on=timezone.localdate(now)):
        try:
            syncing.synchronise(department, works=works, by=SYSTEM, at=now)
        except Refused as refusal:
            logger.warning("not synchronised: %s: %s", department, refusal.reason)
            silences += isinstance(refusal, Unanswered)
        if silences >= SILENCES:
            return


@every(timedelta(minutes=1))
def deliver_to_outlets(now: datetime) -> None:
    """Editions and their changes to the outlets that have an interface; what is put up by hand waits for a person."""
    if fault := fault_of_configuration():
        logger.warning("no outlet is served: %s", fault)
        return
    delivering.deliver_due(works=delivering.clockwork(), at=now)
