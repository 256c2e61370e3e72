"""What came out of a draw, as far as the desk may see it now."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import drawn_list, room_sees_names, staff_see_names, strata_labels
from mingcha.web.desk.staff import StaffRequest

A_PAGE = 50


def result_in(request: StaffRequest, draw: Draw) -> dict[str, object]:
    """The drawn list, once this desk may see names; `may_show` once the hall may."""
    now = timezone.now()
    if not staff_see_names(draw, now=now):
        return {"names_open": False, "may_show": False}
    rows = drawn_list(draw)
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(name__icontains=text))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    labels = strata_labels(draw)
    return {
        "names_open": True,
        "may_show": room_sees_names(draw, now=now),
        "page": page,
        "rows": [(row, labels.get(row.stratum, row.stratum)) for row in page],
    }
