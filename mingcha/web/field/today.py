"""今日: what is before an inspector."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.domain.duties.models import Duty
from mingcha.domain.duties.rules import Light, light_of
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Assignment, Inspection
from mingcha.domain.inspections.queries import done_with, duties_about, new_for, still_to_do, worklist_of
from mingcha.web.field.person import FieldRequest

SHOWN = 200  # more than one person can visit
SHOWN_DONE = 30


@dataclass(frozen=True)
class Row:
    """One inspection in the list."""

    inspection: Inspection
    partners: list[Assignment]
    is_new: bool
    light: Light | None


@login_required
@require_GET
def today(request: FieldRequest) -> HttpResponse:
    """Grouped: what can be done today, what begins later, what is entered."""
    now = timezone.now()
    rows = worklist_of(request.user)
    waiting = list(still_to_do(rows)[:SHOWN])
    on = timezone.localdate(now)
    groups = [
        (_("今天"), [row for row in waiting if row.campaign.starts_on <= on]),
        (_("以后"), [row for row in waiting if row.campaign.starts_on > on]),
        (_("已完成"), list(done_with(rows)[:SHOWN_DONE])),
    ]
    shown = [row for _name, group in groups for row in group]
    clocks = duties_about(shown)
    context = {
        "groups": [
            (name, [_row(row, request, clocks.get(row.pk, []), now) for row in group]) for name, group in groups
        ],
        "new": new_for(request.user).count(),
        "nothing": not groups[0][1],
        "anything": bool(shown),
        "next": min((row.campaign.starts_on for row in groups[1][1]), default=None),
    }
    return render(request, "field/today.html", context)


@login_required
@require_POST
def acknowledge_all(request: FieldRequest) -> HttpResponse:
    """全部确认收到."""
    actions.acknowledge_all(request.user, by=request.user, at=timezone.now())
    return redirect("field:today")


def _row(inspection: Inspection, request: FieldRequest, duties: list[Duty], now: datetime) -> Row:
    partners = [a for a in inspection.assignments.all() if a.inspector.user_id != request.user.pk]
    running = [duty for duty in duties if duty.is_running]
    is_new = any(a.is_new for a in inspection.assignments.all() if a.inspector.user_id == request.user.pk)
    return Row(inspection, partners, is_new, light_of(running[-1], now=now) if running else None)
