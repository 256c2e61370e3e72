"""The platform's own tables, filled with invented firms: a million names, multiplied inside the database."""

from collections.abc import Callable
from itertools import islice

from django.db import connection, transaction

from benchmarks.found.invented import REGIONS, region_of, seeds
from mingcha.domain.organisation.models import Region

SEEDS = 1_000_000
# `n` counts the rows. Codes run in another order than the rows do, as in any real file; no firm is real.
COPIES = """
INSERT INTO registers_subject (code, region_id, name, code_type, category, kind, industry, area, address,
    established_on, is_foreign, risk, state, warning, contact, phone, source, verified_on, search, initials, changed_at)
SELECT '91' || region || (1000000000 + n * 7654321 % 999999937), region, name, 'USCC',
    CASE WHEN n % 10000 = 7 THEN 'VEHICLE' WHEN n % 3 = 0 THEN 'TRADER' ELSE 'ENTERPRISE' END,
    '', 'F' || (5100 + n % 97), region || (100 + n % 17), '示范大道' || (n % 9973) || '号', NULL, n % 200 = 3,
    CASE WHEN n % 100 = 1 THEN 'D' WHEN n % 100 < 8 THEN 'C' WHEN n % 100 < 70 THEN 'B' ELSE 'A' END,
    CASE WHEN n % 4 = 1 THEN 'CLOSED' WHEN n % 1000 = 2 THEN 'STALE' ELSE 'OPEN' END,
    '', '', '', '', NULL, search, initials, {moment}
FROM (SELECT seed.n * {copies} + copy AS n, region, name, search, initials FROM seed CROSS JOIN {numbers}) AS rows
"""
IN_POSTGRES = {
    "moment": "timestamptz '2026-01-05 09:00+08' + n % 300 * interval '1 day'",
    "numbers": "generate_series(0, {copies} - 1) AS numbers(copy)",
}
IN_SQLITE = {"moment": "'2026-01-05 01:00:00'", "numbers": "(SELECT 0 AS copy) AS numbers"}
SEED_TABLE = "CREATE TEMPORARY TABLE seed (n bigint, region text, name text, search text, initials text)"


def fill(rows: int, tell: Callable[[str], None]) -> None:
    """So many rows; on PostgreSQL the indexes are made afterwards, which takes a third of the time."""
    regions = [Region(code="990000", name="明察示范省", level="province")]
    regions += [Region(code=code, name=f"{name}县", level="county") for code, name in map(region_of, range(REGIONS))]
    Region.objects.bulk_create(regions)
    if connection.vendor == "postgresql":
        _fill_postgres(rows, tell)
    else:
        _fill_sqlite(rows)


def _fill_postgres(rows: int, tell: Callable[[str], None]) -> None:
    count = min(rows, SEEDS)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'; SET session_replication_role = replica")
        cursor.execute(SEED_TABLE)
        with cursor.copy("COPY seed FROM STDIN") as copy:
            for number, seed in enumerate(seeds(count)):
                copy.write_row((number, *seed))
        tell("names made")
        again = _without_indexes(cursor)
        numbers = IN_POSTGRES["numbers"].format(copies=rows // count)
        cursor.execute(COPIES.format(copies=rows // count, moment=IN_POSTGRES["moment"], numbers=numbers))
        tell(f"{cursor.rowcount:,} rows inserted")
        for statement in again:
            cursor.execute(statement)
        tell("indexes made")
        cursor.execute("SET session_replication_role = DEFAULT; DROP TABLE seed")
        cursor.execute("VACUUM ANALYZE registers_subject")
        tell("vacuumed and analysed")


def _without_indexes(cursor) -> list[str]:
    """Take away every index but the primary key's; returns the statements that make them again."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = 'registers_subject'::regclass AND contype = 'u'"
    )
    again = []
    for name, definition in cursor.fetchall():
        again.append(f"ALTER TABLE registers_subject ADD CONSTRAINT {name} {definition}")
        cursor.execute(f"ALTER TABLE registers_subject DROP CONSTRAINT {name}")
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = 'registers_subject' AND indexname <> 'registers_subject_pkey'"
    )
    for name, definition in cursor.fetchall():
        again.append(definition)
        cursor.execute(f"DROP INDEX {name}")
    again.append("ALTER INDEX registers_subject_words ALTER COLUMN 1 SET STATISTICS 1000")
    return again


def _fill_sqlite(rows: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEED_TABLE)
        numbered = ((number, *seed) for number, seed in enumerate(seeds(rows)))
        while chunk := list(islice(numbered, 10_000)):
            cursor.executemany("INSERT INTO seed VALUES (%s, %s, %s, %s, %s)", chunk)
        cursor.execute(COPIES.format(copies=1, **IN_SQLITE))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
