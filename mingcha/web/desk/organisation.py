"""账号: who may come in and do what; for the system keeper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation import actions
from mingcha.domain.organisation.models import Department, Grant, Region, User
from mingcha.domain.organisation.permissions import Permission, grants_of, reach, require, roles_with
from mingcha.web.desk.forms.organisation import AccountForm, GrantForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


def accounts_visible_to(user: User) -> QuerySet[User]:
    """The accounts of the departments that this keeper looks after."""
    require(user, Permission.ACCOUNTS_KEEP)
    departments = reach(user, Permission.ACCOUNTS_KEEP)
    return User.objects.filter(department__in=departments).select_related("department__region")


def kept_by(user: User) -> tuple[QuerySet[Department], QuerySet[Region]]:
    """Where this keeper may grant roles: departments, and whole regions where the keeper's own role covers them."""
    held = grants_of(user).filter(role__in=roles_with(Permission.ACCOUNTS_KEEP), region__isnull=False)
    return reach(user, Permission.ACCOUNTS_KEEP), Region.objects.filter(pk__in=held.values("region"))


@login_required
@require_GET
def account_list(request: StaffRequest) -> HttpResponse:
    """Every account with its roles."""
    accounts = accounts_visible_to(request.user).prefetch_related("grants__department", "grants__region")
    text, department = request.GET.get("q", "").strip(), request.GET.get("department", "")
    if text:
        accounts = accounts.filter(Q(username__icontains=text) | Q(full_name__icontains=text))
    if department:
        accounts = accounts.filter(department__code=department)
    context = {
        "page": Paginator(accounts, A_PAGE).get_page(request.GET.get("page")),
        "departments": reach(request.user, Permission.ACCOUNTS_KEEP),
    }
    return render(request, "desk/organisation/account_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def account_open(request: StaffRequest) -> HttpResponse:
    """Open an account."""
    require(request.user, Permission.ACCOUNTS_KEEP)
    form = AccountForm(request.POST or None)
    form.fields["department"].queryset = reach(  # type: ignore[attr-defined]  # a model choice
        request.user, Permission.ACCOUNTS_KEEP
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            person = actions.open_account(**form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("账号已开立，还没有任何权限；在下面授予角色。"))
            return redirect("desk:account_detail", person.pk)
    return render(request, "desk/organisation/account_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def account_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One account: its roles, and a form that grants another."""
    person = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    departments, regions = kept_by(request.user)
    form = GrantForm(
        request.POST or None,
        departments=departments,
        regions=regions,
        initial={"place": f"department:{person.department_id}"},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.grant_role(person, **form.content(), by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:account_detail", person.pk)
    context = {
        "person": person,
        "grants": person.grants.select_related("department", "region").order_by("role", "pk"),
        "form": form,
        "trail": trail_of(person),
        "today": timezone.localdate(),
    }
    return render(request, "desk/organisation/account_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def role_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    grant = get_object_or_404(Grant.objects.filter(user__in=accounts_visible_to(request.user)), pk=pk)
    actions.withdraw_role(grant, by=request.user, at=timezone.now())
    return redirect("desk:account_detail", grant.user_id)


@login_required
@require_POST
def account_deactivate(request: StaffRequest, pk: int) -> HttpResponse:
    """Shut an account out."""
    person = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    actions.deactivate_account(person, by=request.user, at=timezone.now())
    messages.success(request, _("账号已停用：不能再登录，正在打开的页面也随即失效。"))
    return redirect("desk:account_detail", person.pk)


@login_required
@require_POST
def account_reactivate(request: StaffRequest, pk: int) -> HttpResponse:
    """Let an account in again."""
    person = get_object_or_404(accounts_visible_to(request.user), pk=pk)
    actions.reactivate_account(person, by=request.user, at=timezone.now())
    messages.success(request, _("账号已启用，原来的角色照旧；核对下面的角色是否还合适。"))
    return redirect("desk:account_detail", person.pk)
