"""What is done with a rulebook as a whole: handed in, decided on, returned, published, compared."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import Rulebook
from mingcha.domain.catalogue.queries import chapters_of, rulebook_before, rulebooks_visible_to
from mingcha.domain.catalogue.rules.rulebooks import chapter_changes
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.web.desk.catalogue_steps import after_consent, asked_of, steps_of
from mingcha.web.desk.forms.catalogue import OpinionForm, ReturnForm
from mingcha.web.desk.rulebooks import rulebook_seen, shown
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

LONGEST_KEY = 18  # digits that fit a key of the database
DECIDE = {
    "LEGAL_REVIEW": actions.review_rulebook,
    "APPROVAL": actions.approve_rulebook,
    "AUTHORISATION": actions.authorise_rulebook,
}


@login_required
@require_POST
def rulebook_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand a draft in."""
    rulebook = actions.submit_rulebook(rulebook_seen(request.user, pk), by=request.user, at=timezone.now())
    messages.success(request, _("%(rulebook)s已提交，现在是“%(state)s”") % _said(rulebook))
    return redirect("desk:rulebook_detail", rulebook.pk)


@login_required
@require_http_methods(["GET", "POST"])
def rulebook_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """The page on which whoever is asked reads the whole rulebook and gives the opinion of the present step."""
    rulebook = rulebook_seen(request.user, pk)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = DECIDE.get(form.cleaned_data["step"], actions.approve_rulebook)
        said = {"opinion": form.cleaned_data["opinion"], "seen": form.cleaned_data["seen"]}
        with refusals_in(form):
            rulebook = decide(rulebook, **said, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("意见已记入，%(rulebook)s现在是“%(state)s”") % _said(rulebook))
            return redirect("desk:rulebook_detail", rulebook.pk)
    before, chapters = rulebook_before(rulebook), chapters_of(rulebook)
    context = {
        "rulebook": rulebook,
        "form": form,
        "chapters": shown(chapters),
        "before": before,
        "changes": chapter_changes(chapters_of(before), chapters) if before is not None else [],
        "steps": steps_of(rulebook, user=request.user),
        "seen": actions.rulebook_text_of(rulebook).digest,
        "asked": asked_of(request.user, rulebook) in DECIDE,
        "then": after_consent(rulebook),
    }
    return render(request, "desk/rulebooks/rulebook_decide.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def rulebook_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Back to the drafter, with what has to be put right."""
    rulebook = rulebook_seen(request.user, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.return_rulebook(rulebook, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:rulebook_detail", rulebook.pk)
    context = {"rulebook": rulebook, "form": form}
    return render(request, "desk/rulebooks/rulebook_return.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def rulebook_publish(request: StaffRequest, pk: int) -> HttpResponse:
    """The last page before a rulebook holds: who has put it on record, what it replaces."""
    rulebook = rulebook_seen(request.user, pk)
    require(request.user, Permission.CATALOGUE_APPROVE, within=rulebook.department)
    if request.method == "POST":
        actions.publish_rulebook(rulebook, by=request.user, at=timezone.now())
        messages.success(request, _("%s已公布施行") % rulebook)
        return redirect("desk:rulebook_detail", rulebook.pk)
    steps = steps_of(rulebook, user=request.user)
    context = {"rulebook": rulebook, "steps": steps, "before": rulebook_before(rulebook)}
    return render(request, "desk/rulebooks/rulebook_publish.html", context)


@login_required
@require_GET
def rulebook_compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Where two editions differ, or an edition from the upper rulebook, chapter by chapter."""
    rulebook = rulebook_seen(request.user, pk)
    editions = rulebooks_visible_to(request.user).filter(department=rulebook.department).exclude(pk=rulebook.pk)
    wanted = request.GET.get("with", "")
    above = rulebook.parent if wanted == "parent" else None
    other = above or _edition(editions, wanted) or rulebook_before(rulebook)
    old, new = other or rulebook, rulebook
    if above is None and old.edition > new.edition:
        old, new = new, old
    context = {
        "rulebook": rulebook,
        "old": old,
        "new": new,
        "editions": editions,
        "changes": chapter_changes(chapters_of(old), chapters_of(new)),
    }
    return render(request, "desk/rulebooks/rulebook_compare.html", context)


def _edition(editions: QuerySet[Rulebook], wanted: str) -> Rulebook | None:
    return editions.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < LONGEST_KEY else None


def _said(rulebook: Rulebook) -> dict[str, object]:
    return {"rulebook": rulebook, "state": rulebook.get_state_display()}
