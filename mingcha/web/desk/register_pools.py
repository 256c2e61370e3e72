"""跨部门、跨区域人员库 at the desk."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import PoolMember
from mingcha.domain.registers.queries import (
    departments_kept_by,
    members_awaiting,
    members_of,
    pool_members,
    pools_visible_to,
)
from mingcha.web.desk.forms.register_roster import AgreementForm, PoolForm, ProposalForm
from mingcha.web.desk.forms.registers import ReasonForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


@login_required
@require_GET
def pool_list(request: StaffRequest) -> HttpResponse:
    """The pools here and around, and own people whom somebody wants to borrow."""
    require(request.user, Permission.REGISTER_READ)
    context = {
        "page": Paginator(pools_visible_to(request.user), A_PAGE).get_page(request.GET.get("page")),
        "waiting": members_awaiting(request.user)[:A_PAGE],
        "may_edit": may(request.user, Permission.REGISTER_EDIT),
    }
    return render(request, "desk/registers/pool_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def pool_new(request: StaffRequest) -> HttpResponse:
    """Open a pool."""
    require(request.user, Permission.REGISTER_EDIT)
    form = PoolForm(request.POST if request.method == "POST" else None, departments=departments_kept_by(request.user))
    if form.is_valid():
        given = dict(form.cleaned_data)
        with refusals_in(form):
            pool = actions.open_pool(given.pop("department"), **given, by=request.user, at=timezone.now())
            return redirect("desk:pool_detail", pool.pk)
    return page_with(request, "pool_new", form)


@login_required
@require_GET
def pool_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is in a pool, lent by whom, until when."""
    pool = get_object_or_404(pools_visible_to(request.user), pk=pk)
    today = timezone.localdate()
    kept = set(departments_kept_by(request.user).values_list("pk", flat=True))
    lending = set(reach(request.user, Permission.REGISTER_SHARE).values_list("pk", flat=True))
    drawable = set(pool_members(pool, on=today).values_list("pk", flat=True))
    rows = []
    for member in members_of(pool):
        home = member.inspector.department
        rows.append(
            {
                "member": member,
                "is_drawable": member.inspector_id in drawable,
                "is_elsewhere": not home.region.code.startswith(pool.region.prefix),
                "may_agree": member.agreed_by_id is None and home.pk in lending,
                "may_end": home.pk in lending or home.pk in kept or pool.keeper_id in kept,
            }
        )
    context = {"pool": pool, "rows": rows, "drawable": len(drawable), "may_propose": bool(kept), "today": today}
    return render(request, "desk/registers/pool_detail.html", {**context, "trail": trail_of(pool)})


@login_required
@require_http_methods(["GET", "POST"])
def pool_propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Name a person for a pool."""
    pool = get_object_or_404(pools_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.propose_member(pool, form.cleaned_data["code"], by=request.user, at=timezone.now())
            return redirect("desk:pool_detail", pk)
    return page_with(request, "pool_propose", form, row=pool, home="desk:pool_detail")


def _member(request: StaffRequest, pk: int, member_pk: int) -> PoolMember:
    pool = get_object_or_404(pools_visible_to(request.user), pk=pk)
    held = PoolMember.objects.filter(pool=pool).select_related("inspector__department", "pool__keeper")
    return get_object_or_404(held, pk=member_pk)


@login_required
@require_http_methods(["GET", "POST"])
def pool_agree(request: StaffRequest, pk: int, member_pk: int) -> HttpResponse:
    """The own head lends a person."""
    member = _member(request, pk, member_pk)
    require(request.user, Permission.REGISTER_SHARE, within=member.inspector.department)
    form = AgreementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            until = form.cleaned_data["until"]
            actions.agree_member(member, until=until, by=request.user, at=timezone.now())
            return redirect("desk:pool_detail", pk)
    return page_with(request, "pool_agree", form, row=member.pool, home="desk:pool_detail", member=member)


@login_required
@require_http_methods(["GET", "POST"])
def pool_leave(request: StaffRequest, pk: int, member_pk: int) -> HttpResponse:
    """A person leaves a pool, or does not come into it."""
    member = _member(request, pk, member_pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.leave_pool(member, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            return redirect("desk:pool_detail", pk)
    return page_with(request, "pool_leave", form, row=member.pool, home="desk:pool_detail", member=member)
