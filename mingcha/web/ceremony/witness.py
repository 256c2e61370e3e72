"""The phone of a witness: one address that shows what this seat has to do now."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import etag, require_GET, require_POST

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, Seat
from mingcha.domain.draws.queries import (
    draw_by_number,
    drawn_list,
    list_is_public,
    mark_of,
    room_sees_names,
    strata_labels,
)
from mingcha.kit.errors import Forbidden
from mingcha.web.ceremony.forms import WitnessSignForm
from mingcha.web.ceremony.seats import proof_in
from mingcha.web.shared.refusals import refusals_in

MOST_ROWS = 200


def draw_or_404(number: str) -> Draw:
    draw = draw_by_number(number)
    if draw is None:
        raise Http404
    return draw


def own_seat(request: HttpRequest, draw: Draw) -> tuple[Seat, str]:
    """The seat that this phone took, or a refusal."""
    seat, token = proof_in(request, draw)
    if seat is None:
        raise Forbidden(_("这部手机在抽取 %s 中没有席位，用入席时的那部手机操作") % draw.number)
    return seat, token


def _mark(request: HttpRequest, number: str) -> str:
    return f'"{mark_of(draw_or_404(number))}"'


@require_GET
@etag(_mark)
def state(request: HttpRequest, number: str) -> HttpResponse:
    """What a screen asks every few seconds; 304 as long as nothing has happened."""
    draw = draw_or_404(number)
    return JsonResponse({"state": draw.state, "mark": mark_of(draw)})


@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The present phase, as this seat sees it; a phone without a seat may watch."""
    return _page(request, draw_or_404(number), WitnessSignForm())


def _page(request: HttpRequest, draw: Draw, form: WitnessSignForm, status: int = 200) -> HttpResponse:
    seat, _token = proof_in(request, draw)
    seats = list(draw.seats.all())
    context = {
        "draw": draw,
        "seat": seat,
        "seats": seats,
        "committed": sum(bool(one.commitment) for one in seats),
        "opened": sum(bool(one.secret) for one in seats),
        "mark": mark_of(draw),
        "form": form,
        "signature": draw.signatures.filter(seat=seat.party).first() if seat else None,
        **_names(draw, seat),
    }
    return render(request, "ceremony/page.html", context, status=status)


def _names(draw: Draw, seat: Seat | None) -> dict[str, object]:
    """The drawn firms: for the room when the plan opens them there, for everybody when the list is public."""
    now = timezone.now()
    if not (room_sees_names(draw, now=now) if seat else list_is_public(draw, now=now)):
        return {"names_open": False}
    labels = strata_labels(draw)
    rows = drawn_list(draw).filter(reserve=False)
    return {
        "names_open": True,
        "total": rows.count(),
        "rows": [(row, labels.get(row.stratum, row.stratum)) for row in rows[:MOST_ROWS]],
    }


@require_POST
def commit(request: HttpRequest, number: str) -> HttpResponse:
    """The commitment and the sealed copy that the phone made; the secret itself stays there."""
    seat, token = own_seat(request, draw_or_404(number))
    given = {name: request.POST.get(name, "") for name in ("commitment", "sealed_copy")}
    actions.commit(seat, token=token, **given, at=timezone.now())
    return redirect("ceremony:page", number)


@require_POST
def open_secret(request: HttpRequest, number: str) -> HttpResponse:
    """The secret, after the dice."""
    seat, token = own_seat(request, draw_or_404(number))
    actions.open_contribution(seat, token=token, secret=request.POST.get("secret", ""), at=timezone.now())
    return redirect("ceremony:page", number)


@require_POST
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The witness's word on the result."""
    draw = draw_or_404(number)
    seat, token = own_seat(request, draw)
    form = WitnessSignForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.sign_as_witness(seat, token=token, **form.cleaned_data, at=timezone.now())
        if not form.errors:
            return redirect("ceremony:page", number)
    return _page(request, draw, form, status=422)
