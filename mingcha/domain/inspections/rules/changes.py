"""Until when a person or a firm may still be replaced, and who was told."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.inspections.models import Assignment, Inspection
from mingcha.domain.organisation.models import User
from mingcha.kit.errors import Forbidden, Refused


def check_person_replaceable(inspection: Inspection, assignment: Assignment | None, *, on: date) -> None:
    """Not once the visit runs, and not whoever stands at the door today."""
    if not inspection.awaits_inspectors:
        raise Refused(
            _("%(firm)s现在是“%(state)s”，检查开始后不能换人")
            % {"firm": inspection.subject, "state": inspection.get_state_display()}
        )
    if assignment is not None and assignment.arrived_on(on):
        raise Refused(_("%s今天已经登记到场，不能换人") % assignment.inspector.name)


def check_firm_replaceable(parts: Iterable[Inspection], *, arrived: Iterable[Assignment], on: date) -> None:
    """Not once any department's part runs, and not while somebody stands at the door."""
    for part in parts:
        if not part.awaits_inspectors:
            raise Refused(
                _("%(part)s现在是“%(state)s”，检查开始后不能启用备选，按检查时的情况记录结果")
                % {"part": part, "state": part.get_state_display()}
            )
    here = [row.inspector.name for row in arrived if row.arrived_on(on)]
    if here:
        raise Refused(_("%s今天已经在这户登记到场，不能启用备选，按检查时的情况记录结果") % "、".join(here))


def check_own_notices(person: User, *, by: User) -> None:
    """Nobody confirms for another that a notice was read."""
    if person != by:
        raise Forbidden(_("派员通知由本人确认收到"))
