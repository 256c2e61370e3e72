"""Section 2 for tables of millions of rows: shown to hold column by column, or left to the reference.

Nothing is refused here. Each check is at least as strict as the reference; whoever does not pass is read by the
reference from the start, and what it says counts. So no bundle gets a result that the reference would refuse.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fairdraw.engines.in_duckdb import InDuckDB
from fairdraw.frame import BARRED, EXCLUDED, FRAME, ROSTER, BarredRow, ExcludedRow, FrameRow, RosterRow
from fairdraw.notation import LONGEST_IDENTIFIER, digest_of
from fairdraw.rules import TEAM, Rules, TeamMode, team_like
from fairdraw.tables import Column, Rows, Table

_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-*,\t\n"

_ORDER = """
SELECT count(*) FROM (SELECT object, lag(object) OVER () AS before FROM {table}) AS ordered WHERE before >= object
"""
# Each combination of the fields after the first: its rows, its bytes with the tab or LF after each field, and how
# many of its objects are no identifier or look like a team.
_GROUPS = f"""
SELECT {{others}}, count(*), sum({{bytes}}), count(*) FILTER (WHERE
    strlen(object) NOT BETWEEN 1 AND {LONGEST_IDENTIFIER} OR object = '-' OR contains(object, ',')
    OR contains(object, '*') OR regexp_full_match(object, 'T[0-9]{{{{3,}}}}'))
FROM {{table}} GROUP BY {{others}}
"""


class Doubtful(Exception):
    """The engine could not show that the files are sound; the reference has to read them."""


def expect(holds: bool) -> None:
    """Raises Doubtful unless it holds."""
    if not holds:
        raise Doubtful


def check_bytes(files: Mapping[str, bytes], rules: Rules) -> None:
    """Digests, numbers of rows, and no byte that an engine could take for a quote, an escape or a line end."""
    for name, note in rules.files.items():
        content = files[f"{name}.tsv"]
        expect(content.count(b"\n") == note.rows and digest_of(content) == note.sha256)
        expect(not content.translate(None, _ALPHABET) and (not content or content.endswith(b"\n")))


def check_objects(duckdb: InDuckDB, files: Mapping[str, bytes], rules: Rules) -> dict[str, int]:
    """Frame and excluded objects line by line and against the rules; the size of each stratum, sorted."""
    sizes: Counter[str] = Counter()
    for stratum, _, _, rows in _groups(duckdb, FRAME, FrameRow._fields, files["frame.tsv"]):
        sizes[stratum] += rows
    expect(all(code in rules.strata and rules.strata[code].take <= size for code, size in sizes.items()))
    _groups(duckdb, EXCLUDED, ExcludedRow._fields, files["excluded.tsv"])
    # The smaller table second: it is the one that is kept in memory.
    less, more = sorted(("frame", "excluded"), key=lambda name: len(files[f"{name}.tsv"]))
    if files[f"{less}.tsv"]:
        expect(duckdb.rows(f"SELECT count(*) FROM {more} WHERE object IN (SELECT object FROM {less})") == [(0,)])
    return dict(sorted(sizes.items()))


def check_people(duckdb: InDuckDB, files: Mapping[str, bytes], rules: Rules) -> tuple[Rows[RosterRow], Rows[BarredRow]]:
    """The roster and the conflicts, which are small: read by the reference, then held against the large tables."""
    roster, barred = ROSTER.read(files["roster.tsv"]), BARRED.read(files["barred.tsv"])
    people = Counter(row.role for row in roster)
    expect(TEAM not in people and not any(map(team_like, roster.column(0))))
    mode = rules.assignment
    if isinstance(mode, TeamMode):
        expect(all(people[role] >= need * mode.teams for role, need in mode.roles.items()))
    expect(set(barred.column(1)).issubset(roster.column(0)))
    if barred:
        objects = duckdb.rows(
            " UNION ".join(
                f"SELECT object FROM {name} WHERE object IN (SELECT object FROM barred)"
                for name in ("frame", "excluded")
                if files[f"{name}.tsv"]
            )
        )
        expect(len(objects) == len(set(barred.column(0))))
    return roster, barred


def _groups(duckdb: InDuckDB, table: Table[Any], columns: Sequence[str], content: bytes) -> list[tuple[Any, ...]]:
    """Each combination of the fields after the first, with its number of rows, of a table in which all is sound."""
    if not content:
        return []
    name = table.name.removesuffix(".tsv")
    expect(duckdb.rows(_ORDER.format(table=name)) == [(0,)])
    account = " + ".join(f"strlen({column}) + 1" for column in columns)
    groups = duckdb.rows(_GROUPS.format(table=name, others=", ".join(columns[1:]), bytes=account))
    rows, bytes_read, odd = (sum(numbers) for numbers in list(zip(*groups, strict=True))[-3:])
    # Every LF is the end of a row and every byte belongs to one, so the engine read what the bytes say.
    expect((rows, bytes_read, odd) == (content.count(b"\n"), len(content), 0))
    for number, column in enumerate(table.columns[1:]):
        for field in {group[number] for group in groups}:
            _check_field(column, field)
    return [group[:-2] for group in groups]


def _check_field(column: Column, field: str) -> None:
    try:
        column.read(field)
    except ValueError:
        raise Doubtful from None
