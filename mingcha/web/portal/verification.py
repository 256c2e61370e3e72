"""/v/NUMBER: the page on which the visitor's own browser repeats a draw, whatever has become of it."""

from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import normalize

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.draws.models import Draw, DrawnSubject
from mingcha.domain.draws.queries import (
    Later,
    announcement_of,
    code_of,
    drawn_list,
    later_in,
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
        "rows": rows_of(draw, drawn_list(draw).filter(reserve=False)[:FIRST_ROWS]) if is_open else [],
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
    context = {"draw": draw, "page": page, "rows": rows_of(draw, page)}
    return render(request, "portal/draws/names.html", context)


class Row(NamedTuple):
    """A line of the list; `page` is the firm's own, none where its address would tell the code."""

    subject: DrawnSubject
    stratum: str
    code: str
    page: str
    later: Later | None


def rows_of(draw: Draw, drawn: Iterable[DrawnSubject]) -> list[Row]:
    """As anybody reads them: the code by the rule for personal data, and what holds now."""
    labels, since = strata_labels(draw), later_in(draw)
    return [_row(row, labels.get(row.stratum, row.stratum), since.get(row.code)) for row in drawn]


def _row(row: DrawnSubject, stratum: str, later: Later | None) -> Row:
    code = code_of(row)
    page = reverse("portal:firm", args=[code]) if row.subject_id and code == row.code else ""
    return Row(row, stratum, code, page, later)


@require_GET
def server_check(request: HttpRequest, number: str) -> HttpResponse:
    """For a device without scripts: what the server itself found, marked as the server's word."""
    draw = public_draw_or_404(number)
    if not list_is_public(draw, now=timezone.now()):
        raise Http404
    code = _typed(request)
    context = {"draw": draw, "claim": own_check(draw), "code": code, "found": _found(draw, code) if code else None}
    return render(request, "portal/draws/server_check.html", context)


def _typed(request: HttpRequest) -> str:
    return normalize("NFKC", request.GET.get("code", "")).replace(" ", "").upper()[:64]


def _found(draw: Draw, code: str) -> Row | None:
    """Only what was drawn or is in reserve: to rank any firm of the frame is work that a visitor's own machine does."""
    return next(iter(rows_of(draw, draw.subjects.select_related("subject").filter(code__iexact=code)[:1])), None)


@require_GET
def proof(request: HttpRequest) -> HttpResponse:
    """What a draw proves and what it does not."""
    return render(request, "portal/draws/proof.html")
