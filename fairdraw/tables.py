"""The tab-separated tables of section 1: strict reading and writing, told apart only by their columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import lt
from typing import Any, Generic, NamedTuple, TypeVar

from fairdraw.errors import Refused
from fairdraw.notation import NONE, NUMBER, is_identifier

EVERYWHERE = "*"

_ALLOWED = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-*,\t\n"
_BATCH = 2**20  # bytes of a table looked at together: column by column is fast, everything at once is large


class Column(NamedTuple):
    """How one column is read; `read` raises ValueError when the field does not hold."""

    label: str
    read: Callable[[str], object]
    expected: str


def _identifier(field: str) -> str:
    if not is_identifier(field):
        raise ValueError
    return field


def _identifier_or_none(field: str) -> str | None:
    return None if field == NONE else _identifier(field)


def _number(field: str) -> int:
    if NUMBER.fullmatch(field) is None:
        raise ValueError
    return int(field)


def _positive_number(field: str) -> int:
    if field == "0":
        raise ValueError
    return _number(field)


def _list(field: str) -> tuple[str, ...]:
    values = tuple(map(_identifier, field.split(",")))
    if len(set(values)) != len(values):
        raise ValueError
    return values


def _list_or_none(field: str) -> tuple[str, ...]:
    return () if field == NONE else _list(field)


def _list_or_everywhere(field: str) -> tuple[str, ...]:
    return (EVERYWHERE,) if field == EVERYWHERE else _list(field)


_CODE = "应为 1 至 64 个数字、英文字母、点、下划线、连字符组成的代码"


def code_column(label: str) -> Column:
    return Column(label, _identifier, _CODE)


def optional_code_column(label: str) -> Column:
    return Column(label, _identifier_or_none, f"{_CODE}，没有时写 -")


def list_column(label: str) -> Column:
    return Column(label, _list_or_none, "应为逗号分隔、不重复的代码，没有时写 -")


def areas_column(label: str) -> Column:
    return Column(label, _list_or_everywhere, "应为逗号分隔、不重复的代码，不限时写 *")


def number_column(label: str) -> Column:
    return Column(label, _number, "应为 0 至 999999 的整数，不带前导零")


def positive_column(label: str) -> Column:
    return Column(label, _positive_number, "应为 1 至 999999 的整数，不带前导零")


class _Known(dict[str, object]):
    """Each different field is checked and converted once, then shared by all its rows."""

    def __init__(self, read: Callable[[str], object]) -> None:
        self._read = read

    def __missing__(self, field: str) -> object:
        value = self[field] = self._read(field)
        return value


Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class Table(Generic[Row]):
    """One of the four tables: its file name, its columns and the type of its rows."""

    name: str
    row: type[Row]
    columns: tuple[Column, ...]
    unique_first: bool = True

    def read(self, content: bytes) -> list[Row]:
        """The rows of a file in its order; anything section 1 does not allow is refused with its line."""
        self._check_bytes(content)
        known = [_Known(column.read) for column in self.columns]
        rows: list[Row] = []
        last: tuple[str, ...] = ()
        for lines in _batches(content):
            fields = [tuple(line.split("\t")) for line in lines]
            self._check_width(fields, len(rows))
            self._check_order([last, *fields], len(rows))
            last = fields[-1]
            rows.extend(self._convert(fields, known, len(rows)))
        return rows

    def write(self, rows: Iterable[Row]) -> bytes:
        """The file of these rows in any order; comma lists keep the order they are given in."""
        fields = sorted(tuple(map(_written, row)) for row in rows)
        self._check_width(fields, 0)
        self._check_order([(), *fields], 0)
        self._convert(fields, [_Known(column.read) for column in self.columns], 0)
        return "".join("\t".join(row) + "\n" for row in fields).encode()

    def _check_bytes(self, content: bytes) -> None:
        if not content:
            return
        if not content.endswith(b"\n"):
            raise Refused(f"{self.name}：最后一行没有以换行（LF）结束，文件可能不完整。")
        foreign = content.translate(None, _ALLOWED)
        if foreign:
            line = content.count(b"\n", 0, content.index(foreign[:1])) + 1
            raise Refused(f"{self.name} 第 {line} 行：含有字节 0x{foreign[0]:02x}，表中只能有代码、数字、制表符和 LF。")

    def _check_width(self, fields: Sequence[tuple[str, ...]], before: int) -> None:
        width = len(self.columns)
        if any(len(row) != width for row in fields):
            line = next(number for number, row in enumerate(fields, before + 1) if len(row) != width)
            raise Refused(f"{self.name} 第 {line} 行：应有 {width} 列，以制表符分隔。")

    def _check_order(self, fields: Sequence[tuple[str, ...]], before: int) -> None:
        """Each row (the first is the one before) comes after its predecessor, by its first field if that is unique."""
        keys = [row[:1] for row in fields] if self.unique_first else fields
        if not all(map(lt, keys, keys[1:])):
            line = next(number for number, (one, two) in enumerate(pairwise(keys), 1) if one >= two)
            word = "重复" if keys[line - 1] == keys[line] else "没有按字节升序排列"
            raise Refused(f"{self.name} 第 {before + line} 行：与上一行相比{word}。")

    def _convert(self, fields: Sequence[tuple[str, ...]], known: Sequence[_Known], before: int) -> list[Row]:
        if not fields:
            return []
        try:
            converted = [
                list(map(values.__getitem__, column))
                for values, column in zip(known, zip(*fields, strict=True), strict=True)
            ]
        except ValueError:
            raise self._located(fields, before) from None
        return [self.row(*values) for values in zip(*converted, strict=True)]

    def _located(self, fields: Sequence[tuple[str, ...]], before: int) -> Refused:
        for line, row in enumerate(fields, before + 1):
            for column, field in zip(self.columns, row, strict=True):
                try:
                    column.read(field)
                except ValueError:
                    return Refused(f"{self.name} 第 {line} 行：{column.label}{column.expected}。")
        raise AssertionError("only called for a field that does not hold")


def _written(value: object) -> str:
    """A value of a row as its field."""
    if isinstance(value, tuple):
        return ",".join(value) or NONE
    return NONE if value is None else str(value)


def _batches(content: bytes) -> Iterator[list[str]]:
    """The lines of a file, about a MiB at a time."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + _BATCH) + 1 or len(content)
        yield content[start : end - 1].decode("ascii").split("\n")
        start = end
