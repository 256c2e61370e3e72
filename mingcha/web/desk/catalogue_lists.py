"""What is done with an edition as a whole: handed in, decided on, returned, published, explained, compared."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.queries import (
    edition_before,
    item_lists_visible_to,
    items_with_checkpoints,
    material_of,
    reasons_allowed,
    unmapped_items,
)
from mingcha.domain.catalogue.rules import Explained, changes_between, edition_facts, explained
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.domain.plans.queries.listing import open_campaigns_using
from mingcha.web.desk.catalogue_review import review_of
from mingcha.web.desk.catalogue_steps import after_consent, asked_of, steps_of, waiting_for
from mingcha.web.desk.forms.catalogue import ChangeForm, OpinionForm, ReturnForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

DECIDE = {
    "LEGAL_REVIEW": actions.review_list,
    "APPROVAL": actions.approve_list,
    "AUTHORISATION": actions.authorise_list,
}


def edition_seen(user: User, pk: int) -> ItemList:
    """The edition, or 404 for whoever may not see it."""
    return get_object_or_404(item_lists_visible_to(user), pk=pk)


def changes_of(edition: ItemList) -> list[Explained]:
    """What an edition changes in the one before, each change with its reason."""
    items, before, notes = material_of(edition)
    if before is None:
        return []
    return explained(changes_between(edition_facts(before), edition_facts(items)), edition, notes)


def stranded_by(user: User, old: ItemList | None, new: ItemList) -> list[tuple[InspectionItem, list[Campaign]]]:
    """The items that an edition drops, each with the open campaigns that still use it (S1-14)."""
    if old is None:
        return []
    dropped = list(unmapped_items(old, new))
    seen = campaigns_visible_to(user)
    return [(item, list(open_campaigns_using([item]).filter(pk__in=seen.values("pk")))) for item in dropped]


@login_required
@require_POST
def list_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand a draft in."""
    edition = actions.submit_list(edition_seen(request.user, pk), by=request.user, at=timezone.now())
    messages.success(request, _("%(list)s已提交，现在是“%(state)s”") % _said(edition))
    return redirect("desk:list_detail", edition.pk)


@login_required
@require_http_methods(["GET", "POST"])
def list_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """The page on which whoever is asked reads what an edition changes, or all of a first one, and gives the opinion
    of the present step."""
    edition = edition_seen(request.user, pk)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = DECIDE.get(form.cleaned_data["step"], actions.approve_list)
        said = {"opinion": form.cleaned_data["opinion"], "seen": form.cleaned_data["seen"]}
        with refusals_in(form):
            edition = decide(edition, **said, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("意见已记入，%(list)s现在是“%(state)s”") % _said(edition))
            return redirect("desk:list_detail", edition.pk)
    before = edition_before(edition)
    context = {
        "list": edition,
        "form": form,
        "review": review_of(edition),
        "before": before,
        "stranded": stranded_by(request.user, before, edition),
        "steps": steps_of(edition, user=request.user),
        "seen": actions.text_of(edition).digest,
        "asked": asked_of(request.user, edition) in DECIDE,
        "then": after_consent(edition),
    }
    return render(request, "desk/catalogue/list_decide.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def list_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Back to the drafter, with what has to be put right."""
    edition = edition_seen(request.user, pk)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.return_list(edition, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:list_detail", edition.pk)
    context = {"paper": edition, "form": form, "back": "desk:list_detail"}
    return render(request, "desk/catalogue/paper_return.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def list_publish(request: StaffRequest, pk: int) -> HttpResponse:
    """The last page before an edition holds: who has put it on record, what it replaces."""
    edition = edition_seen(request.user, pk)
    require(request.user, Permission.CATALOGUE_APPROVE, within=edition.department)
    if request.method == "POST":
        actions.publish_list(edition, by=request.user, at=timezone.now())
        messages.success(request, _("%s已公布施行") % edition)
        return redirect("desk:list_detail", edition.pk)
    context = {
        "paper": edition,
        "steps": steps_of(edition, user=request.user),
        "waiting": waiting_for(edition),
        "before": edition_before(edition),
        "back": "desk:list_detail",
        "returning": "desk:list_return",
    }
    return render(request, "desk/catalogue/paper_publish.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def list_explain(request: StaffRequest, pk: int, code: str = "") -> HttpResponse:
    """Why a draft differs from what holds: as a whole, or one item of it."""
    edition = edition_seen(request.user, pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=edition.department)
    note = edition.notes.filter(code=code).first()
    initial = {"reason": note.reason, "note": note.note} if note else {}
    if not code:
        initial = {"reason": edition.change_reason, "note": edition.change_note}
    allowed = reasons_allowed(edition.department, on=timezone.localdate())
    form = ChangeForm(request.POST or None, initial=initial, allowed=allowed)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        with refusals_in(form):
            if code:
                actions.explain_item(edition, code, **said)
            else:
                actions.explain_change(edition, **said)
        if not form.errors:
            return redirect("desk:list_detail", edition.pk)
    context = {"list": edition, "form": form, "code": code}
    return render(request, "desk/catalogue/list_explain.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def list_compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Where two editions of a department differ, field by field, with the reason; any two."""
    edition = edition_seen(request.user, pk)
    editions = item_lists_visible_to(request.user).filter(department=edition.department)
    wanted = request.GET.get("with", "")
    other = editions.filter(pk=wanted).first() if wanted.isdecimal() else edition_before(edition)
    if other is None:
        other = edition
    old, new = sorted((other, edition), key=lambda each: each.edition)
    facts = [edition_facts(items_with_checkpoints(each)) for each in (old, new)]
    # The reasons of an edition are about the one just before it; between others there is only the difference.
    follows = edition_before(new) == old
    context = {
        "list": edition,
        "old": old,
        "new": new,
        "editions": editions.exclude(pk=edition.pk),
        "rows": explained(changes_between(*facts), new if follows else ItemList(), new.notes.all() if follows else []),
        "follows": follows,
        "stranded": stranded_by(request.user, old, new),
    }
    return render(request, "desk/catalogue/list_compare.html", context)


def _said(edition: ItemList) -> dict[str, object]:
    return {"list": edition, "state": edition.get_state_display()}
