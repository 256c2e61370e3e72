"""The list of subjects as a file that Chinese Excel opens right."""

import csv
import io
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import quote

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.queries import matching, registers_visible_to, subjects_visible_to
from mingcha.domain.registers.rules import words_of
from mingcha.kit.tabular import neutral
from mingcha.web.desk.forms.registers import SubjectFilter
from mingcha.web.desk.register_cells import COLUMNS
from mingcha.web.desk.registers import TABLE, wanted_rows
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
    rows, now = _rows(request, search), timezone.now()
    actions.note_export(TABLE, form=form, rows=rows.count(), query=search.as_query(), by=request.user, at=now)
    name = _("检查对象名录%(day)s") % {"day": f"{timezone.localdate(now):%Y%m%d}"}
    if form == "xlsx":
        return FileResponse(_workbook(_lines(rows)), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    answer = StreamingHttpResponse(_csv(_lines(rows)), content_type=CSV)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.csv"
    return answer


def _rows(request: StaffRequest, search: SubjectFilter) -> QuerySet[Subject]:
    rows = wanted_rows(request, subjects_visible_to(request.user), search)
    if search.text("address"):
        rows = rows.filter(address__contains=search.text("address"))
    return matching(rows, words_of(search.text("q"))).defer("search", "initials").order_by("region_id", "code")


def _lines(rows: QuerySet[Subject]) -> Iterator[list[str]]:
    """Headings, then a line a subject; what is of a person only masked, as on every page."""
    yield [_("名称"), *(str(column.label) for column in COLUMNS.values())]
    for row in rows.iterator(chunk_size=CHUNK):
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


def _workbook(lines: Iterable[list[str]]) -> IO[bytes]:
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
