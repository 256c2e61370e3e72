"""Draws: the list without gaps, and the files of one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import bundle_of, draw_by_number, file_of, list_is_public, public_draws

PAGE = 50


def public_draw_or_404(number: str) -> Draw:
    """A draw by its public number."""
    found = draw_by_number(number)
    if found is None:
        raise Http404
    return found


@require_GET
def draw_list(request: HttpRequest) -> HttpResponse:
    """Every number of every body, unfinished and aborted ones too: a missing number would be seen."""
    rehearsals = request.GET.get("kind") == "rehearsal"
    page = Paginator(public_draws().filter(is_rehearsal=rehearsals), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/draws/list.html", {"page": page, "rehearsals": rehearsals})


@require_GET
def draw_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The address that older papers carry."""
    return redirect("portal:verification", public_draw_or_404(number).number, permanent=True)


@require_GET
def draw_file(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One file of the bundle, byte for byte; those that would tell the outcome wait until the list is public."""
    draw = public_draw_or_404(number)
    found = file_of(draw, name)
    if found is None or not list_is_public(draw, now=timezone.now()):
        return HttpResponse(_("尚未公开"), status=404, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
def draw_bundle(request: HttpRequest, number: str) -> HttpResponse:
    """The whole bundle as a zip, for `fairdraw.pyz verify`."""
    draw = public_draw_or_404(number)
    if not list_is_public(draw, now=timezone.now()):
        return HttpResponse(_("尚未公开"), status=404, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(bundle_of(draw), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{draw.number}.zip"'
    return answer
