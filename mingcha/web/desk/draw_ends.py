"""抽取, its ends: signatures, an abort before the dice, a void after them, each on a page that says what it ends."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import SignatureSeat
from mingcha.web.desk.draw_result import result_in
from mingcha.web.desk.draw_scene import rights_of, visible_draw
from mingcha.web.desk.draw_words import forecast_words
from mingcha.web.desk.forms.draws import AbortForm, SignForm, VoidForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in


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
        "given": draw.signatures.filter(seat=seat).first(),
        "forecast": forecast_words(draw, draw.forecast),
        **result_in(request, draw),
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
@require_http_methods(["GET", "POST"])
def draw_void(request: StaffRequest, pk: int) -> HttpResponse:
    """The head says why this draw cannot stand."""
    draw = visible_draw(request, pk)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.propose_void(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    context = {"draw": draw, "form": form, **rights_of(request.user, draw)._asdict()}
    return render(request, "desk/draws/void.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_void_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """The discipline body declares it void."""
    draw = visible_draw(request, pk)
    if request.method == "POST":
        actions.confirm_void(draw, by=request.user, at=timezone.now())
        return redirect("desk:draw_detail", draw.pk)
    context = {"draw": draw, **rights_of(request.user, draw)._asdict()}
    return render(request, "desk/draws/void_confirm.html", context)
