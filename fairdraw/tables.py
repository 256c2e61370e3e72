"""The tab-separated tables of section 1: strict reading and writing, told apart only by their columns.

Tables may have millions of rows, so they are checked and kept column by column; a row is made when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from operator import lt
from typing import Any, Generic, NamedTuple, TypeVar, overload

from fairdraw.errors import Refused
from fairdraw.notation import LONGEST_IDENTIFIER, NONE, NUMBER, is_identifier

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


class Rows(Sequence[Row], Generic[Row]):
    """The rows of a table, kept as columns."""

    def __init__(self, row: type[Row], columns: Sequence[list[Any]]) -> None:
        self._row = row
        self._columns = columns

    def column(self, number: int) -> list[Any]:
        """All values of one column, in the order of the rows."""
        return self._columns[number]

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(*values) for values in zip(*(column[index] for column in self._columns), strict=True)]
        return self._row(*(column[index] for column in self._columns))

    def __iter__(self) -> Iterator[Row]:
        return (self._row(*values) for values in zip(*self._columns, strict=True))


@dataclass(frozen=True)
class Table(Generic[Row]):
    """One of the four tables: its file name, its columns and the type of its rows."""

    name: str
    row: type[Row]
    columns: tuple[Column, ...]
    unique_first: bool = True

    def read(self, content: bytes) -> Rows[Row]:
        """The rows of a file in its order; anything section 1 does not allow is refused with its line."""
        self._check_bytes(content)
        known = [_Known(column.read) for column in self.columns]
        read: list[list[object]] = [[] for _ in self.columns]
        last = ""
        for lines in _batches(content):
            before = len(read[0])
            self._check_width(lines, before)
            fields = "\t".join(lines).split("\t")
            columns = [fields[number :: len(self.columns)] for number in range(len(self.columns))]
            keys = columns[0] if self.unique_first else lines
            self._check_order([last, *keys], before)
            last = keys[-1]
            for all_values, values in zip(read, self._convert(columns, known, before), strict=True):
                all_values.extend(values)
        return Rows(self.row, read)

    def write(self, rows: Iterable[Row]) -> bytes:
        """The file of these rows in any order; comma lists keep the order they are given in."""
        fields = sorted(tuple(map(_written, row)) for row in rows)
        content = "".join("\t".join(row) + "\n" for row in fields).encode(errors="surrogatepass")
        if len(self.read(content)) != len(fields):
            raise Refused(f"{self.name}：有字段含换行。")
        return content

    def _check_bytes(self, content: bytes) -> None:
        if content and not content.endswith(b"\n"):
            raise Refused(f"{self.name}：最后一行没有以换行（LF）结束，文件可能不完整。")
        foreign = content.translate(None, _ALLOWED)
        if foreign:
            line = content.count(b"\n", 0, content.index(foreign[:1])) + 1
            raise Refused(f"{self.name} 第 {line} 行：含有字节 0x{foreign[0]:02x}，表中只能有代码、数字、制表符和 LF。")

    def _check_width(self, lines: Sequence[str], before: int) -> None:
        tabs = len(self.columns) - 1
        if set(map(str.count, lines, repeat("\t"))) != {tabs}:
            line = next(number for number, text in enumerate(lines, before + 1) if text.count("\t") != tabs)
            raise Refused(f"{self.name} 第 {line} 行：应有 {tabs + 1} 列，以制表符分隔。")

    def _check_order(self, keys: Sequence[str], before: int) -> None:
        """Each key (the first is the last one before) comes after its predecessor.

        The tab sorts before every character of a field, so whole lines sort as their fields do.
        """
        if not all(map(lt, keys, keys[1:])):
            line = next(number for number, (one, two) in enumerate(pairwise(keys), 1) if one >= two)
            word = "重复" if keys[line - 1] == keys[line] else "没有按字节升序排列"
            raise Refused(f"{self.name} 第 {before + line} 行：与上一行相比{word}。")

    def _convert(
        self, columns: Sequence[list[str]], known: Sequence[_Known], before: int
    ) -> Iterator[Iterable[object]]:
        for number, (values, column) in enumerate(zip(known, columns, strict=True)):
            if number == 0 and _all_identifiers(column):
                yield column
                continue
            try:
                yield list(map(values.__getitem__, column))
            except ValueError:
                raise self._located(self.columns[number], column, before) from None

    def _located(self, column: Column, fields: Sequence[str], before: int) -> Refused:
        for line, field in enumerate(fields, before + 1):
            try:
                column.read(field)
            except ValueError:
                return Refused(f"{self.name} 第 {line} 行：{column.label}{column.expected}。")
        raise AssertionError("only called for a field that does not hold")


def _all_identifiers(fields: Sequence[str]) -> bool:
    """Whether all are identifiers, for fields of which only the allowed bytes are known; far faster than one by one."""
    joined = "".join(fields)
    if EVERYWHERE in joined or "," in joined or NONE in fields:
        return False
    return bool(min(map(len, fields))) and max(map(len, fields)) <= LONGEST_IDENTIFIER


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
