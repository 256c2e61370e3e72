"""Firms in dispute with a department: entered and ended on the page of the firm."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.queries import departments_kept_by, disputes_of, subjects_visible_to
from mingcha.web.desk.forms.register_entries import DisputeEndForm, DisputeForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

HOME = "desk:subject_detail"


def _seen(request: StaffRequest, pk: int) -> Subject:
    """A firm that this account may read; entering anything about it asks for more."""
    subject = get_object_or_404(subjects_visible_to(request.user).select_related("region"), pk=pk)
    require(request.user, Permission.REGISTER_EDIT)
    return subject


@login_required
@require_http_methods(["GET", "POST"])
def dispute_declare(request: StaffRequest, pk: int) -> HttpResponse:
    """A department and this firm are in dispute: the department's draws leave it out."""
    subject = _seen(request, pk)
    form = DisputeForm(
        request.POST if request.method == "POST" else None,
        departments=departments_kept_by(request.user),
        initial={"since": timezone.localdate()},
    )
    if form.is_valid():
        with refusals_in(form):
            actions.declare_dispute(subject, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "dispute_declare", form, row=subject, home=HOME)


@login_required
@require_http_methods(["GET", "POST"])
def dispute_end(request: StaffRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """It is over: the firm can be drawn again."""
    subject = _seen(request, pk)
    own = disputes_of(subject).filter(department__in=departments_kept_by(request.user))
    dispute = get_object_or_404(own, pk=dispute_pk)
    form = DisputeEndForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            actions.end_dispute(dispute, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "dispute_end", form, row=subject, home=HOME, dispute=dispute)
