"""The content of a filing as tables, whoever prepared it: its keys are the words that people read."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.filings.queries.form.order import columns_of, parts_of

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
    """Plain values first, as one table of facts; then a table for each list. Never in the order of the stored keys."""
    parts = [(key, content[key]) for key in parts_of(content)]
    facts = tuple((key, words_of(value)) for key, value in parts if not _is_table(value))
    tables = [_table(key, value) for key, value in parts if _is_table(value)]
    return ([Sheet(_("备案内容"), (_("项目"), _("内容")), facts)] if facts else []) + tables


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping | list | tuple) for row in value)


def _table(title: str, value: object) -> Sheet:
    """Mappings share their keys as columns; of lists the first is the heading."""
    rows = value if isinstance(value, Sequence) else []
    if all(isinstance(row, Mapping) for row in rows):
        header = tuple(columns_of(title, (str(key) for row in rows for key in row)))
        return Sheet(title, header, tuple(tuple(words_of(row.get(key, "")) for key in header) for row in rows))
    lines = [tuple(words_of(cell) for cell in _cells(title, row)) for row in rows]
    width = max(len(line) for line in lines)
    level = [line + ("",) * (width - len(line)) for line in lines]
    return Sheet(title, level[0], tuple(level[1:]))


def _cells(title: str, row: object) -> Sequence[object]:
    if isinstance(row, Mapping):
        return [row[key] for key in columns_of(title, row)]
    return row if isinstance(row, Sequence) else [row]


def words_of(value: object) -> str:
    """One value as text: yes and no, lists with their comma, nothing as a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Mapping):
        return _("；").join(f"{key}：{words_of(each)}" for key, each in sorted(value.items()))
    if isinstance(value, list | tuple):
        return _("、").join(words_of(each) for each in value) or "—"
    return str(value)
