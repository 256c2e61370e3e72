"""The screen in the hall: read only, opened with the pairing code, everything else comes by the state document."""

from hmac import compare_digest

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.draws.models import Draw
from mingcha.web.ceremony.following import draw_or_404
from mingcha.web.ceremony.forms import PairingForm, plain_code
from mingcha.web.ceremony.proofs import is_hall, remember_hall
from mingcha.web.shared.guesses import holds_pass, minutes_to_wait, note_wrong, pass_of


@require_http_methods(["GET", "POST"])
def hall(request: HttpRequest, number: str) -> HttpResponse:
    """The screen, or the form that asks for the code."""
    draw = draw_or_404(number)
    if request.method == "POST":
        return _open(request, draw)
    if holds_pass(request.GET.get("given", ""), draw.number, draw.pairing_code, "hall"):
        return remember_hall(redirect("ceremony:hall", draw.number), draw)
    if not is_hall(request, draw):
        return render(request, "ceremony/hall_enter.html", {"draw": draw, "form": PairingForm()})
    seating = request.build_absolute_uri(reverse("ceremony:enter"))
    given = pass_of(draw.number, draw.pairing_code, "")
    checking = request.build_absolute_uri(reverse("portal:verification", args=[draw.number]))
    context = {
        "draw": draw,
        "seating": {"address": seating, "qr": _picture(f"{seating}?code={draw.pairing_code}&given={given}")},
        "checking": {"address": checking, "qr": _picture(checking)},
    }
    return render(request, "ceremony/hall.html", context)


def _open(request: HttpRequest, draw: Draw) -> HttpResponse:
    form, place = PairingForm(request.POST), f"hall {draw.number}"
    wait = minutes_to_wait(request, place)
    if wait:
        form.add_error("code", _("配对码试错太多，%d 分钟后再试；或在控制台所在的电脑上点“打开大屏”，不用等") % wait)
        return render(request, "ceremony/hall_enter.html", {"draw": draw, "form": form}, status=429)
    if form.is_valid():
        if compare_digest(plain_code(form.cleaned_data["code"]).encode(), draw.pairing_code.encode()):
            return remember_hall(redirect("ceremony:hall", draw.number), draw)
        note_wrong(request, place)
        form.add_error("code", _("配对码不对，看主持人屏幕上的 8 位字符重新输入"))
    return render(request, "ceremony/hall_enter.html", {"draw": draw, "form": form}, status=422)


def _picture(address: str) -> str:
    """Dark on white in both themes: cameras read nothing else as surely."""
    return str(segno.make(address, micro=False).svg_data_uri(scale=8, border=3, light="#fff", dark="#000"))
