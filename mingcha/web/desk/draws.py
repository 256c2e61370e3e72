"""抽取: one page walks a draw through its ceremony; each irreversible act has a page of its own."""

import segno
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, SignatureSeat
from mingcha.domain.draws.queries import (
    bundle_of,
    discipline_body_for,
    drawn_list,
    draws_visible_to,
    mark_of,
    staff_see_names,
    strata_labels,
)
from mingcha.domain.draws.rules import LEAST_WITNESSES, positions_apart
from mingcha.domain.organisation.permissions import Permission, may
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.web.desk.draw_words import forecast_words, steps_of
from mingcha.web.desk.forms.draws import AbortForm, DiceForm, FreezeForm, SignForm, UnsealForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


def visible_draw(request: StaffRequest, pk: int) -> Draw:
    return get_object_or_404(draws_visible_to(request.user), pk=pk)


def rights(request: StaffRequest, draw: Draw) -> dict[str, bool]:
    """What this person may do in this draw, under the names that the pages use."""
    wanted = {
        "may_run": Permission.DRAW_RUN,
        "may_type": Permission.DRAW_TYPE_DICE,
        "may_sign_agency": Permission.DRAW_SIGN_AGENCY,
        "may_sign_discipline": Permission.DRAW_SIGN_DISCIPLINE,
    }
    return {name: may(request.user, permission, within=draw.department) for name, permission in wanted.items()}


@login_required
@require_GET
def draw_list(request: StaffRequest) -> HttpResponse:
    """Every draw this person may read, aborted ones too."""
    draws = draws_visible_to(request.user)
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state:
        draws = draws.filter(state=state)
    if text:
        draws = draws.filter(Q(number__icontains=text) | Q(campaign__title__icontains=text))
    context = {
        "page": Paginator(draws, A_PAGE).get_page(request.GET.get("page")),
        "states": Draw._meta.get_field("state").choices,
    }
    return render(request, "desk/draws/draw_list.html", context)


@login_required
@require_POST
def draw_open(request: StaffRequest, campaign_id: int) -> HttpResponse:
    """Begin the draw of an approved campaign."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=campaign_id)
    draw = actions.open_draw(campaign, by=request.user, at=timezone.now())
    return redirect("desk:draw_detail", draw.pk)


@login_required
@require_GET
def draw_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Where the draw stands and its next act."""
    draw = visible_draw(request, pk)
    seats = list(draw.seats.all())
    signatures = list(draw.signatures.all())
    context = {
        "draw": draw,
        "seats": seats,
        "least": LEAST_WITNESSES,
        "enough_seats": len(seats) >= LEAST_WITNESSES,
        "steps": steps_of(draw, seated=len(seats)),
        "forecast": forecast_words(draw, draw.forecast),
        "signatures": signatures,
        "unsigned": {seat.value for seat in SignatureSeat} - {signature.seat for signature in signatures},
        "blocked": any(s.outcome != "SIGNED" and s.seat in draw.signatories for s in signatures),
        "trail": trail_of(draw),
        "mark": mark_of(draw),
        **rights(request, draw),
        **_invitation(request, draw),
        **_dice(request, draw),
        **_result(request, draw),
    }
    return render(request, "desk/draws/draw_detail.html", context)


def _invitation(request: StaffRequest, draw: Draw) -> dict[str, object]:
    """How witnesses come in, while they still may."""
    if not draw.takes_seats:
        return {}
    address = request.build_absolute_uri(reverse("ceremony:enter"))
    code = segno.make(f"{address}?code={draw.pairing_code}", micro=False)
    return {"address": address, "qr": code.svg_data_uri(scale=5), "body": discipline_body_for(draw.department)}


def _dice(request: StaffRequest, draw: Draw) -> dict[str, object]:
    """Who has typed, and at which positions they differ; never what they typed."""
    entries = list(draw.dice_entries.select_related("typed_by"))
    return {
        "typists": [entry.typed_by for entry in entries],
        "apart": positions_apart([entry.digits for entry in entries]) if not draw.dice else [],
    }


def _result(request: StaffRequest, draw: Draw) -> dict[str, object]:
    """The drawn list, once this desk may see names."""
    if not staff_see_names(draw, now=timezone.now()):
        return {"names_open": False}
    rows = drawn_list(draw)
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(name__icontains=text))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    labels = strata_labels(draw)
    return {"names_open": True, "page": page, "rows": [(row, labels.get(row.stratum, row.stratum)) for row in page]}


@login_required
@require_http_methods(["GET", "POST"])
def draw_freeze(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything that the freeze will fix, on one page, before it is fixed."""
    draw = visible_draw(request, pk)
    form = FreezeForm(request.POST if request.method == "POST" else {})
    prepared = None
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.freeze(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    if draw.takes_seats and not form.non_field_errors():
        with refusals_in(form):
            prepared = actions.prepare(draw, on=timezone.localdate())
    context = {
        "draw": draw,
        "form": form,
        "prepared": prepared,
        "forecast": forecast_words(draw, prepared.forecast if prepared else {}),
        "seats": draw.seats.all(),
        **rights(request, draw),
    }
    return render(request, "desk/draws/freeze.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_dice(request: StaffRequest, pk: int) -> HttpResponse:
    """One person's reading of the dice."""
    draw = visible_draw(request, pk)
    mine = draw.dice_entries.filter(typed_by=request.user).first()
    form = DiceForm(request.POST or None, initial={"digits": mine.digits if mine else ""})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.enter_dice(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    context = {"draw": draw, "form": form, **_dice(request, draw)}
    return render(request, "desk/draws/dice.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_unseal(request: StaffRequest, pk: int) -> HttpResponse:
    """The discipline officer opens a sealed copy in the browser and hands in what was inside."""
    draw = visible_draw(request, pk)
    form = UnsealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _open_copy(request, draw, party=form.cleaned_data["party"], secret=form.cleaned_data["secret"])
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    context = {
        "draw": draw,
        "form": form,
        "waiting": [] if draw.waits_for_system else draw.seats.filter(secret="").exclude(sealed_copy=""),
        **rights(request, draw),
    }
    return render(request, "desk/draws/unseal.html", context, status=422 if form.errors else 200)


def _open_copy(request: StaffRequest, draw: Draw, *, party: str, secret: str) -> None:
    if party == "system":
        actions.open_system_copy(draw, secret=secret, by=request.user, at=timezone.now())
    else:
        seat = get_object_or_404(draw.seats, party=party)
        actions.open_sealed_copy(seat, secret=secret, by=request.user, at=timezone.now())


@login_required
@require_http_methods(["GET", "POST"])
def draw_sign(request: StaffRequest, pk: int, seat: str) -> HttpResponse:
    """The agency's or the discipline body's word on the result."""
    draw = visible_draw(request, pk)
    if seat not in SignatureSeat.values:
        raise Http404
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.sign(draw, seat=seat, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    context = {
        "draw": draw,
        "form": form,
        "seat": SignatureSeat(seat),
        "forecast": forecast_words(draw, draw.forecast),
        **_result(request, draw),
    }
    return render(request, "desk/draws/sign.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_abort(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose to stop a draw."""
    draw = visible_draw(request, pk)
    form = AbortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.propose_abort(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    return render(request, "desk/draws/abort.html", {"draw": draw, "form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_abort_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """A second person stops it."""
    draw = visible_draw(request, pk)
    if request.method == "POST":
        actions.confirm_abort(draw, by=request.user, at=timezone.now())
        return redirect("desk:draw_detail", draw.pk)
    return render(request, "desk/draws/abort_confirm.html", {"draw": draw})


@login_required
@require_GET
def draw_bundle(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything needed to repeat the draw."""
    draw = visible_draw(request, pk)
    if not staff_see_names(draw, now=timezone.now()):
        raise Http404
    answer = HttpResponse(bundle_of(draw), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{draw.number}.zip"'
    return answer
