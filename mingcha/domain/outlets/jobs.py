"""What is published is laid ready for the outlets that the rules name, by itself."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from mingcha.domain.catalogue.queries import AnyPaper
from mingcha.domain.outlets.actions import prepare_delivery
from mingcha.domain.outlets.queries import clause_naming_outlets, papers_in_force, papers_never_prepared
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused
from mingcha.kit.schedule import every

logger = logging.getLogger("mingcha.outlets")


@every(timedelta(minutes=1))
def prepare_new_editions(now: datetime) -> None:
    """Lists, joint lists and rulebooks that came into force and that no outlet has been given."""
    _prepare(papers_never_prepared(), now)


@every(timedelta(hours=1))
def prepare_corrections(now: datetime) -> None:
    """Editions that read differently since (an item stopped with its law), and outlets that the rules name newly."""
    _prepare(papers_in_force(), now)


def _prepare(papers: Iterable[AnyPaper], now: datetime) -> None:
    """One transaction an edition and outlet; one that is refused does not hold up the others."""
    for paper in papers:
        clause = clause_naming_outlets(paper, on=timezone.localdate(now))
        for outlet in clause.codes if clause is not None else []:
            assert clause is not None  # its codes are read
            try:
                prepare_delivery(paper, outlet, clause=clause, by=SYSTEM, at=now)
            except Refused as refusal:
                logger.warning("not prepared: %s for %s: %s", paper, outlet, refusal.reason)
