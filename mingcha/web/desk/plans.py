"""年度抽查计划 at the desk: from the draft to the approval."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.filings.queries import filings_about, filings_visible_to
from mingcha.domain.organisation.permissions import Permission, may, reach
from mingcha.domain.plans import actions
from mingcha.domain.plans.models import Plan
from mingcha.domain.plans.queries import (
    campaigns_visible_to,
    clause_for,
    joint_share_of,
    plans_awaiting,
    plans_kept_by,
    plans_visible_to,
)
from mingcha.web.desk.forms.plans import PlanDraftForm, PlanForm, RemarkForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


@login_required
@require_GET
def plan_list(request: StaffRequest) -> HttpResponse:
    """Every plan this person may read."""
    plans = plans_visible_to(request.user)
    year, state = request.GET.get("year", ""), request.GET.get("state", "")
    found = plans.filter(**({"year": year} if year.isdecimal() else {}), **({"state": state} if state else {}))
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "years": plans.order_by("-year").values_list("year", flat=True).distinct(),
        "states": Plan._meta.get_field("state").choices,
        "may_draft": may(request.user, Permission.PLAN_EDIT),
    }
    return render(request, "desk/plans/plan_list.html", context)


@login_required
@require_GET
def plan_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One plan, its campaigns, and what this person may do with it now."""
    plan = get_object_or_404(plans_visible_to(request.user), pk=pk)
    campaigns = campaigns_visible_to(request.user).filter(plan=plan)
    context = {
        "plan": plan,
        "campaigns": campaigns,
        "joint": joint_share_of(campaigns),
        "filings": filings_visible_to(request.user).filter(pk__in=filings_about(plan)).order_by("due_on", "pk"),
        "joint_clause": clause_for(plan.department, "joint_share", on=timezone.localdate()),
        "trail": trail_of(plan),
        "may_edit": may(request.user, Permission.PLAN_EDIT, within=plan.department),
        "may_approve": plans_awaiting(request.user).filter(pk=plan.pk).exists(),
    }
    return render(request, "desk/plans/plan_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_draft(request: StaffRequest) -> HttpResponse:
    """A new plan."""
    departments = reach(request.user, Permission.PLAN_EDIT)
    form = PlanDraftForm(request.POST or None, initial={"year": timezone.localdate().year})
    form.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a model choice
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            plan = actions.draft_plan(**form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:plan_detail", plan.pk)
    return render(request, "desk/plans/plan_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def plan_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    plan = get_object_or_404(plans_kept_by(request.user), pk=pk)
    form = PlanForm(request.POST or None, initial={"title": plan.title, "purpose": plan.purpose})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.amend_plan(plan, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:plan_detail", plan.pk)
    context = {"form": form, "plan": plan}
    return render(request, "desk/plans/plan_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def plan_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """报送审核."""
    plan = get_object_or_404(plans_kept_by(request.user), pk=pk)
    actions.submit_plan(plan, by=request.user, at=timezone.now())
    return redirect("desk:plan_detail", plan.pk)


@login_required
@require_POST
def plan_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """批准."""
    plan = get_object_or_404(plans_visible_to(request.user), pk=pk)
    actions.approve_plan(plan, by=request.user, at=timezone.now())
    return redirect("desk:plan_detail", plan.pk)


@login_required
@require_http_methods(["GET", "POST"])
def plan_return(request: StaffRequest, pk: int) -> HttpResponse:
    """退回, with a remark."""
    plan = get_object_or_404(plans_visible_to(request.user), pk=pk)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.return_plan(plan, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:plan_detail", plan.pk)
    context = {"form": form, "row": plan, "back": "desk:plan_detail"}
    return render(request, "desk/plans/return.html", context, status=422 if form.errors else 200)
