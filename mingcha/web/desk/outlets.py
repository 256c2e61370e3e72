"""公示渠道: what went where, what failed and why, and what is put up by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.outlets.actions import correct_posting, enter_posting, send_again
from mingcha.domain.outlets.models import Delivery
from mingcha.domain.outlets.queries import deliveries_visible_to, publishes_for
from mingcha.domain.policy.rules import word_of
from mingcha.exchange.partners.publication_outlet import Outlet, fault_of_configuration, outlet_named
from mingcha.web.desk.forms.outlets import CorrectionForm, PostingForm
from mingcha.web.desk.outlets_package import name_of, package_of, rows_of
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in
from mingcha.web.shared.tables import XLSX, file_answer

A_PAGE = 50
STATES = Delivery._meta.get_field("state").flatchoices
# The tints that the house has for what waits, stands and was refused.
TINTS = {
    "WAITING": "due",
    "DELIVERED": "published",
    "REFUSED": "refused",
    "GIVEN_UP": "late",
    "OVERTAKEN": "superseded",
}


@dataclass(frozen=True)
class Row:
    """One line of the ledger as the page shows it."""

    delivery: Delivery
    outlet: Outlet

    @property
    def tint(self) -> str:
        return TINTS[self.delivery.state]

    @property
    def waits_for_a_person(self) -> bool:
        """Nothing goes on by itself: no interface, sent back, or given up."""
        return self.delivery.is_stuck or (self.delivery.is_waiting and not self.outlet.has_interface)


@login_required
@require_GET
def outlet_list(request: StaffRequest) -> HttpResponse:
    """Every edition and outlet, the newest first, with how many are in each state."""
    require(request.user, Permission.CATALOGUE_READ)
    rows = deliveries_visible_to(request.user).defer("content")
    outlets = sorted(set(rows.order_by().values_list("outlet", flat=True)))
    outlet, state = request.GET.get("outlet", ""), request.GET.get("state", "")
    narrowed = rows.filter(outlet=outlet) if outlet in outlets else rows
    counted = dict(narrowed.order_by().values_list("state").annotate(number=Count("pk")))
    found = narrowed.filter(state=state) if state in dict(STATES) else narrowed
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row_of(delivery) for delivery in page],
        "outlets": [(code, word_of(code)) for code in outlets],
        "counts": [(code, label, counted.get(code, 0)) for code, label in STATES],
        "filtered": bool(outlet or state),
        "fault": fault_of_configuration(),
    }
    return render(request, "desk/outlets/outlet_list.html", context)


@login_required
@require_GET
def outlet_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One content for one outlet: what it says, what the outlet answered."""
    delivery = _visible(request, pk)
    return render(request, "desk/outlets/outlet_detail.html", _detail_of(request, delivery))


@login_required
@require_GET
def outlet_package(request: StaffRequest, pk: int) -> HttpResponse:
    """The workbook to upload."""
    delivery = _visible(request, pk)
    name = name_of(delivery, _row_of(delivery).outlet.name)
    return file_answer(package_of(delivery), name=name, media_type=XLSX)


@login_required
@require_POST
def outlet_again(request: StaffRequest, pk: int) -> HttpResponse:
    """再送一次."""
    delivery = send_again(_visible(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("已排上，一分钟内再送一次"))
    return redirect("desk:outlet_detail", delivery.pk)


@login_required
@require_POST
def outlet_enter(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody put it up by hand: where and when; or the address that was entered for it was wrong."""
    delivery = _visible(request, pk)
    corrects = _is_by_hand(delivery)
    form = CorrectionForm(request.POST) if corrects else PostingForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            (_correct if corrects else _enter)(request, delivery, form.cleaned_data)
        if not form.errors:
            messages.success(request, _("公布地址已改正") if corrects else _("已登记公布地址，公开专栏会列出"))
            return redirect("desk:outlet_detail", delivery.pk)
    return render(request, "desk/outlets/outlet_detail.html", _detail_of(request, delivery, form), status=422)


def _enter(request: StaffRequest, delivery: Delivery, said: Mapping[str, Any]) -> None:
    enter_posting(
        delivery,
        address=said["address"],
        on=said["on"],
        number=said["number"],
        has_interface=_row_of(delivery).outlet.has_interface,
        by=request.user,
        at=timezone.now(),
    )


def _correct(request: StaffRequest, delivery: Delivery, said: Mapping[str, Any]) -> None:
    correct_posting(delivery, address=said["address"], by=request.user, at=timezone.now())


def _is_by_hand(delivery: Delivery) -> bool:
    """Its address was entered by somebody and can be corrected by somebody."""
    return delivery.is_delivered and bool(delivery.public_address) and delivery.entered_by is not None


def _visible(request: StaffRequest, pk: int) -> Delivery:
    return get_object_or_404(deliveries_visible_to(request.user), pk=pk)


def _row_of(delivery: Delivery) -> Row:
    return Row(delivery, outlet_named(delivery.outlet, delivery.department.region))


def _blank_form(row: Row) -> forms.Form | None:
    """What can be entered now, or None: what goes by itself is not declared put up."""
    delivery = row.delivery
    if _is_by_hand(delivery):
        return CorrectionForm(initial={"address": delivery.public_address})
    if row.waits_for_a_person or (delivery.is_delivered and not delivery.public_address):
        return PostingForm(initial={"on": timezone.localdate()})
    return None


def _detail_of(request: StaffRequest, delivery: Delivery, form: forms.Form | None = None) -> dict[str, object]:
    row = _row_of(delivery)
    acts = publishes_for(request.user, delivery.department)
    return {
        "row": row,
        "delivery": delivery,
        "said": delivery.content,
        "items": [(row.get("title") or row["project"], row["code"]) for row in rows_of(delivery, "items")],
        "changes": rows_of(delivery, "changes"),
        "suspended": rows_of(delivery, "suspended"),
        "may_send": acts
        and row.outlet.has_interface
        and (delivery.is_stuck or (delivery.is_waiting and delivery.tries)),
        "form": (form or _blank_form(row)) if acts else None,
        "corrects": _is_by_hand(delivery),
        "trail": trail_of(delivery),
        "fault": fault_of_configuration(),
    }
