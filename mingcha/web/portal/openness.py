"""Which departments have made public what they must: list, rulebook, plan, results. Who has not stands here too."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.models import PowerEntry
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.queries.public import (
    departments_with_list,
    departments_with_powers,
    departments_with_rulebook,
    public_editions,
    public_rulebooks,
)
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import CampaignDepartment
from mingcha.domain.publication.models import PublicationKind
from mingcha.domain.publication.queries import published
from mingcha.domain.registers.models import Inspector

KINDS = ("list", "rulebook", "plan", "result")


@dataclass(frozen=True)
class Openness:
    """What one department has made public."""

    department: Department
    shown: dict[str, bool]

    @property
    def cells(self) -> list[bool]:
        return [self.shown[kind] for kind in KINDS]


def departments_inspecting() -> QuerySet[Department]:
    """Departments with an inspection task: people who may inspect, a power to inspect, a part in a campaign."""
    return Department.objects.filter(
        Q(pk__in=Inspector.objects.order_by().values("department"))
        | Q(pk__in=departments_with_powers())
        | Q(pk__in=CampaignDepartment.objects.order_by().values("department"))
        | Q(pk__in=departments_with_list())
    ).order_by("code")


@require_GET
def openness(request: HttpRequest) -> HttpResponse:
    """清单公开、程序公开、计划公开、结果公开, department by department, with the sum of each."""
    rows = _rows()
    totals = [sum(row.cells[place] for row in rows) for place in range(len(KINDS))]
    context = {"rows": rows, "totals": totals, "year": timezone.localdate().year}
    return render(request, "portal/openness.html", context)


def _rows() -> list[Openness]:
    """A plan counts for its year only; a result once there is one."""
    year = timezone.localdate().year
    plans = published(PublicationKind.PLAN).filter(content__year=year)
    results = published(PublicationKind.RESULT)
    having = {
        "list": set(departments_with_list().values_list("department", flat=True)),
        "rulebook": set(departments_with_rulebook().values_list("department", flat=True)),
        "plan": set(plans.order_by().values_list("department", flat=True)),
        "result": set(results.order_by().values_list("department", flat=True).distinct()),
    }
    return [
        Openness(department, {kind: department.pk in having[kind] for kind in KINDS})
        for department in departments_inspecting()
    ]


@require_GET
def department(request: HttpRequest, code: str) -> HttpResponse:
    """职责、程序、事项、结果 of one department, each where it can be read."""
    place = get_object_or_404(departments_inspecting(), code=code)
    context = {
        "department": place,
        "powers": PowerEntry.objects.filter(department=place).order_by("code"),
        "rulebook": public_rulebooks().filter(department=place).first(),
        "edition": public_editions(place).filter(state="IN_FORCE").first(),
        "item_count": items_in_force(department=place).count(),
        "plans": published(PublicationKind.PLAN).filter(department=place)[:5],
        "results": published(PublicationKind.RESULT).filter(department=place)[:5],
    }
    return render(request, "portal/department.html", context)
