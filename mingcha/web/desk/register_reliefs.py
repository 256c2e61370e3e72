"""免检与包容审慎 at the desk: who could be exempted, who is, and the head's decision."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Relief
from mingcha.domain.registers.queries import (
    clean_years_clause,
    relief_candidates,
    reliefs_running,
    reliefs_visible_to,
    subjects_visible_to,
)
from mingcha.web.desk.forms.register_life import DecisionForm, ReliefForm
from mingcha.web.desk.forms.registers import ReasonForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.register_links import department_page
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
A_YEAR = timedelta(days=364)
LONGEST_KEY = 9
SHOWN = ("running", "over")


@login_required
@require_GET
def relief_list(request: StaffRequest) -> HttpResponse:
    """The decisions within this person's reach: those that hold, or those that are over."""
    require(request.user, Permission.REGISTER_READ)
    today, show = timezone.localdate(), request.GET.get("show", "running")
    over = Q(until__lt=today) | Q(lapsed_on__lte=today)
    found = reliefs_visible_to(request.user)
    found = found.filter(over) if show == "over" else found.exclude(over)
    context = {
        "show": show if show in SHOWN else "running",
        "page": Paginator(found.order_by("-since", "-pk"), A_PAGE).get_page(request.GET.get("page")),
        "today": today,
        "holding": reliefs_visible_to(request.user).filter(reliefs_running(today)).count(),
        "decides": set(reach(request.user, Permission.EXEMPTION_DECIDE).values_list("pk", flat=True)),
    }
    return render(request, "desk/registers/relief_list.html", context)


def _first_dates() -> dict[str, object]:
    today = timezone.localdate()
    return {"since": today, "until": today + A_YEAR}


@login_required
@require_http_methods(["GET", "POST"])
def relief_candidates_page(request: StaffRequest) -> HttpResponse:
    """Whoever had so many good years: chosen by the head, decided with one period and one reason."""
    department, context = department_page(request)
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=_first_dates())
    chosen = [int(key) for key in request.POST.getlist("subject") if key.isdecimal() and len(key) <= LONGEST_KEY]
    if form.is_valid():
        with refusals_in(form):
            kind, now = Relief.Kind.CLEAN_YEARS, timezone.now()
            made = actions.decide_reliefs(department, chosen, kind=kind, **form.cleaned_data, by=request.user, at=now)
            messages.success(request, _("已决定 %d 户免于抽查") % len(made))
            return redirect("desk:relief_list")
    found = relief_candidates(department, on=timezone.localdate()).select_related("region")
    context |= {
        "form": form,
        "chosen": set(chosen),
        "clause": clean_years_clause(department, on=timezone.localdate()),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "may_decide": may(request.user, Permission.EXEMPTION_DECIDE, within=department),
    }
    answer = 422 if form.errors else 200
    return render(request, "desk/registers/relief_candidates.html", context, status=answer)


@login_required
@require_http_methods(["GET", "POST"])
def relief_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Exempt or observe one subject."""
    subject = get_object_or_404(subjects_visible_to(request.user), pk=pk)
    require(request.user, Permission.EXEMPTION_DECIDE)
    form = ReliefForm(
        request.POST if request.method == "POST" else None,
        departments=reach(request.user, Permission.EXEMPTION_DECIDE),
        initial={"kind": Relief.Kind.TOLERANT, **_first_dates()},
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        with refusals_in(form):
            actions.decide_reliefs(given.pop("department"), [subject.pk], **given, by=request.user, at=timezone.now())
            return redirect("desk:subject_detail", pk)
    return page_with(request, "relief_decide", form, row=subject, home="desk:subject_detail")


@login_required
@require_http_methods(["GET", "POST"])
def relief_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    relief = get_object_or_404(reliefs_visible_to(request.user), pk=pk)
    require(request.user, Permission.EXEMPTION_DECIDE, within=relief.department)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.end_relief(relief, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            return redirect("desk:relief_list")
    return page_with(request, "relief_end", form, row=relief.subject, home="desk:subject_detail", relief=relief)
