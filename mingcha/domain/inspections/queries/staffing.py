"""Who is sent, who has read it, and where there are too few people to begin."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from mingcha.domain.draws.queries import pending_substitution
from mingcha.domain.inspections.models import Assignment, Inspection
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers.models import Inspector
from mingcha.domain.registers.queries import certified_inspectors

ENOUGH = 2


@dataclass(frozen=True)
class Staffing:
    """The party of an inspection that has not begun: who goes, and who of them cannot on this day."""

    going: list[Inspector]
    unable: list[Inspector]
    unstaffed_reason: str
    pending: bool

    @property
    def fit(self) -> int:
        return len(self.going) - len(self.unable)

    @property
    def enough(self) -> bool:
        return self.fit >= ENOUGH

    @property
    def nobody_drawn(self) -> bool:
        """The draw itself found nobody for this department here: there is no order to take a substitute from."""
        return not self.going


def staffing_of(inspection: Inspection, *, on: date) -> Staffing:
    """Counted on the day, or on the first day that the visit is possible."""
    day = max(on, inspection.campaign.starts_on)
    party = inspection.assignments.standing().select_related("inspector__department")
    going = [row.inspector for row in party]
    drawn = inspection.visit.drawn
    return Staffing(
        going=going,
        unable=[person for person in going if not person.may_inspect(day)],
        unstaffed_reason=drawn.draw.unstaffed_reason,
        pending=pending_substitution([drawn], inspection.department_id) is not None,
    )


def short_of_people(rows: QuerySet[Inspection], *, on: date) -> QuerySet[Inspection]:
    """Those that cannot begin: fewer than two people who go, are in the register and certified."""
    certified = certified_inspectors(Department.objects.all(), on=on, until=on).values("pk")
    able = Q(assignments__withdrawn_at=None, assignments__inspector__in=certified)
    counted = Inspection.objects.filter(state=InspectionState.ASSIGNED).annotate(
        able=Count("assignments", filter=able, distinct=True)
    )
    return rows.filter(pk__in=counted.filter(able__lt=ENOUGH).values("pk"))


def notices_visible_to(user: User) -> QuerySet[Assignment]:
    """Everyone sent on inspections of the departments this person looks after; visits that were called off and
    people who were replaced need no notice."""
    places = reach(user, Permission.INSPECTION_READ)
    return (
        Assignment.objects.standing()
        .filter(inspection__department__in=places)
        .exclude(inspection__state=InspectionState.CALLED_OFF)
        .select_related("inspector__department", "inspection__department", "inspection__visit__subject")
        .select_related("inspection__visit__campaign")
        .order_by("inspector__department", "inspector__code", "inspection__visit__subject__code")
    )


def partners_in(inspections: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Who goes on each of these inspections: key and name, in order."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Assignment.objects.standing().filter(inspection__in=set(inspections)).order_by("inspection", "position")
    for inspection, person, name in rows.values_list("inspection_id", "inspector_id", "inspector__name"):
        found[inspection].append((person, name))
    return found


def unread(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Not confirmed by the person, the longest waiting first."""
    return rows.filter(acknowledged_at=None).order_by("sent_at", "inspector__code", "pk")


def new_for(user: User) -> QuerySet[Assignment]:
    """What this person was sent on and has not confirmed."""
    places = reach(user, Permission.INSPECTION_DO)
    return (
        Assignment.objects.standing()
        .filter(inspector__user=user, acknowledged_at=None, inspection__department__in=places)
        .exclude(inspection__state=InspectionState.CALLED_OFF)
        .select_related("inspection")
        .order_by("pk")
    )
