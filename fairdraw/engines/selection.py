"""Section 4 as one query that every engine understands: the smallest tickets of each stratum."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from fairdraw.engines.workplace import Engine, EngineFailed
from fairdraw.notation import KEY
from fairdraw.rules import Stratum

ALL_TICKETS = "g"  # comes after every hex digit

# Fields are ASCII and engines compare them by bytes, hex digests sort as the digests do.
QUERY = """
SELECT stratum, object, area, needs, ticket FROM (
    SELECT stratum, object, area, needs, ticket, wanted,
           row_number() OVER (PARTITION BY stratum ORDER BY ticket, object) AS place
    FROM (
        SELECT frame.stratum, object, area, needs, bound, CAST(wanted AS INT) AS wanted,
               sha2(concat('{key}:', object), 256) AS ticket
        FROM frame JOIN limits ON frame.stratum = limits.stratum
    ) AS ticketed
    WHERE ticket < bound
) AS placed
WHERE place <= wanted
"""


class Selected(NamedTuple):
    """A row of the frame with its ticket, fields as they stand in the file."""

    stratum: str
    object: str
    area: str
    needs: str
    ticket: str


class _Limit(NamedTuple):
    """What is wanted of a stratum, and below which ticket it is looked for."""

    stratum: str
    bound: str
    wanted: int


def select(
    engine: Engine, folder: Path, strata: Mapping[str, Stratum], sizes: Mapping[str, int], key: str
) -> list[Selected]:
    """The rows that are drawn or reserves, in any order."""
    if KEY.fullmatch(key) is None:
        raise ValueError("a key is 32 hex characters")
    wanted = {
        code: min(stratum.take + stratum.reserve, sizes[code]) for code, stratum in strata.items() if code in sizes
    }
    limits = [_Limit(code, bound(number, sizes[code]), number) for code, number in wanted.items() if number]
    found = _below(engine, folder, limits, key)
    again = _too_few(found, limits)
    if again:
        kept = {limit.stratum for limit in again}
        found = [row for row in found if row.stratum not in kept] + _below(engine, folder, again, key)
        if _too_few(found, again):
            raise EngineFailed("fewer rows than the stratum has")
    return found


def bound(wanted: int, size: int) -> str:
    """A hex prefix below which, with six standard deviations to spare, more than `wanted` of `size` tickets lie.

    Only speed hangs on it: where it leaves too few, the stratum is asked for again without a bound.
    """
    share = (wanted + 6 * math.sqrt(wanted) + 10) / size
    return ALL_TICKETS if share >= 1 else f"{int(share * 2**64):016x}"


def _below(engine: Engine, folder: Path, limits: Iterable[_Limit], key: str) -> list[Selected]:
    content = "".join(f"{code}\t{limit}\t{wanted}\n" for code, limit, wanted in limits)
    if not content:
        return []
    file = folder / "limits.tsv"
    file.write_text(content)
    engine.table("limits", file, _Limit._fields)
    return [Selected(*row) for row in engine.rows(QUERY.format(key=key))]


def _too_few(found: Iterable[Selected], limits: Iterable[_Limit]) -> list[_Limit]:
    """The limits that did not give what is wanted, without their bound."""
    given = Counter(row.stratum for row in found)
    return [limit._replace(bound=ALL_TICKETS) for limit in limits if given[limit.stratum] < limit.wanted]
