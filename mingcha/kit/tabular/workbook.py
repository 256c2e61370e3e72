"""XLSX and XLS by python-calamine, after looking whether opening them is safe."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from itertools import islice

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    load_workbook,
)

from mingcha.kit.errors import Refused
from mingcha.kit.tabular.table import HEADING_WITHIN, Limits, Line, plain_heading

# Excel keeps 15 digits of a number; a longer code that was typed as a number has lost its end already.
EXACT_BELOW = 10**15
# A cell with content and its reference; a cell with content that leaves its reference out; a row's own number.
CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Za-z]+)([0-9]+)["'][^>]*(?<!/)>""")
LOOSE_CELL = re.compile(rb"""<(?:\w+:)?c(?:\s(?![^>]*\br=)[^>]*)?(?<!/)>""")
ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["']([0-9]+)["']""")
LONGEST_TAG = 400
LOCAL_HEADER = 30
PIECE = 2**20


def workbook_lines(content: bytes, *, headings: Collection[str], limits: Limits) -> tuple[Iterator[Line], str]:
    """The rows of the sheet that looks most like the table wanted, and that sheet's name."""
    try:
        workbook = load_workbook(io.BytesIO(content))
        sheet = _best_sheet(workbook, headings)
    except PasswordError as fault:
        raise Refused(_("工作簿有打开密码，去掉密码保存后重新选择"), field="file") from fault
    except (CalamineError, ValueError, OSError) as fault:
        raise Refused(_("打不开这个工作簿，用表格软件另存为 XLSX 后重新选择"), field="file") from fault
    if sheet is None:
        raise Refused(_("工作簿里没有内容，核对后重新选择文件"), field="file")
    if sheet.total_height * sheet.total_width > limits.cells:
        raise Refused(_too_wide(limits), field="file")
    return _lines(sheet), sheet.name


def _best_sheet(workbook: CalamineWorkbook, headings: Collection[str]) -> CalamineSheet | None:
    """The visible sheet with most known headings; the first one that has any content when none has."""
    best, most = None, -1
    for meta in workbook.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_name(meta.name)
        if not sheet.height:
            continue
        first = islice(_lines(sheet), HEADING_WITHIN)
        known = max((sum(plain_heading(cell) in headings for cell in line.cells) for line in first), default=0)
        if known > most:
            best, most = sheet, known
    return best


def _lines(sheet: CalamineSheet) -> Iterator[Line]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield Line(number, tuple(text_of(value) for value in row))


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


def check_package(content: bytes, *, limits: Limits) -> None:
    """Refuse a zip that is no XLSX, that unpacks to too much, or whose far cells would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise Refused(_("XLSX 文件已损坏，用表格软件重新保存后再选择"), field="file") from fault
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise Refused(_("这是压缩包或其他文档，不是 XLSX；选择 XLSX、XLS 或 CSV 文件"), field="file")
    left = limits.unpacked
    for entry in entries:
        furthest = _Furthest()
        for piece in _pieces(content, entry):
            left -= len(piece)
            if left < 0:
                raise Refused(_("解压后超过 %d MB，分成几个文件导入") % (limits.unpacked // 2**20), field="file")
            if entry.filename.startswith("xl/worksheets/"):
                furthest.look(piece)
        if furthest.row * furthest.column > limits.cells:
            raise Refused(_too_wide(limits), field="file")


def _too_wide(limits: Limits) -> str:
    return _("工作表占了超过 %d 万格，删去数据以外的行列，或另存为 CSV") % (limits.cells // 10_000)


def _pieces(content: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """An entry unpacked piece by piece, however small its header says it is."""
    header = content[entry.header_offset : entry.header_offset + LOCAL_HEADER]
    if len(header) < LOCAL_HEADER or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refused(_("XLSX 文件已损坏，用表格软件重新保存后再选择"), field="file")
    name_length, extra_length = struct.unpack("<HH", header[26:])
    start = entry.header_offset + LOCAL_HEADER + name_length + extra_length
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, PIECE)
            packed = unpacker.unconsumed_tail
    except zlib.error as fault:
        raise Refused(_("XLSX 文件已损坏，用表格软件重新保存后再选择"), field="file") from fault


class _Furthest:
    """The furthest row and column that hold anything; the reader makes room for all between them."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self._tail = b""

    def look(self, piece: bytes) -> None:
        piece = self._tail + piece
        cells = CELL.findall(piece)
        rows = [row for _letters, row in cells]
        if LOOSE_CELL.search(piece):
            rows += ROW.findall(piece)
            self.column = max(self.column, 1)
        self.row = max([self.row, *(int(row[:9]) for row in rows)])
        self.column = max([self.column, *map(_column_number, {letters[:6] for letters, _row in cells})])
        self._tail = piece[-LONGEST_TAG:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
