"""What files brought, and what a file is compared with."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers.models import BatchKind, ImportBatch, Inspector, StagedRow, Subject
from mingcha.domain.registers.states import BatchState

SUBJECT_FIELDS = (
    "name",
    "kind",
    "industry",
    "area",
    "address",
    "established_on",
    "is_foreign",
    "risk",
    "state",
    "warning",
)
INSPECTOR_FIELDS = ("name", "certificate_no", "certificate_until", "areas", "skills")


def batches_visible_to(user: User | AnonymousUser) -> QuerySet[ImportBatch]:
    """The imports of those departments."""
    return ImportBatch.objects.filter(department__in=reach(user, Permission.REGISTER_READ)).select_related(
        "department", "loaded_by"
    )


def changes_of(subject: Subject) -> QuerySet[StagedRow]:
    """What imports did to one firm, newest first."""
    return (
        StagedRow.objects.filter(code=subject.code, batch__region=subject.region, batch__state=BatchState.MERGED)
        .filter(batch__kind=BatchKind.SUBJECTS)
        .select_related("batch", "batch__loaded_by")
        .order_by("-batch__loaded_at", "-pk")
    )


def staged_rows(batch: ImportBatch, verdict: str = "") -> QuerySet[StagedRow]:
    """The rows of a file, all or those that do one thing to the register."""
    rows = StagedRow.objects.filter(batch=batch).order_by("line")
    return rows.filter(verdict=verdict) if verdict else rows


def names_of_departments(departments: Iterable[Department]) -> dict[str, str]:
    """Code, short name and full name of each → its code; a name that two of them share names neither."""
    named: dict[str, set[str]] = {}
    for department in departments:
        for name in (department.code, department.short_name, department.name):
            named.setdefault(name, set()).add(department.code)
    return {name: next(iter(codes)) for name, codes in named.items() if len(codes) == 1}


def certificate_holders(numbers: Collection[str]) -> dict[str, str]:
    """Certificate number → the roster code it is registered under."""
    return dict(Inspector.objects.filter(certificate_no__in=numbers).values_list("certificate_no", "code"))


def homes_of(codes: Collection[str]) -> dict[str, str]:
    """Roster code → its department's code."""
    return dict(Inspector.objects.filter(code__in=codes).values_list("code", "department__code"))


def known_subjects(region: Region, codes: Collection[str]) -> dict[str, dict[str, object]]:
    """What the register says now, in the form an import row has."""
    rows = Subject.objects.filter(region=region, code__in=codes).values(*SUBJECT_FIELDS, "code")
    return {str(row.pop("code")): _as_content(row) for row in rows}


def known_inspectors(codes: Collection[str]) -> dict[str, dict[str, object]]:
    """What the roster says now, in the form an import row has."""
    known = {}
    for row in Inspector.objects.filter(code__in=codes).values(*INSPECTOR_FIELDS, "code", "department__code"):
        code, row["department"] = str(row.pop("code")), row.pop("department__code")
        known[code] = _as_content(row)
    return known


def _as_content(row: dict[str, Any]) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
