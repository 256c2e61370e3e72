"""What the catalogue does by itself: a repeal that was entered beforehand freezes its items when its day comes."""

from datetime import datetime, timedelta

from django.utils import timezone

from mingcha.domain.catalogue.actions.laws import freeze_dependents
from mingcha.domain.catalogue.queries.laws import laws_to_freeze_for
from mingcha.kit.schedule import every


@every(timedelta(minutes=1))
def freeze_repealed(now: datetime) -> None:
    """Also an item that came into force meanwhile on a law that is repealed; one transaction a law."""
    for law in laws_to_freeze_for(on=timezone.localdate(now)):
        freeze_dependents(law, at=now)
