"""One firm's file: everything public about its inspections."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingcha.domain.draws.queries import later_in, public_draws_of
from mingcha.domain.publication.queries import file_of_firm
from mingcha.domain.registers.queries import public_subject, search_public_subjects
from mingcha.domain.registers.rules import position_of, words_of

CODE = re.compile(r"[0-9A-Za-z._-]{2,64}")
PAGE = 50


@require_GET
def firms(request: HttpRequest) -> HttpResponse:
    """Search by a part of the name, by the initials of its pinyin or by the beginning of the code."""
    text = request.GET.get("q", "").strip()[:60]
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    at = position_of(after) or position_of(before, is_backwards=True)
    words = words_of(text)
    found = search_public_subjects(words, at=at, size=PAGE) if words is not None else None
    return render(request, "portal/firms.html", {"text": text, "found": found})


@require_GET
def firm(request: HttpRequest, code: str) -> HttpResponse:
    """The published results of a firm, and the draws it was in. A code we do not know gets a page that says so."""
    if not CODE.fullmatch(code):
        raise Http404
    context = {
        "code": code,
        "subject": public_subject(code),
        "results": file_of_firm(code),
        "draws": [(draw, later_in(draw).get(code)) for draw in public_draws_of(code)],
    }
    return render(request, "portal/firm.html", context)
