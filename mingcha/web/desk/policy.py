"""规则与日历: why a deadline is what it is, and which days are worked."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Region, User
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.policy import actions
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.queries import calendar_years, exceptions_of, profile_for, profiles_around, profiles_of
from mingcha.domain.policy.rules import (
    KINDS,
    Clause,
    ProfileFile,
    clauses_of,
    label_of,
    read_profile,
    unsaid_by,
    words_of,
)
from mingcha.kit.errors import Refused
from mingcha.web.desk.forms.policy import CalendarForm, ProfileForm, YearForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in


class ClauseRow(NamedTuple):
    """A clause as people read it."""

    clause: Clause
    label: str
    words: str
    kind: StrOrPromise


def regions_of(user: User) -> list[Region]:
    """The regions whose rules concern this person: where the departments in reach are."""
    departments = reach(user, Permission.POLICY_READ)
    return list(Region.objects.filter(pk__in=departments.values("region")))


def region_asked(request: StaffRequest) -> Region | None:
    """The region of the address, else the person's own, else the first."""
    regions = {region.code: region for region in regions_of(request.user)}
    own = request.user.department.region_id if request.user.department else ""
    return regions.get(request.GET.get("region", "")) or regions.get(own) or next(iter(regions.values()), None)


@login_required
@require_GET
def policy_list(request: StaffRequest) -> HttpResponse:
    """The rules in force today, each value with its words."""
    require(request.user, Permission.POLICY_READ)
    region = region_asked(request)
    profile, missing = None, ""
    if region is not None:
        try:
            profile = profile_for(region, on=timezone.localdate())
        except Refused as refusal:
            missing = refusal.reason
    return _shown(request, profile, region=region, missing=missing)


@login_required
@require_GET
def policy_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One edition, also one that holds no more or not yet."""
    require(request.user, Permission.POLICY_READ)
    profile = get_object_or_404(profiles_around(regions_of(request.user)), pk=pk)
    return _shown(request, profile, region=profile.region)


def _shown(request: StaffRequest, profile: Profile | None, *, region: Region | None, missing: str = "") -> HttpResponse:
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    rows = list(_rows_of(profile)) if profile else []
    context = {
        "profile": profile,
        "region": region,
        "missing": missing,
        "rows": [row for row in rows if _fits(row, text, kind)],
        "total": len(rows),
        "unsaid": unsaid_by(profile) if profile else [],
        "documents": papers_of(profile) if profile else [],
        "editions": profiles_of(region) if region else [],
        "regions": regions_of(request.user),
        "kinds": KINDS.items(),
        "today": timezone.localdate(),
        "may_adopt": may(request.user, Permission.POLICY_ADOPT),
    }
    return render(request, "desk/policy/policy_list.html", context)


def papers_of(profile: Profile) -> list[tuple[str, dict[str, str]]]:
    """The papers that its clauses quote, the oldest first: the stored mapping has no order of its own."""
    return sorted(profile.documents.items(), key=lambda pair: (str(pair[1]["issued_on"]), pair[0]))


def _rows_of(profile: Profile) -> Iterator[ClauseRow]:
    for clause in clauses_of(profile):
        yield ClauseRow(clause, label_of(clause.key), words_of(clause), KINDS[clause.kind])


def _fits(row: ClauseRow, text: str, kind: str) -> bool:
    said = f"{row.label} {row.words} {row.clause.words} {row.clause.place}"
    return text.lower() in said.lower() and kind in ("", row.clause.kind)


@login_required
@require_http_methods(["GET", "POST"])
def policy_adopt(request: StaffRequest) -> HttpResponse:
    """Read a new edition, show what it would change, and put it into force when told so a second time."""
    require(request.user, Permission.POLICY_ADOPT)
    form = ProfileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        with refusals_in(form):
            file = read_profile(text)
            if not form.cleaned_data["confirmed"]:
                return render(request, "desk/policy/policy_confirm.html", _preview(file, text))
            profile = actions.adopt_profile(text, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("%s已启用") % profile.name)
            return redirect("desk:policy_detail", profile.pk)
    return render(request, "desk/policy/policy_adopt.html", {"form": form}, status=422 if form.errors else 200)


class Difference(NamedTuple):
    """A clause that the new edition says otherwise."""

    label: str
    old: str
    new: str


def _preview(file: ProfileFile, text: str) -> dict[str, object]:
    """What would hold instead of what holds now."""
    region = Region.objects.filter(pk=file.jurisdiction).first()
    present = profiles_of(region).filter(region=region).first() if region else None
    old = {clause.key: words_of(clause) for clause in clauses_of(present)} if present else {}
    new = {clause.key: words_of(clause) for clause in file.clauses}
    keys = [*new, *(key for key in old if key not in new)]
    differences = [
        Difference(label_of(key), old.get(key, "—"), new.get(key, "—")) for key in keys if old.get(key) != new.get(key)
    ]
    confirming = ProfileForm(initial={"text": text, "confirmed": True})
    return {"file": file, "region": region, "present": present, "differences": differences, "form": confirming}


@login_required
@require_GET
def calendar_list(request: StaffRequest) -> HttpResponse:
    """The known years, and every day of one year that is not what its weekday says."""
    require(request.user, Permission.POLICY_READ)
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and date.min.year <= int(asked) < date.max.year else today.year
    known = {row.year: row for row in calendar_years()}
    context = {
        "year": year,
        "known": known.get(year),
        "days": exceptions_of(year),
        "years": sorted({*known, today.year, today.year + 1, year}, reverse=True),
        "next_unknown": today.year + 1 if today.year + 1 not in known else None,
        "may_amend": may(request.user, Permission.POLICY_ADOPT),
    }
    return render(request, "desk/policy/calendar_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def calendar_amend(request: StaffRequest) -> HttpResponse:
    """Enter a holiday, or a weekend day that is worked."""
    require(request.user, Permission.POLICY_ADOPT)
    form = CalendarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            rows = actions.amend_calendar(**form.content(), by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("已录入 %d 天") % len(rows))
            return redirect(_calendar_of(rows[0].on.year))
    return render(request, "desk/policy/calendar_amend.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def year_declare(request: StaffRequest, year: int) -> HttpResponse:
    """Say that a year's arrangement is entered whole."""
    require(request.user, Permission.POLICY_ADOPT)
    if not date.min.year <= year < date.max.year:
        raise Http404
    form = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.declare_year_known(year, source=form.cleaned_data["source"], by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("%d 年的放假安排已登记；估算的期限会在一小时内重新计算") % year)
            return redirect(_calendar_of(year))
    context = {"form": form, "year": year, "days": exceptions_of(year)}
    return render(request, "desk/policy/year_declare.html", context, status=422 if form.errors else 200)


def _calendar_of(year: int) -> str:
    return f"{reverse('desk:calendar_list')}?year={year}"
