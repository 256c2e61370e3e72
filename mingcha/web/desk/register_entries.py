"""两库 at the desk, one entry at a time: entering and correcting it by hand."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.queries import departments_kept_by, inspectors_visible_to, subjects_visible_to
from mingcha.web.desk.forms.register_entries import (
    AmendInspectorForm,
    AmendSubjectForm,
    NewInspectorForm,
    NewSubjectForm,
    initial_of,
)
from mingcha.web.desk.register_history import Change, changes_after
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in


def page_with(request: StaffRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    """The page of a form, 422 when something in it is to be mended."""
    answer = {"form": form, **context}
    return render(request, f"desk/registers/{template}.html", answer, status=422 if form.errors else 200)


def _typed(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_http_methods(["GET", "POST"])
def subject_new(request: StaffRequest) -> HttpResponse:
    """Enter one firm."""
    require(request.user, Permission.REGISTER_EDIT)
    form = NewSubjectForm(_typed(request), departments=departments_kept_by(request.user))
    if form.is_valid():
        with refusals_in(form):
            subject = actions.register_subject(**form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("desk:subject_detail", subject.pk)
    return page_with(request, "subject_new", form)


@login_required
@require_http_methods(["GET", "POST"])
def subject_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what the register says of a firm."""
    subject = get_object_or_404(subjects_visible_to(request.user).select_related("region"), pk=pk)
    actions.require_keeper(request.user, subject)
    form = AmendSubjectForm(_typed(request), subject=subject, initial=initial_of(subject, AmendSubjectForm))
    others: list[Change] = []
    if form.is_valid():
        with refusals_in(form):
            actions.amend_subject(subject, **form.content(), by=request.user, at=timezone.now())
            return redirect("desk:subject_detail", pk)
        others = changes_after(subject, form.cleaned_data.get("seen"), user=request.user)
        if others:
            form = _over(form, others, subject)
    return page_with(request, "subject_amend", form, row=subject, home="desk:subject_detail", others=others)


def _over(form: AmendSubjectForm, others: list[Change], subject: Subject) -> AmendSubjectForm:
    """The same typing over what the others left: whatever was not typed follows them, and may be handed in again."""
    now = initial_of(subject, AmendSubjectForm)
    typed = {key: form.data.get(key, "") for key in form.fields}
    for change in reversed(others):
        for key, before in change.before.items():
            if key in now and typed[key] == _as_sent(before):
                typed[key] = _as_sent(now[key])
    typed["seen"] = subject.changed_at.isoformat()
    again = AmendSubjectForm(typed, subject=subject, initial=now)
    again.is_valid()
    for error in form.non_field_errors():
        again.add_error(None, error)
    return again


def _as_sent(value: object) -> str:
    """A value, of the entry or as the trail tells it, as a browser sends it back."""
    if value in (True, _("是")):
        return "on"
    return "" if value in (None, False, _("否")) else str(value)


@login_required
@require_http_methods(["GET", "POST"])
def inspector_new(request: StaffRequest) -> HttpResponse:
    """Enter one person."""
    require(request.user, Permission.REGISTER_EDIT)
    form = NewInspectorForm(_typed(request), departments=departments_kept_by(request.user))
    if form.is_valid():
        with refusals_in(form):
            inspector = actions.enlist_inspector(**form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("desk:inspector_detail", inspector.pk)
    return page_with(request, "inspector_new", form)


@login_required
@require_http_methods(["GET", "POST"])
def inspector_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what the roster says of a person; the page holds the whole certificate number, so keepers only."""
    inspector = get_object_or_404(inspectors_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=inspector.department)
    form = AmendInspectorForm(_typed(request), initial=initial_of(inspector, AmendInspectorForm))
    if form.is_valid():
        with refusals_in(form):
            actions.amend_inspector(inspector, **form.content(), by=request.user, at=timezone.now())
            return redirect("desk:inspector_detail", pk)
    return page_with(request, "inspector_amend", form, row=inspector, home="desk:inspector_detail")
