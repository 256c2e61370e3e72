"""The item list as a file: for Excel, for programs, always the whole of what the address narrows."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.models import InspectionItem, ItemClass
from mingcha.domain.catalogue.rules.public import COLUMNS, public_row, table_of, two_lists
from mingcha.kit.tabular import Sheet, workbook_of
from mingcha.kit.tabular.separated import csv_of
from mingcha.web.portal.lists import items_asked_for
from mingcha.web.shared.tables import CSV, JSON, XLSX, file_answer


@require_GET
def items_workbook(request: HttpRequest) -> HttpResponse:
    """XLSX: every cell a text; 重点 and 一般 as two lists, one where the address asks for one."""
    items = list(items_asked_for(request))
    days = {item.item_list_id: _day(item) for item in items}
    asked = request.GET.get("class", "")
    content = workbook_of(
        Sheet(each.name, table_of(each.items, days=days))
        for each in two_lists(items)
        if asked in ("", each.item_class) or asked not in ItemClass.values
    )
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
    return [
        public_row(number, item, in_force_on=_day(item))
        for number, item in enumerate(items_asked_for(request), start=1)
    ]


def _day(item: InspectionItem) -> str:
    """Since when the edition of an item holds."""
    since = item.item_list.in_force_at
    return timezone.localdate(since).isoformat() if since else ""


def _table(rows: list[dict[str, str]]) -> list[list[str]]:
    return [[str(label) for label in COLUMNS.values()], *([row[key] for key in COLUMNS] for row in rows)]


def _name(ending: str) -> str:
    return _("抽查事项清单%(on)s.%(ending)s") % {"on": timezone.localdate().isoformat(), "ending": ending}
