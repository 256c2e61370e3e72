"""抽取: the list, opening, and the console of one draw."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import bundle_of, draws_visible_to, staff_see_names, state_document
from mingcha.domain.draws.rules import LEAST_WITNESSES
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.web.desk.draw_next import next_step
from mingcha.web.desk.draw_result import result_in
from mingcha.web.desk.draw_scene import Scene, scene_of, visible_draw
from mingcha.web.desk.draw_script import PANIC, script_of
from mingcha.web.desk.draw_tasks import tasks_of
from mingcha.web.desk.draw_warnings import next_look, warnings_of
from mingcha.web.desk.draw_words import entrance_of, forecast_words, steps_of
from mingcha.web.desk.forms.draws import ShowForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.guesses import pass_of

A_PAGE = 50
MOST_REHEARSABLE = 10


@login_required
@require_GET
def draw_list(request: StaffRequest) -> HttpResponse:
    """Every draw this person may read, aborted ones too; rehearsals on their own tab."""
    kind = "rehearsals" if request.GET.get("kind") == "rehearsals" else ""
    draws = draws_visible_to(request.user).filter(is_rehearsal=bool(kind))
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state:
        draws = draws.filter(state=state)
    if text:
        draws = draws.filter(Q(number__icontains=text) | Q(campaign__title__icontains=text))
    context = {
        "page": Paginator(draws, A_PAGE).get_page(request.GET.get("page")),
        "states": Draw._meta.get_field("state").choices,
        "kind": kind,
        "rehearsable": _rehearsable(request) if kind else [],
    }
    return render(request, "desk/draws/draw_list.html", context)


def _rehearsable(request: StaffRequest) -> QuerySet[Campaign]:
    """Approved campaigns that this person could rehearse now, the soonest first."""
    led = reach(request.user, Permission.DRAW_RUN)
    return campaigns_visible_to(request.user).filter(plan__department__in=led, state="APPROVED")[:MOST_REHEARSABLE]


@login_required
@require_http_methods(["GET", "POST"])
def draw_open(request: StaffRequest, campaign_id: int) -> HttpResponse:
    """Begin the draw of an approved campaign: a page of its own, since the number is public and never comes back."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=campaign_id)
    if request.method == "GET":
        return render(request, "desk/draws/open.html", {"campaign": campaign})
    draw = actions.open_draw(campaign, by=request.user, at=timezone.now())
    return redirect("desk:draw_detail", draw.pk)


@login_required
@require_POST
def draw_rehearse(request: StaffRequest, campaign_id: int) -> HttpResponse:
    """演练: the one that is not over yet, or a new one."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=campaign_id)
    running = next((one for one in campaign.draws.filter(is_rehearsal=True) if not one.is_over), None)
    draw = running or actions.open_rehearsal(campaign, by=request.user, at=timezone.now())
    return redirect("desk:draw_detail", draw.pk)


@login_required
@require_GET
def draw_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """控制台: where the draw stands, and the one next step of whoever looks."""
    draw = visible_draw(request, pk)
    now = timezone.now()
    document = state_document(draw, now=now)  # read first: what changes in between loads the page once more
    scene = scene_of(draw, request.user, now=now)
    tasks = tasks_of(scene)
    context = {
        "draw": draw,
        "scene": scene,
        "tasks": tasks,
        "next": next_step(scene, tasks),
        "steps": steps_of(document),
        "digests": document["digests"],
        "result_words": document["result"],
        "least": LEAST_WITNESSES,
        "trail": trail_of(draw),
        "mark": document["mark"],
        "seats": scene.seats,
        "signatures": scene.signatures,
        **_for_the_host(scene),
        **scene.rights._asdict(),
        "hall_pass": pass_of(draw.number, draw.pairing_code, "hall"),
        **(entrance_of(request, draw) if draw.takes_seats else {}),
        "forecast": forecast_words(draw, draw.forecast),
        **result_in(request, draw),
    }
    return render(request, "desk/draws/draw_detail.html", context)


def _for_the_host(scene: Scene) -> dict[str, object]:
    """What the hall does not see."""
    if not scene.rights.takes_part:
        return {}
    return {
        "script": script_of(scene),
        "panic": () if scene.draw.is_over else PANIC,
        "warnings": warnings_of(scene),
        "look_again": next_look(scene),
        "show_form": ShowForm(),
    }


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
