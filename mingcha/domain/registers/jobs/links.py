"""Links by rule, renewed."""

from datetime import datetime, timedelta

from mingcha.domain.registers.actions import renew_links
from mingcha.domain.registers.queries import link_rules_due
from mingcha.kit.actors import SYSTEM
from mingcha.kit.schedule import every


@every(timedelta(hours=6))
def renew_due_links(now: datetime) -> None:
    """Whoever came into a register since a rule was applied is linked by it too; what a frozen draw holds waits."""
    for rule in link_rules_due():
        renew_links(rule, by=SYSTEM, at=now)
