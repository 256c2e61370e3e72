"""Files round an import: the template, the rows that could not be taken, who is missing from a file."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers.models import BatchKind
from mingcha.domain.registers.queries import batches_visible_to, missing_rows, problem_rows
from mingcha.domain.registers.rules import columns_of
from mingcha.kit.tabular import Sheet, csv_of, workbook_of
from mingcha.web.desk.staff import StaffRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_IN_A_WORKBOOK = 20_000  # beyond that a CSV, which is written as it is sent
SHEET_NAME = 31


@login_required
@require_GET
def import_problems(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The rows with a fault, in the layout of the file, with a column that says what is wrong: mend and load again."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=batch.department)
    return _file(problem_rows(batch), name=_("%s 问题行") % batch.file_name.rsplit(".", 1)[0])


@login_required
@require_GET
def import_missing(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Who is in the register and not in the file."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=batch.department)
    rows = missing_rows(batch).values_list("code", "name").iterator(chunk_size=MOST_IN_A_WORKBOOK)
    heading = [_("编号"), _("名称")]
    return _file(chain([heading], map(list, rows)), name=_("%s 缺失名单") % batch.file_name.rsplit(".", 1)[0])


@login_required
@require_GET
def import_template(request: StaffRequest, kind: str) -> HttpResponse:
    """An empty file with its headings, one filled row and a sheet that explains each column."""
    kinds = {str(value).lower(): (str(value), label) for value, label in BatchKind.choices}
    if kind not in kinds:
        raise Http404
    value, label = kinds[kind]
    columns = columns_of(value)
    notes = [[_("列"), _("怎么填"), _("例子")], *([str(c.label), str(c.note), c.example] for c in columns)]
    rows = [[str(column.label) for column in columns], [column.example for column in columns]]
    content = workbook_of([Sheet(str(label), rows), Sheet(_("填写说明"), [*notes, *_general()])])
    return _named(HttpResponse(content, content_type=XLSX), _("%s导入模板.xlsx") % label)


def _file(rows: Iterable[Sequence[str]], *, name: str) -> HttpResponseBase:
    """A workbook when it is not too long for one."""
    left = iter(rows)
    first = list(islice(left, MOST_IN_A_WORKBOOK))
    if len(first) < MOST_IN_A_WORKBOOK:
        content = workbook_of([Sheet(_("名单"), first)])
        return _named(HttpResponse(content, content_type=XLSX), f"{name}.xlsx")
    answer = StreamingHttpResponse(csv_of(chain(first, left)), content_type="text/csv; charset=utf-8")
    return _named(answer, f"{name}.csv")


def _named(answer: HttpResponseBase, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer  # type: ignore[return-value]  # either kind of answer


def _general() -> list[list[str]]:
    """What holds for every column."""
    said = (
        _("导入前删去第 2 行的例子。"),
        _("空白的格不改动名录里已有的内容。"),
        _("模板里没有的列不导入，读取后会列出来，也可以指定它是哪一列。"),
        _("有一行不对，默认整个文件都不入库；可以先导入无误的行，再下载问题行改好后导入，已经一样的行不会重复。"),
    )
    return [["", text, ""] for text in said]
