"""The dice, typed by two people who do not see each other's digits."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.models import DiceEntry, Draw
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM
from mingcha.kit.locking import locked


@action
def enter_dice(draw: Draw, *, digits: str, public_value: str = "", by: User, at: datetime) -> Draw:
    """What one person reads off the dice, and the announced public value if there is one; it may be corrected until
    another person has typed the same."""
    require(by, Permission.DRAW_TYPE_DICE, within=draw.department)
    draw = locked(draw)
    digits = "".join(digits.split())
    rules.check_dice_enterable(draw, by=by)
    public_value = "".join(public_value.split()).lower()
    rules.check_dice(digits)
    rules.check_public_value(draw, public_value)
    typed = {"digits": digits, "public_value": public_value}
    entry, _new = DiceEntry.objects.update_or_create(draw=draw, typed_by=by, defaults={**typed, "typed_at": at})
    # Without the digits: whoever types second must not find them in the trail.
    record("draw.dice_typed", draw, by=by, at=at)
    if draw.dice_entries.filter(**typed).exclude(pk=entry.pk).exists():
        draw.move_to(DrawState.DICE)
        draw.dice, draw.public_value, draw.dice_at = digits, public_value, at
        draw.save(update_fields=["state", "dice", "public_value", "dice_at"])
        record("draw.dice_confirmed", draw, by=SYSTEM, at=at, details=typed)
    return draw
