"""Who has which inspections before them, and how far they have come."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from mingcha.domain.draws.models import Draw, DrawnSubject
from mingcha.domain.duties.models import Duty
from mingcha.domain.duties.queries import about_key
from mingcha.domain.inspections.models import Assignment, Evidence, Inspection, Visit
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign, CampaignDepartment

OPEN_STATES = (InspectionState.ASSIGNED, InspectionState.VISITING, InspectionState.FINISHED)


def inspections_visible_to(user: User) -> QuerySet[Inspection]:
    """Those of the departments this person looks after, and those the person is sent on."""
    places = reach(user, Permission.INSPECTION_READ)
    return _with_names().filter(Q(department__in=places) | Q(pk__in=_assigned_to(user)))


def worklist_of(user: User) -> QuerySet[Inspection]:
    """The inspections this person is sent on, with `checkpoints` and `answered` counted and the party loaded."""
    return (
        _with_names()
        .filter(pk__in=_assigned_to(user))
        .exclude(state=InspectionState.CALLED_OFF)
        .annotate(
            checkpoints=Count("findings__item__checkpoints", distinct=True),
            answered=Count("findings__answers", distinct=True),
        )
        .prefetch_related(standing_party())
        .order_by("visit__campaign__ends_on", "visit__subject__code", "pk")
    )


def standing_party() -> Prefetch:
    """For lists: `assignments.all()` are those who go, whoever was replaced left out."""
    return Prefetch("assignments", Assignment.objects.standing().select_related("inspector"))


def still_to_do(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Those that wait for an inspector: to be visited, or to be entered."""
    return rows.filter(state__in=OPEN_STATES)


def done_with(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Those whose results are entered, the latest first."""
    return rows.exclude(state__in=OPEN_STATES).order_by("-recorded_at", "-pk")


def awaiting_confirmation(user: User) -> QuerySet[Inspection]:
    """Recorded results that this person may confirm or return."""
    places = reach(user, Permission.RESULT_CONFIRM)
    return (
        _with_names()
        .filter(state=InspectionState.RECORDED, department__in=places)
        .exclude(recorded_by=user)
        .order_by("recorded_at")
    )


def confirmed_unpublished() -> QuerySet[Inspection]:
    """Confirmed results that the public has not seen yet, the oldest visit first."""
    waiting = _with_names().filter(state=InspectionState.CONFIRMED, published_at=None)
    return waiting.order_by("finished_at", "pk")


def counts_by_state(inspections: QuerySet[Inspection]) -> dict[str, int]:
    """How many of them stand at each state."""
    return dict(inspections.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))


def evidence_visible_to(user: User) -> QuerySet[Evidence]:
    """Photos of the inspections a person may see, and of no other."""
    return Evidence.objects.filter(inspection__in=inspections_visible_to(user).order_by().values("pk"))


def assignment_of(inspection: Inspection, user: User) -> Assignment | None:
    """This person's place in the party, if any; none for whoever was replaced."""
    return inspection.assignments.standing().select_related("inspector").filter(inspector__user=user).first()


def duties_about(inspections: Iterable[Inspection]) -> dict[int, list[Duty]]:
    """The clocks of many inspections in one query, the running one last."""
    keys = {about_key(inspection): inspection.pk for inspection in inspections}
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(about__in=keys).order_by("started_at", F("ended_at").asc(nulls_last=True), "pk"):
        found[keys[duty.about]].append(duty)
    return found


def visits_of(draw: Draw) -> QuerySet[Visit]:
    """The visits that a draw has become."""
    return Visit.objects.filter(drawn__draw=draw)


def inspections_of(draw: Draw) -> QuerySet[Inspection]:
    """Every part of the visits that went out with a draw, those of void draws before it too."""
    mine = Q(visit__drawn__draw=draw)
    if draw.is_in_force:
        mine |= Q(visit__campaign=draw.campaign_id)
    return _with_names().filter(mine)


def parts_of(drawn: DrawnSubject) -> QuerySet[Inspection]:
    """Every department's part of the visit to a drawn firm; none before the dispatch."""
    return _with_names().filter(visit__drawn=drawn).order_by("department")


def progress_of(party: CampaignDepartment) -> tuple[int, int]:
    """How many of a department's inspections in a campaign are recorded, and how many there are."""
    mine = _of(party.campaign).filter(department=party.department)
    return mine.exclude(state__in=OPEN_STATES).count(), mine.count()


def unconfirmed_in(campaign: Campaign) -> QuerySet[Inspection]:
    """Any department's inspections of a campaign that are not confirmed."""
    return _of(campaign).exclude(state=InspectionState.CONFIRMED)


def _of(campaign: Campaign) -> QuerySet[Inspection]:
    """Those that count: a visit that was called off is done by another one."""
    return Inspection.objects.filter(visit__campaign=campaign).exclude(state=InspectionState.CALLED_OFF)


def _assigned_to(user: User) -> QuerySet[Assignment, Any]:
    places = reach(user, Permission.INSPECTION_DO)
    mine = Assignment.objects.standing().filter(inspector__user_id=user.pk, inspection__department__in=places)
    return mine.values("inspection")


def _with_names() -> QuerySet[Inspection]:
    return Inspection.objects.select_related("visit__subject", "visit__campaign__plan", "department__region")
