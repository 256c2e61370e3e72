"""One visit on the phone: arriving, signing, ending."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.queries import staffing_of, worklist_of
from mingcha.domain.plans.queries import clause_for
from mingcha.web.field.forms import SignForm
from mingcha.web.field.person import FieldRequest
from mingcha.web.field.progress import Progress, entry_light, progress_of
from mingcha.web.shared.refusals import refusals_in


def own(request: FieldRequest, pk: int) -> Inspection:
    """An inspection this person is sent on."""
    return get_object_or_404(worklist_of(request.user), pk=pk)


def own_progress(request: FieldRequest, pk: int) -> Progress:
    return progress_of(own(request, pk), request.user, today=timezone.localdate())


@login_required
@require_GET
def visit(request: FieldRequest, pk: int) -> HttpResponse:
    """Where the visit stands and the one next act."""
    progress = own_progress(request, pk)
    light = entry_light(progress.inspection, now=timezone.now())
    context = {"p": progress, "inspection": progress.inspection, "light": light}
    if progress.inspection.awaits_inspectors:
        context["staffing"] = staffing_of(progress.inspection, on=progress.today)
    return render(request, "field/visit.html", context)


@login_required
@require_POST
def acknowledge(request: FieldRequest, pk: int) -> HttpResponse:
    """确认收到."""
    actions.acknowledge(own(request, pk), by=request.user, at=timezone.now())
    return redirect("field:visit", pk)


@login_required
@require_POST
def arrive(request: FieldRequest, pk: int) -> HttpResponse:
    """我已到场."""
    actions.arrive(own(request, pk), by=request.user, at=timezone.now())
    return redirect("field:visit", pk)


@login_required
@require_http_methods(["GET", "POST"])
def sign(request: FieldRequest, pk: int) -> HttpResponse:
    """Check the answers, take the unit's words, sign."""
    progress = own_progress(request, pk)
    inspection = progress.inspection
    if request.method == "GET" and not inspection.is_visiting:
        return redirect("field:visit", pk)
    form = SignForm(request.POST if request.method == "POST" else None, initial={"subject_outcome": "SIGNED"})
    # The second inspector signs under the words that the unit has given already.
    if request.method == "POST" and (inspection.subject_outcome or form.is_valid()):
        words = form.cleaned_data if form.is_valid() else {"subject_signed": "", "subject_opinion": ""}
        with refusals_in(form):
            actions.sign_visit(inspection, **words, by=request.user, at=timezone.now())
            return redirect("field:visit", pk)
    context = {"p": progress, "inspection": inspection, "form": form}
    return render(request, "field/sign.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def finish(request: FieldRequest, pk: int) -> HttpResponse:
    """The page that names the act, and the act."""
    if request.method == "POST":
        actions.finish_visit(own(request, pk), by=request.user, at=timezone.now())
        return redirect("field:visit_finished", pk)
    progress = own_progress(request, pk)
    if not progress.all_signed or progress.lacks:
        return redirect("field:visit", pk)
    hours = clause_for(progress.inspection.department, "entry_hours", on=progress.today)
    context = {"p": progress, "inspection": progress.inspection, "hours": hours}
    return render(request, "field/finish.html", context)


@login_required
@require_GET
def finished(request: FieldRequest, pk: int) -> HttpResponse:
    """What has been fixed, and the clock that runs now."""
    inspection = own(request, pk)
    if inspection.finished_at is None:
        return redirect("field:visit", pk)
    light = entry_light(inspection, now=timezone.now())
    return render(request, "field/finished.html", {"inspection": inspection, "light": light})
