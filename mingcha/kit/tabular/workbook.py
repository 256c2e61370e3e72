"""XLSX and XLS by python-calamine, after looking whether opening them is safe, in a process that may break."""

import contextlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused
from mingcha.kit.tabular.table import Limits, Line, plain_heading

Reader = subprocess.Popen[bytes]
READER = Path(__file__).with_name("sheets.py")

# A cell with content and its reference; a cell with content that leaves its reference out; a row's own number.
CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Za-z]+)([0-9]+)["'][^>]*(?<!/)>""")
LOOSE_CELL = re.compile(rb"""<(?:\w+:)?c(?:\s(?![^>]*\br=)[^>]*)?(?<!/)>""")
ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["']([0-9]+)["']""")
LONGEST_TAG = 400
LOCAL_HEADER = 30
PIECE = 2**20


@dataclass(frozen=True)
class Workbook:
    """One sheet of it, opened."""

    lines: Iterator[Line]
    sheets: tuple[str, ...]
    sheet: str
    share: Callable[[], float]


@dataclass(frozen=True)
class _Page:
    name: str
    first: list[list[str]]
    height: int


def open_workbook(source: IO[bytes], *, headings: Collection[str], sheet: str = "") -> Workbook:
    """The sheet that was asked for, or that which looks most like the table wanted."""
    reader = subprocess.Popen(
        [sys.executable, "-I", str(READER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        pages = _pages(reader, source)
        names = tuple(page.name for page in pages)
        best = max(range(len(pages)), key=lambda number: _known(pages[number].first, headings))
        chosen = names.index(sheet) if sheet in names else best
        _tell(reader, f"{chosen}\n".encode())
    except BaseException:
        _end(reader)
        raise
    rows = _Rows(reader, pages[chosen].height)
    return Workbook(rows.lines(), names, names[chosen], rows.share)


def _pages(reader: Reader, source: IO[bytes]) -> list[_Page]:
    """The sheets that hold something, with their first rows."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    _tell(reader, size.to_bytes(8, "big"))
    assert reader.stdin is not None  # it was opened with a pipe
    try:
        shutil.copyfileobj(source, reader.stdin, PIECE)
        reader.stdin.flush()
    except BrokenPipeError as fault:
        raise _broken() from fault
    answer = _answer(reader)
    if isinstance(answer, dict) and answer.get("fault") == "password":
        raise Refused(_("工作簿有打开密码，去掉密码保存后重新选择"), field="file")
    if not isinstance(answer, dict):
        raise _broken()
    if not answer["sheets"]:
        raise Refused(_("工作簿里没有内容，核对后重新选择文件"), field="file")
    return [_Page(*sheet) for sheet in answer["sheets"]]


def _known(rows: list[list[str]], headings: Collection[str]) -> int:
    """How many known headings the best of the first rows holds."""
    return max((sum(plain_heading(cell) in headings for cell in row) for row in rows), default=0)


class _Rows:
    """The rows as the reader tells them, and how many of them it has told."""

    def __init__(self, reader: Reader, height: int) -> None:
        self._reader, self._height, self._number = reader, max(height, 1), 0

    def share(self) -> float:
        return min(1.0, self._number / self._height)

    def lines(self) -> Iterator[Line]:
        try:
            while (row := _answer(self._reader)) is not None:
                self._number += 1
                yield Line(self._number, tuple(row))
        finally:
            _end(self._reader)


def _tell(reader: Reader, words: bytes) -> None:
    assert reader.stdin is not None  # it was opened with a pipe
    try:
        reader.stdin.write(words)
        reader.stdin.flush()
    except BrokenPipeError as fault:
        raise _broken() from fault


def _answer(reader: Reader) -> Any:
    """What the reader says next; when it fell silent, the workbook brought it down."""
    assert reader.stdout is not None  # it was opened with a pipe
    line = reader.stdout.readline()
    if not line:
        raise _broken()
    return json.loads(line)


def _end(reader: Reader) -> None:
    reader.kill()
    with contextlib.suppress(BrokenPipeError):
        reader.communicate()


def _broken() -> Refused:
    return Refused(_("打不开这个工作簿，用表格软件另存为 XLSX 后重新选择"), field="file")


def check_package(source: IO[bytes], *, limits: Limits) -> None:
    """Refuse a zip that is no XLSX, that unpacks to too much, or whose far cells would fill the memory."""
    try:
        with zipfile.ZipFile(source) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise Refused(_("XLSX 文件已损坏，用表格软件重新保存后再选择"), field="file") from fault
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise Refused(_("这是压缩包或其他文档，不是 XLSX；选择 XLSX、XLS 或 CSV 文件"), field="file")
    left = limits.unpacked
    for entry in entries:
        furthest = _Furthest()
        for piece in _pieces(source, entry):
            left -= len(piece)
            if left < 0:
                raise Refused(_("解压后超过 %d MB，分成几个文件导入") % (limits.unpacked // 2**20), field="file")
            if entry.filename.startswith("xl/worksheets/"):
                furthest.look(piece)
        if furthest.row * furthest.column > limits.cells:
            raise Refused(_too_wide(limits), field="file")


def _too_wide(limits: Limits) -> str:
    return _("工作表占了超过 %d 万格，删去数据以外的行列，或另存为 CSV") % (limits.cells // 10_000)


def _pieces(source: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """An entry unpacked piece by piece, however small its header says it is."""
    source.seek(entry.header_offset)
    header = source.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refused(_("XLSX 文件已损坏，用表格软件重新保存后再选择"), field="file")
    name_length, extra_length = struct.unpack("<HH", header[26:])
    source.seek(name_length + extra_length, os.SEEK_CUR)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    try:
        yield from _unpacked(source, unpacker, left=entry.compress_size)
    except zlib.error as fault:
        raise Refused(_("XLSX 文件已损坏，用表格软件重新保存后再选择"), field="file") from fault


def _unpacked(source: IO[bytes], unpacker: Any, *, left: int) -> Iterator[bytes]:
    """Never more than a piece at a time, packed or not."""
    while left > 0 and (packed := source.read(min(left, PIECE))):
        left -= len(packed)
        if unpacker is None:
            yield packed
            continue
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, PIECE)
            packed = unpacker.unconsumed_tail


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
