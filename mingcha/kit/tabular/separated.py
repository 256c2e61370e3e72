"""CSV as Chinese Excel opens it by a double click, with nothing in it that a spreadsheet would calculate."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
# A spreadsheet takes a cell that begins so for a formula, even from CSV; Excel looks behind spaces and wide signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would read a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, lines ended as Windows ends them."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + buffer.getvalue()).encode()
