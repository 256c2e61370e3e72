"""《随机抽取记录单》 for the office: the archive edition, and the public one as the public has it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.draws.queries import Edition, list_is_public, record_of, staff_see_names
from mingcha.web.desk.draws import visible_draw
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.papers import paper, site_of


@login_required
@require_GET
def draw_record(request: StaffRequest, pk: int, edition: str) -> HttpResponse:
    """One edition as PDF; names stand in it from the moment that its readers may see them."""
    draw = visible_draw(request, pk)
    if edition not in set(Edition):
        raise Http404
    may_see = staff_see_names if edition == Edition.ARCHIVE else list_is_public
    names = may_see(draw, now=timezone.now())
    content = record_of(draw, Edition(edition), names=names, site=site_of(request))
    return paper(content, name=f"{draw.number}-{edition}.pdf")
