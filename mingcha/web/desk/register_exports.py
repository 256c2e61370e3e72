"""The list of subjects as a file that Chinese Excel opens right."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import quote

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import RegisterExport, Subject
from mingcha.domain.registers.queries import exports_of, registers_visible_to
from mingcha.domain.registers.queries.exports import may_take
from mingcha.domain.registers.rules import EXPORT_KEPT, waits_for_worker
from mingcha.domain.registers.rules.exports import check_understood
from mingcha.kit.tabular import neutral
from mingcha.web.desk.forms.registers import SubjectFilter
from mingcha.web.desk.register_cells import COLUMNS
from mingcha.web.desk.registers import TABLE, found_rows
from mingcha.web.desk.staff import StaffRequest

CHUNK = 2_000
KEPT_BY_EXCEL = 11  # digits of a number that a spreadsheet shows whole
WIDTH = 20
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_POST
def subject_export(request: StaffRequest) -> HttpResponseBase:
    """Everything that the list's filters leave, whatever page was open; who took it stays on record first."""
    form = "xlsx" if request.POST.get("form") == "xlsx" else "csv"
    search = SubjectFilter(request.GET, registers=registers_visible_to(request.user))
    check_understood(search.is_understood)
    rows, now, query = exported_rows(request.user, search), timezone.now(), search.as_query()
    number = rows.count()
    if waits_for_worker(number, form=form):
        asked = actions.ask_export(TABLE, rows=number, query=query, by=request.user, at=now)
        return redirect("desk:export_detail", asked.pk)
    actions.note_export(TABLE, form=form, rows=number, query=query, by=request.user, at=now)
    lines = exported_lines(rows.iterator(chunk_size=CHUNK))
    if form == "xlsx":
        return _download(workbook(lines), now)
    answer = StreamingHttpResponse(_csv(lines), content_type=CSV)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_name(now))}.csv"
    return answer


@login_required
@require_GET
def export_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """How far a long file is, and where it lies when it is ready."""
    export = _own(request, pk)
    context = {"export": export, "words": _words(export), "may_take": may_take(request.user, export)}
    return render(request, "desk/registers/export_detail.html", context)


@login_required
@require_GET
def export_progress(request: StaffRequest, pk: int) -> JsonResponse:
    """The same for the page that waits."""
    export = _own(request, pk)
    return JsonResponse({"state": _state(export), "share": round(export.share, 3), "words": _words(export)})


@login_required
@require_GET
def export_file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The file, for who asked for it and may still read what is in it."""
    export = _own(request, pk)
    if not (export.is_ready and may_take(request.user, export)):
        raise Http404
    return _download(export.file.open("rb"), export.asked_at)


def _own(request: StaffRequest, pk: int) -> RegisterExport:
    require(request.user, Permission.REGISTER_READ)
    return get_object_or_404(exports_of(request.user, since=timezone.now() - EXPORT_KEPT), pk=pk)


def _state(export: RegisterExport) -> str:
    return "WAITING" if export.ended_at is None else "ENDED"


def _words(export: RegisterExport) -> str:
    if export.ended_at is not None:
        return export.word or _("已生成，%d 行") % export.written
    told = {"written": f"{export.written:,}", "rows": f"{export.rows:,}"}
    return _("已写 %(written)s 行，共 %(rows)s 行") % told if export.written else _("排队等待生成")


def _name(at: datetime) -> str:
    return _("检查对象名录%(day)s") % {"day": f"{timezone.localdate(at):%Y%m%d}"}


def _download(file: IO[bytes], at: datetime) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=f"{_name(at)}.xlsx", content_type=XLSX)


def search_from(user: User, query: str) -> SubjectFilter:
    """The filter that a kept query says."""
    return SubjectFilter(QueryDict(query), registers=registers_visible_to(user))


def exported_rows(user: User, search: SubjectFilter) -> QuerySet[Subject]:
    """What the filters leave, in the order of the list."""
    return found_rows(user, search).defer("search", "initials").order_by("region_id", "code")


def exported_lines(rows: Iterable[Subject]) -> Iterator[list[str]]:
    """Headings, then a line a subject; what is of a person only masked, as on every page."""
    yield [_("名称"), *(str(column.label) for column in COLUMNS.values())]
    for row in rows:
        yield [row.name, *(column.show(row) for column in COLUMNS.values())]


def _csv(lines: Iterable[list[str]]) -> Iterator[str]:
    """With the mark by which Excel knows UTF-8."""
    yield "\ufeff"
    for line in lines:
        buffer = io.StringIO()
        csv.writer(buffer).writerow([_as_text(cell) for cell in line])
        yield buffer.getvalue()


def _as_text(cell: str) -> str:
    """No formula, and no code that Excel would round to 9.19E+17: after a tab, which nobody sees, it stays a text."""
    if cell.isascii() and cell.isdigit() and (len(cell) > KEPT_BY_EXCEL or cell.startswith("0")):
        return f"\t{cell}"
    return neutral(cell)


def workbook(lines: Iterable[list[str]]) -> IO[bytes]:
    """Row by row into a file on disk; every cell is a text."""
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it when it is sent
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        text = book.add_format({"num_format": "@"})
        page = book.add_worksheet(_("检查对象"))
        page.set_column(0, len(COLUMNS), WIDTH, text)
        page.freeze_panes(1, 1)
        for number, line in enumerate(lines):
            for position, cell in enumerate(line):
                page.write_string(number, position, cell, text)
    file.seek(0)
    return file
