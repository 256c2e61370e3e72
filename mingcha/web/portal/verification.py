"""/v/NUMBER: the page on which the visitor's own browser repeats a draw, whatever has become of it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.draws.queries import (
    announcement_of,
    drawn_list,
    list_is_public,
    mark_of,
    own_check,
    public_changes,
    public_exhibits,
    public_facts,
    strata_labels,
)
from mingcha.web.portal.draw_words import standing_of
from mingcha.web.portal.draws import public_draw_or_404
from mingcha.web.portal.verifiers import verifier_digests

FIRST_ROWS = 20
PAGE = 100


@require_GET
def verification(request: HttpRequest, number: str) -> HttpResponse:
    """One draw: its digests always, its files and the check once the list is public."""
    draw = public_draw_or_404(number)
    now = timezone.now()
    is_open = list_is_public(draw, now=now)
    facts = public_facts(draw, now=now)
    announced = announcement_of(draw)
    context = {
        "draw": draw,
        "open_to_all": is_open,
        "announced": announced,
        "standing": standing_of(draw, announced=announced, is_open=is_open, when_public=str(facts["when_public"])),
        "may_ask": announced is not None and draw.takes_seats and not draw.is_rehearsal and now < announced.held_at,
        "mark": mark_of(draw),
        "verifiers": verifier_digests(),
        "changes": public_changes(draw, now),
        "exhibits": public_exhibits(draw, now),
        "rows": _rows(drawn_list(draw).filter(reserve=False)[:FIRST_ROWS], strata_labels(draw)) if is_open else [],
        **facts,
    }
    return render(request, "portal/draws/verification.html", context)


@require_GET
def drawn_names(request: HttpRequest, number: str) -> HttpResponse:
    """Everybody who was drawn, page by page."""
    draw = public_draw_or_404(number)
    if not list_is_public(draw, now=timezone.now()):
        return redirect("portal:verification", draw.number)
    page = Paginator(drawn_list(draw).filter(reserve=False), PAGE).get_page(request.GET.get("page"))
    context = {"draw": draw, "page": page, "rows": _rows(page, strata_labels(draw))}
    return render(request, "portal/draws/names.html", context)


def _rows(drawn, labels):
    return [(row, labels.get(row.stratum, row.stratum)) for row in drawn]


@require_GET
def server_check(request: HttpRequest, number: str) -> HttpResponse:
    """For a device without scripts: what the server itself found, marked as the server's word."""
    draw = public_draw_or_404(number)
    if not list_is_public(draw, now=timezone.now()):
        raise Http404
    return render(request, "portal/draws/server_check.html", {"draw": draw, "claim": own_check(draw)})


@require_GET
def proof(request: HttpRequest) -> HttpResponse:
    """What a draw proves and what it does not."""
    return render(request, "portal/draws/proof.html")
