"""抽取, in the room: the check of the sealed copies, the dice, the copies that open, the firm that somebody names."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, DrawState
from mingcha.domain.draws.queries import invented_sources, mark_of, room_sees_names
from mingcha.domain.draws.rules import invented_name
from mingcha.domain.registers.queries import by_name_or_code, subjects_visible_to
from mingcha.kit.errors import Refused
from mingcha.web.desk.draw_scene import rights_of, scene_of, visible_draw
from mingcha.web.desk.forms.draws import CopiesForm, DiceForm, ShowForm, UnsealForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

MOST_FOUND = 10


@login_required
@require_http_methods(["GET", "POST"])
def draw_copies(request: StaffRequest, pk: int) -> HttpResponse:
    """The discipline officer's browser opens every copy; what it found is confirmed here, what it read is not sent."""
    draw = visible_draw(request, pk)
    rights = rights_of(request.user, draw)
    form = CopiesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.confirm_copies(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    due = draw.state == DrawState.COMMITTED and draw.copies_checked_at is None
    context = {
        "draw": draw,
        "form": form,
        "due": due,
        "bound": _bound(draw) if due and rights.may_sign_discipline else [],
        "mark": mark_of(draw),
        **rights._asdict(),
    }
    return render(request, "desk/draws/copies.html", context, status=422 if form.errors else 200)


def _bound(draw: Draw) -> list[dict[str, str]]:
    """Everyone with a commitment, the system first; the copies are of use to the holder of the private key alone."""
    system = {"party": "system", "name": _("系统"), "copy": draw.system_sealed_copy, "bound": draw.system_commitment}
    return [system] + [
        {"party": seat.party, "name": seat.name, "copy": seat.sealed_copy, "bound": seat.commitment}
        for seat in draw.seats.all()
    ]


@login_required
@require_http_methods(["GET", "POST"])
def draw_dice(request: StaffRequest, pk: int) -> HttpResponse:
    """One person's reading of the dice, and of the public value where one was announced."""
    draw = visible_draw(request, pk)
    scene = scene_of(draw, request.user, now=timezone.now())
    mine = scene.own_entry
    form = DiceForm(
        request.POST or None,
        initial={"digits": mine.digits, "public_value": mine.public_value} if mine else {},
    )
    form.ask_for_value(draw.public_words)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.enter_dice(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    context = {
        "draw": draw,
        "scene": scene,
        "form": form,
        "due": draw.state == DrawState.COMMITTED and draw.copies_checked_at is not None,
        "mark": mark_of(draw),
    }
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
        "mark": mark_of(draw),
        **rights_of(request.user, draw)._asdict(),
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
def draw_show(request: StaffRequest, pk: int) -> HttpResponse:
    """「找一家企业」: a name or a code; one firm goes to the hall at once, several are offered."""
    draw = visible_draw(request, pk)
    form = ShowForm(request.POST or None)
    found: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            found = _sought(request, draw, form.cleaned_data["wanted"])
            if len(found) == 1:
                actions.show_subject(draw, code=found[0][0], by=request.user, at=timezone.now())
                return redirect("desk:draw_detail", draw.pk)
    context = {
        "draw": draw,
        "form": form,
        "found": found,
        "may_show": room_sees_names(draw, now=timezone.now()),
        **rights_of(request.user, draw)._asdict(),
    }
    return render(request, "desk/draws/show.html", context, status=422 if form.errors else 200)


def _sought(request: StaffRequest, draw: Draw, wanted: str) -> list[tuple[str, str]]:
    """Codes and names that a word may mean; refused while the hall may see no name at all."""
    if draw.has_result and not room_sees_names(draw, now=timezone.now()):
        raise Refused(_("按计划名单在%s公开，现在不能在大屏上查企业") % draw.campaign.get_list_timing_display())
    wanted = wanted.strip()
    if draw.is_rehearsal:
        invented = [(code, invented_name(code)) for code, _area, _stratum in invented_sources(draw.campaign).frame]
        found = [(code, name) for code, name in invented if wanted.upper() in code or wanted in name][:MOST_FOUND]
    else:
        near = subjects_visible_to(request.user).filter(region__code__startswith=draw.department.region.prefix)
        rows = near.filter(by_name_or_code(wanted)).order_by("code")
        found = list(dict(rows.values_list("code", "name")[:MOST_FOUND]).items())
    exact = [(code, name) for code, name in found if code == wanted.upper()]
    if not found:
        raise Refused(_("名录里没有“%s”，换一个写法，或照营业执照输入统一社会信用代码") % wanted, field="wanted")
    return exact or found


@login_required
@require_POST
def draw_show_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the firm off the hall screen."""
    draw = visible_draw(request, pk)
    actions.show_subject(draw, code="", by=request.user, at=timezone.now())
    return redirect("desk:draw_detail", draw.pk)
