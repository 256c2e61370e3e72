"""监管信息 and credit classes at the desk: what is on record about subjects."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.queries import running_on, signals_visible_to, subjects_visible_to
from mingcha.web.desk.forms.register_life import CreditForm, SignalCloseForm, SignalFilter, SignalForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
HOME = "desk:subject_detail"


@login_required
@require_GET
def signal_list(request: StaffRequest) -> HttpResponse:
    """Everything on record within this person's reach."""
    require(request.user, Permission.REGISTER_READ)
    search, today = SignalFilter(request.GET), timezone.localdate()
    search.is_valid()
    found, asked = signals_visible_to(request.user), search.cleaned_data
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    if asked.get("running"):
        found = found.filter(running_on(today)) if asked["running"] == "1" else found.filter(until__lte=today)
    page = Paginator(found.order_by("-since", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/registers/signal_list.html", {"search": search, "page": page, "today": today})


def _kept(request: StaffRequest, pk: int) -> Subject:
    subject = get_object_or_404(subjects_visible_to(request.user).select_related("region"), pk=pk)
    actions.require_keeper(request.user, subject)
    return subject


@login_required
@require_http_methods(["GET", "POST"])
def signal_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Put something on record."""
    subject = _kept(request, pk)
    form = SignalForm(request.POST if request.method == "POST" else None, initial={"since": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            actions.add_signal(subject, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "signal_add", form, row=subject, home=HOME)


@login_required
@require_http_methods(["GET", "POST"])
def signal_close(request: StaffRequest, pk: int, signal_pk: int) -> HttpResponse:
    """Take something off."""
    subject = _kept(request, pk)
    signal = get_object_or_404(subject.signals, pk=signal_pk)
    form = SignalCloseForm(request.POST if request.method == "POST" else None, initial={"until": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            actions.close_signal(signal, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "signal_close", form, row=subject, home=HOME, signal=signal)


@login_required
@require_http_methods(["GET", "POST"])
def credit_set(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter or correct the class of one month."""
    subject = _kept(request, pk)
    month = timezone.localdate().replace(day=1)
    form = CreditForm(request.POST if request.method == "POST" else None, initial={"month": month})
    if form.is_valid():
        with refusals_in(form):
            actions.set_credit_class(subject, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "signal_credit", form, row=subject, home=HOME)
