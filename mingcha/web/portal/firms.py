"""One firm's file: everything public about its inspections."""

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingcha.domain.draws.queries import public_draws_of
from mingcha.domain.publication.queries import file_of_firm
from mingcha.domain.registers.queries import public_subject, search_public_subjects

CODE = re.compile(r"[0-9A-Za-z._-]{2,64}")
PAGE = 50


@require_GET
def firms(request: HttpRequest) -> HttpResponse:
    """Search by a part of the name or by code."""
    text = request.GET.get("q", "").strip()[:60]
    found = search_public_subjects(text) if text else None
    page = Paginator(found, PAGE).get_page(request.GET.get("page")) if found is not None else None
    return render(request, "portal/firms.html", {"text": text, "page": page})


@require_GET
def firm(request: HttpRequest, code: str) -> HttpResponse:
    """The published results of a firm, and the draws it was in. A code we do not know gets a page that says so."""
    if not CODE.fullmatch(code):
        raise Http404
    context = {
        "code": code,
        "subject": public_subject(code),
        "results": file_of_firm(code),
        "draws": public_draws_of(code),
    }
    return render(request, "portal/firm.html", context)
