"""What becomes public by itself, as soon as it may."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import list_is_public
from mingcha.domain.inspections.queries import confirmed_unpublished
from mingcha.domain.publication.actions import publish_drawn_list, publish_plan, publish_result, schedule_drawn_list
from mingcha.domain.publication.queries import unannounced_draws, unpublished_plans
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused
from mingcha.kit.schedule import every

logger = logging.getLogger("mingcha.publication")

Row = TypeVar("Row")


@every(timedelta(minutes=1))
def publish_due(now: datetime) -> None:
    """Approved plans, drawn lists whose time has come, confirmed results; one transaction a row."""
    _each(unpublished_plans(), lambda plan: publish_plan(plan, by=SYSTEM, at=now))
    _each(unannounced_draws(), lambda draw: _announce(draw, now))
    _each(confirmed_unpublished(), lambda inspection: publish_result(inspection, by=SYSTEM, at=now))


def _announce(draw: Draw, now: datetime) -> None:
    announce = publish_drawn_list if list_is_public(draw, now=now) else schedule_drawn_list
    announce(draw, by=SYSTEM, at=now)


def _each(rows: Iterable[Row], publish: Callable[[Row], object]) -> None:
    """One row that is refused (shown by someone else meanwhile) does not hold up the others."""
    for row in list(rows):
        try:
            publish(row)
        except Refused as refusal:
            logger.warning("not published: %s: %s", row, refusal.reason)
