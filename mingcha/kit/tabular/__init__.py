"""Files of rows, as offices have them, read into texts with the row numbers a person sees."""

import io
import os
from collections.abc import Callable, Collection
from typing import IO

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused
from mingcha.kit.tabular import text, workbook
from mingcha.kit.tabular.table import Limits, Line, Table, Wanted, plain_heading, table_from, with_sheets
from mingcha.kit.tabular.writing import Sheet, csv_of, neutral, plain_cell, workbook_of

__all__ = [
    "LIMITS",
    "Limits",
    "Line",
    "Sheet",
    "Table",
    "Wanted",
    "check_file",
    "csv_of",
    "neutral",
    "open_table",
    "plain_cell",
    "plain_heading",
    "read_table",
    "workbook_of",
]

LIMITS = Limits()
START = 64
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_TABLES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
    (b"<html", "HTML"),
    (b"<!doctype", "HTML"),
    (b"<table", "HTML"),
    (b"<?xml", "XML"),
)


def read_table(content: bytes, *, headings: Collection[str], limits: Limits = LIMITS) -> Table:
    """The same as `open_table`, of bytes that are in memory already."""
    return open_table(io.BytesIO(content), headings=headings, limits=limits)


def open_table(
    source: IO[bytes], *, headings: Collection[str], limits: Limits = LIMITS, wanted: Wanted | None = None
) -> Table:
    """Read by what the file is, not by its name, and row by row; `headings` are the plain headings that are known.

    The file stays open in the caller's hands until the last row was read.
    """
    size = _checked_size(source, limits)
    source.seek(0)
    start = source.read(len(OLE))
    if start.startswith((ZIP, OLE)):
        return _workbook(source, headings=headings, limits=limits, wanted=wanted)
    _check_no_other(text.plain_bytes(source, limits=limits).read(START))
    encoding = text.encoding_of(source, limits=limits)
    found = _("CSV，%s 编码") % encoding.name
    lines = text.csv_lines(source, encoding, limits=limits)
    table = table_from(lines, headings=headings, found=found, limits=limits, wanted=wanted)
    return with_sheets(table, sheets=(), sheet="", share=_share_of(source, size))


def check_file(source: IO[bytes], *, limits: Limits = LIMITS) -> None:
    """Refuse at a glance what is empty, too large, or says by its first bytes that it is something else."""
    _checked_size(source, limits)
    source.seek(0)
    start = source.read(START)
    if not start.startswith((ZIP, OLE, text.GZIP)):
        _check_no_other(start)
    source.seek(0)


def _workbook(source: IO[bytes], *, headings: Collection[str], limits: Limits, wanted: Wanted | None) -> Table:
    source.seek(0)
    packed = source.read(len(ZIP)) == ZIP
    if packed:
        workbook.check_package(source, limits=limits)
    book = workbook.open_workbook(source, headings=headings, sheet=wanted.sheet if wanted is not None else "")
    found = _("%(kind)s，工作表“%(sheet)s”") % {"kind": "XLSX" if packed else "XLS", "sheet": book.sheet[:60]}
    table = table_from(book.lines, headings=headings, found=found, limits=limits, wanted=wanted)
    return with_sheets(table, sheets=book.sheets, sheet=book.sheet, share=book.share)


def _share_of(source: IO[bytes], size: int) -> Callable[[], float]:
    return lambda: min(1.0, source.tell() / size)


def _checked_size(source: IO[bytes], limits: Limits) -> int:
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    if not source.read(START * START).strip():
        raise Refused(_("文件是空的，核对后重新选择文件"), field="file")
    if size > limits.size:
        raise Refused(_("文件超过 %d MB，分成几个文件导入") % (limits.size // 2**20), field="file")
    return size


def _check_no_other(start: bytes) -> None:
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in NO_TABLES:
        if start.lower().startswith(mark.lower()):
            raise Refused(_("文件内容是 %s，不是表格；用表格软件另存为 XLSX 或 CSV 后重新选择") % kind, field="file")
