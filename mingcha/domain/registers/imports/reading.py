"""From a table of texts to typed rows, with everything that is wrong collected on the way."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from mingcha.domain.registers.rules import Column, Wrong
from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Line, Table, plain_heading

SHOWN = 1000
VALUE_SHOWN = 40
TOTAL = re.compile(r"(合|总|小|共)\s*计.{0,10}")
ASTRAL = 0xFFFF
LONGEST_COUNT = 7
HEADINGS_KEPT = 200  # of a file that may be no register at all

Content = dict[str, object]


@dataclass(frozen=True)
class Row:
    """A row that can be taken."""

    line: int
    code: str
    content: Content


@dataclass(frozen=True)
class Remark:
    """One thing that is wrong or doubtful: where, what, why, what to do."""

    line: int
    column: str
    value: str
    reason: str
    fix: str


@dataclass
class Remarks:
    """All are counted, the first are kept."""

    count: int = 0
    kept: list[Remark] = field(default_factory=list)

    def add(self, line: int, column: object, value: str, reason: str, fix: str = "") -> None:
        self.count += 1
        if len(self.kept) < SHOWN:
            short = value if len(value) <= VALUE_SHOWN else value[:VALUE_SHOWN] + "…"
            self.kept.append(Remark(line, str(column), visible(short), reason, fix))

    def as_json(self) -> list[dict[str, object]]:
        return [asdict(remark) for remark in self.kept]


@dataclass
class Reading:
    """What came out of one file."""

    found: str
    headings: list[dict[str, str]]
    rows: list[Row] = field(default_factory=list)
    faults: Remarks = field(default_factory=Remarks)
    warnings: Remarks = field(default_factory=Remarks)


Doubts = Callable[[Row, Remarks], None]


def visible(text: str) -> str:
    """A value that can be shown and stored: control characters and lone surrogates become their numbers."""
    return "".join(
        f"\\u{ord(character):04X}" if unicodedata.category(character) in {"Cc", "Cs"} else character
        for character in text
    )


def headings_of(columns: Sequence[Column]) -> dict[str, Column]:
    """Every plain heading that is known → its column."""
    known = {}
    for column in columns:
        for heading in (str(column.label), *column.also):
            known[plain_heading(heading)] = column
    return known


def check_rows(
    table: Table, columns: Sequence[Column], *, doubts: Doubts, chosen: Mapping[str, str] | None = None
) -> Reading:
    """Read every row; `chosen` maps headings as they are shown to fields, where the person says it better."""
    placed, headings = _place(table.heading, columns, chosen or {})
    reading = Reading(table.found, headings)
    if _lacks_columns(reading, columns, placed, line=table.heading.number):
        return reading
    seen: dict[str, int] = {}
    for line in table.lines:
        if _is_total(line, placed):
            reading.warnings.add(line.number, "", _first_text(line), _("疑似合计行，已跳过"))
            continue
        content = _read_line(line, placed, width=len(table.heading.cells), faults=reading.faults)
        code = str(content.pop("code", ""))
        if not code:
            continue
        if code in seen:
            reason = _("与第 %d 行重复") % seen[code]
            reading.faults.add(line.number, columns[0].label, code, reason, _("两行留一行"))
            continue
        seen[code] = line.number
        row = Row(line.number, code, content)
        doubts(row, reading.warnings)
        reading.rows.append(row)
    if not (reading.rows or reading.faults.count):
        raise Refused(_("表头下面没有数据行，核对后重新选择文件"), field="file")
    return reading


def _place(
    heading: Line, columns: Sequence[Column], chosen: Mapping[str, str]
) -> tuple[dict[int, Column], list[dict[str, str]]]:
    """Which position fills which column, and the same as a list to show."""
    known, by_key = headings_of(columns), {column.key: column for column in columns}
    placed: dict[int, Column] = {}
    shown = []
    for position, text in enumerate(heading.cells):
        name = visible(text.strip())[:60] or _("第 %d 列（没有表头）") % (position + 1)
        column = by_key.get(chosen[name]) if name in chosen else known.get(plain_heading(text))
        if column is not None and column in placed.values():
            raise Refused(_("有两列都是“%s”，删去一列后重新选择文件") % column.label, field="file")
        if column is not None:
            placed[position] = column
        shown.append({"heading": name, "field": str(column.label) if column else ""})
    return placed, shown


def _lacks_columns(reading: Reading, columns: Sequence[Column], placed: Mapping[int, Column], *, line: int) -> bool:
    """Say which required columns no heading was recognised as; the person may then say it by hand."""
    missing = [column for column in columns if column.required and column not in placed.values()]
    for column in missing:
        fix = _("指定它是文件里的哪一列，或者照模板改好列名")
        reading.faults.add(line, column.label, "", _("表头里找不到这一列"), fix)
    if missing:
        shown = enumerate(reading.headings)
        reading.headings = [entry for position, entry in shown if entry["field"] or position < HEADINGS_KEPT]
    return bool(missing)


def _read_line(line: Line, placed: Mapping[int, Column], *, width: int, faults: Remarks) -> Content:
    """The typed cells of a row; an empty cell says nothing, so it changes nothing."""
    content: Content = {}
    for position, column in placed.items():
        text = line.cells[position].strip() if position < len(line.cells) else ""
        if not text:
            if column.required:
                faults.add(line.number, column.label, "", _("没有填"), _("补上%s") % column.label)
            continue
        try:
            content[column.key] = column.read(text)
        except Wrong as wrong:
            faults.add(line.number, column.label, text, wrong.reason, wrong.fix)
    beyond = [cell for cell in line.cells[width:] if cell.strip()]
    if beyond:
        faults.add(line.number, "", beyond[0], _("这一行的格数比表头多"), _("检查是不是少了引号或多了逗号"))
    return content


def _is_total(line: Line, placed: Mapping[int, Column]) -> bool:
    """A row that adds up the others: it begins with 合计 and has a count, or nothing, where its code would be."""
    if not TOTAL.fullmatch(_first_text(line)):
        return False
    place = next(position for position, column in placed.items() if column.key == "code")
    code = line.cells[place].strip() if place < len(line.cells) else ""
    return not code or bool(TOTAL.fullmatch(code)) or (code.isdigit() and len(code) <= LONGEST_COUNT)


def _first_text(line: Line) -> str:
    return next((cell.strip() for cell in line.cells if cell.strip()), "")


def rare_characters(text: str) -> str:
    """The characters that some screens cannot show, by number; empty when there are none."""
    rare = [c for c in text if ord(c) > ASTRAL or unicodedata.category(c) == "Co"]
    return "、".join(f"U+{ord(character):X}" for character in dict.fromkeys(rare))
