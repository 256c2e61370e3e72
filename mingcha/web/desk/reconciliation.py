"""与“互联网+监管”核对: receive the superior system's list, look at what differs, decide, write it into a draft."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions.reconciliation import decide_differences, receive_outside_list
from mingcha.domain.catalogue.actions.reconciliation_drafts import draft_differences
from mingcha.domain.catalogue.models import Difference, DifferenceKind, InspectionItem, Mode, OutsideList, Verdict
from mingcha.domain.catalogue.queries import reconciliation as queries
from mingcha.domain.catalogue.queries.lists import edition_in_force, reasons_allowed
from mingcha.domain.catalogue.queries.upper_units import UpperMode, upper_modes_of
from mingcha.domain.catalogue.rules.reconciliation_verdicts import since
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.exchange.partners.regulation_list import Reading, read_export, syncing
from mingcha.kit.digests import sha256_hex
from mingcha.kit.tabular import Sheet, workbook_of
from mingcha.web.desk.forms.reconciliation import DraftForm, OutsideFileForm, VerdictForm
from mingcha.web.desk.reconciliation_words import Piece, marked
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in
from mingcha.web.shared.tables import XLSX, file_answer

A_PAGE = 50
FAULTS_SHOWN = 200
AT_A_PRESS = 30.0  # seconds that a person waits for another system


class Row(NamedTuple):
    """A difference with both texts in pieces, what was decided about it last time, and whether it is ticked."""

    difference: Difference
    ours: list[Piece]
    theirs: list[Piece]
    last_time: Difference | None
    ticked: bool


class Place(NamedTuple):
    """A department with its newest comparison."""

    department: Department
    newest: OutsideList | None
    waiting: int
    may_edit: bool


class Choice(NamedTuple):
    """是否纳入双随机: ours beside that of the unit above."""

    item: InspectionItem
    upper: UpperMode
    is_random: bool


@login_required
@require_GET
def reconciliation_list(request: StaffRequest) -> HttpResponse:
    """Every department's newest comparison, and all of them in their order."""
    require(request.user, Permission.CATALOGUE_READ)
    visible = queries.outside_lists_visible_to(request.user)
    context = {
        "places": _places(request),
        "page": Paginator(visible, A_PAGE).get_page(request.GET.get("page")),
        "may_edit": may(request.user, Permission.CATALOGUE_EDIT),
        "is_connected": syncing.connection().is_configured,
    }
    return render(request, "desk/reconciliation/list.html", context)


def _places(request: StaffRequest) -> list[Place]:
    editable = set(reach(request.user, Permission.CATALOGUE_EDIT))
    places = list(reach(request.user, Permission.CATALOGUE_READ))
    newest = queries.newest_outside_lists(places)
    waiting = queries.open_differences(newest.values())
    rows = [
        Place(place, newest.get(place.pk), waiting.get(place.pk, 0), place in editable)
        for place in places
        if place.pk in newest or place in editable
    ]
    return sorted(rows, key=lambda row: row.department.code)


@login_required
@require_http_methods(["GET", "POST"])
def reconciliation_new(request: StaffRequest) -> HttpResponse:
    """An export of the superior system; one with faults is shown with all of them and not kept."""
    require(request.user, Permission.CATALOGUE_EDIT)
    departments = reach(request.user, Permission.CATALOGUE_EDIT)
    if request.method == "GET":
        form = OutsideFileForm(departments=departments, initial={"department": request.GET.get("department", "")})
        return render(request, "desk/reconciliation/new.html", {"form": form})
    form = OutsideFileForm(request.POST, request.FILES, departments=departments)
    reading = None
    if form.is_valid():
        with refusals_in(form):
            content, name = form.cleaned_data["file"].read(), form.cleaned_data["file"].name
            reading = read_export(content)
            if not reading.faults:
                kept = _kept(request, form.cleaned_data["department"], reading, content, name)
                return redirect("desk:reconciliation_detail", kept.pk)
    return render(request, "desk/reconciliation/new.html", {"form": form, **_faults_of(reading)}, status=422)


def _kept(request: StaffRequest, department: Department, reading: Reading, content: bytes, name: str) -> OutsideList:
    return receive_outside_list(
        department,
        rows=reading.rows,
        source=_("文件 %s") % name[:120],
        sha256=sha256_hex(content),
        by=request.user,
        at=timezone.now(),
    )


def _faults_of(reading: Reading | None) -> dict[str, Any]:
    if reading is None:
        return {}
    return {"found": reading.found, "faults": reading.faults[:FAULTS_SHOWN], "fault_count": reading.fault_count}


@login_required
@require_POST
def reconciliation_sync(request: StaffRequest, department: str) -> HttpResponse:
    """清单同步: fetch the list now and show what differs; nothing of ours is changed by it."""
    place = get_object_or_404(reach(request.user, Permission.CATALOGUE_EDIT), code=department)
    works = syncing.clockwork(AT_A_PRESS)
    received = syncing.synchronise(place, works=works, by=request.user, at=timezone.now())
    messages.success(request, _("已取到%s在上级系统的清单，差异列在下面；本平台的清单没有改动") % place.short_name)
    return redirect("desk:reconciliation_detail", received.pk)


@login_required
@require_http_methods(["GET", "POST"])
def reconciliation_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Both lists side by side, and the decisions; a POST decides."""
    outside_list = get_object_or_404(queries.outside_lists_visible_to(request.user), pk=pk)
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            decided = decide_differences(
                outside_list,
                _chosen(request, outside_list, whole=form.cleaned_data["whole"]),
                verdict=form.cleaned_data["verdict"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("%d 条差异已写明处理意见") % len(decided))
            return redirect(request.get_full_path())
    context = {"form": form, **_overview(request, outside_list), **_rows(request, outside_list)}
    return render(request, "desk/reconciliation/detail.html", context, status=422 if form.errors else 200)


def _filters(request: StaffRequest) -> dict[str, str]:
    """What the address asks for, without what it makes up."""
    kind, verdict = request.GET.get("kind", ""), request.GET.get("verdict", "")
    return {
        "kind": kind if kind in DifferenceKind.values else "",
        "verdict": verdict if verdict in Verdict.values else "",
    }


def _chosen(request: StaffRequest, outside_list: OutsideList, *, whole: bool) -> list[int]:
    if whole:
        shown = queries.differences_of(outside_list, **_filters(request)).filter(taken_into=None)
        return list(shown.values_list("pk", flat=True))
    return [int(text) for text in request.POST.getlist("chosen") if text.isdecimal() and len(text) < len(str(2**63))]


def _rows(request: StaffRequest, outside_list: OutsideList) -> dict[str, Any]:
    """One page of differences, and what has been settled since the comparison before."""
    before = queries.differences_before(outside_list)
    everything = queries.differences_of(outside_list)
    changed = since(everything, before)
    last_time = {now.pk: then for now, then in changed.again}
    page: Page[Difference] = Paginator(queries.differences_of(outside_list, **_filters(request)), A_PAGE).get_page(
        request.GET.get("page")
    )
    ticked = set(request.POST.getlist("chosen"))
    rows = [Row(each, *marked(each.ours, each.theirs), last_time.get(each.pk), str(each.pk) in ticked) for each in page]
    return {"page": page, "rows": rows, "settled": changed.settled, **_filters(request)}


def _overview(request: StaffRequest, outside_list: OutsideList) -> dict[str, Any]:
    department = outside_list.department
    counts = queries.counts_of(outside_list)
    editable = may(request.user, Permission.CATALOGUE_EDIT, within=department)
    newest = queries.newest_outside_list(department) == outside_list
    fresh = edition_in_force(department) == outside_list.edition
    return {
        "list": outside_list,
        "kinds": [
            (kind.value, kind.label, sum(counts.get((kind, verdict), 0) for verdict in Verdict))
            for kind in DifferenceKind
            if kind in outside_list.kinds
        ],
        "verdicts": [(verdict.value, verdict.label, _count(counts, verdict)) for verdict in Verdict],
        "total": sum(counts.values()),
        "untaken": queries.taken_differences(outside_list).count(),
        "strays": queries.stray_groups(outside_list),
        "own": outside_list.items.count(),
        "clauses": queries.reconciliation_clauses(department, on=timezone.localdate(outside_list.received_at)),
        "choices": _choices(outside_list),
        "is_newest": newest,
        "is_fresh": fresh,
        "may_decide": editable and newest and fresh,
        "trail": trail_of(outside_list),
    }


def _count(counts: Any, verdict: Verdict) -> int:
    return sum(number for (_kind, found), number in counts.items() if found == verdict)


def _choices(outside_list: OutsideList) -> list[Choice]:
    """Where the unit above chose otherwise than we did."""
    if outside_list.edition is None:
        return []
    items = {item.pk: item for item in outside_list.edition.items.select_related("item_list__department")}
    uppers = upper_modes_of(items.values())
    rows = [Choice(items[pk], upper, items[pk].mode == Mode.RANDOM) for pk, upper in uppers.items()]
    return [row for row in rows if row.is_random != row.upper.is_random]


@login_required
@require_http_methods(["GET", "POST"])
def reconciliation_draft(request: StaffRequest, pk: int) -> HttpResponse:
    """What would be written into the draft; one press writes it."""
    outside_list = get_object_or_404(queries.outside_lists_visible_to(request.user), pk=pk)
    department = outside_list.department
    require(request.user, Permission.CATALOGUE_EDIT, within=department)
    allowed = reasons_allowed(department, on=timezone.localdate())
    form = DraftForm(request.POST or None, allowed=allowed)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            draft = draft_differences(outside_list, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("已写入%s草稿，补齐要点后提交审核") % draft)
            return redirect("desk:list_detail", draft.pk)
    context = {"list": outside_list, "form": form, "taken": queries.taken_differences(outside_list)}
    return render(request, "desk/reconciliation/draft.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def reconciliation_corrections(request: StaffRequest, pk: int) -> HttpResponse:
    """What the superior system is asked to mend, as a workbook to hand over."""
    outside_list = get_object_or_404(queries.outside_lists_visible_to(request.user), pk=pk)
    heading = (
        _("机构代码"),
        _("事项编码"),
        _("更正内容"),
        _("上级系统现在"),
        _("应为（本平台）"),
        _("理由"),
        _("提出人"),
        _("日期"),
    )
    rows = [
        (
            outside_list.organisation_code,
            each.outside_item.code if each.outside_item is not None else each.code,
            each.get_kind_display(),
            each.theirs or _("没有这个事项"),
            each.ours or _("不应有这个事项"),
            each.reason,
            each.decided_by.full_name if each.decided_by is not None else "",
            timezone.localdate(each.decided_at).isoformat() if each.decided_at is not None else "",
        )
        for each in queries.kept_differences(outside_list)
    ]
    content = workbook_of([Sheet(_("请上级系统更正"), [heading, *rows])])
    return file_answer(
        content, name=_("%s请上级系统更正的事项.xlsx") % outside_list.department.short_name, media_type=XLSX
    )
