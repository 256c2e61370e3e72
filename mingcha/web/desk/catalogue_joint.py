"""跨部门联查事项清单 at the desk: the batches of a sector, their items, their steps."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions import joint as actions
from mingcha.domain.catalogue.models import JointList
from mingcha.domain.catalogue.queries.joint import entries_of, joint_lists_visible_to, sectors_led_by
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.web.desk.catalogue_steps import after_consent, asked_of, last_return, steps_of, waiting_for
from mingcha.web.desk.forms.catalogue import OpinionForm, ReturnForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
DECIDE: dict[str, Callable[..., JointList]] = {
    "LEGAL_REVIEW": actions.review_joint_list,
    "APPROVAL": actions.approve_joint_list,
    "AUTHORISATION": actions.authorise_joint_list,
}


def joint_seen(user: User, pk: int) -> JointList:
    """The joint list, or 404 for whoever may not see it."""
    return get_object_or_404(joint_lists_visible_to(user), pk=pk)


def may_write(user: User, joint: JointList) -> bool:
    """Does this person write in this draft?"""
    return joint.is_draft and may(user, Permission.CATALOGUE_EDIT, within=joint.department)


@login_required
@require_GET
def joint_list(request: StaffRequest) -> HttpResponse:
    """Every batch this person may see, and the sectors in which a next one may be begun."""
    require(request.user, Permission.CATALOGUE_READ)
    joints = joint_lists_visible_to(request.user)
    sectors = sorted(set(joints.order_by().values_list("sector", flat=True)))
    chosen = request.GET.get("sector", "")
    found = joints.filter(sector=chosen) if chosen else joints
    found = found.annotate(
        number=Count("items"), departments=Count("items__item__item_list__department", distinct=True)
    ).order_by("region", "sector", "-batch")
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "sectors": sectors,
        "led": _led_by(request.user),
        "filtered": bool(chosen),
    }
    return render(request, "desk/catalogue/joint_list.html", context)


def _led_by(user: User) -> list[tuple[Department, str]]:
    """The sectors led by the departments that this person writes for."""
    places = reach(user, Permission.CATALOGUE_EDIT).select_related("region")
    return [(department, sector) for department in places for sector in sectors_led_by(department)]


@login_required
@require_POST
def joint_draft(request: StaffRequest, department: str) -> HttpResponse:
    """Begin the next batch of a sector."""
    place = get_object_or_404(reach(request.user, Permission.CATALOGUE_EDIT), code=department)
    sector = request.POST.get("sector", "")
    joint = actions.draft_joint_list(place, sector=sector, by=request.user, at=timezone.now())
    return redirect("desk:joint_detail", joint.pk)


@login_required
@require_GET
def joint_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One batch: how far it is, its items with the five things, what to do next."""
    joint = joint_seen(request.user, pk)
    context = {
        "joint": joint,
        "entries": entries_of(joint),
        "steps": steps_of(joint, user=request.user),
        "asked": asked_of(request.user, joint),
        "waiting": waiting_for(joint),
        "returned": last_return(joint),
        "may_edit": may_write(request.user, joint),
        "trail": trail_of(joint),
    }
    return render(request, "desk/catalogue/joint_detail.html", context)


@login_required
@require_POST
def joint_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand a batch in."""
    joint = actions.submit_joint_list(joint_seen(request.user, pk), by=request.user, at=timezone.now())
    messages.success(request, _("%(list)s已提交，现在是“%(state)s”") % _said(joint))
    return redirect("desk:joint_detail", joint.pk)


@login_required
@require_http_methods(["GET", "POST"])
def joint_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """The page on which whoever is asked reads the batch and gives the opinion of the present step."""
    joint = joint_seen(request.user, pk)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = DECIDE.get(form.cleaned_data["step"], actions.approve_joint_list)
        said = {"opinion": form.cleaned_data["opinion"], "seen": form.cleaned_data["seen"]}
        with refusals_in(form):
            joint = decide(joint, **said, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("意见已记入，%(list)s现在是“%(state)s”") % _said(joint))
            return redirect("desk:joint_detail", joint.pk)
    context = {
        "joint": joint,
        "form": form,
        "entries": entries_of(joint),
        "steps": steps_of(joint, user=request.user),
        "seen": actions.text_of_joint(joint).digest,
        "asked": asked_of(request.user, joint) in DECIDE,
        "then": after_consent(joint),
    }
    return render(request, "desk/catalogue/joint_decide.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def joint_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Back to the lead, with what has to be put right."""
    joint = joint_seen(request.user, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.return_joint_list(joint, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:joint_detail", joint.pk)
    context = {"paper": joint, "form": form, "back": "desk:joint_detail"}
    return render(request, "desk/catalogue/paper_return.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def joint_publish(request: StaffRequest, pk: int) -> HttpResponse:
    """The last page before a batch is published: who has put it on record."""
    joint = joint_seen(request.user, pk)
    require(request.user, Permission.CATALOGUE_APPROVE, within=joint.department)
    if request.method == "POST":
        actions.publish_joint_list(joint, by=request.user, at=timezone.now())
        messages.success(request, _("%s已公布") % joint)
        return redirect("desk:joint_detail", joint.pk)
    context = {
        "paper": joint,
        "steps": steps_of(joint, user=request.user),
        "waiting": waiting_for(joint),
        "back": "desk:joint_detail",
        "returning": "desk:joint_return",
    }
    return render(request, "desk/catalogue/paper_publish.html", context)


def _said(joint: JointList) -> dict[str, object]:
    return {"list": joint, "state": joint.get_state_display()}
