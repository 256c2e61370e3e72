"""What may be shown to the public, when, and what the copy holds. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw, DrawnSubject
from mingcha.domain.inspections.models import Assignment, Finding, Inspection, Result
from mingcha.domain.inspections.rules import start_of
from mingcha.domain.plans.models import Campaign, ListTiming, Plan
from mingcha.domain.publication.models import Publication
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused

Content = dict[str, object]

SHOWN_EACH_END = 2  # characters of a certificate number that stay readable at either end


def check_unpublished(row: Publication) -> None:
    """What was shown stands; it is not shown again in other words."""
    if row.is_published:
        raise Refused(_("“%s”已经公示，公示后的内容不能更改") % row.title)


def check_plan(plan: Plan) -> None:
    """Only an approved plan is a plan."""
    if not plan.is_approved:
        raise Refused(_("“%s”还没有批准，批准后才公示") % plan.title)


def check_list(draw: Draw, *, time_has_come: bool) -> None:
    """The list is in force and the time that the plan set has come."""
    if not draw.is_in_force:
        raise Refused(_("抽取 %s 还没有生效，派发检查后才公告名单") % draw.number)
    if not time_has_come:
        raise Refused(_("还没有到计划写明的名单公开时点：%s") % draw.campaign.get_list_timing_display())


def check_result(inspection: Inspection) -> None:
    """A result is shown when another person has answered for it."""
    if not inspection.is_confirmed:
        raise Refused(_("“%s”的结果还没有审核，审核后才公示") % inspection)


def list_due_at(campaign: Campaign, *, in_force_at: datetime) -> datetime:
    """The moment that the plan set for the list, in Asia/Shanghai."""
    days = {ListTiming.AT_START: campaign.starts_on, ListTiming.AT_END: campaign.ends_on}
    day = days.get(ListTiming(campaign.list_timing))
    return in_force_at if day is None else start_of(day)


def digest_of(content: Mapping[str, object]) -> str:
    """What anybody can compute again from the copy that was shown."""
    return sha256_hex(canonical_json(content))


def mask_certificate(number: str) -> str:
    """`ZF-market-00001` → `ZF***********01`: enough to tell two people apart, not to use the number."""
    hidden = len(number) - 2 * SHOWN_EACH_END
    if hidden <= 0:
        return "*" * len(number)
    return number[:SHOWN_EACH_END] + "*" * hidden + number[-SHOWN_EACH_END:]


def plan_content(plan: Plan, campaigns: Iterable[Campaign]) -> Content:
    """A yearly plan with the campaigns approved under it so far."""
    return {
        "plan": plan.title,
        "year": plan.year,
        "department": plan.department.name,
        "purpose": plan.purpose,
        "approved_on": _day(plan.approved_at),
        "campaigns": [_campaign_content(campaign) for campaign in campaigns],
    }


def list_content(draw: Draw, subjects: Sequence[DrawnSubject], *, strata: Mapping[str, str]) -> Content:
    """检查公告: who will be inspected, on what, by whom, when. Inspectors are named with the results only."""
    return {
        **_campaign_content(draw.campaign),
        "plan": draw.campaign.plan.title,
        "lead": draw.campaign.plan.department.name,
        "draw": draw.number,
        "result_sha256": draw.result_sha256,
        "count": len(subjects),
        "subjects": [
            {"code": row.code, "name": row.name, "stratum": strata.get(row.stratum, row.stratum)} for row in subjects
        ],
    }


def result_content(inspection: Inspection, findings: Iterable[Finding], party: Iterable[Assignment]) -> Content:
    """The national field set: the firm by code and business name, each item's result, who inspected and when.

    Free text stays inside: a description may name people, addresses or trade secrets.
    """
    campaign = inspection.campaign
    return {
        "plan": campaign.plan.title,
        "campaign": campaign.title,
        "campaign_type": _type_of(campaign),
        "draw": inspection.visit.drawn.draw.number,
        "department": inspection.department.name,
        "subject": {"code": inspection.subject.code, "name": inspection.subject.name},
        "inspected_on": _day(inspection.finished_at),
        "findings": [
            {
                "number": number,
                "item_code": finding.item.code,
                "item": finding.item.title,
                "result_code": finding.result,
                "result": str(Result(finding.result).label),
            }
            for number, finding in enumerate(findings, start=1)
        ],
        "inspectors": [
            {"name": row.inspector.name, "certificate": mask_certificate(row.inspector.certificate_no)}
            for row in party
            if row.arrived_at is not None
        ],
    }


def _campaign_content(campaign: Campaign) -> Content:
    return {
        "campaign": campaign.title,
        "campaign_type": _type_of(campaign),
        "starts_on": campaign.starts_on.isoformat(),
        "ends_on": campaign.ends_on.isoformat(),
        "departments": [party.department.name for party in campaign.parties.all()],
        "items": [chosen.item.title for chosen in campaign.items.all()],
        "scope": [{"stratum": row.label, "share": str(row.share.normalize())} for row in campaign.strata.all()],
    }


def _type_of(campaign: Campaign) -> str:
    return _("部门联合抽查") if campaign.is_joint else _("部门抽查")


def _day(at: datetime | None) -> str:
    day: date | None = timezone.localdate(at) if at is not None else None
    return day.isoformat() if day is not None else ""
