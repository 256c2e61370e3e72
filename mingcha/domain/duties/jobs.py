"""What clocks do by themselves."""

from datetime import datetime, timedelta

from mingcha.domain.duties.actions import settle_duty
from mingcha.domain.duties.queries import provisional_duties
from mingcha.kit.actors import SYSTEM
from mingcha.kit.schedule import every


@every(timedelta(hours=1))
def settle_provisional_duties(now: datetime) -> None:
    """A year's holidays have become known: the ends that were guesses are reckoned again."""
    for duty in provisional_duties().iterator():
        settle_duty(duty, by=SYSTEM, at=now)
