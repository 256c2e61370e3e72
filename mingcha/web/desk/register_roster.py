"""执法检查人员 at the desk: category and scope, other papers, leave, training; whose papers end."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.organisation.permissions import Permission, may
from mingcha.domain.registers import actions
from mingcha.domain.registers.queries import (
    away_from,
    certificates_ending,
    coverage_of,
    qualifications_ending,
)
from mingcha.domain.registers.rules import certificate_light
from mingcha.web.desk.forms.register_roster import (
    DescriptionForm,
    LeaveForm,
    QualificationForm,
    TrainingForm,
    described,
)
from mingcha.web.desk.forms.registers import ReasonForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.register_links import department_page
from mingcha.web.desk.register_people import HOME, kept_inspector
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

SOON = 60  # days: time enough to renew a certificate
SHOWN = 200


@login_required
@require_GET
def roster_papers(request: StaffRequest) -> HttpResponse:
    """Whose papers have ended or end soon, and who is away."""
    department, context = department_page(request)
    today = timezone.localdate()
    ending = certificates_ending(department, on=today, within=SOON)[:SHOWN]
    context |= {
        "coverage": coverage_of(department, on=today, within=SOON),
        "ending": [(person, certificate_light(person.certificate_until, on=today)) for person in ending],
        "qualifications": qualifications_ending(department, on=today, within=SOON)[:SHOWN],
        "away": away_from(department, on=today)[:SHOWN],
        "soon": SOON,
        "today": today,
        "may_edit": may(request.user, Permission.REGISTER_EDIT, within=department),
    }
    return render(request, "desk/registers/inspector_papers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def inspector_describe(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which category a person is of and what the person may inspect."""
    inspector = kept_inspector(request, pk)
    form = DescriptionForm(
        request.POST if request.method == "POST" else None,
        items=items_in_force(department=inspector.department),
        initial=described(inspector),
    )
    if form.is_valid():
        with refusals_in(form):
            actions.describe_inspector(inspector, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "inspector_describe", form, row=inspector, home=HOME)


def _added(
    request: StaffRequest,
    pk: int,
    form_class: type[forms.Form],
    act: Callable[..., object],
    *,
    page: str,
    initial: dict[str, object] | None = None,
) -> HttpResponse:
    """A form about a person whose roster this account keeps, and one action."""
    inspector = kept_inspector(request, pk)
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            act(inspector, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, page, form, row=inspector, home=HOME)


@login_required
@require_http_methods(["GET", "POST"])
def inspector_release(request: StaffRequest, pk: int) -> HttpResponse:
    """Out of the roster for good."""
    return _added(request, pk, ReasonForm, actions.release_inspector, page="inspector_release")


@login_required
@require_http_methods(["GET", "POST"])
def qualification_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter a paper beside the certificate."""
    return _added(request, pk, QualificationForm, actions.add_qualification, page="inspector_qualification")


@login_required
@require_http_methods(["GET", "POST"])
def leave_grant(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter days on which a person is not drawn."""
    return _added(
        request, pk, LeaveForm, actions.grant_leave, page="leave_grant", initial={"since": timezone.localdate()}
    )


@login_required
@require_http_methods(["GET", "POST"])
def training_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter a training that was held."""
    return _added(
        request, pk, TrainingForm, actions.record_training, page="training_add", initial={"on": timezone.localdate()}
    )


@login_required
@require_http_methods(["GET", "POST"])
def qualification_drop(request: StaffRequest, pk: int, paper_pk: int) -> HttpResponse:
    """Take a paper away."""
    inspector = kept_inspector(request, pk)
    paper = get_object_or_404(inspector.qualifications, pk=paper_pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            reason = form.cleaned_data["reason"]
            actions.drop_qualification(paper, reason=reason, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "inspector_qualification_drop", form, row=inspector, home=HOME, paper=paper)


@login_required
@require_http_methods(["GET", "POST"])
def leave_end(request: StaffRequest, pk: int, leave_pk: int) -> HttpResponse:
    """Back before the end, or not going after all."""
    inspector = kept_inspector(request, pk)
    leave = inspector.leaves.filter(pk=leave_pk).first()
    if leave is None:  # a second press, or the way back after the first
        messages.info(request, _("这段假期已经销掉。"))
        return redirect(HOME, pk)
    if request.method == "POST":
        actions.end_leave(leave, by=request.user, at=timezone.now())
        return redirect(HOME, pk)
    context = {"row": inspector, "leave": leave, "begun": leave.since < timezone.localdate(), "home": HOME}
    return render(request, "desk/registers/leave_end.html", context)
