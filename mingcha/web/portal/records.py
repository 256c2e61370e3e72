"""《随机抽取记录单》 for everyone."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.draws.queries import Edition, list_is_public, record_of
from mingcha.web.portal.draws import public_draw_or_404
from mingcha.web.shared.papers import paper, site_of


@require_GET
def draw_record(request: HttpRequest, number: str) -> HttpResponse:
    """The public edition as PDF: counts and digests until the list is public, then the list."""
    draw = public_draw_or_404(number)
    names = list_is_public(draw, now=timezone.now())
    return paper(record_of(draw, Edition.PUBLIC, names=names, site=site_of(request)), name=f"{draw.number}.pdf")
