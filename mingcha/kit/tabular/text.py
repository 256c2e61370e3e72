"""CSV as offices save it: four encodings, three separators, sometimes packed. Read twice and never held whole."""

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused
from mingcha.kit.tabular.table import HEADING_WITHIN, Limits, Line

SAMPLE = 100_000
BLOCK = 2**20
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_CONTROL = 0.005
MOST_BROKEN = 0.02  # of the lines of a text may hold bytes that nobody can read
UTF16_SHARE = 0.15
SEPARATORS = ",\t;"
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Encoding:
    """How bytes become text; where `errors` is not strict, unreadable bytes become lone surrogates, row by row."""

    codec: str
    name: str
    errors: str = "strict"


class Unpacking(io.RawIOBase):
    """What a .gz holds, as a stream that refuses to grow beyond the limit."""

    def __init__(self, packed: IO[bytes], limits: Limits) -> None:
        self._file, self._left, self._limits = gzip.GzipFile(fileobj=packed), limits.unpacked, limits

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # any writable buffer
        try:
            plain = self._file.read(len(buffer))
        except EOFError as fault:
            raise Refused(_("压缩文件不完整，重新压缩或直接选 CSV"), field="file") from fault
        except (zlib.error, OSError) as fault:
            raise Refused(_("压缩文件已损坏，重新压缩或直接选 CSV"), field="file") from fault
        self._left -= len(plain)
        if self._left < 0:
            raise Refused(_("解压后超过 %d MB，分成几个文件导入") % (self._limits.unpacked // 2**20), field="file")
        buffer[: len(plain)] = plain
        return len(plain)


def plain_bytes(source: IO[bytes], *, limits: Limits) -> IO[bytes]:
    """The file from its beginning, unpacked when it is packed."""
    source.seek(0)
    packed = source.read(len(GZIP)) == GZIP
    source.seek(0)
    if packed:
        return io.BufferedReader(Unpacking(source, limits), BLOCK)
    return source


def encoding_of(source: IO[bytes], *, limits: Limits) -> Encoding:
    """Read the whole file once to find out; a text with a few unreadable rows is taken, those rows are not."""
    sample = plain_bytes(source, limits=limits).read(SAMPLE)
    candidates = _candidates(sample)
    for encoding in candidates:
        try:
            _look_through(plain_bytes(source, limits=limits), encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    for encoding in candidates:
        if _mostly_readable(plain_bytes(source, limits=limits), encoding):
            return Encoding(encoding.codec, encoding.name, "surrogateescape")
    raise Refused(_("不是 UTF-8、GB18030 或 UTF-16 编码的文本，用表格软件另存为 XLSX 后重新选择"), field="file")


def _candidates(sample: bytes) -> list[Encoding]:
    """What to try, in order."""
    if sample.startswith(codecs.BOM_UTF8):
        return [Encoding("utf-8-sig", "UTF-8 BOM")]
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [Encoding("utf-16", "UTF-16")]
    if sample.count(0) > len(sample) * UTF16_SHARE:
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return [Encoding("utf-16-le" if little else "utf-16-be", "UTF-16")]
    return [Encoding("utf-8", "UTF-8"), Encoding("gb18030", "GB18030")]


def _look_through(plain: IO[bytes], encoding: Encoding) -> None:
    """Every byte becomes a character, no character is one that no table holds."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    lines, looked = 1, 0
    while block := plain.read(BLOCK):
        text = decoder.decode(block)
        if not looked and len(CONTROL.findall(text[:SAMPLE])) > len(text[:SAMPLE]) * MOST_CONTROL:
            raise Refused(_("文件内容不是表格，选择 XLSX、XLS 或 CSV 文件"), field="file")
        if "\0" in text:
            line = lines + text.count("\n", 0, text.index("\0"))
            raise Refused(_("第 %d 行有空字符（NUL），用表格软件另存为 XLSX 后重新选择") % line, field="file")
        lines += text.count("\n")
        looked += len(text)
    decoder.decode(b"", final=True)


def _mostly_readable(plain: IO[bytes], encoding: Encoding) -> bool:
    """Only a few lines do not decode: neither encoding uses the line feed inside a character."""
    lines = broken = 0
    for line in plain:
        lines += 1
        try:
            line.decode(encoding.codec)
        except UnicodeDecodeError:
            broken += 1
    return encoding.codec in {"utf-8", "utf-8-sig", "gb18030"} and broken <= max(1, lines * MOST_BROKEN) and lines > 1


def csv_lines(source: IO[bytes], encoding: Encoding, *, limits: Limits) -> Iterator[Line]:
    """Its rows; a row that spans lines has the number of its first line."""
    head = _text(source, encoding, limits).read(SAMPLE)
    file = _text(source, encoding, limits)
    reader = csv.reader(file, delimiter=_separator(head), strict=True)
    number = 1
    try:
        for row in reader:
            yield Line(number, tuple(row))
            number = reader.line_num + 1
    except csv.Error as fault:
        reason = _("第 %d 行的引号没有成对，或一格太长；改好后重新选择文件") % number
        raise Refused(reason, field="file") from fault
    finally:
        file.detach()


def _text(source: IO[bytes], encoding: Encoding, limits: Limits) -> io.TextIOWrapper:
    plain = plain_bytes(source, limits=limits)
    return io.TextIOWrapper(_Open(plain), encoding.codec, errors=encoding.errors, newline="")  # type: ignore[arg-type]


class _Open(io.BufferedIOBase):
    """A stream that is read, never closed, by whoever reads its text: the file belongs to the caller."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def read1(self, size: int = -1) -> bytes:
        return self._stream.read(size)


def _separator(head: str) -> str:
    """The one that the first rows hold most of."""
    first = "\n".join(head.splitlines()[:HEADING_WITHIN])
    return max(SEPARATORS, key=first.count)
