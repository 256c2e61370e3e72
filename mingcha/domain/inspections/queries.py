"""Who has which inspections before them, and what a sheet holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet

from mingcha.domain.catalogue.models import Checkpoint
from mingcha.domain.draws.models import Draw
from mingcha.domain.duties.models import Duty
from mingcha.domain.duties.queries import about_key
from mingcha.domain.inspections.models import Answer, Assignment, Evidence, Finding, Inspection, Visit
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign, CampaignDepartment

OPEN_STATES = (InspectionState.ASSIGNED, InspectionState.VISITING, InspectionState.FINISHED)


@dataclass
class Line:
    """A checkpoint with what was answered and photographed."""

    checkpoint: Checkpoint
    answer: Answer | None = None
    photos: list[Evidence] = field(default_factory=list)

    @property
    def value(self) -> str:
        return self.answer.value if self.answer is not None else ""

    @property
    def note(self) -> str:
        return self.answer.note if self.answer is not None else ""


@dataclass
class Section:
    """One item of an inspection: its finding and its checkpoints in order."""

    finding: Finding
    lines: list[Line]

    @property
    def answered(self) -> int:
        return sum(line.answer is not None for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def fails(self) -> list[Line]:
        return [line for line in self.lines if line.value == Answer.Value.FAILS]


def inspections_visible_to(user: User) -> QuerySet[Inspection]:
    """Those of the departments this person looks after, and those the person is sent on."""
    places = reach(user, Permission.INSPECTION_READ)
    return _with_names().filter(Q(department__in=places) | Q(pk__in=_assigned_to(user)))


def worklist_of(user: User) -> QuerySet[Inspection]:
    """The inspections this person is sent on, with `checkpoints` and `answered` counted and the party loaded."""
    party = Prefetch("assignments", Assignment.objects.select_related("inspector"))
    return (
        _with_names()
        .filter(pk__in=_assigned_to(user))
        .annotate(
            checkpoints=Count("findings__item__checkpoints", distinct=True),
            answered=Count("findings__answers", distinct=True),
        )
        .prefetch_related(party)
        .order_by("visit__campaign__ends_on", "visit__subject__code", "pk")
    )


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


def sections_of(inspection: Inspection) -> list[Section]:
    """The whole sheet in four queries: items, checkpoints, answers, photos."""
    photos: dict[int | None, list[Evidence]] = defaultdict(list)
    for photo in inspection.evidence.all():
        photos[photo.checkpoint_id].append(photo)
    findings = (
        inspection.findings.select_related("item__item_list")
        .prefetch_related("item__checkpoints", "answers__answered_by")
        .order_by("item__code")
    )
    sections = []
    for finding in findings:
        answers = {answer.checkpoint_id: answer for answer in finding.answers.all()}
        points = finding.item.checkpoints.all()
        sections.append(Section(finding, [Line(c, answers.get(c.pk), photos.get(c.pk, [])) for c in points]))
    return sections


def photos_beside_the_sheet(inspection: Inspection) -> QuerySet[Evidence]:
    """Photos of the visit as a whole, of no single checkpoint."""
    return inspection.evidence.filter(checkpoint=None)


def evidence_visible_to(user: User) -> QuerySet[Evidence]:
    """Photos of the inspections a person may see, and of no other."""
    return Evidence.objects.filter(inspection__in=inspections_visible_to(user).order_by().values("pk"))


def assignment_of(inspection: Inspection, user: User) -> Assignment | None:
    """This person's place in the party, if any."""
    return inspection.assignments.select_related("inspector").filter(inspector__user=user).first()


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


def progress_of(party: CampaignDepartment) -> tuple[int, int]:
    """How many of a department's inspections in a campaign are recorded, and how many there are."""
    mine = _of(party.campaign).filter(department=party.department)
    return mine.exclude(state__in=OPEN_STATES).count(), mine.count()


def unconfirmed_in(campaign: Campaign) -> QuerySet[Inspection]:
    """Any department's inspections of a campaign that are not confirmed."""
    return _of(campaign).exclude(state=InspectionState.CONFIRMED)


def _of(campaign: Campaign) -> QuerySet[Inspection]:
    return Inspection.objects.filter(visit__campaign=campaign)


def _assigned_to(user: User) -> QuerySet[Assignment, Any]:
    places = reach(user, Permission.INSPECTION_DO)
    return Assignment.objects.filter(inspector__user_id=user.pk, inspection__department__in=places).values("inspection")


def _with_names() -> QuerySet[Inspection]:
    return Inspection.objects.select_related("visit__subject", "visit__campaign__plan", "department__region")
