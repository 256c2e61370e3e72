"""时限: every clock with its light, and how each light came about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.duties.queries import duties_visible_to, ended, running
from mingcha.domain.duties.rules import COLOURS, Light, colour_of, light_of, moment
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.web.desk.staff import StaffRequest

A_PAGE = 50
STATES: tuple[tuple[str, StrOrPromise], ...] = (("", _("未办结")), ("ended", _("已办结")), ("all", _("全部")))
# The pages of the rows that clocks are about; a department's part in a campaign is shown on the campaign's.
PAGES = {"inspections.Inspection": "desk:inspection_detail", "plans.CampaignDepartment": "desk:campaign_detail"}
PART = "plans.CampaignDepartment"


class DutyRow(NamedTuple):
    """A clock as the list shows it."""

    duty: Duty
    light: Light
    due: str
    address: str


class Figure(NamedTuple):
    """How many open clocks show a colour."""

    colour: str
    shape: str
    word: StrOrPromise
    open_now: int


@login_required
@require_GET
def duty_list(request: StaffRequest) -> HttpResponse:
    """Every clock of the departments in reach, the earliest end first."""
    require(request.user, Permission.DUTY_READ)
    now, visible = timezone.now(), duties_visible_to(request.user)
    open_duties = list(running(visible))
    wanted = _narrowed(_of_state(visible, request.GET.get("state", "")), request)
    colour = request.GET.get("colour", "")
    found: Sequence[Duty] | QuerySet[Duty] = wanted
    if colour in COLOURS:
        found = [duty for duty in wanted if colour_of(duty, now=now) == colour]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    figures = _figures(open_duties, now)
    context = {
        "page": page,
        "rows": rows_of(list(page), request.user, now),
        "figures": figures,
        "calm": not any(figure.open_now for figure in figures if figure.colour in ("red", "yellow")),
        "next_due": open_duties[0] if open_duties else None,
        "next_due_at": moment(open_duties[0].due_at) if open_duties else "",
        "departments": reach(request.user, Permission.DUTY_READ),
        "states": STATES,
        "kinds": DutyKind.choices,
        "colours": [(name, shape, word) for name, (shape, word) in COLOURS.items()],
        "computed_at": now,
        "filtered": any(request.GET.get(name) for name in ("state", "department", "kind", "colour")),
    }
    return render(request, "desk/duties/duty_list.html", context)


def _of_state(duties: QuerySet[Duty], state: str) -> QuerySet[Duty]:
    if state == "all":
        return duties
    return ended(duties) if state == "ended" else running(duties)


def _narrowed(duties: QuerySet[Duty], request: StaffRequest) -> QuerySet[Duty]:
    department, kind = request.GET.get("department", ""), request.GET.get("kind", "")
    if department:
        duties = duties.filter(department__code=department)
    return duties.filter(kind=kind) if kind in DutyKind.values else duties


def _figures(open_duties: Iterable[Duty], now: datetime) -> list[Figure]:
    counts = Counter(colour_of(duty, now=now) for duty in open_duties)
    return [Figure(name, shape, word, counts[name]) for name, (shape, word) in COLOURS.items() if name != "mended"]


def rows_of(duties: Sequence[Duty], user: User, now: datetime) -> list[DutyRow]:
    """Clocks as the pages show them, each with the page of what it is about."""
    parts = [_key_of(duty) for duty in duties if duty.about.startswith(f"{PART}:")]
    campaigns = dict(campaigns_visible_to(user).filter(parties__in=parts).values_list("parties", "pk"))
    return [
        DutyRow(duty, light_of(duty, now=now), moment(duty.due_at), _address_of(duty, campaigns)) for duty in duties
    ]


def _key_of(duty: Duty) -> int:
    return int(duty.about.partition(":")[2])


def _address_of(duty: Duty, campaigns: Mapping[int, int]) -> str:
    """The page of the row that a clock is about, where there is one that this person may open."""
    label = duty.about.partition(":")[0]
    key = campaigns.get(_key_of(duty)) if label == PART else _key_of(duty)
    try:
        return reverse(PAGES[label], args=[key]) if key else ""
    except (KeyError, NoReverseMatch):
        return ""
