"""On the spot: arriving, signing, ending."""

from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.queries import current_edition_of
from mingcha.domain.catalogue.queries.laws import freezes_barring
from mingcha.domain.catalogue.rules.laws import check_not_frozen
from mingcha.domain.duties.actions import start_duty
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.actions.clocks import follow_work_end
from mingcha.domain.inspections.models import Inspection, SubjectOutcome
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.policy.rules import end_of_day
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def arrive(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """An inspector is at the door; when the second one is there too, the visit starts. Twice does nothing."""
    require(by, Permission.INSPECTION_DO, within=inspection.department)
    inspection = locked(inspection)
    assignment = rules.check_assigned(queries.assignment_of(inspection, by))
    today = timezone.localdate(at)
    rules.check_arrivable(inspection, starts_on=inspection.campaign.starts_on, on=today)
    rules.check_certified(assignment.inspector, on=today)
    if (inspection.is_visiting and assignment.arrived_at is not None) or assignment.arrived_on(today):
        return inspection
    assignment.arrived_at = at
    assignment.acknowledged_at = assignment.acknowledged_at or at  # whoever is at the door has had the notice
    assignment.save(update_fields=["arrived_at", "acknowledged_at"])
    record("inspection.arrived", inspection, by=by, at=at, details={"inspector": assignment.inspector.code})
    if inspection.awaits_inspectors:
        _start_when_complete(inspection, today=today, by=by, at=at)
    return inspection


def _start_when_complete(inspection: Inspection, *, today: date, by: User, at: datetime) -> None:
    """The visit begins with the second person who is here today, on items as they are listed today."""
    party = inspection.assignments.standing().select_related("inspector")
    here = [assignment for assignment in party if assignment.arrived_on(today)]
    if len(here) < rules.MIN_INSPECTORS:
        return
    rules.check_startable([assignment.inspector for assignment in here], on=today)
    inspection.assignments.standing().exclude(pk__in=[assignment.pk for assignment in here]).update(arrived_at=None)
    _point_to_edition_in_force(inspection)
    inspection.move_to(InspectionState.VISITING)
    inspection.arrived_at = at
    inspection.save(update_fields=["state", "arrived_at"])
    record("inspection.started", inspection, by=by, at=at, details={"inspectors": len(here)})


def _point_to_edition_in_force(inspection: Inspection) -> None:
    """A list may have been superseded between the draw and the visit; what is looked at is the list of the day."""
    findings = list(inspection.findings.select_related("item__item_list"))
    check_not_frozen(freezes_barring([finding.item for finding in findings]))
    for finding in findings:
        if not finding.item.is_in_force:
            finding.item = rules.check_listed(finding.item, current_edition_of(finding.item))
            finding.save(update_fields=["item"])


@action
def sign_visit(
    inspection: Inspection,
    *,
    subject_signed: str,
    subject_opinion: str,
    by: User,
    at: datetime,
    subject_outcome: str = SubjectOutcome.SIGNED,
) -> Inspection:
    """Each inspector signs for himself; the first signature takes the unit's words along, later ones leave them."""
    require(by, Permission.INSPECTION_DO, within=inspection.department)
    inspection = locked(inspection)
    assignment = rules.check_assigned(queries.assignment_of(inspection, by))
    rules.check_signable(inspection, assignment)
    _check_sheet(inspection)
    if assignment.signed_at is not None:
        return inspection
    if not inspection.subject_outcome:
        rules.check_subject_part(subject_outcome, signed=subject_signed, opinion=subject_opinion)
        inspection.subject_outcome = subject_outcome
        inspection.subject_signed = subject_signed.strip() if subject_outcome == SubjectOutcome.SIGNED else ""
        inspection.subject_opinion = subject_opinion.strip()
        inspection.save(update_fields=["subject_outcome", "subject_signed", "subject_opinion"])
    assignment.signed_at = at
    assignment.save(update_fields=["signed_at"])
    details = {"inspector": assignment.inspector.code, "subject": inspection.subject_outcome}
    record("inspection.signed", inspection, by=by, at=at, details=details)
    return inspection


@action
def finish_visit(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """检查结束: nothing seen can be changed any more, and the clock to the entry starts."""
    require(by, Permission.INSPECTION_DO, within=inspection.department)
    inspection = locked(inspection)
    assignment = rules.check_assigned(queries.assignment_of(inspection, by))
    rules.check_finishable(inspection, list(inspection.assignments.standing().select_related("inspector")))
    rules.check_signable(inspection, assignment)
    _check_sheet(inspection)
    inspection.move_to(InspectionState.FINISHED)
    inspection.finished_at = at
    inspection.save(update_fields=["state", "finished_at"])
    start_duty(
        DutyKind.ENTRY,
        inspection,
        department=inspection.department,
        event_at=at,
        limit=end_of_day(inspection.campaign.ends_on),
        by=by,
        at=at,
    )
    follow_work_end(inspection.campaign, by=by, at=at)
    record("inspection.finished", inspection, by=by, at=at)
    return inspection


def _check_sheet(inspection: Inspection) -> None:
    """Nobody signs or ends an incomplete sheet."""
    lines = [line for section in queries.sections_of(inspection) for line in section.lines]
    lacks = [
        (line.checkpoint, rules.lack_of(line.checkpoint, value=line.value, photos=len(line.photos))) for line in lines
    ]
    rules.check_complete(lacks)
