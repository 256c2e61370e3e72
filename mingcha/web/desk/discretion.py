"""自由裁量权基准: a department's benchmarks, and those of one item with every earlier wording."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.catalogue.actions import discretion as actions
from mingcha.domain.catalogue.models import Discretion, InspectionItem
from mingcha.domain.catalogue.queries import discretion as queries
from mingcha.domain.catalogue.queries import items_visible_to
from mingcha.domain.catalogue.queries.laws import laws_for
from mingcha.domain.catalogue.rules.discretion import by_violation
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.kit.tabular.separated import csv_of
from mingcha.web.desk.forms.discretion import BenchmarkForm, EndForm, initial_of
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in
from mingcha.web.shared.tables import CSV, file_answer

A_PAGE = 50


@login_required
@require_GET
def benchmark_list(request: StaffRequest) -> HttpResponse:
    """What the degrees of a violation entail, department by department."""
    require(request.user, Permission.CATALOGUE_READ)
    rows = queries.from_the_lightest(_chosen(request))
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "departments": reach(request.user, Permission.CATALOGUE_READ),
        "filtered": any(request.GET.get(name) for name in ("department", "q")),
        "today": timezone.localdate(),
    }
    return render(request, "desk/laws/benchmark_list.html", context)


def _chosen(request: StaffRequest) -> QuerySet[Discretion]:
    rows = queries.benchmarks_visible_to(request.user)
    department, text = request.GET.get("department", ""), request.GET.get("q", "").strip()
    if department:
        rows = rows.filter(department__code=department)
    if text:
        rows = rows.filter(Q(violation__icontains=text) | Q(item_code__icontains=text) | Q(description__icontains=text))
    return rows if request.GET.get("show") == "all" else queries.holding(rows, on=timezone.localdate())


@login_required
@require_GET
def benchmark_export(request: StaffRequest) -> HttpResponse:
    """The list as it is filtered, as a file."""
    require(request.user, Permission.CATALOGUE_READ)
    heading = [
        "部门",
        "事项编码",
        "违法行为",
        "情节",
        "情节认定",
        "裁量幅度",
        "处罚依据",
        "条款",
        "施行日期",
        "停止日期",
    ]
    rows = [
        [
            row.department.short_name,
            row.item_code,
            row.violation,
            str(row.get_circumstance_display()),
            row.description,
            row.range_text,
            str(row.law),
            row.article,
            row.since.isoformat(),
            row.until.isoformat() if row.until else "",
        ]
        for row in queries.from_the_lightest(_chosen(request))
    ]
    return file_answer(csv_of([heading, *rows]), name=_("裁量基准.csv"), media_type=CSV)


@login_required
@require_GET
def item_benchmarks(request: StaffRequest, pk: int) -> HttpResponse:
    """One item: each violation with its degrees now, and what they said before."""
    item = get_object_or_404(items_visible_to(request.user), pk=pk)
    rows = list(queries.benchmarks_of(item.item_list.department, item.code))
    today = timezone.localdate()
    context = {
        "item": item,
        "violations": by_violation(row for row in rows if row.until is None or row.until > today),
        "past": [row for row in rows if row.until is not None and row.until <= today],
        "today": today,
        "may_edit": _may_write(request, item),
    }
    return render(request, "desk/laws/item_benchmarks.html", context)


def _may_write(request: StaffRequest, item: InspectionItem) -> bool:
    return may(request.user, Permission.CATALOGUE_EDIT, within=item.item_list.department)


@login_required
@require_http_methods(["GET", "POST"])
def benchmark_write(request: StaffRequest, pk: int) -> HttpResponse:
    """A violation of an item, written for the first time or anew."""
    item = get_object_or_404(items_visible_to(request.user).select_related("item_list__department__region"), pk=pk)
    department = item.item_list.department
    require(request.user, Permission.CATALOGUE_EDIT, within=department)
    violation = request.GET.get("violation", "")
    present = list(queries.benchmarks_of(department, item.code).filter(until=None, violation=violation))
    laws = laws_for(department.region, on=timezone.localdate())
    form = BenchmarkForm(request.POST or None, laws=laws, initial=initial_of(present))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.write_benchmarks(
                department, item_code=item.code, **form.content(), by=request.user, at=timezone.now()
            )
            return redirect("desk:item_benchmarks", item.pk)
    context = {"item": item, "form": form, "present": present, "any_law": laws.exists()}
    return render(request, "desk/laws/benchmark_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def benchmark_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop one degree without another in its place."""
    row = get_object_or_404(queries.benchmarks_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=row.department)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.end_benchmark(row, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("desk:benchmark_list")
    return render(
        request, "desk/laws/benchmark_end.html", {"row": row, "form": form}, status=422 if form.errors else 200
    )
