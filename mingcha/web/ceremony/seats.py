"""Sitting down as a witness: with the code on the screen, or with the card of an invitation."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingcha.domain.draws.actions import take_seat
from mingcha.domain.draws.models import Draw, Invitation
from mingcha.domain.draws.queries import announcement_of, draw_with_code, invitation_by_code, is_pairing_code
from mingcha.web.ceremony.forms import InvitedForm, PairingForm, SeatForm, plain_code
from mingcha.web.ceremony.proofs import proof_in, remember_seat
from mingcha.web.shared.guesses import holds_pass, minutes_to_wait, note_wrong, pass_of
from mingcha.web.shared.refusals import refusals_in

PLACE = "seat"  # one for all draws: a wrong code belongs to none


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The pairing code leads to the draw, then the witness says who is there."""
    if request.method == "POST":
        return _sit(request)
    code, invite = (plain_code(request.GET.get(name, "")) for name in ("code", "invite"))
    draw = draw_with_code(code)
    wait = _minutes_to_wait(request, request.GET, draw, invite) if code or invite else 0
    if wait:
        return _too_often(request, wait)
    card = _card(request, invite)
    if "code" not in request.GET:
        return _ask(request, PairingForm(), card, status=200)
    pairing = PairingForm(request.GET)
    if not pairing.is_valid():  # nothing typed, or too long: one sentence is enough
        return _ask(request, pairing, card, status=422)
    return _paired(request, pairing, draw, card)


def _minutes_to_wait(request: HttpRequest, given: QueryDict, draw: Draw | None, invite: str) -> int:
    """Nobody who scanned a code waits: the picture on the wall carries what no stranger can guess."""
    if draw is not None and holds_pass(given.get("given", ""), draw.number, draw.pairing_code, invite):
        return 0
    return minutes_to_wait(request, PLACE)


def _too_often(request: HttpRequest, wait: int) -> HttpResponse:
    form = PairingForm({"code": ""})
    form.errors.clear()
    form.add_error("code", _("配对码试错太多，%d 分钟后再试；在现场的扫大屏上的二维码，不用等") % wait)
    return _ask(request, form, None, status=429)


def _paired(request: HttpRequest, pairing: PairingForm, draw: Draw | None, card: Invitation | None) -> HttpResponse:
    code = plain_code(pairing.cleaned_data["code"])
    if draw is None and invitation_by_code(code) is not None:  # the invitation's code, typed where the screen's belongs
        return redirect(f"{reverse('ceremony:enter')}?{urlencode({'invite': code})}")
    if draw is None:
        _note_wrong(request, code)
        pairing.add_error("code", _("没有正在入席的抽取使用这个配对码，看主持人屏幕重新输入；已冻结的抽取不能再入席"))
        return _ask(request, pairing, card, status=422)
    if proof_in(request, draw)[0] is not None:
        return redirect("ceremony:page", draw.number)
    return _seat(request, draw, _form_for(draw, card, code), card, status=200)


def _note_wrong(request: HttpRequest, code: str) -> None:
    """Whoever comes after the freeze with the right code is late and guesses nothing."""
    if not is_pairing_code(code):
        note_wrong(request, PLACE)


def _card(request: HttpRequest, code: str) -> Invitation | None:
    card = invitation_by_code(code) if code else None
    if code and card is None:
        note_wrong(request, PLACE)
    return card


def _form_for(draw: Draw, card: Invitation | None, code: str) -> SeatForm | InvitedForm:
    """The form carries the pass, so that nobody is made to wait between the code and the seat."""
    if card is not None and card.draw_id == draw.pk and card.is_invited:
        given = pass_of(draw.number, draw.pairing_code, card.code)
        return InvitedForm(initial={"pairing_code": code, "given": given, "invitation_code": card.code})
    return SeatForm(initial={"pairing_code": code, "given": pass_of(draw.number, draw.pairing_code, "")})


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
    code, invite = (plain_code(request.POST.get(name, "")) for name in ("pairing_code", "invitation_code"))
    draw = draw_with_code(code)
    wait = _minutes_to_wait(request, request.POST, draw, invite)
    if wait:
        return _too_often(request, wait)
    if draw is None:
        _note_wrong(request, code)
        return redirect("ceremony:enter")
    if proof_in(request, draw)[0] is not None:
        return redirect("ceremony:page", draw.number)
    card = _card(request, invite)
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
