"""一单: the item lists, two editions compared; yearly plans and announcements."""

from itertools import pairwise

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.models import InspectionItem, ItemClass, ItemList
from mingcha.domain.catalogue.queries import items_in_force, items_with_checkpoints
from mingcha.domain.catalogue.queries.public import (
    departments_with_list,
    frozen_in_force,
    public_editions,
    public_items,
    public_sectors,
)
from mingcha.domain.catalogue.rules import changes_between, edition_facts, explained
from mingcha.domain.catalogue.rules.public import PublicChange, body_of, domain_of, methods_of, with_reasons
from mingcha.domain.organisation.models import Department
from mingcha.domain.publication.models import PublicationKind
from mingcha.domain.publication.queries import published
from mingcha.web.portal.openness import departments_inspecting

PAGE = 50
FILTERS = ("department", "domain", "sector", "class", "q")


@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """一单: every item in force, by department; departments without a list stand in plain sight."""
    page = Paginator(items_asked_for(request), PAGE).get_page(request.GET.get("page"))
    listed = departments_with_list()
    context = {
        "page": page,
        "rows": [(item, body_of(item), methods_of(item), domain_of(item)) for item in page],
        "departments": Department.objects.filter(pk__in=listed),
        "sectors": public_sectors(),
        "classes": ItemClass.choices,
        "filtered": any(request.GET.get(name) for name in FILTERS),
        "silent": departments_inspecting().exclude(pk__in=listed),
        "frozen": frozen_in_force(),
    }
    return render(request, "portal/items.html", context)


def items_asked_for(request: HttpRequest) -> QuerySet[InspectionItem]:
    """The list as the address narrows it."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in FILTERS}
    return public_items(
        department=asked["department"],
        domain=asked["domain"],
        sector=asked["sector"],
        item_class=asked["class"],
        text=asked["q"],
    )


@require_GET
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item with its checkpoints: what an inspector will look at."""
    found = get_object_or_404(items_in_force().prefetch_related("bases__law"), pk=item_id)
    context = {
        "item": found,
        "body": body_of(found),
        "methods": methods_of(found),
        "domain": domain_of(found),
        "checkpoints": found.checkpoints.all(),
    }
    return render(request, "portal/item.html", context)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Two editions of a department's list: what was added, removed, changed, and why."""
    departments = Department.objects.filter(pk__in=departments_with_list())
    place = departments.filter(code=request.GET.get("department", "")).first() or departments.first()
    editions = list(public_editions(place)) if place is not None else []
    old = _edition(editions, request.GET.get("old", ""), default=-2)
    new = _edition(editions, request.GET.get("new", ""), default=-1)
    context = {
        "departments": departments,
        "department": place,
        "editions": editions,
        "old": old,
        "new": new,
        "changes": _changes(editions, old, new) if old and new else [],
    }
    return render(request, "portal/compare.html", context)


def _edition(editions: list[ItemList], number: str, *, default: int) -> ItemList | None:
    """The edition of that number; without one the last but one, or the last."""
    named = {str(edition.edition): edition for edition in editions}
    if number in named:
        return named[number]
    return editions[default] if len(editions) >= -default else None


def _changes(editions: list[ItemList], old: ItemList, new: ItemList) -> list[PublicChange]:
    """The difference, with the reason that each edition between the two gave."""
    between = [edition for edition in editions if old.edition <= edition.edition <= new.edition]
    facts = {edition.pk: edition_facts(items_with_checkpoints(edition)) for edition in between or (old, new)}
    steps = [
        (after, explained(changes_between(facts[before.pk], facts[after.pk]), after, after.notes.all()))
        for before, after in pairwise(between)
    ]
    return with_reasons(changes_between(facts[old.pk], facts[new.pk]), steps)


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Published yearly plans."""
    page = Paginator(published(PublicationKind.PLAN), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/plans.html", {"page": page})


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """检查公告: the drawn lists whose time has come."""
    page = Paginator(published(PublicationKind.DRAWN_LIST), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/notices.html", {"page": page})


@require_GET
def notice(request: HttpRequest, publication_id: int) -> HttpResponse:
    """One announcement with its whole list."""
    found = get_object_or_404(published(PublicationKind.DRAWN_LIST), pk=publication_id)
    return render(request, "portal/notice.html", {"publication": found})


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Published results, newest first."""
    page = Paginator(published(PublicationKind.RESULT), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/results.html", {"page": page})
