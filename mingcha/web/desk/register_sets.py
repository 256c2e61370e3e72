"""名录库、分库、标签 at the desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.permissions import Permission, may, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Register, SubjectState
from mingcha.domain.registers.queries import (
    by_name_or_code,
    departments_kept_by,
    entries_of,
    registers_visible_to,
)
from mingcha.domain.registers.queries.registers import fillable_in, headcount_of
from mingcha.domain.registers.rules.exports import check_understood
from mingcha.domain.registers.rules.registers import check_filled_by
from mingcha.web.desk.forms.register_life import CodesForm, RegisterForm
from mingcha.web.desk.forms.registers import FillForm, SubjectFilter
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.registers import found_rows
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
SHOWN = 20  # of the codes that nobody knows


@login_required
@require_GET
def set_list(request: StaffRequest) -> HttpResponse:
    """Every register that this person may read, with how many are in it."""
    require(request.user, Permission.REGISTER_READ)
    sets = registers_visible_to(request.user).order_by("department__code", "kind", "name")
    context = {
        "tab": "sets",
        "page": Paginator(sets, A_PAGE).get_page(request.GET.get("page")),
        "may_edit": may(request.user, Permission.REGISTER_EDIT),
    }
    return render(request, "desk/registers/link_sets.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def set_new(request: StaffRequest) -> HttpResponse:
    """Open a register, sub-register or tag."""
    require(request.user, Permission.REGISTER_EDIT)
    form = RegisterForm(
        request.POST if request.method == "POST" else None, departments=departments_kept_by(request.user)
    )
    if form.is_valid():
        with refusals_in(form):
            made = actions.open_register(**form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("desk:set_detail", made.pk)
    return page_with(request, "link_set_new", form)


@login_required
@require_GET
def set_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is in one register."""
    register = get_object_or_404(registers_visible_to(request.user), pk=pk)
    text, found = request.GET.get("q", "").strip()[:100], entries_of(register)
    context = {
        "register": register,
        "text": text,
        "page": Paginator(found.filter(by_name_or_code(text)) if text else found, A_PAGE).get_page(
            request.GET.get("page")
        ),
        "parts": registers_visible_to(request.user).filter(parent=register),
        "trail": trail_of(register),
        "may_edit": may(request.user, Permission.REGISTER_EDIT, within=register.department),
    }
    return render(request, "desk/registers/link_set.html", context)


def _kept(request: StaffRequest, pk: int) -> Register:
    register = get_object_or_404(registers_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=register.department)
    return register


@login_required
@require_http_methods(["GET", "POST"])
def set_enter(request: StaffRequest, pk: int) -> HttpResponse:
    """Put subjects in by their codes."""
    register = _kept(request, pk)
    form = CodesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            done = actions.enter_subjects(
                register, form.listed(), reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
            told = {"entered": done.entered, "known": done.known}
            messages.success(request, _("新入库 %(entered)d 户，原来就在库里的 %(known)d 户") % told)
            if done.unknown:
                some = {"n": len(done.unknown), "codes": "、".join(done.unknown[:SHOWN])}
                messages.warning(request, _("名录里没有这 %(n)d 个代码，没有入库：%(codes)s") % some)
            return redirect("desk:set_detail", pk)
    return page_with(request, "link_set_enter", form, row=register, home="desk:set_detail")


@login_required
@require_http_methods(["GET", "POST"])
def set_fill(request: StaffRequest, pk: int) -> HttpResponse:
    """Put in whatever a filter of the master register leaves: how many, then why, then in with them."""
    register = _kept(request, pk)
    search = SubjectFilter(request.GET, registers=registers_visible_to(request.user))
    asks_closed = search.text("state") != SubjectState.CLOSED  # whoever asks for the ended wants them
    form = FillForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            check_understood(search.is_understood)
            check_filled_by(search.as_query())
            done = actions.fill_register(
                register,
                found_rows(request.user, search),
                seen=request.POST.get("seen", ""),
                with_closed=form.cleaned_data["with_closed"] or not asks_closed,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            told = {"entered": done.entered, "known": done.known}
            messages.success(request, _("新入库 %(entered)d 户，原来就在库里的 %(known)d 户") % told)
            return redirect("desk:set_detail", pk)
    says_whom = search.is_understood and search.as_query()
    there = headcount_of(fillable_in(register, found_rows(request.user, search))) if says_whom else None
    if "with_closed" not in form.errors and not (asks_closed and there and there.closed):
        del form.fields["with_closed"]
    more = {"register": register, "search": search, "there": there, "home": "desk:set_detail", "row": register}
    return page_with(request, "link_set_fill", form, asks_closed=asks_closed, **more)


@login_required
@require_http_methods(["GET", "POST"])
def set_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take subjects out by their codes."""
    register = _kept(request, pk)
    form = CodesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            removed = actions.remove_subjects(
                register, form.listed(), reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
            messages.success(request, _("出库 %d 户") % removed)
            return redirect("desk:set_detail", pk)
    return page_with(request, "link_set_remove", form, row=register, home="desk:set_detail")


@login_required
@require_http_methods(["GET", "POST"])
def set_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a register; its subjects stay in 两库."""
    register = _kept(request, pk)
    if request.method == "POST":
        actions.drop_register(register, by=request.user, at=timezone.now())
        messages.success(request, _("已删除“%s”") % register.name)
        return redirect("desk:set_list")
    return render(request, "desk/registers/link_set_drop.html", {"register": register})
