"""The content of a filing as tables, whoever prepared it: its keys are the words that people read."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

Row = tuple[str, ...]
MOST_COLUMNS = 8
NARROWEST, WIDEST = 6, 20


class Sheet(NamedTuple):
    """One table: its name, its columns, its rows. Facts have no columns but label and value."""

    title: str
    header: Row
    rows: tuple[Row, ...]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row with its columns beside its cells, for narrow screens."""
        return [list(zip(self.header, row, strict=True)) for row in self.rows]

    @property
    def widths(self) -> list[int]:
        """How much room each column wants, by its longest words, within reason."""
        columns = zip(self.header, *self.rows, strict=True)
        return [min(max(*(len(cell) for cell in column), NARROWEST), WIDEST) for column in columns]

    @property
    def is_wide(self) -> bool:
        """Too many columns for a sheet of paper: each row is then a paragraph."""
        return len(self.header) > MOST_COLUMNS


def content_sheets(content: Mapping[str, object]) -> list[Sheet]:
    """Plain values first, as one table of facts; then a table for each list."""
    plain = {key: value for key, value in content.items() if not _is_table(value)}
    facts = tuple((str(key), words_of(value)) for key, value in plain.items())
    tables = [_table(str(key), value) for key, value in content.items() if _is_table(value)]
    return ([Sheet(_("备案内容"), (_("项目"), _("内容")), facts)] if facts else []) + tables


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping | list | tuple) for row in value)


def _table(title: str, value: object) -> Sheet:
    """Mappings share their keys as columns; of lists the first is the heading."""
    rows = value if isinstance(value, Sequence) else []
    if all(isinstance(row, Mapping) for row in rows):
        header = tuple(dict.fromkeys(str(key) for row in rows for key in row))
        return Sheet(title, header, tuple(tuple(words_of(row.get(key, "")) for key in header) for row in rows))
    lines = [tuple(words_of(cell) for cell in _cells(row)) for row in rows]
    width = max(len(line) for line in lines)
    level = [line + ("",) * (width - len(line)) for line in lines]
    return Sheet(title, level[0], tuple(level[1:]))


def _cells(row: object) -> Sequence[object]:
    return list(row.values()) if isinstance(row, Mapping) else row if isinstance(row, Sequence) else [row]


def words_of(value: object) -> str:
    """One value as text: yes and no, lists with their comma, nothing as a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Mapping):
        return _("；").join(f"{key}：{words_of(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return _("、").join(words_of(each) for each in value) or "—"
    return str(value)
