"""数据共享 at the desk: asking another department, answering, taking, and the log of what was taken."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import BatchKind, DataRequest
from mingcha.domain.registers.queries import (
    deliveries_visible_to,
    departments_kept_by,
    owners_for,
    requests_awaiting,
    requests_visible_to,
)
from mingcha.domain.registers.rules import SHARED_COLUMNS
from mingcha.web.desk.forms.register_sharing import AskForm, GrantForm
from mingcha.web.desk.forms.registers import ReasonForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@login_required
@require_GET
def sharing_list(request: StaffRequest) -> HttpResponse:
    """What was asked for, by the own departments and of them."""
    require(request.user, Permission.REGISTER_READ)
    context = {
        "page": Paginator(requests_visible_to(request.user), A_PAGE).get_page(request.GET.get("page")),
        "waiting": requests_awaiting(request.user).count(),
        "may_ask": may(request.user, Permission.REGISTER_EDIT),
    }
    return render(request, "desk/registers/sharing_list.html", context)


@login_required
@require_GET
def sharing_log(request: StaffRequest) -> HttpResponse:
    """Each time that data was taken: by whom, how many rows, the digest of the file."""
    require(request.user, Permission.REGISTER_READ)
    taken = deliveries_visible_to(request.user)
    page = Paginator(taken, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/registers/sharing_log.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def sharing_ask(request: StaffRequest) -> HttpResponse:
    """Ask for columns of another department's register."""
    require(request.user, Permission.REGISTER_EDIT)
    asked = request.GET.get("register", "")
    register = asked if asked in BatchKind.values else BatchKind.SUBJECTS.value
    departments = departments_kept_by(request.user)
    owners = Department.objects.filter(
        pk__in=[
            pk for own in departments.select_related("region") for pk in owners_for(own).values_list("pk", flat=True)
        ]
    ).order_by("code")
    form = AskForm(
        request.POST if request.method == "POST" else None, departments=departments, owners=owners, register=register
    )
    if form.is_valid():
        asker, owner = form.cleaned_data["department"], form.cleaned_data["owner"]
        with refusals_in(form):
            now = timezone.now()
            made = actions.ask_for_data(asker, owner, register=register, **form.asked(), by=request.user, at=now)
            return redirect("desk:sharing_detail", made.pk)
    return page_with(request, "sharing_ask", form, register=register, registers=BatchKind.choices)


def _seen(request: StaffRequest, pk: int) -> DataRequest:
    return get_object_or_404(requests_visible_to(request.user), pk=pk)


def _page(request: StaffRequest, asked: DataRequest, form: GrantForm) -> HttpResponse:
    columns = SHARED_COLUMNS.get(asked.register, {})
    context = {
        "asked": asked,
        "form": form,
        "register": dict(BatchKind.choices).get(asked.register, asked.register),
        "wanted": [columns[name].label for name in asked.fields if name in columns],
        "given": [columns[name].label for name in asked.granted if name in columns],
        "filters": [(column.label, asked.filters[name]) for name, column in columns.items() if name in asked.filters],
        "deliveries": asked.deliveries.select_related("taken_by")[:A_PAGE],
        "may_decide": asked.is_asked and may(request.user, Permission.REGISTER_SHARE, within=asked.owner),
        "may_end": asked.is_granted and may(request.user, Permission.REGISTER_SHARE, within=asked.owner),
        "may_take": _takeable(request, asked),
        "trail": trail_of(asked),
    }
    return render(request, "desk/registers/sharing_detail.html", context, status=422 if form.errors else 200)


def _takeable(request: StaffRequest, asked: DataRequest) -> bool:
    running = asked.is_granted and (asked.until is None or asked.until >= timezone.localdate())
    return running and may(request.user, Permission.REGISTER_EDIT, within=asked.asker)


@login_required
@require_GET
def sharing_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One request: what was asked, answered and taken."""
    asked = _seen(request, pk)
    return _page(request, asked, GrantForm(request=asked))


@login_required
@require_POST
def sharing_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """The owner's head gives, or says why not."""
    asked = _seen(request, pk)
    require(request.user, Permission.REGISTER_SHARE, within=asked.owner)
    form = GrantForm(request.POST, request=asked)
    refused = request.POST.get("decision") == "refuse"
    if form.is_valid():
        given, by, at = form.cleaned_data, request.user, timezone.now()
        with refusals_in(form):
            if refused:
                actions.refuse_request(asked, answer=given["answer"], by=by, at=at)
            elif given["until"] is None:
                form.add_error("until", _("没有填有效期"))
            else:
                fields, until = given["fields_given"], given["until"]
                actions.grant_request(asked, fields=fields, until=until, answer=given["answer"], by=by, at=at)
    if form.errors:
        return _page(request, asked, form)
    return redirect("desk:sharing_detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def sharing_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a grant back."""
    asked = _seen(request, pk)
    require(request.user, Permission.REGISTER_SHARE, within=asked.owner)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.end_grant(asked, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            return redirect("desk:sharing_detail", pk)
    return page_with(request, "sharing_end", form, row=asked, home="desk:sharing_detail")


@login_required
@require_POST
def sharing_take(request: StaffRequest, pk: int) -> HttpResponse:
    """Take what was granted, as a file; that it was taken is on record before it leaves."""
    taken = actions.take_data(_seen(request, pk), by=request.user, at=timezone.now())
    answer = HttpResponse(taken.content, content_type=XLSX if taken.name.endswith(".xlsx") else CSV)
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=taken.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
