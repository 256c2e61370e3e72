"""What files brought, and what a file is compared with."""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers.models import (
    ColumnChoice,
    ImportBatch,
    Inspector,
    StagedInspector,
    StagedRow,
    StagedSubject,
    Subject,
    Verdict,
    staged_model,
)
from mingcha.domain.registers.states import BatchState
from mingcha.kit.bulk import fetch_among

Value = str | bool | int | None
FOLLOWING = frozenset({"search", "initials"})  # from the name: nobody wants to see them change
HELD = (BatchState.MERGED, BatchState.UNDOING)  # in the register: until it is taken back, it is not
UNDER_WAY = (BatchState.RECEIVED, BatchState.READING, BatchState.MERGING, BatchState.UNDOING)


class Known(NamedTuple):
    """What a register says of one code, and since when."""

    values: tuple[Value, ...]  # in the order of what its files can fill
    changed_at: datetime | str  # as the database gives it, to be compared with nothing but itself


def batches_visible_to(user: User | AnonymousUser) -> QuerySet[ImportBatch]:
    """The imports of those departments."""
    return ImportBatch.objects.filter(department__in=reach(user, Permission.REGISTER_READ)).select_related(
        "department", "region", "loaded_by", "asked_by"
    )


def batches_under_way() -> QuerySet[ImportBatch]:
    """What the worker has to go on with, the oldest first."""
    return ImportBatch.objects.filter(state__in=UNDER_WAY).order_by("loaded_at", "pk")


def imports_last_told() -> datetime | None:
    """When the trail last told of any import: received, read, asked to be merged, merged."""
    told = Entry.objects.filter(about__startswith=f"{ImportBatch._meta.label}:").order_by("-at")
    return told.values_list("at", flat=True).first()


def files_kept_since(before: datetime) -> QuerySet[ImportBatch]:
    """Imports that are over and still have their file, which came in before a moment."""
    over = (BatchState.MERGED, BatchState.UNDONE, BatchState.REFUSED, BatchState.DROPPED)
    return ImportBatch.objects.filter(state__in=over, loaded_at__lt=before).exclude(file="").order_by("pk")


def changes_of(entry: Subject | Inspector) -> list[StagedRow]:
    """What imports did to one entry, newest first; each row with `before`, the values it replaced."""
    rows: QuerySet[Any] = (
        StagedSubject.objects.filter(batch__region=entry.region)
        if isinstance(entry, Subject)
        else StagedInspector.objects.all()
    )
    rows = rows.filter(code=entry.code, batch__state__in=HELD).select_related("batch", "batch__loaded_by")
    former = {row.batch_id: row for row in rows if row.verdict == Verdict.FORMER}
    after = [row for row in rows if row.verdict in {Verdict.CREATED, Verdict.CHANGED}]
    for row in after:
        show_difference(row, former.get(row.batch_id))
    return sorted(after, key=lambda row: (row.batch.loaded_at, row.pk), reverse=True)


def show_difference(row: StagedRow, before: Model | None) -> None:
    """Give a row its `content`, and as `before` those of the former values that differ."""
    content = plain_values(row, row.kept())
    former = plain_values(before, row.kept()) if before is not None else {}
    changed = {key: former[key] for key in former if former[key] != content[key] and key not in FOLLOWING}
    row.content, row.before = content, changed


def plain_values(row: Model, columns: Iterable[str]) -> dict[str, Value]:
    """The values of some columns in the form a row of a file has."""
    return {column: plain_value(getattr(row, column)) for column in columns}


def plain_value(value: Any) -> Value:
    """A day as 2026-11-23, a list as JSON: what can be compared and written as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value


def names_of_departments(departments: Iterable[Department]) -> dict[str, str]:
    """Code, short name and full name of each → its code; a name that two of them share names neither."""
    named: dict[str, set[str]] = {}
    for department in departments:
        for name in (department.code, department.short_name, department.name):
            named.setdefault(name, set()).add(department.code)
    return {name: next(iter(codes)) for name, codes in named.items() if len(codes) == 1}


def remembered_columns(department: Department, kind: str, headings: str) -> dict[str, str]:
    """How this department said last time which heading of such a file is which column."""
    chosen = ColumnChoice.objects.filter(department=department, kind=kind, headings=headings).first()
    return dict(chosen.columns) if chosen is not None else {}


def certificate_holders(numbers: Collection[str]) -> dict[str, str]:
    """Certificate number → the roster code it is registered under."""
    return dict(Inspector.objects.filter(certificate_no__in=numbers).values_list("certificate_no", "code"))


def homes_of(codes: Collection[str]) -> dict[str, str]:
    """Roster code → its department's code."""
    return dict(Inspector.objects.filter(code__in=codes).values_list("code", "department__code"))


def lines_staged(batch: ImportBatch, codes: Collection[str]) -> dict[str, int]:
    """Code → the first line of this file on which it stood already."""
    rows = fetch_among(staged_model(batch.kind), ("code", "line"), values=codes, of="code", batch_id=batch.pk)
    return dict(sorted(rows, reverse=True))  # the last of a code is its first line, and stays


def certificates_staged(batch: ImportBatch, numbers: Collection[str]) -> dict[str, int]:
    """Certificate number → the line of this file on which it stood already."""
    rows = StagedInspector.objects.filter(batch=batch, certificate_no__in=numbers)
    return dict(rows.values_list("certificate_no", "line"))


def known_subjects(region: Region, codes: Collection[str]) -> dict[str, Known]:
    """What the register says now."""
    columns = StagedSubject.kept()
    rows = fetch_among(Subject, ("code", "changed_at", *columns), values=codes, of="code", region_id=region.pk)
    return {code: Known(tuple(map(plain_value, values)), changed_at) for code, changed_at, *values in rows}


def known_inspectors(codes: Collection[str]) -> dict[str, Known]:
    """What the roster says now."""
    columns = StagedInspector.kept()
    rows = Inspector.objects.filter(code__in=codes).values_list("code", "changed_at", *columns)
    return {code: Known(tuple(map(plain_value, values)), changed_at) for code, changed_at, *values in rows}
