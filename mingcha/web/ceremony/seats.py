"""Sitting down as a witness, and how the phone proves afterwards that it did."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.draws.actions import take_seat
from mingcha.domain.draws.models import Draw, Seat
from mingcha.domain.draws.queries import draw_with_code, seat_of
from mingcha.web.ceremony.forms import PairingForm, SeatForm
from mingcha.web.shared.refusals import refusals_in

SALT = "ceremony.seat"
LASTS = timedelta(days=7)


def cookie_of(draw: Draw) -> str:
    return f"seat-{draw.number}"


def proof_in(request: HttpRequest, draw: Draw) -> tuple[Seat | None, str]:
    """The seat of this phone and its token; no seat when it has none here."""
    try:
        token = request.get_signed_cookie(cookie_of(draw), default="", salt=SALT)
    except BadSignature:
        token = ""
    return (seat_of(draw, token), token) if token else (None, "")


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The pairing code leads to the draw, then the witness says who is there."""
    if request.method == "POST":
        return _sit(request)
    typed = request.GET.get("code")
    if typed is None:
        return render(request, "ceremony/enter.html", {"form": PairingForm()})
    pairing = PairingForm(request.GET)
    code = typed.replace(" ", "").replace("-", "").upper()
    draw = draw_with_code(code)
    if not pairing.is_valid():  # nothing typed, or too long: one sentence is enough
        return render(request, "ceremony/enter.html", {"form": pairing}, status=422)
    if draw is None:
        pairing.add_error("code", _("没有正在入席的抽取使用这个配对码，看主持人屏幕重新输入；已冻结的抽取不能再入席"))
        return render(request, "ceremony/enter.html", {"form": pairing}, status=422)
    if proof_in(request, draw)[0] is not None:
        return redirect("ceremony:page", draw.number)
    return render(request, "ceremony/seat.html", {"draw": draw, "form": SeatForm(initial={"pairing_code": code})})


def _sit(request: HttpRequest) -> HttpResponse:
    form = SeatForm(request.POST)
    draw = draw_with_code(request.POST.get("pairing_code", ""))
    if draw is None:
        return redirect("ceremony:enter")
    if proof_in(request, draw)[0] is not None:
        return redirect("ceremony:page", draw.number)
    if form.is_valid():
        with refusals_in(form):
            _seat, token = take_seat(draw, **form.cleaned_data, at=timezone.now())
            return _remembering(redirect("ceremony:page", draw.number), draw, token)
    return render(request, "ceremony/seat.html", {"draw": draw, "form": form}, status=422)


def _remembering(answer: HttpResponse, draw: Draw, token: str) -> HttpResponse:
    answer.set_signed_cookie(
        cookie_of(draw),
        token,
        salt=SALT,
        max_age=LASTS,
        path="/w/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
