"""The phone of a witness: one address that shows what this seat has to do now."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, Objection, Seat
from mingcha.domain.draws.queries import drawn_list, list_is_public, room_sees_names, strata_labels
from mingcha.kit.errors import Forbidden
from mingcha.web.ceremony.following import draw_or_404, renew
from mingcha.web.ceremony.forms import ObjectionForm, WitnessSignForm
from mingcha.web.ceremony.proofs import claims_seat, proof_in
from mingcha.web.shared.guesses import minutes_to_wait, note_wrong
from mingcha.web.shared.refusals import refusals_in

MOST_ROWS = 200


def own_seat(request: HttpRequest, draw: Draw) -> tuple[Seat, str]:
    """The seat that this phone took, or a refusal. The right proof is never made to wait: see ADR 0022."""
    seat, token = proof_in(request, draw)
    if seat is None:
        _count_false_claim(request, draw)
        raise Forbidden(_("这部手机在抽取 %s 中没有席位，用入席时的那部手机操作") % draw.number)
    return seat, token


def _count_false_claim(request: HttpRequest, draw: Draw) -> None:
    if not claims_seat(request, draw):
        return
    wait = minutes_to_wait(request, f"token {draw.number}")
    if wait:
        raise Forbidden(_("席位凭据试错太多，%d 分钟后再试；有席位的，用入席时的那部手机操作，不用等") % wait)
    note_wrong(request, f"token {draw.number}")


@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The present phase, as this seat sees it; a phone without a seat may watch."""
    return _page(request, draw_or_404(number))


def _page(
    request: HttpRequest,
    draw: Draw,
    *,
    form: WitnessSignForm | None = None,
    objection: ObjectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    seat, _token = proof_in(request, draw)
    document = renew(draw)
    seats = list(draw.seats.order_by("pk"))
    context = {
        "draw": draw,
        "now": document,
        "seat": seat,
        "seats": seats,
        "committed": sum(bool(one.commitment) for one in seats),
        "opened": sum(bool(one.secret) for one in seats),
        "form": form or WitnessSignForm(),
        "objection": objection or ObjectionForm(auto_id="objection_%s"),
        "objections": Objection.objects.filter(seat=seat) if seat else [],
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


def post_or_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An act is posted; whoever opens its address again (back, a reload after an error) is led to the own seat."""

    @wraps(view)
    @require_http_methods(["GET", "POST"])
    def act(request: HttpRequest, number: str) -> HttpResponse:
        return view(request, number) if request.method == "POST" else redirect("ceremony:page", number)

    return act


@post_or_back
def commit(request: HttpRequest, number: str) -> HttpResponse:
    """The commitment and the sealed copy that the phone made; the secret itself stays there."""
    seat, token = own_seat(request, draw_or_404(number))
    given = {name: request.POST.get(name, "") for name in ("commitment", "sealed_copy")}
    actions.commit(seat, token=token, **given, at=timezone.now())
    return redirect("ceremony:page", number)


@post_or_back
def open_secret(request: HttpRequest, number: str) -> HttpResponse:
    """The secret, after the dice."""
    seat, token = own_seat(request, draw_or_404(number))
    actions.open_contribution(seat, token=token, secret=request.POST.get("secret", ""), at=timezone.now())
    return redirect("ceremony:page", number)


@post_or_back
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The witness's word on the result."""
    draw = draw_or_404(number)
    seat, token = own_seat(request, draw)
    form = WitnessSignForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.sign_as_witness(seat, token=token, **form.word, at=timezone.now())
        if not form.errors:
            return redirect("ceremony:page", number)
    return _page(request, draw, form=form, status=422)


@post_or_back
def disagree(request: HttpRequest, number: str) -> HttpResponse:
    """「我有异议」: the same words sent twice in one phase are one objection."""
    draw = draw_or_404(number)
    seat, token = own_seat(request, draw)
    form = ObjectionForm(request.POST, auto_id="objection_%s")
    if form.is_valid():
        text = " ".join(form.cleaned_data["text"].split())
        if Objection.objects.filter(seat=seat, phase=draw.state, text=text).exists():
            return redirect("ceremony:page", number)
        with refusals_in(form):
            actions.raise_objection(seat, token=token, text=text, at=timezone.now())
        if not form.errors:
            return redirect("ceremony:page", number)
    return _page(request, draw, objection=form, status=422)
