"""Files of rows, as offices have them, read into texts with the row numbers a person sees."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused
from mingcha.kit.tabular import text, workbook
from mingcha.kit.tabular.table import Limits, Line, Table, plain_heading, table_from
from mingcha.kit.tabular.writing import Sheet, workbook_of

__all__ = ["LIMITS", "Limits", "Line", "Sheet", "Table", "plain_heading", "read_table", "workbook_of"]

LIMITS = Limits()
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GZIP = b"\x1f\x8b"
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
    """Read by what the file is, not by its name; `headings` are the plain headings that are known."""
    _check_size(content, limits)
    if content.startswith(ZIP):
        workbook.check_package(content, limits=limits)
    if content.startswith((ZIP, OLE)):
        lines, sheet = workbook.workbook_lines(content, headings=headings)
        kind = "XLSX" if content.startswith(ZIP) else "XLS"
        found = _("%(kind)s，工作表“%(sheet)s”") % {"kind": kind, "sheet": sheet[:60]}
        return table_from(lines, headings=headings, found=found, limits=limits)
    if content.startswith(GZIP):
        content = text.unpacked(content, limits=limits)
        _check_size(content, limits)
    _check_no_other(content)
    decoded, encoding = text.decoded(content)
    found = _("CSV，%s 编码") % encoding
    return table_from(text.csv_lines(decoded), headings=headings, found=found, limits=limits)


def _check_size(content: bytes, limits: Limits) -> None:
    if not content.strip():
        raise Refused(_("文件是空的，核对后重新选择文件"), field="file")
    if len(content) > limits.size:
        raise Refused(_("文件超过 %d MB，分成几个文件导入") % (limits.size // 2**20), field="file")


def _check_no_other(content: bytes) -> None:
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, kind in NO_TABLES:
        if start.lower().startswith(mark.lower()):
            raise Refused(_("文件内容是 %s，不是表格；用表格软件另存为 XLSX 或 CSV 后重新选择") % kind, field="file")
