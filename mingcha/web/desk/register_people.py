"""What belongs to one person of the roster: the account to sign in with, the firms to stay away from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import AvoidanceReason, Inspector
from mingcha.domain.registers.queries import firm_in, inspectors_visible_to, login_candidates
from mingcha.domain.registers.rules import tidy_code
from mingcha.web.desk.forms.register_entries import AvoidanceForm, LoginForm
from mingcha.web.desk.forms.registers import ReasonForm
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

HOME = "desk:inspector_detail"


def kept_inspector(request: StaffRequest, pk: int) -> Inspector:
    """A person whose department's roster this account keeps; 404 unseen, 403 not kept."""
    people = inspectors_visible_to(request.user).select_related("department__region", "user")
    inspector = get_object_or_404(people, pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=inspector.department)
    return inspector


@login_required
@require_http_methods(["GET", "POST"])
def login_give(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which account is this person's."""
    inspector = kept_inspector(request, pk)
    accounts = login_candidates(inspector.department) | User.objects.filter(inspector=inspector)
    form = LoginForm(
        request.POST if request.method == "POST" else None, accounts=accounts, initial={"user": inspector.user_id}
    )
    if form.is_valid():
        with refusals_in(form):
            actions.give_login(inspector, form.cleaned_data["user"], by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "login_give", form, row=inspector, home=HOME, any_account=accounts.exists())


@login_required
@require_http_methods(["GET", "POST"])
def avoidance_declare(request: StaffRequest, pk: int) -> HttpResponse:
    """Name a firm that this person must not inspect."""
    inspector = kept_inspector(request, pk)
    form = AvoidanceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        region = inspector.department.region
        subject = firm_in(region, tidy_code(form.cleaned_data["code"]))
        if subject is None:
            form.add_error("code", _("%s的名录里没有这个代码，核对后重新填写") % region.name)
            return page_with(request, "avoidance_declare", form, row=inspector, home=HOME)
        with refusals_in(form):
            given = {"reason": form.cleaned_data["reason"], "kind": form.cleaned_data["kind"] or AvoidanceReason.OTHER}
            actions.declare_avoidance(subject, inspector, **given, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "avoidance_declare", form, row=inspector, home=HOME)


@login_required
@require_http_methods(["GET", "POST"])
def avoidance_withdraw(request: StaffRequest, pk: int, avoidance_pk: int) -> HttpResponse:
    """Let this person be sent to a firm again."""
    inspector = kept_inspector(request, pk)
    avoidance = inspector.avoidances.select_related("subject").filter(pk=avoidance_pk).first()
    if avoidance is None:  # a second press, or the way back after the first
        messages.info(request, _("这条回避已经撤回。"))
        return redirect(HOME, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            reason = form.cleaned_data["reason"]
            actions.withdraw_avoidance(avoidance, reason=reason, by=request.user, at=timezone.now())
            return redirect(HOME, pk)
    return page_with(request, "avoidance_withdraw", form, row=inspector, home=HOME, avoidance=avoidance)
