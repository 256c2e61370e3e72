"""Opens one workbook in a process of its own: a damaged XLS can bring the reader down, not the site.

Run by workbook.py, not imported by it, so it needs nothing of the product. In: eight bytes of length, the workbook,
then the number of the sheet that is wanted. Out, one JSON a line: the sheets with their first rows, the rows, `null`.
"""

import io
import json
import sys
from datetime import date, datetime, time
from itertools import islice
from typing import IO

from python_calamine import CalamineSheet, PasswordError, SheetVisibleEnum, load_workbook

FIRST_ROWS = 20
MEMORY = 3 * 2**30
SECONDS = 300

# Excel keeps 15 digits of a number; a longer code that was typed as a number has lost its end already.
EXACT_BELOW = 10**15


def text_of(value: object) -> str:
    """A cell as the text a person sees; numbers beyond Excel's 15 digits stay visibly damaged."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        if abs(value) >= EXACT_BELOW:
            return f"{value:.14E}"
        return str(int(value)) if value == int(value) else repr(value)
    return "" if value is None else str(value)


def first_rows(sheet: CalamineSheet) -> list[list[str]]:
    """What tells which sheet holds the table."""
    return [[text_of(cell) for cell in row] for row in islice(sheet.iter_rows(), FIRST_ROWS)]


def limit() -> None:
    """What one workbook may take of the machine; Windows knows no such limits."""
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


def serve(asked: IO[bytes], told: IO[str]) -> None:
    """Tell which sheets there are, then the rows of the one that is asked for."""

    def tell(something: object) -> None:
        told.write(json.dumps(something) + "\n")

    content = asked.read(int.from_bytes(asked.read(8), "big"))
    try:
        workbook = load_workbook(io.BytesIO(content))
        visible = [meta.name for meta in workbook.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
        sheets = [sheet for sheet in map(workbook.get_sheet_by_name, visible) if sheet.height]
    except PasswordError:
        tell({"fault": "password"})
        return
    tell({"sheets": [[sheet.name, first_rows(sheet), sheet.height] for sheet in sheets]})
    told.flush()
    wanted = asked.readline()
    for row in sheets[int(wanted)].iter_rows() if wanted.strip() else ():
        tell([text_of(cell) for cell in row])
    tell(None)


if __name__ == "__main__":
    limit()
    serve(sys.stdin.buffer, sys.stdout)
