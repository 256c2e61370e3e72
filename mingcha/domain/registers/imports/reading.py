"""From a table of texts to typed rows, with everything that is wrong collected on the way, a round at a time."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.registers.rules import NOTHING, Column, Noted, Wrong
from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Line, Table, plain_cell, plain_heading

VALUE_SHOWN = 40
MARK = "'"  # before what a spreadsheet would take for a formula
TOTAL = re.compile(r"(合|总|小|共)\s*计.{0,10}")
TOTAL_SIGN = "计"
RARE = re.compile("[\U00010000-\U0010ffff\ue000-\uf8ff]")  # beyond the plane that all fonts have, or private
LONGEST_COUNT = 7
HEADINGS_KEPT = 200  # of a file that may be no register at all
MOST_REMEMBERED = 20_000

Value = str | bool | int | None


class Remark(NamedTuple):
    """One thing that is wrong or doubtful: where, what, why, what to do."""

    line: int
    column: str
    value: str
    reason: str
    fix: str
    is_fault: bool


class Draft(NamedTuple):
    """A row as it was read."""

    line: int
    code: str
    said: dict[str, Value]


@dataclass
class Remarks:
    """What is said about a round of rows."""

    kept: list[Remark] = field(default_factory=list)
    faults: int = 0
    faulty: set[int] = field(default_factory=set)

    def note(self, remark: Remark) -> None:
        """A row with a fault cannot be taken, one with a doubt is taken all the same."""
        self.kept.append(remark)
        if remark.is_fault:
            self.faults += 1
            self.faulty.add(remark.line)

    def fault(self, line: int, column: object, value: str, reason: str, fix: str = "") -> None:
        self.note(Remark(line, str(column), shortened(value), reason, fix, is_fault=True))

    def doubt(self, line: int, column: object, value: str, reason: str, fix: str = "") -> None:
        self.note(Remark(line, str(column), shortened(value), reason, fix, is_fault=False))


@dataclass(frozen=True)
class Placement:
    """Which position fills which column; every heading with the column it fills, for people."""

    placed: Mapping[int, Column]
    headings: list[dict[str, str]]
    missing: list[Column]
    width: int


@dataclass
class Round:
    """Some rows that are checked and written together, column by column: of each row its line, its code, what it said.

    A faulty row is kept as well, so that its code is not taken for missing.
    """

    lines: list[int]
    codes: list[str]
    said: dict[str, list[Value]]
    remarks: Remarks
    read_to: int
    totals: list[int]

    def drafts(self) -> Iterator[Draft]:
        """Row by row, without the cells that say nothing."""
        for line, code, *values in zip(self.lines, self.codes, *self.said.values(), strict=True):
            said = {key: value for key, value in zip(self.said, values, strict=True) if value is not None}
            yield Draft(line, code, said)


def visible(text: str) -> str:
    """A value that can be shown and stored: control characters and lone surrogates become their numbers."""
    if text.isprintable():
        return text
    return "".join(
        f"\\u{ord(character):04X}" if unicodedata.category(character) in {"Cc", "Cs"} else character
        for character in text
    )


def shortened(value: str) -> str:
    """As much of a value as a table shows."""
    return visible(value if len(value) <= VALUE_SHOWN else value[:VALUE_SHOWN] + "…")


def headings_of(columns: Sequence[Column]) -> dict[str, Column]:
    """Every plain heading that is known → its column."""
    known = {}
    for column in columns:
        for heading in (str(column.label), *column.also):
            known[plain_heading(heading)] = column
    return known


def shown_headings(heading: Line) -> list[str]:
    """The headings as a page names them; one that is empty by its place."""
    return [
        visible(text.strip())[:60] or _("第 %d 列（没有表头）") % (position + 1)
        for position, text in enumerate(heading.cells)
    ]


def place_columns(heading: Line, columns: Sequence[Column], chosen: Mapping[str, str]) -> Placement:
    """`chosen` maps headings as they are shown to fields, where a person said it better than the names do."""
    known, by_key = headings_of(columns), {column.key: column for column in columns}
    placed: dict[int, Column] = {}
    shown = []
    for position, name in enumerate(shown_headings(heading)):
        column = by_key.get(chosen[name]) if name in chosen else known.get(plain_heading(heading.cells[position]))
        if column is not None and column in placed.values():
            raise Refused(_("有两列都是“%s”，删去一列后重新选择文件") % column.label, field="file")
        if column is not None:
            placed[position] = column
        shown.append({"heading": name, "field": str(column.label) if column else ""})
    missing = [column for column in columns if column.required and column not in placed.values()]
    if missing:
        shown = [entry for position, entry in enumerate(shown) if entry["field"] or position < HEADINGS_KEPT]
    return Placement(placed, shown, missing, len(heading.cells))


class TextReader:
    """Reads the cells of one column; a text that stands in many of them is understood once."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._values: dict[str, Value] = {}
        self._told: dict[str, Remark] = {}

    def read(self, lines: Sequence[int], cells: Iterable[str], remarks: Remarks) -> list[Value]:
        """The value of each; None where a cell says nothing, or nothing that can be taken: remarks say which."""
        texts = list(map(str.strip, cells))
        distinct = set(texts)
        if not self._column.repeats or len(self._values) > MOST_REMEMBERED:
            self._values, self._told = {}, {}
        for text in distinct.difference(self._values):
            self._values[text] = self._understood(text)
        if not distinct.isdisjoint(self._told):
            for line, text in zip(lines, texts, strict=True):
                if text in self._told:
                    remarks.note(self._told[text]._replace(line=line))
        return list(map(self._values.__getitem__, texts))

    def _understood(self, text: str) -> Value:
        column = self._column
        if not text or text in NOTHING:
            if column.required:
                self._tell(text, _("没有填"), _("补上%s") % column.label)
            elif text:
                self._tell(text, _("当作没有填"), is_fault=False)
            return None
        try:
            value = column.read(plain_cell(text) if text[0] == MARK else text)
        except Wrong as wrong:
            self._tell(text, wrong.reason, wrong.fix)
            return None
        except (ArithmeticError, LookupError, TypeError, ValueError):  # what nobody thought of stops a row, not a file
            self._tell(text, _("读不懂"), _("照模板的例子重新填写"))
            return None
        if isinstance(value, Noted):
            self._tell(text, value.reason, is_fault=False)
            return value.value
        return value

    def _tell(self, text: str, reason: str, fix: str = "", *, is_fault: bool = True) -> None:
        self._told[text] = Remark(0, str(self._column.label), shortened(text), reason, fix, is_fault)


class TableReader:
    """Reads many rows at once, column by column."""

    def __init__(self, placement: Placement) -> None:
        self._width = placement.width
        self._code_at = next(position for position, column in placement.placed.items() if column.key == "code")
        self._columns = [(position, column.key, TextReader(column)) for position, column in placement.placed.items()]

    def read(self, lines: Sequence[Line]) -> Round:
        """The typed cells of some rows; an empty cell says nothing, so it changes nothing."""
        remarks = Remarks()
        totals: list[Line] = []
        taken: list[Line] = []
        for line in lines:
            (totals if self._is_total(line) else taken).append(line)
        for line in totals:
            remarks.doubt(line.number, "", line.cells[0], _("疑似合计行，已跳过"))
        self._check_beyond(taken, remarks)
        numbers = [line.number for line in taken]
        columns = list(islice(zip(*map(self._filled, taken), strict=False), self._width))
        said = {
            key: reader.read(numbers, columns[position] if taken else (), remarks)
            for position, key, reader in self._columns
        }
        codes = [str(code or "") for code in said.pop("code")]
        return Round(numbers, codes, said, remarks, lines[-1].number, [line.number for line in totals])

    def _is_total(self, line: Line) -> bool:
        """A row that adds up the others: it begins with 合计 and has a count, or nothing, where its code would be."""
        first = line.cells[0].strip() or next((cell.strip() for cell in line.cells if cell.strip()), "")
        if TOTAL_SIGN not in first or not TOTAL.fullmatch(first):
            return False
        code = line.cells[self._code_at].strip() if self._code_at < len(line.cells) else ""
        return not code or bool(TOTAL.fullmatch(code)) or (code.isdigit() and len(code) <= LONGEST_COUNT)

    def _filled(self, line: Line) -> tuple[str, ...]:
        """Its cells, as many as the heading has or more."""
        lacking = self._width - len(line.cells)
        return line.cells + ("",) * lacking if lacking > 0 else line.cells

    def _check_beyond(self, lines: Iterable[Line], remarks: Remarks) -> None:
        for line in lines:
            if len(line.cells) <= self._width:
                continue
            beyond = [cell for cell in line.cells[self._width :] if cell.strip()]
            if beyond:
                reason, fix = _("这一行的格数比表头多"), _("检查是不是少了引号或多了逗号")
                remarks.fault(line.number, "", beyond[0], reason, fix)


def rounds(table: Table, placement: Placement, *, size: int, after: int = 0) -> Iterator[Round]:
    """All rows in rounds of so many; `after` skips the lines that an earlier reading has staged."""
    reader = TableReader(placement)
    lines = (line for line in table.lines if line.number > after)
    while some := list(islice(lines, size)):
        yield reader.read(some)


def rare_characters(text: str) -> str:
    """The characters that some screens cannot show, by number; empty when there are none."""
    rare = RARE.findall(text)
    return "、".join(f"U+{ord(character):X}" for character in dict.fromkeys(rare))
