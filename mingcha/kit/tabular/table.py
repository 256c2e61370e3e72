"""What a file of rows looks like once it is read."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, islice

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
    rows: int = 500_000
    cells: int = 10_000_000


@dataclass(frozen=True)
class Line:
    """One row as texts, with the number it has in the file."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """The heading row and what follows it; `found` says in a sentence how the file was understood."""

    heading: Line
    lines: Iterator[Line]
    found: str


def plain_heading(text: str) -> str:
    """A heading without what varies: width, spaces, stars, notes in brackets, case."""
    return DECORATION.sub("", ASIDE.sub("", unicodedata.normalize("NFKC", text))).lower()


def table_from(lines: Iterator[Line], *, headings: Collection[str], found: str, limits: Limits) -> Table:
    """Find the heading row among the first rows: the one with most of the headings that are known."""
    first = [line for line in islice(lines, HEADING_WITHIN) if not line.is_blank]
    if not first:
        first = list(islice((line for line in lines if not line.is_blank), 1))
    if not first:
        raise Refused(_("文件里没有内容，核对后重新选择文件"), field="file")
    heading = max(first, key=lambda line: sum(plain_heading(cell) in headings for cell in line.cells))
    rest = chain((line for line in first if line.number > heading.number), lines)
    words = _("%(found)s，第 %(line)d 行为表头") % {"found": found, "line": heading.number}
    return Table(heading, _within(limits, (line for line in rest if not line.is_blank)), words)


def _within(limits: Limits, lines: Iterator[Line]) -> Iterator[Line]:
    for count, line in enumerate(lines, start=1):
        if count > limits.rows:
            raise Refused(_("超过 %d 行，分成几个文件导入") % limits.rows, field="file")
        yield line
