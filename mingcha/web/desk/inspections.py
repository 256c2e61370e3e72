"""检查: what stands where, and the second pair of eyes on every result."""

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws.permissions import may_propose
from mingcha.domain.draws.queries import draws_visible_to, list_is_public
from mingcha.domain.duties.rules import COLOURS, Light, light_of, moment
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.queries import (
    absences_in,
    awaiting_confirmation,
    counts_by_state,
    departments_away,
    duties_about,
    evidence_visible_to,
    inspections_visible_to,
    photos_beside_the_sheet,
    publication_due,
    sections_of,
    short_of_people,
    staffing_of,
    standing_party,
)
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.web.desk.forms.inspections import ReturnForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50


class Row(NamedTuple):
    """An inspection as the list shows it."""

    inspection: Inspection
    light: Light | None


class Ahead(NamedTuple):
    """Until when the public has to see a result, and the light that says why."""

    words: str
    light: Light


class StateCount(NamedTuple):
    value: str
    label: str
    how_many: int


@login_required
@require_GET
def inspection_list(request: StaffRequest) -> HttpResponse:
    """Every inspection in reach, by state, campaign and firm; the running clock beside each."""
    narrowed = _narrowed(inspections_visible_to(request.user), request)
    counts = counts_by_state(narrowed)
    state = request.GET.get("state", "")
    found = narrowed.filter(state=state) if state else narrowed
    found = found.prefetch_related(standing_party()).order_by("-visit__campaign__starts_on", "visit", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    labels = Inspection._meta.get_field("state").flatchoices
    context = {
        "page": page,
        "rows": _with_lights(list(page.object_list)),
        "states": [StateCount(value, label, counts.get(value, 0)) for value, label in labels],
        "total": sum(counts.values()),
        "short": short_of_people(inspections_visible_to(request.user), on=timezone.localdate()).count(),
        "campaigns": campaigns_visible_to(request.user).exclude(visits=None).distinct(),
    }
    return render(request, "desk/inspections/inspection_list.html", context)


def _narrowed(rows: QuerySet[Inspection], request: StaffRequest) -> QuerySet[Inspection]:
    campaign, text = request.GET.get("campaign", ""), request.GET.get("q", "").strip()
    if campaign.isascii() and campaign.isdigit():
        rows = rows.filter(visit__campaign_id=int(campaign[:18]))
    if request.GET.get("short", "") == "1":
        rows = short_of_people(rows, on=timezone.localdate())
    if text:
        rows = rows.filter(Q(visit__subject__name__icontains=text) | Q(visit__subject__code__iexact=text))
    return rows


def _with_lights(inspections: list[Inspection]) -> list[Row]:
    now = timezone.now()
    clocks = duties_about(inspections)
    lights = {pk: light_of(duties[-1], now=now) for pk, duties in clocks.items()}
    return [Row(inspection, lights.get(inspection.pk)) for inspection in inspections]


@login_required
@require_GET
def inspection_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One inspection: answers, photos, results, and what this person may do with it now."""
    inspection = get_object_or_404(inspections_visible_to(request.user), pk=pk)
    return _detail(request, inspection, ReturnForm())


def _detail(request: StaffRequest, inspection: Inspection, form: ReturnForm) -> HttpResponse:
    now = timezone.now()
    duties = duties_about([inspection]).get(inspection.pk, [])
    context = {
        "inspection": inspection,
        "sections": sections_of(inspection),
        "photos": photos_beside_the_sheet(inspection),
        "away": departments_away(inspection.visit.drawn),
        "opens_campaign": campaigns_visible_to(request.user).filter(pk=inspection.visit.campaign.pk).exists(),
        "party": inspection.assignments.select_related("inspector"),
        "clocks": [(duty, light_of(duty, now=now)) for duty in duties],
        "publication": None if inspection.is_confirmed else _publication_ahead(inspection, now=now),
        "trail": trail_of(inspection),
        **_changing(request, inspection),
        "may_confirm": awaiting_confirmation(request.user).filter(pk=inspection.pk).exists(),
        "form": form,
    }
    return render(request, "desk/inspections/inspection_detail.html", context, status=422 if form.errors else 200)


def _publication_ahead(inspection: Inspection, *, now: datetime) -> Ahead | None:
    """The last day of a result that nobody has confirmed yet: its days run already."""
    ahead = publication_due(inspection)
    if ahead is None:
        return None
    start, *_reckoned = ahead.due.steps
    words = _("公示最迟 %(due)s（从%(start)s起算）") % {"due": moment(ahead.due.at), "start": start}
    sentences = [_(" → ").join(ahead.due.steps)]
    if ahead.may_move:
        sentences.append(_("还有检查没有结束，先从任务的检查结束日起算，最后一户检查结束后以那时为准"))
    sentences.append(_("结果还没有审核，审核后开始计时并自动公示"))
    sentences.extend(_("依据：%s") % citation for citation in ahead.citations)
    sentences.extend(_("不得晚于本地规则：%s") % citation for citation in ahead.bound)
    colour = "red" if now > ahead.due.at else "grey"
    shape, word = COLOURS[colour]
    return Ahead(words, Light(colour, shape, str(word), "".join(_("%s。") % each.rstrip("。") for each in sentences)))


def _changing(request: StaffRequest, inspection: Inspection) -> dict[str, object]:
    """Whether there are people enough to begin, and what may be changed before the beginning."""
    drawn = inspection.visit.drawn
    if inspection.is_called_off:
        return {"instead": drawn.replacements.filter(decision="APPROVED").select_related("reserve").first()}
    if not inspection.awaits_inspectors:
        return {}
    return {
        "staffing": staffing_of(inspection, on=timezone.localdate()),
        "may_change": may_propose(request.user, drawn.draw, inspection.department),
        "may_replace": may_propose(request.user, drawn.draw, drawn.draw.department) and not drawn.draw.is_voided,
    }


@login_required
@require_http_methods(["GET", "POST"])
def inspection_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """The page that says what the public will see, and the act."""
    if request.method == "POST":
        inspection = get_object_or_404(inspections_visible_to(request.user), pk=pk)
        actions.confirm_result(inspection, by=request.user, at=timezone.now())
        messages.success(request, _("结果已审核，随后自动公示"))
        return redirect("desk:inspection_detail", pk)
    inspection = get_object_or_404(awaiting_confirmation(request.user), pk=pk)
    context = {"inspection": inspection, "sections": sections_of(inspection)}
    return render(request, "desk/inspections/inspection_confirm.html", context)


@login_required
@require_POST
def inspection_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Back to who entered it, with the reason."""
    inspection = get_object_or_404(inspections_visible_to(request.user), pk=pk)
    form = ReturnForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.return_result(inspection, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("已退回，录入人会看到您的意见"))
            return redirect("desk:inspection_detail", pk)
    return _detail(request, inspection, form)


@login_required
@require_GET
def inspection_photo(request: StaffRequest, pk: int) -> HttpResponse | FileResponse:
    """A photo, for those who may see its inspection."""
    evidence = get_object_or_404(evidence_visible_to(request.user), pk=pk)
    answer = FileResponse(evidence.file.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@login_required
@require_POST
def inspection_dispatch(request: StaffRequest, draw_id: int) -> HttpResponse:
    """A signed draw takes effect and its visits go out."""
    draw = get_object_or_404(draws_visible_to(request.user), pk=draw_id)
    actions.dispatch_visits(draw, by=request.user, at=timezone.now())
    messages.success(request, _("抽取 %s 已生效，检查已派发到抽中的执法人员") % draw.number)
    draw.refresh_from_db()
    for row in absences_in(draw):
        words = {"department": row.department.short_name, "n": row.count}
        messages.info(request, _("%(department)s：%(n)d 户未关联本部门的抽查事项，不派发；抽取结果不改动") % words)
    # With the room still watching, a sealed list is not what comes up on the host's screen.
    sealed = not list_is_public(draw, now=timezone.now())
    return redirect("desk:draw_detail", draw.pk) if sealed else redirect("desk:inspection_list")
