"""更新确认: whoever owns a register looks at what it holds and what changed, and signs for it."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import BatchKind
from mingcha.domain.registers.queries import (
    Change,
    changes_since,
    confirmations_visible_in,
    content_of,
    counts_by_state,
    fresh_days,
    gates_of,
    owned_rows,
    standing_of,
)
from mingcha.web.desk.forms.registers import ConfirmForm
from mingcha.web.desk.home_waiting import AT_ONCE, Waiting
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

SHOWN = 5  # of the confirmations given
MOST_OWN = 20  # of the departments that one person may sign for
LOOKING_BACK = timedelta(days=30)  # where nothing was confirmed yet
HOMES = {BatchKind.SUBJECTS: "desk:register_list", BatchKind.INSPECTORS: "desk:inspector_list"}


def confirmations_for_page(request: StaffRequest, register: BatchKind) -> dict[str, object]:
    """For the page of a register: where the own ones stand, and who confirmed lately."""
    today = timezone.localdate()
    mine = reach(request.user, Permission.REGISTER_CONFIRM).select_related("region")[:MOST_OWN]
    read = reach(request.user, Permission.REGISTER_READ)
    return {
        "register": register,
        "standings": [
            standing_of(department, register, on=today, days=fresh_days(department, on=today)) for department in mine
        ],
        "given": confirmations_visible_in(read, register)[:SHOWN],
    }


@login_required
@require_http_methods(["GET", "POST"])
def register_confirm(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Show what the register holds and what changed since the last time; sign for it."""
    if kind.upper() not in BatchKind.values:
        raise Http404
    register, today = BatchKind(kind.upper()), timezone.localdate()
    own = reach(request.user, Permission.REGISTER_CONFIRM).select_related("region")
    department = get_object_or_404(own, pk=pk)
    content = content_of(department, register)
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"seen": content.digest})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.confirm_register(department, register, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("已确认：%s") % register.label)
            return redirect(HOMES[register])
    days = fresh_days(department, on=today)
    context = {
        "form": form,
        "department": department,
        "register": register,
        "content": content,
        "counts": counts_by_state(owned_rows(department, register)),
        "standing": standing_of(department, register, on=today, days=days),
        "until": today + timedelta(days=days) if days is not None else None,
        "changes": _changes(department, register),
        "home": HOMES[register],
        "gates": gates_of(department, on=today, register=register),
    }
    return render(request, "desk/registers/register_confirm.html", context, status=422 if form.errors else 200)


def registers_waiting(user: User) -> Iterator[Waiting]:
    """For the first page: own registers whose confirmation has run out, so that no draw can rest on them."""
    today = timezone.localdate()
    for department in reach(user, Permission.REGISTER_CONFIRM).select_related("region")[:AT_ONCE]:
        days = fresh_days(department, on=today)
        for register in BatchKind:
            standing = standing_of(department, register, on=today, days=days)
            if standing.confirmation is not None and not standing.valid:
                address = reverse("desk:register_confirm", args=[department.pk, register.value.lower()])
                yield Waiting(_("名录确认已到期"), str(register.label), department.short_name, address)


def _changes(department: Department, register: BatchKind) -> list[Change]:
    """Since the last confirmation; since a month where there is none."""
    today = timezone.localdate()
    last = standing_of(department, register, on=today, days=None).confirmation
    since = last.confirmed_at if last is not None else timezone.now() - LOOKING_BACK
    return [change for change in changes_since(department.region, since) if change.register == register]
