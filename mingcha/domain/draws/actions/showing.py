"""「找一家企业」: the host types a code and the hall sees that firm's number, line and outcome."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import queries, rules
from mingcha.domain.draws.models import Draw
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def show_subject(draw: Draw, *, code: str, by: User, at: datetime) -> Draw:
    """Put a firm on the hall screen; an empty code takes it off again."""
    require(by, Permission.DRAW_RUN, within=draw.department)
    draw = locked(draw)
    code = "".join(code.split())
    rules.check_showable(draw, code=code)
    draw.shown_code = code = queries.code_as_listed(draw, code)
    draw.save(update_fields=["shown_code"])
    record("draw.subject_shown", draw, by=by, at=at, details={"code": code})
    return draw
