"""录入结果 on the phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.inspections.actions import record_result
from mingcha.domain.inspections.queries import sections_of
from mingcha.web.field.forms import ResultForm
from mingcha.web.field.person import FieldRequest
from mingcha.web.field.progress import entry_light
from mingcha.web.field.visits import own
from mingcha.web.shared.refusals import refusals_in


@login_required
@require_http_methods(["GET", "POST"])
def record(request: FieldRequest, pk: int) -> HttpResponse:
    """A result for every item."""
    inspection = own(request, pk)
    if request.method == "GET" and not inspection.is_finished:
        return redirect("field:visit", pk)
    form = ResultForm(request.POST if request.method == "POST" else None, sections=sections_of(inspection))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            record_result(inspection, results=form.results(), by=request.user, at=timezone.now())
            messages.success(request, _("结果已录入，等待审核"))
            return redirect("field:visit", pk)
    context = {"form": form, "inspection": inspection, "light": entry_light(inspection, now=timezone.now())}
    return render(request, "field/record.html", context, status=422 if form.errors else 200)
