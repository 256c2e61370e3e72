"""抽取, before the day: who is in and who is out, the announcement, the witnesses, the freeze."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import (
    announcement_of,
    invented_sources,
    likely_lines,
    mark_of,
    report_for,
    taken_before,
    unsaid_reasons,
)
from mingcha.domain.plans.queries import clause_for, grounds_of, membership_of, outlook_from
from mingcha.kit.errors import Refused
from mingcha.web.desk.draw_scene import rights_of, visible_draw
from mingcha.web.desk.draw_words import entrance_of, forecast_words
from mingcha.web.desk.forms.draws import AnnounceForm, AnswerForm, FreezeForm, InviteForm, WithdrawForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
MOST_LINES = 20


@login_required
@require_GET
def draw_frame(request: StaffRequest, pk: int) -> HttpResponse:
    """入抽与排除: what a freeze today would take, and each firm that stays out, with its reason and rule."""
    draw = visible_draw(request, pk)
    today = timezone.localdate()
    details = _invented(draw) if draw.is_rehearsal else _registered(request, draw, on=today)
    context = {"draw": draw, "floor": clause_for(draw.department, "min_ratio", on=today), **details}
    return render(request, "desk/draws/frame.html", context)


def _invented(draw: Draw) -> dict[str, object]:
    sources = invented_sources(draw.campaign)
    return {
        "sizes": sources.sizes,
        "register_total": sources.register_total,
        "frame_total": len(sources.frame),
        "take_total": sources.places,
        "excluded_total": 0,
    }


def _registered(request: StaffRequest, draw: Draw, *, on: date) -> dict[str, object]:
    campaign = draw.campaign
    membership = membership_of(campaign, on=on, taken=taken_before(campaign))
    outlook = outlook_from(campaign, membership, on=on)
    grounds = {ground.reason.value: ground for ground in grounds_of(campaign, on=on).values()}
    unsaid = unsaid_reasons(campaign, now=timezone.now())
    wanted = request.GET.get("reason", "")
    rows = [firm for firm in membership.out_for(wanted) if firm.reason not in unsaid]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return {
        "sizes": outlook.sizes,
        "register_total": outlook.population + len(membership.left_out),
        "frame_total": outlook.population,
        "take_total": outlook.take,
        "excluded_total": len(membership.left_out),
        "reasons": [(grounds[reason.value], count) for reason, count in outlook.reasons],
        "page": page,
        "unsaid": [grounds[reason].label for reason in sorted(unsaid & grounds.keys()) if wanted in ("", reason)],
        "rows": [(firm.name, firm.code, grounds[firm.reason].label) for firm in page],
    }


@login_required
@require_GET
def draw_report(request: StaffRequest, pk: int) -> HttpResponse:
    """可预测性报告: what is not left to chance, and who is likeliest to meet whom."""
    draw = visible_draw(request, pk)
    prepared, problem = _prepared(draw)
    forecast = prepared.forecast if prepared else draw.forecast
    report = report_for(draw)
    context = {
        "draw": draw,
        "forecast": forecast_words(draw, forecast),
        "problem": problem,
        "report": report,
        "lines": likely_lines(report)[:MOST_LINES] if report else [],
    }
    return render(request, "desk/draws/report.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def draw_announce(request: StaffRequest, pk: int) -> HttpResponse:
    """Where and when, in public; the earlier announcements stay to be read."""
    draw = visible_draw(request, pk)
    last = announcement_of(draw)
    shown = {name: getattr(last, name) for name in ("held_at", "place", "watching", "public_words")} if last else {}
    form = AnnounceForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.announce(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_announce", draw.pk)
    context = {
        "draw": draw,
        "form": form,
        "last": last,
        "earlier": draw.announcements.select_related("announced_by")[1:],
        **rights_of(request.user, draw)._asdict(),
    }
    return render(request, "desk/draws/announce.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_witnesses(request: StaffRequest, pk: int) -> HttpResponse:
    """Who is asked to watch, and which citizens ask for a seat."""
    draw = visible_draw(request, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.invite(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_witnesses", draw.pk)
    invitations = draw.invitations.select_related("decided_by", "seat")
    context = {
        "draw": draw,
        "form": form,
        "requests": [one for one in invitations if one.is_asked],
        "invitations": [one for one in invitations if not one.is_asked],
        **rights_of(request.user, draw)._asdict(),
    }
    return render(request, "desk/draws/witnesses.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_request(request: StaffRequest, pk: int, invitation: int) -> HttpResponse:
    """The answer to a citizen who asks for a seat."""
    draw = visible_draw(request, pk)
    asked = get_object_or_404(draw.invitations.filter(asked_by_citizen=True), pk=invitation)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.decide_request(asked, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_witnesses", draw.pk)
    context = {"draw": draw, "form": form, "asked": asked, **rights_of(request.user, draw)._asdict()}
    return render(request, "desk/draws/request.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def draw_withdraw(request: StaffRequest, pk: int, invitation: int) -> HttpResponse:
    """An invitation is called off, with a reason, until its seat is taken."""
    draw = visible_draw(request, pk)
    guest = get_object_or_404(draw.invitations.exclude(state="ASKED"), pk=invitation)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.withdraw_invitation(guest, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_witnesses", draw.pk)
    context = {"draw": draw, "form": form, "guest": guest, **rights_of(request.user, draw)._asdict()}
    return render(request, "desk/draws/withdraw.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def draw_card(request: StaffRequest, pk: int, invitation: int) -> HttpResponse:
    """The invitation on paper: its code seats the guest without typing."""
    draw = visible_draw(request, pk)
    guest = get_object_or_404(draw.invitations.filter(state="INVITED"), pk=invitation)
    held = announcement_of(draw)
    context = {"draw": draw, "guest": guest, "held": held, **entrance_of(request, draw, invitation=guest.code)}
    return render(request, "desk/draws/card.html", context)


@login_required
@require_GET
def draw_devices(request: StaffRequest, pk: int) -> HttpResponse:
    """The list to walk through the hall with."""
    return render(request, "desk/draws/devices.html", {"draw": visible_draw(request, pk)})


@login_required
@require_http_methods(["GET", "POST"])
def draw_freeze(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything that the freeze will fix, on one page, before it is fixed."""
    draw = visible_draw(request, pk)
    seats = list(draw.seats.all())
    seen = " ".join(seat.party for seat in seats)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            _check_seen(draw, form.cleaned_data.pop("seen"), seen)
            actions.freeze(draw, **form.cleaned_data, by=request.user, at=timezone.now())
        if not form.errors:
            return redirect("desk:draw_detail", draw.pk)
    prepared, problem = _prepared(draw)
    context = {
        "draw": draw,
        "form": form,
        "seen": seen,
        "prepared": prepared,
        "problem": "" if form.errors else problem,
        "forecast": forecast_words(draw, prepared.forecast if prepared else {}),
        "seats": seats,
        "mark": mark_of(draw),
        **rights_of(request.user, draw)._asdict(),
    }
    return render(request, "desk/draws/freeze.html", context, status=422 if request.method == "POST" else 200)


def _check_seen(draw: Draw, shown: str, seen: str) -> None:
    """Whoever sat down after the page was opened must be read out too: each of them has to commit."""
    if draw.takes_seats and shown != seen:
        raise Refused(_("打开这一页之后又有见证人入席。下面是现在的名单，核对人都在场后再冻结"))


def _prepared(draw: Draw) -> tuple[actions.Prepared | None, str]:
    """What a freeze would fix now, or why it would be refused."""
    if not draw.takes_seats:
        return None, ""
    try:
        return actions.prepare(draw, on=timezone.localdate()), ""
    except Refused as refusal:
        return None, refusal.reason
