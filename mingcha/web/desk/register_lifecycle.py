"""One entry's life at the desk: looked at, entered by mistake, noted, its masked contact shown."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.queries import subjects_visible_to
from mingcha.web.desk.forms.register_life import NoteForm, VerifyForm
from mingcha.web.desk.forms.registers import ReasonForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

HOME = "desk:subject_detail"


def kept_subject(request: StaffRequest, pk: int) -> Subject:
    """A subject whose register this account keeps; 404 unseen, 403 not kept."""
    subject = get_object_or_404(subjects_visible_to(request.user).select_related("region"), pk=pk)
    actions.require_keeper(request.user, subject)
    return subject


def _done(
    request: StaffRequest, pk: int, form_class: type[forms.Form], act: Callable[..., object], *, page: str
) -> HttpResponse:
    subject = kept_subject(request, pk)
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            act(subject, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, page, form, row=subject, home=HOME)


@login_required
@require_http_methods(["GET", "POST"])
def subject_verify(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that an entry is right today."""
    return _done(request, pk, VerifyForm, actions.verify_subject, page="standing_verify")


@login_required
@require_http_methods(["GET", "POST"])
def subject_void(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that an entry was a mistake."""
    return _done(request, pk, ReasonForm, actions.void_subject, page="standing_void")


@login_required
@require_http_methods(["GET", "POST"])
def journal_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a note for colleagues."""
    return _done(request, pk, NoteForm, actions.write_note, page="journal_add")
