"""跨部门联查事项清单, batch by batch."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.queries.laws import barred_among
from mingcha.domain.catalogue.queries.public import public_joint_lists

PAGE = 10


@require_GET
def joint_lists(request: HttpRequest) -> HttpResponse:
    """What departments inspect together: every batch that was made public, the newest first in its sector."""
    lists = public_joint_lists()
    sectors = list(lists.order_by("sector").values_list("sector", flat=True).distinct())
    asked = request.GET.get("sector", "")
    if asked:
        lists = lists.filter(sector=asked)
    page = Paginator(lists, PAGE).get_page(request.GET.get("page"))
    stopped = barred_among(entry.item for joint in page for entry in joint.items.all())
    context = {"page": page, "sectors": sectors, "asked": asked, "stopped": stopped}
    return render(request, "portal/joint_lists.html", context)
