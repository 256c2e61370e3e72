"""Sitting down as a witness: with the code on the screen, or with the card of an invitation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.draws.actions import take_seat
from mingcha.domain.draws.models import Draw, Invitation
from mingcha.domain.draws.queries import announcement_of, draw_with_code, invitation_by_code
from mingcha.web.ceremony.forms import InvitedForm, PairingForm, SeatForm, plain_code
from mingcha.web.ceremony.proofs import proof_in, remember_seat
from mingcha.web.shared.refusals import refusals_in


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The pairing code leads to the draw, then the witness says who is there."""
    if request.method == "POST":
        return _sit(request)
    card = _card(request.GET.get("invite", ""))
    if "code" not in request.GET:
        return _ask(request, PairingForm(), card, status=200)
    pairing = PairingForm(request.GET)
    if not pairing.is_valid():  # nothing typed, or too long: one sentence is enough
        return _ask(request, pairing, card, status=422)
    return _paired(request, pairing, card)


def _paired(request: HttpRequest, pairing: PairingForm, card: Invitation | None) -> HttpResponse:
    code = plain_code(pairing.cleaned_data["code"])
    draw = draw_with_code(code)
    if draw is None and _card(code) is not None:  # the invitation's code, typed where the screen's belongs
        return redirect(f"{reverse('ceremony:enter')}?{urlencode({'invite': code})}")
    if draw is None:
        pairing.add_error("code", _("没有正在入席的抽取使用这个配对码，看主持人屏幕重新输入；已冻结的抽取不能再入席"))
        return _ask(request, pairing, card, status=422)
    if proof_in(request, draw)[0] is not None:
        return redirect("ceremony:page", draw.number)
    return _seat(request, draw, _form_for(draw, card, {"pairing_code": code}), card, status=200)


def _card(code: str) -> Invitation | None:
    return invitation_by_code(plain_code(code)) if code else None


def _form_for(draw: Draw, card: Invitation | None, initial: dict[str, str]) -> SeatForm | InvitedForm:
    if card is not None and card.draw_id == draw.pk and card.is_invited:
        return InvitedForm(initial={**initial, "invitation_code": card.code})
    return SeatForm(initial=initial)


def _ask(request: HttpRequest, form: PairingForm, card: Invitation | None, *, status: int) -> HttpResponse:
    context = {"form": form, "card": card, "held": announcement_of(card.draw) if card else None}
    return render(request, "ceremony/enter.html", context, status=status)


def _seat(
    request: HttpRequest, draw: Draw, form: SeatForm | InvitedForm, card: Invitation | None, *, status: int
) -> HttpResponse:
    invited = card if isinstance(form, InvitedForm) else None
    context = {"draw": draw, "form": form, "card": invited, "astray": card is not None and invited is None}
    return render(request, "ceremony/seat.html", context, status=status)


def _sit(request: HttpRequest) -> HttpResponse:
    draw = draw_with_code(request.POST.get("pairing_code", ""))
    if draw is None:
        return redirect("ceremony:enter")
    if proof_in(request, draw)[0] is not None:
        return redirect("ceremony:page", draw.number)
    card = _card(request.POST.get("invitation_code", ""))
    form = InvitedForm(request.POST) if "invitation_code" in request.POST else SeatForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            person = {name: form.cleaned_data.get(name, "") for name in ("name", "unit", "capacity")}
            card_code = form.cleaned_data.get("invitation_code", "")
            code = form.cleaned_data["pairing_code"]
            now = timezone.now()
            _row, token = take_seat(draw, pairing_code=code, invitation_code=card_code, **person, at=now)
            return remember_seat(redirect("ceremony:page", draw.number), draw, token)
    return _seat(request, draw, form, card, status=422)
