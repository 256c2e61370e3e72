"""The item list as a file: for Excel, for programs, always the whole of what the address narrows."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.rules.public import COLUMNS, public_row
from mingcha.kit.tabular import Sheet, workbook_of
from mingcha.kit.tabular.separated import csv_of
from mingcha.web.portal.lists import items_asked_for
from mingcha.web.shared.tables import CSV, JSON, XLSX, file_answer


@require_GET
def items_workbook(request: HttpRequest) -> HttpResponse:
    """XLSX: every cell a text."""
    content = workbook_of([Sheet(_("抽查事项清单"), _table(_rows(request)))])
    return file_answer(content, name=_name("xlsx"), media_type=XLSX)


@require_GET
def items_csv(request: HttpRequest) -> HttpResponse:
    """CSV that Chinese Excel opens by a double click."""
    return file_answer(csv_of(_table(_rows(request))), name=_name("csv"), media_type=CSV)


@require_GET
def items_json(request: HttpRequest) -> HttpResponse:
    """JSON with the Chinese name of each column."""
    said = {
        "columns": {key: str(label) for key, label in COLUMNS.items()},
        "as_of": timezone.localtime().isoformat(timespec="seconds"),
        "items": _rows(request),
    }
    return file_answer(json.dumps(said, ensure_ascii=False).encode(), name=_name("json"), media_type=JSON)


def _rows(request: HttpRequest) -> list[dict[str, str]]:
    rows = []
    for number, item in enumerate(items_asked_for(request), start=1):
        since = item.item_list.in_force_at
        rows.append(public_row(number, item, in_force_on=timezone.localdate(since).isoformat() if since else ""))
    return rows


def _table(rows: list[dict[str, str]]) -> list[list[str]]:
    return [[str(label) for label in COLUMNS.values()], *([row[key] for key in COLUMNS] for row in rows)]


def _name(ending: str) -> str:
    return _("抽查事项清单%(on)s.%(ending)s") % {"on": timezone.localdate().isoformat(), "ending": ending}
