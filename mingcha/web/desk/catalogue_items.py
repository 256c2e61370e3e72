"""Writing in a draft: an item entered, amended, removed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.queries import (
    items_visible_to,
    local_creation_closed_by,
    rulebook_setting,
    sectors_named,
)
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.web.desk.catalogue_lists import edition_seen
from mingcha.web.desk.forms.catalogue_items import ItemDraftForm, ItemForm, initial_of
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in


@login_required
@require_http_methods(["GET", "POST"])
def item_enter(request: StaffRequest, pk: int) -> HttpResponse:
    """A new item of a draft."""
    edition = edition_seen(request.user, pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=edition.department)
    today = timezone.localdate()
    usual = rulebook_setting(edition.department, "default_method", on=today)
    initial = {"market_regulation": True, "inspecting_body": edition.department.name, "method": usual}
    sectors = sectors_named(edition.department, on=today)
    form = ItemDraftForm(request.POST or None, initial=initial, sectors=sectors)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            item = actions.enter_item(edition, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:item_detail", item.pk)
    closed = local_creation_closed_by(edition.department, on=timezone.localdate())
    context = {"list": edition, "form": form, "closed": closed}
    return render(request, "desk/catalogue/item_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def item_amend(request: StaffRequest, pk: int) -> HttpResponse:
    """An item of a draft, written again; its code stays."""
    item = get_object_or_404(items_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    closed = local_creation_closed_by(item.item_list.department, on=timezone.localdate())
    sectors = sectors_named(item.item_list.department, on=timezone.localdate())
    # What was tried out on the page 试算 comes along; it is saved here or not at all.
    tried = {name: request.GET[name] for name in ("ratio_text", "frequency_text") if name in request.GET}
    form = ItemForm(request.POST or None, initial=initial_of(item) | tried, sectors=sectors)
    form.lock(item, closed)
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
