"""What is put up by hand on an outlet's own pages: one workbook with the list, its changes, what stopped."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.rules.public import COLUMNS
from mingcha.domain.outlets.models import Delivery, PaperKind
from mingcha.domain.outlets.rules import LIST_FIELDS
from mingcha.kit.tabular import Sheet, workbook_of

Columns = Mapping[str, StrOrPromise]
Rows = Sequence[Mapping[str, str]]

JOINT: Columns = {
    "number": gettext_lazy("序号"),
    "department": gettext_lazy("部门"),
    "code": gettext_lazy("事项编码"),
    "project": gettext_lazy("抽查项目"),
    "basis": gettext_lazy("抽查依据"),
    "body": gettext_lazy("抽查主体"),
    "content": gettext_lazy("抽查内容"),
    "authority": gettext_lazy("执法权限"),
}
CHAPTERS: Columns = {
    "number": gettext_lazy("序号"),
    "title": gettext_lazy("章节"),
    "content": gettext_lazy("内容"),
    "settings": gettext_lazy("执行参数"),
}
CHANGES: Columns = {
    "code": gettext_lazy("编码"),
    "title": gettext_lazy("名称"),
    "type": gettext_lazy("调整类型"),
    "field": gettext_lazy("调整内容"),
    "before": gettext_lazy("调整前"),
    "after": gettext_lazy("调整后"),
    "reason": gettext_lazy("调整原因"),
    "basis": gettext_lazy("调整依据"),
}
SUSPENDED: Columns = {
    "code": gettext_lazy("事项编码"),
    "title": gettext_lazy("事项"),
    "law": gettext_lazy("废止的依据"),
    "since": gettext_lazy("停止检查日期"),
}
ITEMS: Mapping[str, Columns] = {
    PaperKind.ITEM_LIST: {field: COLUMNS[field] for field in LIST_FIELDS},
    PaperKind.JOINT_LIST: JOINT,
    PaperKind.RULEBOOK: CHAPTERS,
}


def rows_of(delivery: Delivery, part: str) -> Rows:
    """One part of the kept copy: items, changes, suspended."""
    return cast(Rows, delivery.content.get(part, []))


def package_of(delivery: Delivery) -> bytes:
    """The file to upload."""
    content = delivery.content
    facts = [
        [_("公示内容"), ""],
        [_("名称"), delivery.title],
        [_("公示部门"), delivery.department.name],
        [_("施行日期"), str(content.get("in_force_on", ""))],
        [_("代替的版次"), str(content.get("replaces") or _("没有"))],
        [_("第几次公布"), str(delivery.revision)],
        [_("内容摘要（SHA-256）"), delivery.digest],
    ]
    return workbook_of(
        [
            Sheet(_("说明"), facts),
            Sheet(_("清单"), _table(ITEMS[delivery.kind], rows_of(delivery, "items"))),
            Sheet(_("调整情况"), _table(CHANGES, rows_of(delivery, "changes"))),
            Sheet(_("停止检查的事项"), _table(SUSPENDED, rows_of(delivery, "suspended"))),
        ]
    )


def name_of(delivery: Delivery, outlet: str) -> str:
    """A file name that says what and for whom."""
    plain = "".join(sign for sign in f"{delivery.title}（{outlet}）" if sign not in '\\/:*?"<>|')
    return f"{plain}.xlsx"


def _table(columns: Columns, rows: Rows) -> list[list[str]]:
    heading = [str(label) for label in columns.values()]
    return [heading, *([str(row.get(key, "")) for key in columns] for row in rows)]
