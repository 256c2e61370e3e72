"""一单: the item lists, two editions compared; yearly plans and announcements."""

from itertools import pairwise

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.models import InspectionItem, ItemClass, ItemList
from mingcha.domain.catalogue.queries import items_with_checkpoints
from mingcha.domain.catalogue.queries.laws import freezes_barring
from mingcha.domain.catalogue.queries.public import (
    departments_to_compare,
    departments_with_list,
    frozen_in_force,
    public_editions,
    public_held_items,
    public_items,
    public_sectors,
    successor_of,
)
from mingcha.domain.catalogue.rules import changes_between, edition_facts, explained
from mingcha.domain.catalogue.rules.public import PublicChange, body_of, domain_said, methods_of, with_reasons
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
        "rows": [(item, body_of(item), methods_of(item), domain_said(item)) for item in page],
        "departments": Department.objects.filter(pk__in=listed),
        "sectors": public_sectors(),
        "classes": ItemClass.choices,
        "counts": _counts(request),
        "one_list": next(
            (_("%s清单") % label for value, label in ItemClass.choices if value == request.GET.get("class")), ""
        ),
        "filtered": any(request.GET.get(name) for name in FILTERS),
        "silent": departments_inspecting().exclude(pk__in=listed),
        "frozen": frozen_in_force(),
    }
    return render(request, "portal/items.html", context)


def _counts(request: HttpRequest) -> dict[str, object]:
    """How long the two lists are, as the address narrows them."""
    found = items_asked_for(request, of_every_class=True).order_by().values_list("item_class").annotate(Count("pk"))
    counted = dict(found)
    order = (ItemClass.KEY, ItemClass.GENERAL)
    lists = [(str(value), _("%s清单") % value.label, counted.get(value, 0)) for value in order]
    return {"all": sum(counted.values()), "lists": lists}


def items_asked_for(request: HttpRequest, *, of_every_class: bool = False) -> QuerySet[InspectionItem]:
    """The list as the address narrows it."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in FILTERS}
    return public_items(
        department=asked["department"],
        domain=asked["domain"],
        sector=asked["sector"],
        item_class="" if of_every_class else asked["class"],
        text=asked["q"],
    )


@require_GET
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item with its checkpoints: what an inspector will look at."""
    found = get_object_or_404(public_held_items(), pk=item_id)
    replaced_by, successor = successor_of(found)
    context = {
        "item": found,
        "body": body_of(found),
        "methods": methods_of(found),
        "domain": domain_said(found),
        "checkpoints": found.checkpoints.all(),
        "replaced_by": replaced_by,
        "successor": successor,
        "freezes": freezes_barring([found]),
    }
    return render(request, "portal/item.html", context)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Two editions of a department's list: what was added, removed, changed, and why."""
    departments = Department.objects.filter(pk__in=departments_with_list())
    comparable = departments.filter(pk__in=departments_to_compare())
    asked = departments.filter(code=request.GET.get("department", "")).first()
    place = asked or comparable.first() or departments.first()
    old, new = None, None
    editions = list(public_editions(place)) if place is not None else []
    if place is not None and len(editions) > 1:
        old, new = _two_of(editions, request.GET, of=place)
    context = {
        "departments": departments,
        "department": place,
        "editions": editions,
        "old": old,
        "new": new,
        "changes": _changes(editions, old, new) if old and new else [],
    }
    return render(request, "portal/compare.html", context)


def _two_of(editions: list[ItemList], asked: QueryDict, *, of: Department) -> tuple[ItemList, ItemList]:
    """The two that were chosen; the last two where the numbers were chosen for another department, or name none."""
    named = {str(edition.edition): edition for edition in editions}
    old, new = named.get(asked.get("old", "")), named.get(asked.get("new", ""))
    if old is None or new is None or asked.get("of", of.code) != of.code:
        return editions[-2], editions[-1]
    return old, new


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
