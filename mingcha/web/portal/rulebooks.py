"""一细则: the rulebooks in force, chapter by chapter."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.queries.public import departments_with_rulebook, public_rulebooks
from mingcha.domain.catalogue.rules.chapters import setting_words
from mingcha.domain.policy.rules.codes import word_of
from mingcha.web.portal.openness import departments_inspecting

PAGE = 50


@require_GET
def rulebooks(request: HttpRequest) -> HttpResponse:
    """Every rulebook in force; departments without one stand in plain sight."""
    context = {
        "page": Paginator(public_rulebooks(), PAGE).get_page(request.GET.get("page")),
        "silent": departments_inspecting().exclude(pk__in=departments_with_rulebook()),
    }
    return render(request, "portal/rulebooks.html", context)


@require_GET
def rulebook(request: HttpRequest, pk: int) -> HttpResponse:
    """One rulebook with its chapters, and what each settles for the work."""
    found = get_object_or_404(public_rulebooks(), pk=pk)
    chapters = [
        (word_of(chapter.code), chapter, setting_words(chapter.code, chapter.settings))
        for chapter in found.chapters.all()
    ]
    return render(request, "portal/rulebook.html", {"rulebook": found, "chapters": chapters})
