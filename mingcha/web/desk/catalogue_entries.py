"""The items of a joint list: picked from the departments' lists, amended, dropped."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.catalogue.actions import joint as actions
from mingcha.domain.catalogue.models import JointItem, JointList
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.queries.joint import joint_lists_visible_to, pickable_items
from mingcha.domain.catalogue.rules.joint import FIVE, fields_from
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.web.desk.catalogue_joint import joint_seen
from mingcha.web.desk.forms.catalogue import EntryForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


def draft_kept(user: User, pk: int) -> JointList:
    """The joint list, for whoever writes for its lead."""
    joint = joint_seen(user, pk)
    require(user, Permission.CATALOGUE_EDIT, within=joint.department)
    return joint


@login_required
@require_GET
def joint_pick(request: StaffRequest, pk: int) -> HttpResponse:
    """The items of this sector that the departments of the region have in force and no batch has yet."""
    joint = draft_kept(request.user, pk)
    items = pickable_items(joint)
    departments = sorted({item.item_list.department for item in items}, key=lambda each: each.code)
    wanted = request.GET.get("department", "")
    found = [item for item in items if wanted in ("", item.item_list.department.code)]
    context = {
        "joint": joint,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "departments": departments,
        "filtered": bool(wanted),
    }
    return render(request, "desk/catalogue/joint_pick.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def entry_pick(request: StaffRequest, pk: int, item: int) -> HttpResponse:
    """One item with the five things: four are there from its list, the powers are added."""
    joint = draft_kept(request.user, pk)
    chosen = get_object_or_404(items_in_force(region=joint.region), pk=item)
    form = EntryForm(request.POST or None, initial={**fields_from(chosen)})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.pick_item(joint, chosen, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:joint_pick", joint.pk)
    context = {"joint": joint, "item": chosen, "form": form, "back": "desk:joint_pick"}
    return render(request, "desk/catalogue/entry_form.html", context, status=422 if form.errors else 200)


def _entry_kept(user: User, pk: int) -> JointItem:
    entries = JointItem.objects.filter(joint_list__in=joint_lists_visible_to(user))
    entry = get_object_or_404(entries.select_related("joint_list__department", "item__item_list__department"), pk=pk)
    require(user, Permission.CATALOGUE_EDIT, within=entry.joint_list.department)
    return entry


@login_required
@require_http_methods(["GET", "POST"])
def entry_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """The five things of an item, written again."""
    entry = _entry_kept(request.user, pk)
    form = EntryForm(request.POST or None, initial={field: getattr(entry, field) for field in FIVE})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.amend_entry(entry, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:joint_detail", entry.joint_list_id)
    context = {"joint": entry.joint_list, "item": entry.item, "form": form, "back": "desk:joint_detail"}
    return render(request, "desk/catalogue/entry_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def entry_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an item off a draft again; it can be picked anew."""
    entry = _entry_kept(request.user, pk)
    joint = entry.joint_list_id
    actions.drop_entry(entry, by=request.user, at=timezone.now())
    return redirect("desk:joint_detail", joint)
