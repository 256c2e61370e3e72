"""The first page of the public column, and how the whole thing works."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.draws.queries import draws_to_watch, public_draws
from mingcha.domain.publication.models import PublicationKind
from mingcha.domain.publication.queries import published
from mingcha.domain.registers.queries import register_totals


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Four figures, a search box, the latest draws and results."""
    return render(
        request,
        "portal/home.html",
        {
            "totals": register_totals(),
            "item_count": items_in_force().count(),
            "result_count": published(PublicationKind.RESULT).count(),
            "to_watch": draws_to_watch(now=timezone.now()),
            "draws": public_draws().filter(is_rehearsal=False)[:5],
            "results": published(PublicationKind.RESULT)[:5],
            "notices": published(PublicationKind.DRAWN_LIST)[:5],
        },
    )


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """How to read these pages, in the words of someone who has never heard of 双随机."""
    return render(request, "portal/about.html")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """A search for one firm; a full code goes straight to its file."""
    text = request.GET.get("q", "").strip()
    if text.isalnum() and text.isascii() and len(text) in {15, 18}:
        return redirect("portal:firm", code=text.upper())
    return redirect(f"{reverse('portal:firms')}?{urlencode({'q': text})}")
