"""The dice of a draw as they lay: the one exhibit that anybody may look at."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.draws.queries import public_picture
from mingcha.web.portal.draws import public_draw_or_404
from mingcha.web.shared.downloads import download_of


@require_GET
def dice_picture(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A photo of the dice, once the list is public."""
    exhibit = public_picture(public_draw_or_404(number), pk, timezone.now())
    if exhibit is None:
        raise Http404
    return download_of(exhibit.file, name=exhibit.shown_name, media_type=exhibit.media_type)
