"""应报: who has filed what by when, of the own departments and of those that file with the own body."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.duties.rules import COLOURS, Light
from mingcha.domain.filings.models import Filing, FilingKind
from mingcha.domain.filings.queries import bodies_played, bodies_received_for, filed_in, filers_among
from mingcha.domain.filings.rules import (
    FIRST_YEAR,
    WARNING,
    Promise,
    clauses_by_key,
    is_kept,
    light_of,
    promises_of,
)
from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.policy.models import Calendar
from mingcha.domain.policy.queries import calendar, profile_for
from mingcha.domain.policy.rules import Clause
from mingcha.kit.errors import Refused
from mingcha.web.desk.filings import require_seat
from mingcha.web.desk.staff import StaffRequest

SHOWN_YEARS = 6
Clauses = Mapping[str, Clause]


class DueRow(NamedTuple):
    """One paper that a department owes a body in a year."""

    department: Department
    promise: Promise
    filing: Filing | None
    light: Light
    may_be_nil: bool


def due_rows(departments: QuerySet[Department], *, year: int, today: date) -> list[DueRow]:
    """What these departments file in a year, the worst light first; of each, whether it is done."""
    asked = list(filers_among(departments, on=today).order_by("region", "code"))
    played, days = bodies_played(departments), calendar()
    filed = list(filed_in(departments, year))
    regions = {each.region_id: each.region for each in asked}
    known = {code: _clauses_in(region, min(today, date(year, 12, 31))) for code, region in regions.items()}
    rows = [
        _row(department, promise, filed, known[department.region_id], today=today, days=days)
        for department in asked
        for promise in promises_of(known[department.region_id], year=year, plays=played.get(department.pk, frozenset()))
    ]
    order = ["red", "yellow", "mended", "green"]
    return sorted(rows, key=lambda row: (order.index(row.light.colour), row.promise.due_on, row.department.code))


def _clauses_in(region: Region, on: date) -> Clauses:
    """The rules of a place on a day; nothing is due where there are none."""
    try:
        return clauses_by_key(profile_for(region, on=on))
    except Refused:
        return {}


def _row(
    department: Department, promise: Promise, filed: Iterable[Filing], clauses: Clauses, *, today: date, days: Calendar
) -> DueRow:
    own = [each for each in filed if each.department_id == department.pk]
    done = next((each for each in own if is_kept(promise, kind=each.kind, body=each.body)), None)
    filed_on = timezone.localdate(done.sent_at) if done and done.is_handed_in and done.sent_at else None
    light = light_of(promise, filed_on=filed_on, today=today, warning=clauses.get(WARNING), calendar=days)
    nil = done is None and promise.kind == FilingKind.ITEM_LIST and "nil_return" in clauses
    return DueRow(department, promise, done, light, nil)


@login_required
@require_GET
def filing_due(request: StaffRequest) -> HttpResponse:
    """The table of a year, with lights that explain themselves."""
    require_seat(request.user)
    today = timezone.localdate()
    year = year_asked(request, today)
    rows = rows_for(request.user, year=year, today=today)
    colour, department = request.GET.get("colour", ""), request.GET.get("department", "")
    counts = Counter(row.light.colour for row in rows)
    context = {
        "rows": [r for r in rows if colour in ("", r.light.colour) and department in ("", r.department.code)],
        "figures": [(name, shape, word, counts[name]) for name, (shape, word) in COLOURS.items() if name != "grey"],
        "departments": sorted({row.department for row in rows}, key=lambda each: each.code),
        "year": year,
        "today": today,
        "years": range(today.year, max(FIRST_YEAR, today.year - SHOWN_YEARS) - 1, -1),
        "filtered": bool(colour or department),
        "sends_for": set(reach(request.user, Permission.FILING_SEND).values_list("pk", flat=True)),
    }
    return render(request, "desk/filings/filing_due.html", context)


def year_asked(request: StaffRequest, today: date) -> int:
    """The year of the address where it is one that can be asked for, else the present one."""
    asked = request.GET.get("year", "")
    known = {str(year): year for year in range(FIRST_YEAR, today.year + 1)}
    return known.get(asked, today.year)


def rows_for(user: User, *, year: int, today: date) -> list[DueRow]:
    """What concerns a person: all that the own departments owe, and what others owe the own body."""
    own = set(reach(user, Permission.FILING_READ).values_list("pk", flat=True))
    received = [(body.region.prefix, body.code) for body in bodies_received_for(user)]
    wanted = Q(pk__in=own)
    for prefix, _code in received:
        wanted |= Q(region__code__startswith=prefix)
    return [
        row
        for row in due_rows(Department.objects.filter(wanted), year=year, today=today)
        if row.department.pk in own
        or any(row.department.region_id.startswith(p) and code == row.promise.body for p, code in received)
    ]
