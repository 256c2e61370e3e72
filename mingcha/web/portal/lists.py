"""Item lists, plans and announcements."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.organisation.models import Department
from mingcha.domain.publication.models import PublicationKind
from mingcha.domain.publication.queries import published

PAGE = 50


@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """一单: every item in force, by department; departments without a list stand in plain sight."""
    department = Department.objects.filter(code=request.GET.get("department", "")).first()
    found = items_in_force(department=department)
    listed = items_in_force().order_by().values("item_list__department")
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "department": department,
        "departments": Department.objects.filter(pk__in=listed),
        "silent": Department.objects.filter(inspectors__isnull=False).exclude(pk__in=listed).distinct(),
    }
    return render(request, "portal/items.html", context)


@require_GET
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item with its checkpoints: what an inspector will look at."""
    found = get_object_or_404(items_in_force(), pk=item_id)
    return render(request, "portal/item.html", {"item": found, "checkpoints": found.checkpoints.all()})


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
