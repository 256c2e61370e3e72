"""Showing plans, drawn lists and results to the public: a complete copy, once, for ever."""

from datetime import datetime

from django.db.models import Model

from mingcha.domain.audit.actions import record
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import list_is_public, strata_labels
from mingcha.domain.duties.actions import stop_duty
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.queries import about_key, duty_of
from mingcha.domain.inspections.actions import mark_published
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.models import Plan
from mingcha.domain.publication import queries, rules
from mingcha.domain.publication.models import Publication, PublicationKind
from mingcha.domain.publication.states import PublicationState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked


@action
def publish_plan(plan: Plan, *, by: Acting, at: datetime) -> Publication:
    """Show an approved plan."""
    require(by, Permission.RESULT_PUBLISH, within=plan.department)
    plan = locked(plan)
    rules.check_plan(plan)
    row = _row_for(plan, PublicationKind.PLAN, department=plan.department, title=plan.title)
    return _show(row, rules.plan_content(plan, queries.campaigns_to_show(plan)), by=by, at=at)


@action
def schedule_drawn_list(draw: Draw, *, by: Acting, at: datetime) -> Publication:
    """Note when the list of a draw in force will be shown, so that everyone at the desk can see it coming."""
    require(by, Permission.RESULT_PUBLISH, within=draw.department)
    draw = locked(draw)
    rules.check_list(draw, time_has_come=True)
    row = _announcement_of(draw)
    due_at = rules.list_due_at(draw.campaign, in_force_at=draw.in_force_at or at)
    if row.due_at == due_at:
        return row
    rules.check_unpublished(row)
    row.due_at = due_at
    row.save(update_fields=["due_at"])
    record("publication.scheduled", row, by=by, at=at, details={"due_at": due_at.isoformat()})
    return row


@action
def publish_drawn_list(draw: Draw, *, by: Acting, at: datetime) -> Publication:
    """检查公告: show who was drawn, when the time that the plan set has come."""
    require(by, Permission.RESULT_PUBLISH, within=draw.department)
    draw = locked(draw)
    rules.check_list(draw, time_has_come=list_is_public(draw, now=at))
    subjects = list(draw.subjects.filter(reserve=False).order_by("stratum", "rank"))
    row = _announcement_of(draw)
    row.due_at = rules.list_due_at(draw.campaign, in_force_at=draw.in_force_at or at)
    return _show(row, rules.list_content(draw, subjects, strata=strata_labels(draw)), by=by, at=at)


@action
def publish_result(inspection: Inspection, *, by: Acting, at: datetime) -> Publication:
    """Show a confirmed result under the firm; the clock of 20 working days stops."""
    require(by, Permission.RESULT_PUBLISH, within=inspection.department)
    inspection = locked(inspection)
    rules.check_result(inspection)
    findings = list(inspection.findings.select_related("item").order_by("item__code"))
    party = inspection.assignments.select_related("inspector").order_by("position")
    row = _row_for(
        inspection,
        PublicationKind.RESULT,
        department=inspection.department,
        title=f"{inspection.subject.name}检查结果（{inspection.department.short_name}）",
        subject_code=inspection.subject.code,
        subject_name=inspection.subject.name,
        found_nothing=all(finding.is_clean for finding in findings),
    )
    duty = duty_of(DutyKind.PUBLISH_RESULT, inspection)
    row.due_at = duty.due_at if duty is not None else None
    _show(row, rules.result_content(inspection, findings, party), by=by, at=at)
    stop_duty(DutyKind.PUBLISH_RESULT, inspection, by=by, at=at)
    mark_published(inspection, at=at)
    return row


def _announcement_of(draw: Draw) -> Publication:
    title = f"{draw.campaign.title}检查公告"
    return _row_for(draw, PublicationKind.DRAWN_LIST, department=draw.department, title=title)


def _row_for(about: Model, kind: str, *, department: Department, title: str, **fields: object) -> Publication:
    """The one row of a kind for what it is made from, held until the end."""
    values = {"department": department, "title": title[:300], **fields}
    row, _new = Publication.objects.get_or_create(kind=kind, about=about_key(about), defaults=values)
    return locked(row)


def _show(row: Publication, content: rules.Content, *, by: Acting, at: datetime) -> Publication:
    rules.check_unpublished(row)
    row.content, row.digest = content, rules.digest_of(content)
    row.move_to(PublicationState.PUBLISHED)
    row.published_at = at
    row.save(update_fields=["content", "digest", "due_at", "state", "published_at"])
    details = {"about": row.about, "digest": row.digest}
    record("publication.published", row, by=by, at=at, details=details)
    return row
