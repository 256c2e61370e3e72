"""权力清单与覆盖率: how much of what a department may do its item list covers; every figure opens its rows."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.catalogue.actions import powers as actions
from mingcha.domain.catalogue.models import InspectionItem, PowerEntry
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.queries import powers as queries
from mingcha.domain.catalogue.rules.powers import COLUMNS, Coverage, Matching, coverage_of, match_powers, total_of
from mingcha.domain.organisation.models import Department, Region
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Sheet, workbook_of
from mingcha.web.desk.forms.powers import PowerFileForm, PowerLinkForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in
from mingcha.web.shared.tables import XLSX, file_answer

A_PAGE = 50
FAULTS_SHOWN = 200
SHOWS = {
    "": gettext_lazy("全部"),
    "missing": gettext_lazy("缺：权力清单有、事项清单没有"),
    "extra": gettext_lazy("多：事项清单有、权力清单没有"),
    "changed": gettext_lazy("变：两边说法不同"),
    "covered": gettext_lazy("已覆盖"),
}
Goals = Mapping[bool, Clause | None]


class Row(NamedTuple):
    """One line of the comparison; one side may be absent."""

    power: PowerEntry | None
    item: InspectionItem | None
    words: list[str]
    market: bool


class Meters(NamedTuple):
    """A department's two meters with what is missing and too much."""

    department: Department
    meters: list[Coverage]
    missing: int
    extra: int
    changed: int


@login_required
@require_GET
def coverage(request: StaffRequest) -> HttpResponse:
    """Both domains of every department in reach, region by region."""
    require(request.user, Permission.CATALOGUE_READ)
    places = list(reach(request.user, Permission.CATALOGUE_READ).select_related("region"))
    holdings = queries.holdings_of(places)
    goals = {region: _goals(region) for region in dict.fromkeys(place.region for place in places)}
    rows: dict[Region, list[Meters]] = {}
    for place in places:
        if any(holdings[place.pk]):
            found = match_powers(*holdings[place.pk])
            rows.setdefault(place.region, []).append(_meters_of(place, found, goals[place.region]))
    regions = [
        (
            region,
            meters,
            [total_of(_all(meters), market=market, goal=goals[region][market]) for market in (True, False)],
            [goal for goal in goals[region].values() if goal is not None],
        )
        for region, meters in rows.items()
    ]
    context = {"regions": regions, "loadable": reach(request.user, Permission.CATALOGUE_EDIT)}
    return render(request, "desk/laws/power_coverage.html", context)


def _meters_of(place: Department, found: Matching, goals: Goals) -> Meters:
    meters = [coverage_of(found, market=market, goal=goals[market]) for market in (True, False)]
    return Meters(place, meters, len(found.missing), len(found.extra), len(found.changed))


def _all(rows: list[Meters]) -> list[Coverage]:
    return [meter for row in rows for meter in row.meters]


def _goals(region: Region) -> Goals:
    """What the rules of the place ask for, where they do."""
    return {True: _clause(region, "item_coverage_market"), False: _clause(region, "item_coverage_other")}


def _clause(region: Region, key: str) -> Clause | None:
    on: date = timezone.localdate()
    try:
        profile = profile_for(region, on=on)
    except Refused:
        return None
    return clause_of(profile, key) if has_clause(profile, key) else None


@login_required
@require_GET
def power_list(request: StaffRequest, department: str) -> HttpResponse:
    """A department's power list beside its item list: missing, extra, changed, covered."""
    place = get_object_or_404(reach(request.user, Permission.CATALOGUE_READ).select_related("region"), code=department)
    found = match_powers(*queries.holdings_of([place])[place.pk])
    show, domain = request.GET.get("show", ""), request.GET.get("domain", "")
    rows = [
        row for row in _rows(found, show) if domain not in ("market", "other") or row.market == (domain == "market")
    ]
    context = {
        "department": place,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "counts": _meters_of(place, found, _goals(place.region)),
        "shows": SHOWS.items(),
        "source": PowerEntry.objects.filter(department=place).values_list("source", flat=True).first(),
        "may_edit": may(request.user, Permission.CATALOGUE_EDIT, within=place),
    }
    return render(request, "desk/laws/power_list.html", context)


def _rows(found: Matching, show: str) -> list[Row]:
    covered = [Row(row.power, row.item, row.words, row.power.market_regulation) for row in found.covered]
    kinds = {
        "missing": [Row(power, None, [_("缺")], power.market_regulation) for power in found.missing],
        "extra": [Row(None, item, [_("多")], item.market_regulation) for item in found.extra],
        "changed": [row for row in covered if row.words],
        "covered": covered,
    }
    return kinds[show] if show in kinds else [*kinds["missing"], *kinds["extra"], *covered]


@login_required
@require_http_methods(["GET", "POST"])
def power_import(request: StaffRequest, department: str) -> HttpResponse:
    """Load a power list; when anything is wrong nothing is taken and everything is said."""
    place = get_object_or_404(reach(request.user, Permission.CATALOGUE_EDIT), code=department)
    form = PowerFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            loaded = actions.load_powers(
                place,
                content=file.read(),
                file_name=file.name,
                source=form.cleaned_data["source"],
                whole=form.cleaned_data["whole"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            _say(form, refusal)
        else:
            messages.success(
                request,
                _("权力清单已导入：新增 %(created)d，改动 %(changed)d，删去 %(removed)d，未变 %(unchanged)d")
                % vars(loaded),
            )
            return redirect("desk:power_list", place.code)
    context = {"department": place, "form": form}
    return render(request, "desk/laws/power_import.html", context, status=422 if form.errors else 200)


def _say(form: PowerFileForm, refusal: Refused) -> None:
    """Every fault beside the file, as many as can be read."""
    for fault in refusal.faults[:FAULTS_SHOWN]:
        form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    if len(refusal.faults) > FAULTS_SHOWN:
        form.add_error("file", _("还有 %d 处，改好以上的再导入一次") % (len(refusal.faults) - FAULTS_SHOWN))


@login_required
@require_GET
def power_template(request: StaffRequest) -> HttpResponse:
    """An empty file with its headings, one filled row, and a sheet that explains each column."""
    require(request.user, Permission.CATALOGUE_READ)
    rows = [[str(label) for label in COLUMNS.values()], ["330204000000001", _("对食品经营的监督检查"), _("是"), "M-01"]]
    notes = [
        [_("列"), _("怎么填")],
        [str(COLUMNS["code"]), _("权力清单上的编码；和事项编码或国家事项编码相同的自动对应")],
        [str(COLUMNS["title"]), _("权力清单上的名称")],
        [str(COLUMNS["market_regulation"]), _("是：市场监管领域；否：其他行政执法领域")],
        [str(COLUMNS["item_code"]), _("编码不同时写它对应的事项编码；留空不改动已经指定的")],
        ["", _("导入前删去第 2 行的例子；有一行不对，整个文件都不导入")],
    ]
    content = workbook_of([Sheet(_("权力清单"), rows), Sheet(_("填写说明"), notes)])
    return file_answer(content, name=_("权力清单导入模板.xlsx"), media_type=XLSX)


@login_required
@require_http_methods(["GET", "POST"])
def power_link(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which item carries a power."""
    entry = get_object_or_404(queries.powers_visible_to(request.user), pk=pk)
    require(request.user, Permission.CATALOGUE_EDIT, within=entry.department)
    items = items_in_force(department=entry.department)
    form = PowerLinkForm(request.POST or None, items=items, initial={"item_code": entry.item_code})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.link_power(entry, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("desk:power_list", entry.department.code)
    return render(
        request, "desk/laws/power_link.html", {"entry": entry, "form": form}, status=422 if form.errors else 200
    )
