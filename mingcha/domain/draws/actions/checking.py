"""The discipline body tries every sealed copy before the dice: a copy that was never tried is no remedy."""

from collections.abc import Collection
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import rules
from mingcha.domain.draws.models import Draw
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def confirm_copies(draw: Draw, *, parties: Collection[str], by: User, at: datetime) -> Draw:
    """`parties`: those whose copy the officer's own browser opened, found to match the commitment and to be unlike
    every other. The secrets themselves stay in that browser."""
    require(by, Permission.DRAW_SIGN_DISCIPLINE, within=draw.department)
    draw = locked(draw)
    bound = ["system", *draw.seats.values_list("party", flat=True)]
    rules.check_copies_confirmable(draw, opened=parties, bound=bound)
    draw.copies_checked_by, draw.copies_checked_at = by, at
    draw.save(update_fields=["copies_checked_by", "copies_checked_at"])
    record("draw.copies_confirmed", draw, by=by, at=at, details={"parties": " ".join(sorted(bound))})
    return draw
