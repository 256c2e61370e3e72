"""一单: the item lists, edition by edition, and their items with checkpoints."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import InspectionItem, ItemClass, ItemList
from mingcha.domain.catalogue.queries import (
    edition_before,
    item_lists_visible_to,
    items_visible_to,
    local_creation_closed_by,
)
from mingcha.domain.catalogue.queries.inheritance import newer_upper_edition, upper_lists_for
from mingcha.domain.catalogue.queries.laws import freezes_among, items_frozen
from mingcha.domain.catalogue.rules import completeness_of
from mingcha.domain.catalogue.rules.public import two_lists
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.web.desk.catalogue_lists import changes_of, edition_seen, stranded_by
from mingcha.web.desk.catalogue_steps import asked_of, last_return, steps_of, waiting_for
from mingcha.web.desk.staff import StaffRequest

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
    department = request.GET.get("department", "")
    readable = reach(request.user, Permission.CATALOGUE_READ)
    asked = readable.filter(code=department) if department else readable
    context = {
        "page": Paginator(items, A_PAGE).get_page(request.GET.get("page")),
        "lists": _list_rows(request),
        "departments": readable,
        "frozen": sum(items_frozen(asked).values()),
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
        elif edition.in_force_at is None:
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
    """One edition: how far it is, its items, what it changes, what to do with it next."""
    edition = edition_seen(request.user, pk)
    before = edition_before(edition)
    items = edition.items.annotate(points=Count("checkpoints")).order_by("code")
    context = {
        "list": edition,
        "items": items,
        "two_lists": two_lists(items),
        "changes": changes_of(edition),
        "before": before,
        "stranded": stranded_by(request.user, before, edition) if edition.in_force_at is None else [],
        "editions": item_lists_visible_to(request.user).filter(department=edition.department),
        "steps": steps_of(edition, user=request.user),
        "asked": asked_of(request.user, edition),
        "waiting": waiting_for(edition),
        "returned": last_return(edition),
        "trail": trail_of(edition),
        "may_edit": edition.is_draft and may(request.user, Permission.CATALOGUE_EDIT, within=edition.department),
        "stopped": set(freezes_among(edition.items.all()).values_list("item", flat=True))
        if edition.is_in_force
        else (),
        "closed": local_creation_closed_by(edition.department, on=timezone.localdate()),
        "newer_upper": newer_upper_edition(edition),
        "has_upper": edition.is_draft and upper_lists_for(edition.department).exists(),
    }
    return render(request, "desk/catalogue/list_detail.html", context)


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
        "stopped": edition.is_in_force and freezes_among([item]).exists(),
        "completeness": completeness_of(item, list(item.checkpoints.all())),
        "trail": trail_of(item),
        "may_edit": edition.is_draft and may(request.user, Permission.CATALOGUE_EDIT, within=edition.department),
    }
    return render(request, "desk/catalogue/item_detail.html", context)
