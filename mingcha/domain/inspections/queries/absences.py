"""Which departments of a campaign do not go to which of its firms: no item of theirs is for the firm."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingcha.domain.draws.models import Draw, DrawnSubject
from mingcha.domain.inspections.models import Inspection, Visit
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import Department

SHOWN = 10


@dataclass(frozen=True)
class Absence:
    """A department, at how many of a draw's visits it has nothing to inspect, and the first of those firms."""

    department: Department
    firms: list[str]
    count: int
    is_everywhere: bool


def departments_away(drawn: DrawnSubject) -> QuerySet[Department]:
    """The departments of the campaign that have no part in the visit to this firm; none before there is a visit."""
    visits = Visit.objects.filter(drawn=drawn)
    parties = Department.objects.filter(campaigndepartment__campaign__in=visits.values("campaign"))
    return parties.exclude(inspection__visit__in=visits).order_by("code")


def absences_in(draw: Draw) -> list[Absence]:
    """The departments that do not go everywhere with a draw, nor with what void draws before it drew."""
    went = Q(drawn__draw=draw) | (Q(campaign=draw.campaign_id) if draw.is_in_force else Q(pk__in=[]))
    parts = Inspection.objects.filter(visit=OuterRef("pk"))
    visits = Visit.objects.filter(went).filter(Exists(parts.exclude(state=InspectionState.CALLED_OFF)))
    total = visits.count()
    found = []
    for party in draw.campaign.parties.select_related("department"):
        away = visits.filter(~Exists(parts.filter(department=party.department)))
        count = away.count()
        if count:
            firms = list(away.order_by("subject__code").values_list("subject__name", flat=True)[:SHOWN])
            found.append(Absence(party.department, firms, count, count == total))
    return found
