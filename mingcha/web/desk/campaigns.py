"""抽查任务 at the desk: from the draft to the approval, and whom it would draw from."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.queries.laws import barred_among
from mingcha.domain.draws.queries import live_draw_of, taken_before, unsaid_reasons
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, reach
from mingcha.domain.plans import actions
from mingcha.domain.plans.models import Campaign, Ground
from mingcha.domain.plans.queries import (
    Outlook,
    campaigns_awaiting,
    campaigns_kept_by,
    campaigns_visible_to,
    clause_for,
    confirmation_clause,
    confirmations_needed,
    grounds_of,
    heavier_in,
    items_for_everybody,
    joint_share_of,
    membership_of,
    outlook_from,
    outlook_of,
    plans_kept_by,
    share_clauses,
    staff_for,
)
from mingcha.domain.policy.rules import Clause
from mingcha.web.desk.forms.plans import CampaignForm, RemarkForm, SupplementForm, initial_for, initial_of
from mingcha.web.desk.rulebooks import settled_by
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
# What the lead's rulebook may have settled for a campaign.
SETTLED = ("ratio_text", "frequency_text", "approver", "outlets", "working_days")


@login_required
@require_GET
def campaign_list(request: StaffRequest) -> HttpResponse:
    """Every campaign this person's departments lead or take part in."""
    campaigns = campaigns_visible_to(request.user)
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = campaigns.filter(**({"title__icontains": text} if text else {}), **({"state": state} if state else {}))
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "states": Campaign._meta.get_field("state").choices,
        "joint": joint_share_of(campaigns.filter(plan__year=timezone.localdate().year)),
        "year": timezone.localdate().year,
    }
    return render(request, "desk/plans/campaign_list.html", context)


@login_required
@require_GET
def campaign_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One campaign: what it is, whom it would draw from today, and the next step."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    lead, today = campaign.department, timezone.localdate()
    items = list(campaign.items.select_related("item__item_list__department"))
    context = {
        "campaign": campaign,
        "items": items,
        "stopped": barred_among(row.item for row in items),
        "shares": shares_of(lead),
        "settled": settled_by(lead, *SETTLED, on=today),
        "draw": live_draw_of(campaign),
        "supplementary": campaigns_visible_to(request.user).filter(supplements=campaign),
        "trail": trail_of(campaign),
        "may_edit": may(request.user, Permission.PLAN_EDIT, within=lead),
        "may_approve": campaigns_awaiting(request.user).filter(pk=campaign.pk).exists(),
        "may_draw": campaign.may_be_drawn and may(request.user, Permission.DRAW_RUN, within=lead),
        "teams_clause": teams_clause_of(lead),
        **({} if campaign.is_drawn else _before(request, campaign, on=today)),
    }
    return render(request, "desk/plans/campaign_detail.html", context)


def _before(request: StaffRequest, campaign: Campaign, *, on: date) -> dict[str, object]:
    """What there is to see while nothing is drawn: the frame, the people, the registers."""
    outlook = outlook_of(campaign, on=on, taken=taken_before(campaign))
    mine = set(reach(request.user, Permission.REGISTER_CONFIRM).values_list("pk", flat=True))
    standings = confirmations_needed(campaign, on=on)
    return {
        "outlook": outlook,
        "out": _reasons(campaign, outlook, on=on),
        "staff": staff_for(campaign, on=on),
        "standings": [(standing, standing.department.pk in mine) for standing in standings],
        "confirm_clause": confirmation_clause(campaign, on=on),
    }


def _reasons(campaign: Campaign, outlook: Outlook, *, on: date) -> list[tuple[Ground, int]]:
    """Each reason that keeps somebody out, as the public reads it, with how many."""
    grounds = grounds_of(campaign, on=on)
    return [(grounds[reason], number) for reason, number in outlook.reasons]


@login_required
@require_GET
def campaign_frame(request: StaffRequest, pk: int) -> HttpResponse:
    """Firm by firm: who is not in the frame, and by which rule."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    if campaign.is_drawn:
        return redirect("desk:campaign_detail", pk)
    today, taken = timezone.localdate(), taken_before(campaign)
    membership = membership_of(campaign, on=today, taken=taken)
    outlook = outlook_from(campaign, membership, on=today)
    out = _reasons(campaign, outlook, on=today)
    wanted = next((ground for ground, _number in out if ground.reason.value == request.GET.get("reason")), None)
    labels = {ground.reason.value: ground.label for ground, _number in out}
    unsaid = unsaid_reasons(campaign, now=timezone.now())
    rows = [firm for firm in membership.out_for(wanted.reason.value if wanted else "") if firm.reason not in unsaid]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "outlook": outlook,
        "out": out,
        "total": sum(number for _ground, number in out),
        "wanted": wanted,
        "unsaid": [labels[reason] for reason in sorted(unsaid & labels.keys())],
        "for_everybody": items_for_everybody(campaign),
        "heavier": heavier_in(campaign, membership, on=today),
        "page": page,
        "rows": [(firm.name, firm.code, labels[firm.reason]) for firm in page],
    }
    return render(request, "desk/plans/campaign_frame.html", context)


def shares_of(lead: Department) -> dict[str, object]:
    """What the rules say about shares, as a page shows it beside them."""
    clauses = share_clauses(lead, on=timezone.localdate())
    grades = [(key[-1].upper(), clauses[key]) for key in clauses if key.startswith("ratio_risk_")]
    return {
        "floor": clauses["min_ratio"],
        "foreign": clauses["foreign_ratio_up_to"],
        "grades": [(grade, clause) for grade, clause in grades if clause is not None],
    }


def teams_clause_of(lead: Department) -> Clause | None:
    """The rule that has firms and people matched by lot, where there is one."""
    return clause_for(lead, "teams_matched_by_chance", on=timezone.localdate())


def campaign_form(request: StaffRequest, lead: Department, initial: dict[str, object]) -> CampaignForm:
    """The form with the departments of the lead's region that have items in force."""
    items = items_in_force(region=lead.region).select_related("item_list__department")
    owners = {item.item_list.department for item in items} | {lead}
    departments = sorted(owners, key=lambda department: (department != lead, department.code))
    return CampaignForm(request.POST or None, initial=initial, departments=departments, items=list(items))


def _rules_for(lead: Department) -> dict[str, object]:
    """What the form says of the rules beside its fields."""
    return {"shares": shares_of(lead), "teams_clause": teams_clause_of(lead)}


@login_required
@require_http_methods(["GET", "POST"])
def campaign_draft(request: StaffRequest, plan_id: int) -> HttpResponse:
    """A new campaign under a plan."""
    plan = get_object_or_404(plans_kept_by(request.user), pk=plan_id)
    form = campaign_form(request, plan.department, initial_for(plan))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            campaign = actions.draft_campaign(plan, **form.content(), by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:campaign_detail", campaign.pk)
    context = {"form": form, "plan": plan, **_rules_for(plan.department)}
    return render(request, "desk/plans/campaign_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    campaign = get_object_or_404(campaigns_kept_by(request.user), pk=pk)
    form = campaign_form(request, campaign.department, initial_of(campaign))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.amend_campaign(campaign, **form.content(), by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:campaign_detail", campaign.pk)
    context = {"form": form, "plan": campaign.plan, "campaign": campaign, **_rules_for(campaign.department)}
    return render(request, "desk/plans/campaign_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_supplement(request: StaffRequest, pk: int) -> HttpResponse:
    """Add to a campaign that was drawn: the same once more, for whom it did not draw."""
    first = get_object_or_404(campaigns_kept_by(request.user), pk=pk)
    title = _("%s（补充）") % first.title
    form = SupplementForm(request.POST or None, initial={"title": title, "ends_on": first.ends_on})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            added = actions.draft_supplement(first, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:campaign_detail", added.pk)
    context = {"form": form, "campaign": first}
    return render(request, "desk/plans/campaign_supplement.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def campaign_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """报送审核."""
    campaign = get_object_or_404(campaigns_kept_by(request.user), pk=pk)
    actions.submit_campaign(campaign, by=request.user, at=timezone.now())
    return redirect("desk:campaign_detail", campaign.pk)


@login_required
@require_POST
def campaign_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """批准."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    actions.approve_campaign(campaign, by=request.user, at=timezone.now())
    return redirect("desk:campaign_detail", campaign.pk)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_return(request: StaffRequest, pk: int) -> HttpResponse:
    """退回, with a remark."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.return_campaign(campaign, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:campaign_detail", campaign.pk)
    context = {"form": form, "row": campaign, "back": "desk:campaign_detail"}
    return render(request, "desk/plans/return.html", context, status=422 if form.errors else 200)
