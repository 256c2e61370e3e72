"""After the visit: entering, confirming, giving back."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.duties.actions import resume_duty, start_duty, stop_duty
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.actions.clocks import follow_clock
from mingcha.domain.inspections.models import Finding, Inspection
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.actions import close_campaign
from mingcha.domain.plans.models import CampaignDepartment
from mingcha.domain.policy.rules import end_of_day
from mingcha.domain.registers.actions import note_visit
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def record_result(
    inspection: Inspection, *, results: Mapping[int, tuple[str, str]], by: User, at: datetime
) -> Inspection:
    """Enter the result of every item (finding pk → result code and problem); the clock of 48 hours stops."""
    require(by, Permission.INSPECTION_DO, within=inspection.department)
    inspection = locked(inspection)
    rules.check_recordable(inspection, rules.check_assigned(queries.assignment_of(inspection, by)))
    sections = queries.sections_of(inspection)
    findings = [section.finding for section in sections]
    answers = {section.finding.pk: [line.value for line in section.lines] for section in sections}
    rules.check_results(findings, results=results, answers=answers)
    for finding in findings:
        result, problem = results[finding.pk]
        finding.result, finding.problem = result, problem.strip()
    Finding.objects.bulk_update(findings, ["result", "problem"])
    inspection.move_to(InspectionState.RECORDED)
    inspection.recorded_by, inspection.recorded_at = by, at
    inspection.save(update_fields=["state", "recorded_by", "recorded_at"])
    stop_duty(DutyKind.ENTRY, inspection, by=by, at=at)
    _tell_campaign_clock(inspection, by=by, at=at)
    record("inspection.recorded", inspection, by=by, at=at, details={f.item.code: f.result for f in findings})
    return inspection


def _tell_campaign_clock(inspection: Inspection, *, by: User, at: datetime) -> None:
    parties = CampaignDepartment.objects.select_related("department__region", "campaign")
    party = parties.get(campaign=inspection.campaign, department=inspection.department)
    follow_clock(party, by=by, at=at)


@action
def confirm_result(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """Another person answers for the result; from now on it waits to be published."""
    require(by, Permission.RESULT_CONFIRM, within=inspection.department)
    inspection = locked(inspection)
    rules.check_confirmable(inspection, by_pk=by.pk)
    inspection.move_to(InspectionState.CONFIRMED)
    inspection.confirmed_by, inspection.confirmed_at, inspection.remark = by, at, ""
    inspection.save(update_fields=["state", "confirmed_by", "confirmed_at", "remark"])
    finished_at = inspection.finished_at or at
    campaign = locked(inspection.campaign)  # two last results confirmed at once must see one another
    _start_publication_clock(inspection, finished_at, by=by, at=at)
    for finding in inspection.findings.select_related("item"):
        note_visit(
            inspection.subject,
            item_code=finding.item.code,
            department=inspection.department,
            on=timezone.localdate(finished_at),
            clean=finding.is_clean,
        )
    if not queries.unconfirmed_in(campaign).exists():
        close_campaign(campaign)
    record("inspection.confirmed", inspection, by=by, at=at)
    return inspection


def _start_publication_clock(inspection: Inspection, finished_at: datetime, *, by: User, at: datetime) -> None:
    """By the rules of the place, or by fewer days where the department's rulebook of that day sets them (ADR 0019).

    Of an entry that the public sees at once (泰安) the limit is the entry's.
    """
    start_duty(
        DutyKind.PUBLISH_RESULT,
        inspection,
        department=inspection.department,
        event_at=finished_at,
        limit=end_of_day(inspection.campaign.ends_on),
        work_ended_at=queries.work_end_of(inspection.campaign).at,
        own=queries.own_publication_days(inspection, finished_at=finished_at),
        by=by,
        at=at,
    )


@action
def return_result(inspection: Inspection, *, remark: str, by: User, at: datetime) -> Inspection:
    """Give a result back to be put right; what was seen on the spot stays as it was signed.

    It is not entered any more, so the entry's clock runs again: giving back leaves no more time than the rules do.
    """
    require(by, Permission.RESULT_CONFIRM, within=inspection.department)
    inspection = locked(inspection)
    rules.check_returnable(inspection, remark=remark)
    inspection.move_to(InspectionState.FINISHED)
    inspection.recorded_by, inspection.recorded_at, inspection.remark = None, None, remark.strip()
    inspection.save(update_fields=["state", "recorded_by", "recorded_at", "remark"])
    resume_duty(DutyKind.ENTRY, inspection, by=by, at=at)
    _tell_campaign_clock(inspection, by=by, at=at)
    record("inspection.returned", inspection, by=by, at=at, details={"remark": inspection.remark})
    return inspection


@action
def mark_published(inspection: Inspection, *, at: datetime) -> None:
    """Told by publication, inside its own action: the public has seen the result."""
    inspection = locked(inspection)
    inspection.published_at = at
    inspection.save(update_fields=["published_at"])
