"""Writing 自由裁量权基准: a new wording ends the one before it and keeps it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import Discretion, Law
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.rules import discretion as rules
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def write_benchmarks(
    department: Department,
    *,
    item_code: str,
    violation: str,
    degrees: rules.Degrees,
    law: Law,
    article: str,
    since: date,
    by: User,
    at: datetime,
) -> list[Discretion]:
    """Say what the degrees of one violation entail from a day on; a degree left empty stops on that day."""
    require(by, Permission.CATALOGUE_EDIT, within=department)
    department = locked(department)
    violation, article = violation.strip(), article.strip()
    listed = set(items_in_force(department=department).values_list("code", flat=True))
    rules.check_benchmark(
        item_code=item_code, listed=listed, violation=violation, law=law, article=article, since=since
    )
    wanted = rules.degrees_of(degrees)
    present = Discretion.objects.filter(department=department, item_code=item_code, violation=violation, until=None)
    replaced = [row for row in present if _words(row) != (*wanted.get(row.circumstance, ()), law.pk, article)]
    rules.check_follows(replaced, since=since)
    _end(replaced, on=since)
    staying = {row.circumstance for row in present} - {row.circumstance for row in replaced}
    fresh = {key: words for key, words in wanted.items() if key not in staying}
    about = {"department": department, "item_code": item_code, "violation": violation, "since": since}
    written = _rows(fresh, law=law, article=article, **about)
    if written or replaced:
        Discretion.objects.bulk_create(written)
        details: dict[str, object] = {"item": item_code, "violation": violation, "law": law.title, "article": article}
        details |= {"since": since.isoformat(), "written": len(written), "ended": len(replaced)}
        record("catalogue.benchmarks_written", department, by=by, at=at, details=details)
    return written


def _rows(degrees: rules.Degrees, **about: Any) -> list[Discretion]:
    return [
        Discretion(circumstance=circumstance, description=description, range_text=entailed, **about)
        for circumstance, (description, entailed) in degrees.items()
    ]


def _end(rows: Sequence[Discretion], *, on: date) -> None:
    for row in rows:
        row.until = on
        row.save(update_fields=["until"])


def _words(row: Discretion) -> tuple[str | int, ...]:
    """What a wording is compared by."""
    return row.description, row.range_text, row.law_id, row.article


@action
def end_benchmark(row: Discretion, *, on: date, by: User, at: datetime) -> Discretion:
    """Stop a benchmark without another in its place; it stays to be read."""
    require(by, Permission.CATALOGUE_EDIT, within=row.department)
    row = locked(row)
    rules.check_endable(row, on=on)
    _end([row], on=on)
    details = {"item": row.item_code, "violation": row.violation, "circumstance": row.circumstance}
    record("catalogue.benchmark_ended", row.department, by=by, at=at, details={**details, "on": on.isoformat()})
    return row
