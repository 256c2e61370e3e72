"""年度计划: drafting, submitting, approving, returning."""

from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.filings.actions import prepare_filing
from mingcha.domain.filings.models import FilingKind
from mingcha.domain.filings.queries import bodies_played
from mingcha.domain.filings.rules import clauses_by_key, recipients_of
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans import queries, rules
from mingcha.domain.plans.models import Plan
from mingcha.domain.plans.states import PlanState
from mingcha.domain.policy.queries import profile_for
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def draft_plan(department: Department, *, year: int, title: str, purpose: str = "", by: User, at: datetime) -> Plan:
    """Begin a department's plan of a year."""
    require(by, Permission.PLAN_EDIT, within=department)
    department = locked(department)
    rules.check_year(year, today=timezone.localdate(at))
    rules.check_title_free(title, taken=queries.title_taken(title, department=department, year=year))
    plan = Plan.objects.create(department=department, year=year, title=title, purpose=purpose, drafted_by=by)
    record("plan.drafted", plan, by=by, at=at, details={"year": year, "title": title})
    return plan


@action
def amend_plan(plan: Plan, *, title: str, purpose: str = "", by: User, at: datetime) -> Plan:
    """Change a draft; whoever wrote it last is its drafter."""
    require(by, Permission.PLAN_EDIT, within=plan.department)
    plan = locked(plan)
    rules.check_editable(plan)
    taken = queries.title_taken(title, department=plan.department, year=plan.year, but=plan)
    rules.check_title_free(title, taken=taken)
    plan.title, plan.purpose, plan.drafted_by = title, purpose, by
    plan.save(update_fields=["title", "purpose", "drafted_by"])
    record("plan.amended", plan, by=by, at=at, details={"title": title})
    return plan


@action
def submit_plan(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Hand a plan to whoever approves it."""
    require(by, Permission.PLAN_EDIT, within=plan.department)
    plan = locked(plan)
    rules.check_plan_submittable(plan, campaigns=plan.campaigns.count())
    plan.move_to(PlanState.SUBMITTED)
    plan.remark = ""
    plan.save(update_fields=["state", "remark"])
    record("plan.submitted", plan, by=by, at=at)
    return plan


@action
def approve_plan(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Another person, and where the rules say so another body, agrees to the plan; it is laid ready for filing."""
    require(by, Permission.PLAN_APPROVE, within=plan.department)
    plan = locked(plan)
    external = queries.clause_for(plan.department, "plan_approver", on=timezone.localdate(at))
    rules.check_approvable(plan, by=by, external=external)
    plan.move_to(PlanState.APPROVED)
    plan.approved_by, plan.approved_at = by, at
    plan.save(update_fields=["state", "approved_by", "approved_at"])
    record("plan.approved", plan, by=by, at=at)
    _lay_ready(plan, by=by, at=at)
    return plan


def _lay_ready(plan: Plan, *, by: User, at: datetime) -> None:
    """报备: for each body that the rules of the place name, by the day of the plan's own year."""
    clauses = clauses_by_key(profile_for(plan.department.region, on=timezone.localdate(at)))
    plays = bodies_played(Department.objects.filter(pk=plan.department_id)).get(plan.department_id, frozenset())
    for recipient in recipients_of(FilingKind.PLAN, clauses, year=plan.year, plays=plays):
        prepare_filing(
            plan,
            kind=FilingKind.PLAN,
            title=plan.title,
            department=plan.department,
            body=recipient.body,
            content=queries.plan_paper(plan),
            clause=recipient.clause,
            due_on=recipient.due_on,
            year=plan.year,
            by=by,
            at=at,
        )


@action
def return_plan(plan: Plan, *, remark: str, by: User, at: datetime) -> Plan:
    """Give a plan back with what is to be changed."""
    require(by, Permission.PLAN_APPROVE, within=plan.department)
    plan = locked(plan)
    rules.check_returnable(remark)
    plan.move_to(PlanState.DRAFT)
    plan.remark = remark
    plan.save(update_fields=["state", "remark"])
    record("plan.returned", plan, by=by, at=at, details={"remark": remark})
    return plan
