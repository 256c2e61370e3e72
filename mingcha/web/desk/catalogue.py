"""一单: the item lists, edition by edition, and their items with checkpoints."""

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import InspectionItem, ItemClass, ItemList
from mingcha.domain.catalogue.queries import (
    edition_in_force,
    item_lists_visible_to,
    items_visible_to,
    items_with_checkpoints,
)
from mingcha.domain.catalogue.rules import Change, changes_between, edition_facts
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.web.desk.forms.catalogue import ChangeForm, ItemDraftForm, ItemForm, initial_of
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


class ListRow(NamedTuple):
    """A department's list: what holds, what is being written, what this person may begin."""

    department: Department
    in_force: ItemList | None
    draft: ItemList | None
    may_draft: bool


@login_required
@require_GET
def item_list(request: StaffRequest) -> HttpResponse:
    """The items that may be inspected now, and the lists they stand on."""
    require(request.user, Permission.CATALOGUE_READ)
    items = _in_force_of(request).annotate(points=Count("checkpoints")).order_by("item_list__department__code", "code")
    context = {
        "page": Paginator(items, A_PAGE).get_page(request.GET.get("page")),
        "lists": _list_rows(request),
        "departments": reach(request.user, Permission.CATALOGUE_READ),
        "classes": ItemClass.choices,
        "filtered": any(request.GET.get(name) for name in ("department", "class", "q")),
    }
    return render(request, "desk/catalogue/item_list.html", context)


def _in_force_of(request: StaffRequest) -> QuerySet[InspectionItem]:
    items = items_visible_to(request.user).in_force()
    department, item_class = request.GET.get("department", ""), request.GET.get("class", "")
    text = request.GET.get("q", "").strip()
    if department:
        items = items.filter(item_list__department__code=department)
    if item_class:
        items = items.filter(item_class=item_class)
    if text:
        said = ("code", "title", "legal_basis", "object_kind", "content")
        wanted = Q()
        for field in said:
            wanted |= Q(**{f"{field}__icontains": text})
        items = items.filter(wanted)
    return items


def _list_rows(request: StaffRequest) -> list[ListRow]:
    """One row a department that keeps a list or may begin one."""
    editable = set(reach(request.user, Permission.CATALOGUE_EDIT))
    editions: dict[Department, dict[str, ItemList]] = {department: {} for department in editable}
    for edition in item_lists_visible_to(request.user):
        found = editions.setdefault(edition.department, {})
        if edition.is_in_force:
            found["in_force"] = edition
        elif edition.is_draft:
            found["draft"] = edition
    return [
        ListRow(department, found.get("in_force"), found.get("draft"), department in editable)
        for department, found in sorted(editions.items(), key=lambda row: row[0].code)
    ]


@login_required
@require_POST
def list_draft(request: StaffRequest, department: str) -> HttpResponse:
    """Begin a department's next edition."""
    place = get_object_or_404(reach(request.user, Permission.CATALOGUE_EDIT), code=department)
    draft = actions.draft_list(place, by=request.user, at=timezone.now())
    return redirect("desk:list_detail", draft.pk)


@login_required
@require_GET
def list_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One edition: its items, what it changes, what to do with it next."""
    edition = get_object_or_404(item_lists_visible_to(request.user), pk=pk)
    items = edition.items.annotate(points=Count("checkpoints")).order_by("code")
    context = {
        "list": edition,
        "items": items,
        "changes": changes_of(edition) if edition.is_draft else [],
        "in_force": edition_in_force(edition.department),
        "editions": item_lists_visible_to(request.user).filter(department=edition.department),
        "trail": trail_of(edition),
        "may_edit": edition.is_draft and may(request.user, Permission.CATALOGUE_EDIT, within=edition.department),
        "may_approve": may_approve(request, edition),
    }
    return render(request, "desk/catalogue/list_detail.html", context)


def changes_of(edition: ItemList) -> list[Change]:
    """What a draft changes in the edition in force."""
    old = items_with_checkpoints(edition_in_force(edition.department))
    return changes_between(edition_facts(old), edition_facts(items_with_checkpoints(edition)))


def may_approve(request: StaffRequest, edition: ItemList) -> bool:
    """Whether this person is asked to bring a draft into force."""
    approves = may(request.user, Permission.CATALOGUE_APPROVE, within=edition.department)
    return edition.is_draft and approves and edition.drafted_by_id != request.user.pk


@login_required
@require_http_methods(["GET", "POST"])
def list_explain(request: StaffRequest, pk: int) -> HttpResponse:
    """Why a draft differs from what holds."""
    edition = get_object_or_404(item_lists_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=edition.department)
    initial = {"reason": edition.change_reason, "note": edition.change_note}
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.explain_change(edition, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:list_detail", edition.pk)
    context = {"list": edition, "form": form, "changes": changes_of(edition)}
    return render(request, "desk/catalogue/list_explain.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def list_bring_into_force(request: StaffRequest, pk: int) -> HttpResponse:
    """The page on which an approver reads the whole edition and brings it into force."""
    edition = get_object_or_404(item_lists_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_APPROVE, within=edition.department)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        actions.approve_list(edition, by=request.user, at=timezone.now(), seen=seen)
        messages.success(request, _("%s已批准") % edition)
        return redirect("desk:list_detail", edition.pk)
    items = items_with_checkpoints(edition)
    context = {
        "list": edition,
        "items": items,
        "changes": changes_of(edition),
        "in_force": edition_in_force(edition.department),
        "seen": actions.text_of(edition).digest,
        "may_approve": may_approve(request, edition),
    }
    return render(request, "desk/catalogue/list_bring_into_force.html", context)


@login_required
@require_GET
def item_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One item with its checkpoints."""
    item = get_object_or_404(items_visible_to(request.user), pk=pk)
    edition = item.item_list
    context = {
        "item": item,
        "list": edition,
        "checkpoints": item.checkpoints.all(),
        "trail": trail_of(item),
        "may_edit": edition.is_draft and may(request.user, Permission.CATALOGUE_EDIT, within=edition.department),
    }
    return render(request, "desk/catalogue/item_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def item_enter(request: StaffRequest, pk: int) -> HttpResponse:
    """A new item of a draft."""
    edition = get_object_or_404(item_lists_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=edition.department)
    form = ItemDraftForm(request.POST or None, initial={"market_regulation": True})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            item = actions.enter_item(edition, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:item_detail", item.pk)
    context = {"list": edition, "form": form}
    return render(request, "desk/catalogue/item_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def item_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """An item of a draft, written again; its code stays."""
    item = get_object_or_404(items_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    form = ItemForm(request.POST or None, initial=initial_of(item))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.amend_item(item, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:item_detail", item.pk)
    context = {"list": item.item_list, "item": item, "form": form}
    return render(request, "desk/catalogue/item_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def item_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an item out of a draft, after saying so on a page of its own."""
    item = get_object_or_404(items_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    if request.method == "POST":
        actions.remove_item(item, by=request.user, at=timezone.now())
        return redirect("desk:list_detail", item.item_list_id)
    return render(request, "desk/catalogue/item_remove.html", {"item": item, "list": item.item_list})
