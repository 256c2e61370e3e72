"""派员通知: who was sent and has not confirmed it, and slips on paper for those without a phone."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.inspections.models import Assignment
from mingcha.domain.inspections.queries import notices_visible_to, partners_in, unread
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.domain.registers.models import Inspector
from mingcha.web.desk.staff import StaffRequest

A_PAGE = 50
SLIPS = 2000  # assignments on one printing


class Slip(NamedTuple):
    """One person's notice: the inspections, each with who comes along."""

    person: Inspector
    department: Department
    rows: list[tuple[Assignment, list[str]]]


@login_required
@require_GET
def notice_list(request: StaffRequest) -> HttpResponse:
    """Who has not confirmed, and since when; or everyone."""
    sent = _narrowed(notices_visible_to(request.user), request)
    waiting = unread(sent)
    everyone = request.GET.get("all", "") == "1"
    context = {
        "page": Paginator(sent if everyone else waiting, A_PAGE).get_page(request.GET.get("page")),
        "everyone": everyone,
        "total": sent.count(),
        "waiting": waiting.count(),
        **_choices(request),
    }
    return render(request, "desk/inspections/notice_list.html", context)


@login_required
@require_GET
def notice_slips(request: StaffRequest) -> HttpResponse:
    """For the printer: a slip a person, with a line to sign."""
    sent = list(_narrowed(notices_visible_to(request.user), request)[:SLIPS])
    along = partners_in(row.inspection_id for row in sent)
    slips: dict[int, Slip] = {}
    for row in sent:
        slip = slips.setdefault(row.inspector_id, Slip(row.inspector, row.inspector.department, []))
        others = [name for person, name in along[row.inspection_id] if person != row.inspector_id]
        slip.rows.append((row, others))
    context = {"slips": list(slips.values()), "cut_off": len(sent) == SLIPS, **_choices(request)}
    return render(request, "desk/inspections/notice_slips.html", context)


def _narrowed(rows: QuerySet[Assignment], request: StaffRequest) -> QuerySet[Assignment]:
    """By campaign and department; those whose inspection has begun need no notice any more."""
    campaign, department = request.GET.get("campaign", ""), request.GET.get("department", "")
    if campaign.isascii() and campaign.isdigit():
        rows = rows.filter(inspection__visit__campaign_id=int(campaign[:18]))
    if department:
        rows = rows.filter(inspection__department__code=department)
    return rows


def _choices(request: StaffRequest) -> dict[str, object]:
    return {
        "campaigns": campaigns_visible_to(request.user).exclude(visits=None).distinct(),
        "departments": reach(request.user, Permission.INSPECTION_READ).exclude(inspectors=None).distinct(),
        "printed_at": timezone.now(),
    }
