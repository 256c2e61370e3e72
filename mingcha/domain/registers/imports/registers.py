"""The one entry: which register's file this is decides how its rows are checked."""

from collections.abc import Mapping
from datetime import date

from mingcha.domain.registers.imports.inspectors import check_clashes, doubt_inspector, settle_departments
from mingcha.domain.registers.imports.reading import Reading, check_rows, headings_of
from mingcha.domain.registers.imports.subjects import doubt_subject
from mingcha.domain.registers.models import BatchKind
from mingcha.domain.registers.rules import columns_of
from mingcha.kit.tabular import plain_heading, read_table


def read_register(
    kind: str,
    content: bytes,
    *,
    departments: Mapping[str, str],
    on: date,
    chosen: Mapping[str, str] | None = None,
) -> Reading:
    """Read a file and say everything that is wrong with it; Refused only when it is no such file at all."""
    columns = columns_of(kind)
    chosen = chosen or {}
    named = {plain_heading(heading) for heading in chosen}
    table = read_table(content, headings=headings_of(columns).keys() | named)
    if kind == BatchKind.SUBJECTS:
        return check_rows(table, columns, doubts=doubt_subject, chosen=chosen)
    reading = check_rows(table, columns, doubts=doubt_inspector(on), chosen=chosen)
    settle_departments(reading, departments)
    check_clashes(reading, departments)
    return reading
