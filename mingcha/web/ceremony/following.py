"""What every screen of a draw asks for: the state document every two seconds, and the rows once there are any."""

import json

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import draw_by_number, list_is_public, result_rows, room_sees_names, state_document
from mingcha.kit.digests import sha256_hex
from mingcha.web.ceremony.proofs import in_the_room

STATE_SECONDS = 1  # a hundred phones cost as much as one
ROWS_SECONDS = 600

Answer = HttpResponse | HttpResponseNotModified


def draw_or_404(number: str) -> Draw:
    draw = draw_by_number(number)
    if draw is None:
        raise Http404
    return draw


def renew(draw: Draw) -> dict[str, object]:
    """The document as it is now, kept for whoever asks next: what a page was built from is never newer than that."""
    document = state_document(draw, now=timezone.now())
    _keep(document)
    return document


def _keep(document: dict[str, object]) -> tuple[str, bytes]:
    kept = (str(document["mark"]), _json(document))
    cache.set(_place(str(document["number"])), kept, STATE_SECONDS)
    return kept


def _place(number: str) -> str:
    """Where it is kept. The number comes from an address: whatever stands there makes a short, plain name."""
    return f"draw-state:{sha256_hex(number)}"


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


@require_GET
def state(request: HttpRequest, number: str) -> Answer:
    """The present state, the same for everybody; 304 as long as nothing has happened."""
    now = timezone.now()  # before anything is read: a page that shows more than this document is younger than it says
    mark, content = cache.get(_place(number)) or _keep(state_document(draw_or_404(number), now=now))
    return _answer(request, content, mark=mark, lasting="no-cache")


@require_GET
def result(request: HttpRequest, number: str) -> Answer:
    """The rows of the result: for the room once it may see names, for everybody once the list is public."""
    draw, now = draw_or_404(number), timezone.now()
    public = list_is_public(draw, now=now)
    if not public and not (room_sees_names(draw, now=now) and in_the_room(request, draw)):
        return HttpResponse(_("名单尚未公开"), status=404, content_type="text/plain; charset=utf-8")
    kept_as = f"draw-rows:{number}:{draw.result_sha256}"
    content = cache.get(kept_as)
    if content is None:
        content = _json(result_rows(draw))
        cache.set(kept_as, content, ROWS_SECONDS)
    lasting = f"{'public' if public else 'private'}, max-age=86400, immutable"
    return _answer(request, content, mark=draw.result_sha256[:16], lasting=lasting)


def _answer(request: HttpRequest, content: bytes, *, mark: str, lasting: str) -> Answer:
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["ETag"] = f'"{mark}"'
    answer["Cache-Control"] = lasting
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
