"""CSV as offices save it: four encodings, three separators, sometimes packed."""

import codecs
import csv
import io
import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused
from mingcha.kit.tabular.table import HEADING_WITHIN, Limits, Line

SAMPLE = 100_000
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_CONTROL = 0.005
UTF16_SHARE = 0.15
SEPARATORS = ",\t;"
GZIP_WINDOW = 31


def unpacked(content: bytes, *, limits: Limits) -> bytes:
    """What a .gz holds; refused when it is cut off or grows beyond the limit."""
    unpacker = zlib.decompressobj(GZIP_WINDOW)
    try:
        plain = unpacker.decompress(content, limits.size + 1)
    except zlib.error as fault:
        raise Refused(_("压缩文件已损坏，重新压缩或直接选 CSV"), field="file") from fault
    if len(plain) > limits.size:
        raise Refused(_("解压后超过 %d MB，分成几个文件导入") % (limits.size // 2**20), field="file")
    if not unpacker.eof:
        raise Refused(_("压缩文件不完整，重新压缩或直接选 CSV"), field="file")
    return plain


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding."""
    for encoding, name in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        _check_is_text(text)
        return text, name
    raise Refused(_("不是 UTF-8、GB18030 或 UTF-16 编码的文本，用表格软件另存为 XLSX 后重新选择"), field="file")


def _encodings(content: bytes) -> list[tuple[str, str]]:
    """What to try, in order."""
    if content.startswith(codecs.BOM_UTF8):
        return [("utf-8-sig", "UTF-8 BOM")]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "UTF-16")]
    sample = content[:SAMPLE]
    if sample.count(0) > len(sample) * UTF16_SHARE:
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return [("utf-16-le" if little else "utf-16-be", "UTF-16")]
    return [("utf-8", "UTF-8"), ("gb18030", "GB18030")]


def _check_is_text(text: str) -> None:
    if len(CONTROL.findall(text[:SAMPLE])) > len(text[:SAMPLE]) * MOST_CONTROL:
        raise Refused(_("文件内容不是表格，选择 XLSX、XLS 或 CSV 文件"), field="file")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(_("第 %d 行有空字符（NUL），用表格软件另存为 XLSX 后重新选择") % line, field="file")


def csv_lines(text: str) -> Iterator[Line]:
    """Its rows; a row that spans lines has the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 1
    try:
        for row in reader:
            yield Line(number, tuple(row))
            number = reader.line_num + 1
    except csv.Error as fault:
        reason = _("第 %d 行的引号没有成对，或一格太长；改好后重新选择文件") % number
        raise Refused(reason, field="file") from fault


def _separator(text: str) -> str:
    """The one that the first rows hold most of."""
    head = "\n".join(text[:SAMPLE].splitlines()[:HEADING_WITHIN])
    return max(SEPARATORS, key=head.count)
