"""权力清单 from a file: four columns, everything that is wrong said at once by row and column."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.rules.powers import COLUMNS
from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Limits, Line, Table, plain_heading, read_table

LIMITS = Limits(size=20 * 2**20, unpacked=200 * 2**20, rows=50_000)
LONGEST = {"code": 60, "title": 300, "item_code": 40}  # as the table keeps them
REQUIRED = ("code", "title", "market_regulation")
YES, NO = frozenset({"是", "市场监管", "Y", "1"}), frozenset({"否", "其他", "其他行政执法", "N", "0"})
SUMS = frozenset({"合计", "总计", "小计", "共计"})


@dataclass(frozen=True)
class PowerRow:
    """A row that can be taken; an empty item code leaves the link that was chosen as it is."""

    line: int
    code: str
    title: str
    market_regulation: bool
    item_code: str


@dataclass
class PowerReading:
    """What came out of a file: how it was understood, its rows, everything that is wrong with it."""

    found: str
    rows: list[PowerRow] = field(default_factory=list)
    faults: list[Refused] = field(default_factory=list)

    def wrong(self, line: int, column: str, reason: str) -> None:
        said = {"line": line, "column": COLUMNS[column], "reason": reason}
        self.faults.append(Refused(_("第 %(line)d 行 %(column)s：%(reason)s") % said, field="file"))


def read_powers(content: bytes, *, listed: Collection[str]) -> PowerReading:
    """Read a file; Refused only when it is no such file at all. `listed`: the codes of the items in force."""
    known = {plain_heading(str(label)): key for key, label in COLUMNS.items()}
    table = read_table(content, headings=known, limits=LIMITS)
    placed = {key: place for place, cell in enumerate(table.heading.cells) if (key := known.get(plain_heading(cell)))}
    lacking = [str(COLUMNS[key]) for key in REQUIRED if key not in placed]
    if lacking:
        raise Refused(_("表头里找不到：%s；照模板改好列名后重新选择") % "、".join(lacking), field="file")
    reading = PowerReading(table.found)
    seen: dict[str, int] = {}
    for line, cells in _cells(table, placed):
        _check_twice(reading, line, cells["code"], seen)
        _take(reading, line, cells, listed)
    if not (reading.rows or reading.faults):
        raise Refused(_("表头下面没有数据行，核对后重新选择文件"), field="file")
    return reading


def _cells(table: Table, placed: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The known cells of each row by their column; a row of sums is left out."""
    for line in table.lines:
        cells = {key: _cell(line, placed.get(key)) for key in COLUMNS}
        if not SUMS & {cells["code"].replace(" ", ""), cells["title"].replace(" ", "")}:
            yield line.number, cells


def _cell(line: Line, place: int | None) -> str:
    return line.cells[place].strip() if place is not None and place < len(line.cells) else ""


def _check_twice(reading: PowerReading, line: int, code: str, seen: dict[str, int]) -> None:
    if code and code in seen:
        reading.wrong(line, "code", _("与第 %d 行重复，两行留一行") % seen[code])
    seen.setdefault(code, line)


def _take(reading: PowerReading, line: int, cells: Mapping[str, str], listed: Collection[str]) -> None:
    """One row, or what is wrong with it."""
    before = len(reading.faults)
    for key in REQUIRED:
        if not cells[key]:
            reading.wrong(line, key, _("没有填"))
    for key, longest in LONGEST.items():
        if len(cells[key]) > longest:
            reading.wrong(line, key, _("超过 %d 个字") % longest)
    domain = cells["market_regulation"]
    if domain and domain not in YES | NO:
        reading.wrong(line, "market_regulation", _("“%s”不认识，写“是”或“否”") % domain[:20])
    if cells["item_code"] and cells["item_code"] not in listed:
        reading.wrong(line, "item_code", _("%s 不在施行中的清单里，改正或留空") % cells["item_code"][:40])
    if len(reading.faults) == before:
        reading.rows.append(PowerRow(line, cells["code"], cells["title"], domain in YES, cells["item_code"]))
