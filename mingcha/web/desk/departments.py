"""部门 and the discipline body's sealing key; for the system keeper, and for the discipline officer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws.models import Draw
from mingcha.domain.organisation import actions, rules
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.organisation.queries import departments_keyed_by, officers_of, regions_kept_by
from mingcha.kit.digests import sha256_hex
from mingcha.web.desk.forms.departments import DepartmentForm, NameForm, SealingKeyForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
FINGERPRINT = 32  # digits of the SHA-256 that two people read to each other


@login_required
@require_GET
def department_list(request: StaffRequest) -> HttpResponse:
    """The departments this keeper looks after, and which of them holds the sealing key."""
    require(request.user, Permission.ACCOUNTS_KEEP)
    departments = reach(request.user, Permission.ACCOUNTS_KEEP).select_related("region")
    text, region = request.GET.get("q", "").strip(), request.GET.get("region", "")
    if text:
        named = Q(name__icontains=text) | Q(short_name__icontains=text)
        departments = departments.filter(named | Q(code__icontains=text) | Q(uscc__icontains=text))
    if region:
        departments = departments.filter(region=region)
    counted = departments.annotate(accounts=Count("user", filter=Q(user__is_active=True))).order_by("region", "code")
    regions = regions_kept_by(request.user)
    context = {
        "page": Paginator(counted, A_PAGE).get_page(request.GET.get("page")),
        "regions": regions.filter(department__isnull=False).distinct(),
        "may_open": regions.exists(),
    }
    return render(request, "desk/organisation/department_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def department_open(request: StaffRequest) -> HttpResponse:
    """Enter a department in one of the keeper's regions."""
    require(request.user, Permission.ACCOUNTS_KEEP)
    form = DepartmentForm(request.POST or None)
    form.fields["region"].queryset = regions_kept_by(request.user)  # type: ignore[attr-defined]  # a model choice
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.open_department(**form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("已登记%s，接着为它开立账号。") % made.short_name)
            return redirect("desk:department_list")
    context = {"form": form}
    return render(request, "desk/organisation/department_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def department_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what a department is called."""
    require(request.user, Permission.ACCOUNTS_KEEP)
    department = get_object_or_404(reach(request.user, Permission.ACCOUNTS_KEEP).select_related("region"), pk=pk)
    called = {"name": department.name, "short_name": department.short_name}
    form = NameForm(request.POST or None, initial=called)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.amend_department(department, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("名称已更改"))
            return redirect("desk:department_list")
    context = {"form": form, "department": department, "trail": trail_of(department)}
    return render(request, "desk/organisation/department_amend.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def department_key(request: StaffRequest, pk: int) -> HttpResponse:
    """Register the public key; one that replaces another is confirmed first."""
    department = get_object_or_404(departments_keyed_by(request.user), pk=pk)
    form = SealingKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        with refusals_in(form):
            if not form.gives_up(department):
                return _asked_to_confirm(request, department, key)
            actions.register_sealing_key(department, key=key, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("公钥已登记。核对指纹，再把私钥文件另存一份。"))
            return redirect("desk:department_key", department.pk)
    context = {
        "form": form,
        "department": department,
        "fingerprint": fingerprint_of(department.sealing_key),
        "officers": officers_of(department),
        "may_keep": may(request.user, Permission.ACCOUNTS_KEEP, within=department),
        "address": request.build_absolute_uri(),
        "trail": trail_of(department),
    }
    return render(request, "desk/organisation/department_key.html", context, status=422 if form.errors else 200)


def _asked_to_confirm(request: StaffRequest, department: Department, key: str) -> HttpResponse:
    """What replacing the key means; refused here already when the new key is none."""
    rules.check_sealing_key(department, key=key, has_officer=officers_of(department).exists())
    context = {
        "department": department,
        "key": key,
        "old": fingerprint_of(department.sealing_key),
        "new": fingerprint_of(key),
        "open_draws": Draw.objects.filter(sealed_to=department, result_at=None, aborted_at=None).count(),
    }
    return render(request, "desk/organisation/department_key_confirm.html", context)


def fingerprint_of(key: str) -> str:
    """The beginning of the key's SHA-256, short enough to be compared by telephone."""
    return sha256_hex(key)[:FINGERPRINT] if key else ""
