"""齐全、合格、合法 at the desk: three gates as figures, each of which opens its rows."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.domain.registers.queries import LACKING, fresh_clause, gates_of, stale_clause
from mingcha.domain.registers.rules import STALE_DAYS
from mingcha.web.desk.register_links import department_page
from mingcha.web.desk.staff import StaffRequest

A_PAGE = 50


@login_required
@require_GET
def quality(request: StaffRequest) -> HttpResponse:
    """The gates of a department, and behind one figure what it lacks."""
    department, context = department_page(request)
    show = request.GET.get("show", "")
    today = timezone.localdate()
    context |= {
        "gates": gates_of(department, on=today),
        "show": show,
        "stale": stale_clause(department.region, on=today),
        "stale_default": STALE_DAYS,
        "fresh": fresh_clause(department, on=today),
    }
    if show in LACKING:
        label, rows = LACKING[show][0], _rows(department, show)
        context |= {"label": label, "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page"))}
        context["kind"] = {Subject: "subjects", Inspector: "inspectors"}.get(rows.model, "items")
    return render(request, "desk/registers/quality.html", context)


def _rows(department: Department, show: str) -> QuerySet[Any]:
    found = LACKING[show][1](department, timezone.localdate())
    if found.model is Subject:
        return found.select_related("region").order_by("region_id", "code")
    return found.order_by("code")
