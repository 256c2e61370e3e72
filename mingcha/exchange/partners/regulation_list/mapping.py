"""What the superior system calls things, and a row of it as ours; everything that is wrong is told at once.

A file is read by its headings, an answer by its JSON names (docs/contracts/regulation-list.md): the same rows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import OutsideItem, StrayItem
from mingcha.domain.catalogue.rules.reconciliation import OutsideRow
from mingcha.kit.tabular import Line, Table, plain_heading, read_table

SHOWN = 500
VALUE_SHOWN = 40
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
ROUNDED = re.compile(r"\d\.\d+E\+\d+")
DECIMAL = re.compile(r"0?\.\d+")
TOTAL = re.compile(r"(合|总|小|共)\s*计.{0,10}")
YES = frozenset({"是", "1", "y", "yes", "true", "纳入", "已纳入"})
NO = frozenset({"否", "0", "n", "no", "false", "不纳入", "未纳入"})
# 事项状态: the words of exports and the digits of the national item library.
IN_USE = frozenset({"", "1", "在用", "有效", "启用", "正常", "已发布"})
OUT_OF_USE = frozenset({"2", "3", "暂停", "取消", "停用", "废止", "失效", "注销", "作废"})


@dataclass(frozen=True)
class Column:
    """`key` is the field of our row, `name` the JSON name (that of the national item library).

    `headings` are what files say; of several in one file the earlier one counts.
    """

    key: str
    label: StrOrPromise
    name: str
    headings: tuple[str, ...]
    needed: bool = False
    filled: bool = False

    def rank(self, heading: str) -> int | None:
        """The place of a heading among those that this column is known by; the first is the best."""
        known = [plain_heading(text) for text in (*self.headings, self.name)]
        return known.index(heading) if heading in known else None


COLUMNS = (
    Column(
        "code",
        gettext_lazy("实施编码"),
        "task_code",
        ("实施编码", "检查实施编码", "事项实施编码", "事项编码", "监管事项编码", "事项代码"),
        needed=True,
        filled=True,
    ),
    Column(
        "basic_code",
        gettext_lazy("基本编码"),
        "catalog_code",
        ("基本编码", "事项基本编码", "目录编码", "监管事项目录编码"),
    ),
    Column(
        "title",
        gettext_lazy("事项名称"),
        "task_name",
        ("检查事项名称", "监管事项名称", "事项名称", "抽查事项名称", "检查实施清单名称"),
        needed=True,
        filled=True,
    ),
    Column(
        "organisation_code",
        gettext_lazy("机构代码"),
        "dept_code",
        ("机构代码", "机构统一社会信用代码", "实施机构代码", "监管主体代码", "部门代码", "统一社会信用代码"),
    ),
    Column(
        "organisation_name",
        gettext_lazy("机构名称"),
        "dept_name",
        ("机构名称", "实施机构", "监管主体", "监管部门", "部门名称"),
    ),
    Column(
        "basis",
        gettext_lazy("设定依据"),
        "by_law",
        ("检查依据", "设定依据", "监管依据", "法律依据", "依据"),
        needed=True,
    ),
    Column("method", gettext_lazy("检查方式"), "supervise_way", ("检查方式", "检查方法", "监管方式"), needed=True),
    Column("ratio_text", gettext_lazy("检查比例"), "check_ratio", ("检查比例", "抽查比例"), needed=True),
    Column(
        "frequency_text", gettext_lazy("检查频次"), "check_frequency", ("检查频次", "抽查频次", "检查频率"), needed=True
    ),
    Column("object_kind", gettext_lazy("检查对象"), "check_object", ("检查对象", "监管对象", "抽查对象")),
    Column(
        "is_random", gettext_lazy("是否纳入双随机"), "in_double_random", ("是否纳入双随机", "纳入双随机", "是否双随机")
    ),
    Column("in_use", gettext_lazy("事项状态"), "task_state", ("事项状态", "状态")),
)
HEADINGS = frozenset(plain_heading(text) for column in COLUMNS for text in (*column.headings, column.name))


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, what, why, what to do."""

    line: int
    column: str
    value: str
    reason: str
    fix: str


@dataclass
class Reading:
    """What came out of a file or an answer; with a fault in it, nothing of it is used."""

    found: str = ""
    rows: list[OutsideRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    def add(self, line: int, column: object, value: str, reason: str, fix: str) -> None:
        self.fault_count += 1
        if len(self.faults) < SHOWN:
            short = value if len(value) <= VALUE_SHOWN else value[:VALUE_SHOWN] + "…"
            self.faults.append(Fault(line, str(column), short, reason, fix))


class _Wrong(ValueError):
    """A value that cannot be taken: why, and what to do."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.reason, self.fix = reason, fix


def read_export(content: bytes) -> Reading:
    """An export of the superior system: XLSX, XLS or CSV, its columns in any order, with others between them."""
    table = read_table(content, headings=HEADINGS)
    placed = _placed(table.heading)
    reading = Reading(table.found)
    for column in COLUMNS:
        if column.needed and column.key not in placed:
            known = _("、").join(f"“{heading}”" for heading in column.headings)
            reading.add(
                table.heading.number, column.label, "", _("表头里没有这一列"), _("列名用%s之一，重新导出") % known
            )
    if not reading.faults:
        _read_lines(table, placed, reading)
    return reading


def _placed(heading: Line) -> dict[str, int]:
    """Which position fills which field: of several the heading that names it best."""
    placed = {}
    for column in COLUMNS:
        ranked = [
            (rank, position)
            for position, text in enumerate(heading.cells)
            if (rank := column.rank(plain_heading(text))) is not None
        ]
        if ranked:
            placed[column.key] = min(ranked)[1]
    return placed


def _read_lines(table: Table, placed: Mapping[str, int], reading: Reading) -> None:
    seen: dict[tuple[str, str], int] = {}
    for line in table.lines:
        texts = {key: line.cells[at] if at < len(line.cells) else "" for key, at in placed.items()}
        first = next((cell.strip() for cell in line.cells if cell.strip()), "")
        if TOTAL.fullmatch(first) and not texts["title"].strip():
            continue
        _read_row(line.number, texts, reading, seen)
    if not (reading.rows or reading.faults):
        reading.add(table.heading.number, "", "", _("表头下面没有数据行"), _("核对导出条件后重新导出"))


def read_items(items: Iterable[Mapping[str, object]]) -> Reading:
    """The items of an answer, numbered as they came."""
    reading = Reading()
    seen: dict[tuple[str, str], int] = {}
    for number, item in enumerate(items, start=1):
        texts = {}
        for column in COLUMNS:
            value = item.get(column.name)
            if isinstance(value, bool):
                value = "是" if value else "否"
            if value is not None and not isinstance(value, str):
                reading.add(number, column.name, repr(value), _("应是文本"), _("由上级系统按接口约定改正"))
                value = ""
            texts[column.key] = value or ""
        _read_row(number, texts, reading, seen)
    return reading


def _read_row(number: int, texts: Mapping[str, str], reading: Reading, seen: dict[tuple[str, str], int]) -> None:
    """One row, with all that is wrong with it; `seen` knows the codes of each organisation."""
    before = reading.fault_count
    values: dict[str, object] = {}
    for column in COLUMNS:
        text = texts.get(column.key, "").strip()
        try:
            values[column.key] = _value_of(column, text)
        except _Wrong as wrong:
            reading.add(number, column.label, text, wrong.reason, wrong.fix)
    if reading.fault_count > before:
        return
    row = OutsideRow(position=number, **values)  # type: ignore[arg-type]  # the readers give what the fields want
    first = seen.setdefault((row.organisation_code.upper(), row.code), number)
    if first != number:
        reading.add(number, COLUMNS[0].label, row.code, _("与第 %d 行重复") % first, _("两行留一行"))
        return
    reading.rows.append(row)


def _value_of(column: Column, text: str) -> object:
    if any(unicodedata.category(character) in {"Cs", "Cc"} and character not in "\t\r\n" for character in text):
        raise _Wrong(_("有无法保存的控制字符"), _("删去后重新导出"))
    if column.filled and not text:
        raise _Wrong(_("没有填"), _("补上%s") % column.label)
    value = READERS[column.key](text) if column.key in READERS else text
    longest = LONGEST.get(column.key)
    if longest is not None and isinstance(value, str) and len(value) > longest:
        raise _Wrong(_("超过 %d 个字") % longest, _("写短后重新导出"))
    return value


def _read_code(text: str) -> str:
    if ROUNDED.fullmatch(text):
        raise _Wrong(_("编码被表格软件变成了科学计数，后几位已经丢失"), _("列设为文本，从上级系统重新导出"))
    if text and not CODE.fullmatch(text):
        raise _Wrong(_("编码只能是半角数字、字母和 . _ -，不超过 40 个"), _("照上级系统里的编码填写"))
    return text


def _read_organisation(text: str) -> str:
    if ROUNDED.fullmatch(text):
        raise _Wrong(_("代码被表格软件变成了科学计数，后几位已经丢失"), _("列设为文本，从上级系统重新导出"))
    return unicodedata.normalize("NFKC", text).upper()


def _read_ratio(text: str) -> str:
    """A cell that a spreadsheet keeps as a percentage comes out as 0.05: that is 5%."""
    return f"{(Decimal(text) * 100).normalize():f}%" if DECIMAL.fullmatch(text) else text


def _read_flag(text: str) -> bool | None:
    word = text.lower()
    if not word:
        return None
    if word not in YES | NO:
        raise _Wrong(_("只能是“是”或“否”"), _("改成“是”或“否”，不清楚的留空"))
    return word in YES


def _read_state(text: str) -> bool:
    if text not in IN_USE | OUT_OF_USE:
        raise _Wrong(_("看不懂这个状态"), _("写“在用”“暂停”或“取消”"))
    return text in IN_USE


READERS: Mapping[str, Callable[[str], object]] = {
    "code": _read_code,
    "basic_code": _read_code,
    "organisation_code": _read_organisation,
    "ratio_text": _read_ratio,
    "is_random": _read_flag,
    "in_use": _read_state,
}
KEPT: Sequence[tuple[type[OutsideItem] | type[StrayItem], Sequence[str]]] = (
    (OutsideItem, ("title", "method", "ratio_text", "frequency_text", "object_kind")),
    (StrayItem, ("organisation_code", "organisation_name")),
)
LONGEST: Mapping[str, int | None] = {
    key: getattr(table._meta.get_field(key), "max_length", None) for table, keys in KEPT for key in keys
}
