"""执法检查人员名录: name, certificate, unit, field; nothing else of a person leaves the register."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import Inspector

PAGE = 50
SHOWN = ("name", "certificate_no", "department__name", "skills")


@require_GET
def inspectors(request: HttpRequest) -> HttpResponse:
    """Who may inspect today: in the register, the certificate valid. Only what is shown is read."""
    people = Inspector.objects.filter(state="ACTIVE", certificate_until__gte=timezone.localdate())
    department, text = request.GET.get("department", ""), request.GET.get("q", "").strip()[:60]
    if department:
        people = people.filter(department__code=department)
    if text:
        people = people.filter(Q(name__icontains=text) | Q(certificate_no__iexact=text))
    page = Paginator(people.order_by("department__code", "code").values(*SHOWN), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "departments": Department.objects.filter(pk__in=Inspector.objects.order_by().values("department")),
        "filtered": bool(department or text),
    }
    return render(request, "portal/inspectors.html", context)
