"""What a file of rows looks like once it is read."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused

HEADING_WITHIN = 20
ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
DECORATION = re.compile(r"[\s*:＊]+")


@dataclass(frozen=True)
class Limits:
    """How large a file may be: packed, unpacked, in rows, and in the rectangle that a worksheet spans."""

    size: int = 200 * 2**20
    unpacked: int = 600 * 2**20
    rows: int = 3_000_000
    cells: int = 20_000_000


@dataclass(frozen=True)
class Wanted:
    """What a person said about a file; nothing said is found out. Row 0: there is no heading, all rows are data."""

    sheet: str = ""
    heading_row: int | None = None


class Line(NamedTuple):
    """One row as texts, with the number it has in the file."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not "".join(self.cells).strip()


@dataclass(frozen=True)
class Table:
    """The heading row and what follows it; `found` says in a sentence how the file was understood."""

    heading: Line
    lines: Iterator[Line]
    found: str
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    share: Callable[[], float] = lambda: 0.0  # how much of the file has been read, from 0 to 1


def plain_heading(text: str) -> str:
    """A heading without what varies: width, spaces, stars, notes in brackets, case."""
    return DECORATION.sub("", ASIDE.sub("", unicodedata.normalize("NFKC", text))).lower()


def table_from(
    lines: Iterator[Line], *, headings: Collection[str], found: str, limits: Limits, wanted: Wanted | None = None
) -> Table:
    """The heading row is the one that was said, or that among the first with most of the headings that are known."""
    asked = wanted.heading_row if wanted is not None else None
    if asked == 0:
        return _without_heading(lines, found=found, limits=limits)
    first = [line for line in islice(lines, max(HEADING_WITHIN, asked or 0)) if not line.is_blank]
    if not first:
        first = list(islice((line for line in lines if not line.is_blank), 1))
    if not first:
        raise Refused(_("文件里没有内容，核对后重新选择文件"), field="file")
    heading = max(first, key=lambda line: sum(plain_heading(cell) in headings for cell in line.cells))
    if asked is not None:
        heading = next((line for line in first if line.number == asked), heading)
    rest = chain((line for line in first if line.number > heading.number), lines)
    words = _("%(found)s，第 %(line)d 行为表头") % {"found": found, "line": heading.number}
    return Table(heading, _within(limits, (line for line in rest if not line.is_blank)), words)


def _without_heading(lines: Iterator[Line], *, found: str, limits: Limits) -> Table:
    rows = (line for line in lines if not line.is_blank)
    first = next(rows, None)
    if first is None:
        raise Refused(_("文件里没有内容，核对后重新选择文件"), field="file")
    words = _("%s，没有表头") % found
    return Table(Line(0, ("",) * len(first.cells)), _within(limits, chain([first], rows)), words)


def with_sheets(table: Table, *, sheets: tuple[str, ...], sheet: str, share: Callable[[], float]) -> Table:
    """The same table, knowing which sheets its workbook has and how far it has been read."""
    return replace(table, sheets=sheets, sheet=sheet, share=share)


def _within(limits: Limits, lines: Iterator[Line]) -> Iterator[Line]:
    for count, line in enumerate(lines, start=1):
        if count > limits.rows:
            raise Refused(_("超过 %d 行，分成几个文件导入") % limits.rows, field="file")
        yield line
