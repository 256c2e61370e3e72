"""一细则: the rulebooks edition by edition, and the chapters of a draft."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import Rulebook, RulebookChapter
from mingcha.domain.catalogue.queries import (
    chapter_above,
    chapters_clause,
    chapters_of,
    chapters_visible_to,
    newer_parent,
    parents_for,
    rulebook_before,
    rulebook_held_on,
    rulebook_in_force,
    rulebook_settings,
    rulebooks_visible_to,
)
from mingcha.domain.catalogue.rules.chapters import CHAPTER_OF, LABELS, missing_settings, setting_words, words_of
from mingcha.domain.catalogue.rules.rulebooks import chapter_changes
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.policy.rules import words_of as clause_words
from mingcha.domain.policy.rules.codes import word_of
from mingcha.web.desk.catalogue_steps import asked_of, last_return, steps_of, waiting_for
from mingcha.web.desk.forms.rulebooks import ChapterForm, RulebookForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


class RulebookRow(NamedTuple):
    """A department's rulebook: what holds, what is under way, what this person may begin."""

    department: Department
    in_force: Rulebook | None
    under_way: Rulebook | None
    may_draft: bool


class ChapterShown(NamedTuple):
    """A chapter as people read it: its name, its words, its settings, what it still lacks."""

    chapter: RulebookChapter
    title: str
    settings: list[tuple[str, str]]
    lacks: list[str]


def shown(chapters: Sequence[RulebookChapter]) -> list[ChapterShown]:
    return [_shown(chapter) for chapter in chapters]


def _shown(chapter: RulebookChapter) -> ChapterShown:
    code, settings = chapter.code, chapter.settings
    return ChapterShown(chapter, word_of(code), setting_words(code, settings), missing_settings(code, settings))


@login_required
@require_GET
def rulebook_list(request: StaffRequest) -> HttpResponse:
    """One row a department: the rulebook it works by, and the one that is being written."""
    require(request.user, Permission.CATALOGUE_READ)
    text = request.GET.get("q", "").strip()
    rows = [row for row in _rows(request.user) if text in row.department.name or _named(row, text)]
    context = {"page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "filtered": bool(text)}
    return render(request, "desk/rulebooks/rulebook_list.html", context)


def _named(row: RulebookRow, text: str) -> bool:
    return any(text in each.title for each in (row.in_force, row.under_way) if each is not None)


def _rows(user: User) -> list[RulebookRow]:
    editable = set(reach(user, Permission.CATALOGUE_EDIT))
    held: dict[Department, Rulebook] = {}
    begun: dict[Department, Rulebook] = {}
    for each in rulebooks_visible_to(user).exclude(state="SUPERSEDED"):
        (held if each.is_in_force else begun)[each.department] = each
    departments = sorted({*editable, *held, *begun}, key=lambda department: department.code)
    return [RulebookRow(each, held.get(each), begun.get(each), each in editable) for each in departments]


def rulebook_seen(user: User, pk: int) -> Rulebook:
    """The edition, or 404 for whoever may not see it."""
    return get_object_or_404(rulebooks_visible_to(user), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def rulebook_draft(request: StaffRequest, department: str) -> HttpResponse:
    """Begin a department's next edition, from an upper rulebook where there is one."""
    places = reach(request.user, Permission.CATALOGUE_EDIT).select_related("region")
    place = get_object_or_404(places, code=department)
    on, present = timezone.localdate(), rulebook_in_force(place)
    parents = parents_for(place, on=on)
    form = RulebookForm(request.POST or None, initial={"title": _title_for(place, present), "parent": parents.first()})
    form.fields["parent"].queryset = parents  # type: ignore[attr-defined]  # a model choice
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            made = actions.draft_rulebook(place, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:rulebook_detail", made.pk)
    context = {"form": form, "department": place, "clause": chapters_clause(place, on=on), "present": present}
    return render(request, "desk/rulebooks/rulebook_draft.html", context, status=422 if form.errors else 200)


def _title_for(department: Department, present: Rulebook | None) -> str:
    return present.title if present is not None else f"{department.short_name}随机抽查实施细则"


@login_required
@require_GET
def rulebook_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One edition: how far it is, its chapters with what the work reads, what to do with it next."""
    rulebook = rulebook_seen(request.user, pk)
    before = rulebook_before(rulebook)
    chapters = chapters_of(rulebook)
    clause = chapters_clause(rulebook.department, on=timezone.localdate())
    context = {
        "rulebook": rulebook,
        "chapters": shown(chapters),
        "before": before,
        "changes": chapter_changes(chapters_of(before), chapters) if before is not None else [],
        "newer_parent": newer_parent(rulebook),
        "clause": clause,
        "wanted": clause_words(clause) if clause is not None else "",
        "editions": rulebooks_visible_to(request.user).filter(department=rulebook.department),
        "steps": steps_of(rulebook, user=request.user),
        "asked": asked_of(request.user, rulebook),
        "waiting": waiting_for(rulebook),
        "returned": last_return(rulebook),
        "trail": trail_of(rulebook),
        "may_edit": may_write(request.user, rulebook),
    }
    return render(request, "desk/rulebooks/rulebook_detail.html", context)


def may_write(user: User, rulebook: Rulebook) -> bool:
    return rulebook.is_draft and may(user, Permission.CATALOGUE_EDIT, within=rulebook.department)


@login_required
@require_http_methods(["GET", "POST"])
def chapter_write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write one chapter: its words for people, its settings for the work."""
    chapter = get_object_or_404(chapters_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=chapter.rulebook.department)
    form = ChapterForm(request.POST or None, chapter=chapter)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            text, settings = form.cleaned_data["text"], form.settings_given()
            actions.write_chapter(chapter, text=text, settings=settings, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:rulebook_detail", chapter.rulebook_id)
    above = chapter_above(chapter)
    context = {
        "chapter": chapter,
        "title": word_of(chapter.code),
        "rulebook": chapter.rulebook,
        "form": form,
        "above": shown([above])[0] if above is not None else None,
        "may_edit": may_write(request.user, chapter.rulebook),
    }
    return render(request, "desk/rulebooks/chapter_write.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def chapter_restore(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a chapter over from the upper rulebook again."""
    chapter = get_object_or_404(chapters_visible_to(request.user), pk=pk)
    actions.restore_chapter(chapter, by=request.user, at=timezone.now())
    return redirect("desk:rulebook_detail", chapter.rulebook_id)


class Settled(NamedTuple):
    """What the rulebook of a day settles for one page of the work, and where it stands."""

    rulebook: Rulebook
    rows: list[tuple[str, str, str]]


def settled_by(department: Department, *names: str, on: date) -> Settled | None:
    """The named settings with chapter, label and words, for pages of the work (desk/rulebooks/settled.html).

    None where the department had no rulebook that day, or its rulebook leaves all of them open.
    """
    rulebook = rulebook_held_on(department, on=on)
    if rulebook is None:
        return None
    settings = rulebook_settings(department, on=on)
    rows = [
        (word_of(CHAPTER_OF[name]), str(LABELS[name]), words_of(name, settings[name]))
        for name in names
        if name in settings
    ]
    return Settled(rulebook, rows) if rows else None
