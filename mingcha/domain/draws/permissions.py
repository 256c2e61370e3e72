"""Who may change something after a result: asked by the actions, and by pages that offer the act."""

from mingcha.domain.draws.models import Draw
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, may

PROPOSE = (Permission.DRAW_RUN, Permission.DRAW_SIGN_AGENCY)

ATTACH = (Permission.DRAW_RUN, Permission.DRAW_SIGN_DISCIPLINE)


def may_propose(by: User, draw: Draw, department: Department) -> bool:
    """Whoever runs draws or signs for them, in the lead or in the department concerned."""
    places = (draw.department, department)
    return any(may(by, permission, within=place) for permission in PROPOSE for place in places)


def may_attach(by: User, draw: Draw) -> bool:
    """Whoever runs the draw, or signs for the discipline body, adds photos, papers and recordings."""
    return any(may(by, permission, within=draw.department) for permission in ATTACH)


def may_decide(by: User, draw: Draw, department: Department) -> bool:
    """The head of the lead, or of the department concerned."""
    return any(may(by, Permission.DRAW_SIGN_AGENCY, within=place) for place in (draw.department, department))
