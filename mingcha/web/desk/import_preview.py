"""What the page of an import shows: its step, its counts as tabs, the rows of one of them."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import BatchKind, ImportBatch, Inspector, StagedRow, Subject, Verdict
from mingcha.domain.registers.queries import (
    RemarkGroup,
    doubted_rows,
    missing_rows,
    remark_groups,
    remarks_apart,
    remarks_like,
    remarks_of,
    staged_rows,
    with_differences,
)
from mingcha.domain.registers.rules import UNDO_WITHIN, columns_missing_in
from mingcha.domain.registers.rules.amending import MASKS
from mingcha.web.desk.import_standstill import still_since
from mingcha.web.shared.templatetags.mingcha import moment

A_PAGE = 50
WORDS: dict[str, StrOrPromise] = {
    "CREATED": gettext_lazy("新增"),
    "CHANGED": gettext_lazy("更新"),
    "UNCHANGED": gettext_lazy("无变化"),
    "MISSING": gettext_lazy("不在这份文件里"),
    "FAULTY": gettext_lazy("有问题"),
    "DOUBTS": gettext_lazy("提醒"),
}
LAST_STEP = 5


class KnownCount(Paginator):
    """Pages of rows that were counted already: a million rows are not counted again for every page."""

    def __init__(self, rows: "QuerySet[Any]", per_page: int, *, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


def context_of(batch: ImportBatch, *, tab: str, page: str, about: str = "") -> dict[str, Any]:
    """Everything that the page of a file names."""
    counts = counts_of(batch)
    open_tab = tab if tab in WORDS else _first_tab(batch, counts)
    groups = remark_groups(batch) if open_tab == "DOUBTS" else []
    group = next((one for one in groups if str(one.key) == about), None)
    return {
        "batch": batch,
        "step": step_of(batch),
        "progress": progress_of(batch),
        "stands_still": batch.is_under_way and still_since(timezone.now()) is not None,
        "tabs": [(key, WORDS[key], number) for key, number in counts.items()],
        "show": open_tab,
        "found": found_words(batch),
        "doubted": doubted_rows(batch),
        "groups": groups,
        "group": group,
        "page": _doubts(batch, groups, group, page) if groups else _page(batch, open_tab, page, counts[open_tab]),
        "taken": [entry for entry in batch.headings if entry["field"]],
        "left": [entry["heading"] for entry in batch.headings if not entry["field"]],
        "trail": trail_of(batch),
        "lacks_columns": bool(batch.headings and columns_missing_in(batch)),
        "undo_until": _undo_until(batch),
    }


def found_words(batch: ImportBatch) -> str:
    """What was recognised; a pasted block is no file in an encoding."""
    plain = _("CSV，%s 编码") % "UTF-8"
    return batch.found.replace(plain, _("粘贴的表格")) if batch.file_name == _("粘贴的内容") else batch.found


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """Each tab with its number; rows for rows, remarks for doubts."""
    return {
        "CREATED": batch.created,
        "CHANGED": batch.changed,
        "UNCHANGED": batch.unchanged,
        "MISSING": batch.missing,
        "FAULTY": batch.fault_count,
        "DOUBTS": batch.warning_count,
    }


def step_of(batch: ImportBatch) -> int:
    """Of: choose, recognise, columns, preview, done."""
    if batch.is_read:
        return 2
    if batch.is_refused and batch.headings and not batch.rows:
        return 3
    return 4 if batch.may_be_merged or batch.is_refused or batch.is_merging else LAST_STEP + 1


def progress_of(batch: ImportBatch) -> str:
    """How far it is, in words; and what to do when nothing moves."""
    words, since = _progress(batch), still_since(timezone.now()) if batch.is_under_way else None
    if since is None:
        return words
    told = {"words": words, "since": moment(since)}
    still = _("%(words)s。从 %(since)s 起没有进展，后台程序可能停了：告诉系统管理员重新启动它。") % told
    return still + _("启动后从停下的地方接着办，不用重新上传。")


def _progress(batch: ImportBatch) -> str:
    if batch.is_read and not batch.rows:
        return _("排队等待读取")
    told = {"rows": f"{batch.rows:,}", "share": f"{batch.share:.0%}"}
    if batch.is_read:
        return _("已读 %(rows)s 行，约 %(share)s") % told
    return _("正在写入名录") if batch.is_merging else _("正在恢复原样") if batch.is_undoing else ""


def _first_tab(batch: ImportBatch, counts: dict[str, int]) -> str:
    if batch.fault_count and not batch.is_merged:
        return "FAULTY"
    return next((key for key, number in counts.items() if number), "CREATED")


def _page(batch: ImportBatch, tab: str, number: str, count: int) -> Any:
    """One page of what a tab counts; rows come with what they change."""
    if batch.is_merged and tab == Verdict.UNCHANGED:
        count = 0  # they were not kept: nothing happened to them
    if tab in {"FAULTY", "DOUBTS"}:
        remarks = remarks_of(batch, faults=tab == "FAULTY")
        return Paginator(remarks, A_PAGE).get_page(number)
    if tab == "MISSING":
        return KnownCount(missing_rows(batch), A_PAGE, count=count).get_page(number)
    page = KnownCount(staged_rows(batch, tab), A_PAGE, count=count).get_page(number)
    page.object_list = [(row, differences(row)) for row in with_differences(batch, page.object_list)]
    return page


def _doubts(batch: ImportBatch, groups: list[RemarkGroup], group: RemarkGroup | None, number: str) -> Any:
    """The rows of one sentence, or those of which something of their own is said."""
    if group is not None:
        return KnownCount(remarks_like(batch, group), A_PAGE, count=group.rows).get_page(number)
    return Paginator(remarks_apart(batch, groups), A_PAGE).get_page(number)


def differences(row: StagedRow) -> list[tuple[StrOrPromise, object, object]]:
    """Field, value before, value after."""
    model: type[Model] = Subject if row.batch.kind == BatchKind.SUBJECTS else Inspector
    return [
        (_word(model, key), _shown(model, key, old), _shown(model, key, row.content[key]))
        for key, old in row.before.items()
        if key != "warning"
    ]


def _word(model: type[Model], key: str) -> StrOrPromise:
    return model._meta.get_field(key).verbose_name  # type: ignore[union-attr]  # plain fields only


def _shown(model: type[Model], key: str, value: Any) -> object:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if key == "department_id":
        return Department.objects.get(pk=value).short_name
    if key in MASKS:  # the register's own would else be read here by whoever loads a file of made-up ones
        return MASKS[key](str(value or "")) or "—"
    choices = dict(getattr(model._meta.get_field(key), "flatchoices", ()))
    return choices.get(value, value) or "—"


def _undo_until(batch: ImportBatch) -> Any:
    """Until when it can be taken back; None when no longer, or not yet."""
    if not batch.is_merged or batch.merged_at is None or timezone.now() > batch.merged_at + UNDO_WITHIN:
        return None
    return batch.merged_at + timedelta(hours=UNDO_WITHIN.total_seconds() // 3600)
