"""What the registers can be asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Department, Region, Role, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import holders_of
from mingcha.domain.registers.models import Avoidance, BatchKind, ImportBatch, Inspector, StagedRow, Subject, VisitNote
from mingcha.domain.registers.states import BatchState, InspectorState, SubjectState
from mingcha.kit.actors import Acting

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


@dataclass(frozen=True)
class Totals:
    """How many there are, as the public sees it."""

    subjects: int
    inspectors: int


def subjects_visible_to(user: User | AnonymousUser) -> QuerySet[Subject]:
    """The subjects of the regions a person's reading reaches."""
    codes = reach(user, Permission.REGISTER_READ).values_list("region", flat=True).distinct()
    wanted = Q(pk__in=[])
    for region in Region.objects.filter(pk__in=list(codes)):
        wanted |= Q(region__code__startswith=region.prefix)
    return Subject.objects.filter(wanted)


def inspectors_visible_to(user: User | AnonymousUser) -> QuerySet[Inspector]:
    """The people of the departments a person's reading reaches."""
    return Inspector.objects.filter(department__in=reach(user, Permission.REGISTER_READ)).select_related("department")


def batches_visible_to(user: User | AnonymousUser) -> QuerySet[ImportBatch]:
    """The imports of those departments."""
    return ImportBatch.objects.filter(department__in=reach(user, Permission.REGISTER_READ)).select_related(
        "department", "loaded_by"
    )


def open_subjects(region: Region) -> QuerySet[Subject]:
    """Whoever can be drawn in a region, each firm once."""
    return _once_in(region).filter(state=SubjectState.OPEN)


def closed_subjects(region: Region) -> QuerySet[Subject]:
    """Whoever cannot be drawn because the register says it has ended."""
    return _once_in(region).filter(state=SubjectState.CLOSED)


def firm_in(region: Region, code: str) -> Subject | None:
    """The entry by which draws of a region know a firm."""
    return _once_in(region).filter(code=code).first()


def _once_in(region: Region) -> QuerySet[Subject]:
    """A firm in a city's register and again in its county's counts once; what the wider register says holds."""
    inside = Subject.objects.filter(region__code__startswith=region.prefix)
    if region.prefix == region.code:
        return inside
    wider = inside.filter(code=OuterRef("code"), region__code__lt=OuterRef("region__code"))
    return inside.filter(~Exists(wider))


def certified_inspectors(departments: Iterable[Department], *, on: date, until: date) -> QuerySet[Inspector]:
    """In the register and certified from the draw to the end of the inspections (行政处罚法 §42)."""
    return Inspector.objects.filter(
        department__in=list(departments), state=InspectorState.ACTIVE, certificate_until__gte=max(on, until)
    ).select_related("department")


def uncertified_inspectors(departments: Iterable[Department], *, on: date, until: date) -> QuerySet[Inspector]:
    """The others, so that a page can say who stays outside and why."""
    departments = list(departments)
    certified = certified_inspectors(departments, on=on, until=until)
    return Inspector.objects.filter(department__in=departments).exclude(pk__in=certified.values("pk"))


def avoidances_among(region: Region, inspectors: Iterable[Inspector]) -> QuerySet[Avoidance]:
    """Who must not meet whom, among the subjects of a region and these people."""
    return Avoidance.objects.filter(
        subject__region__code__startswith=region.prefix, inspector__in=list(inspectors)
    ).select_related("subject", "inspector")


def notes_since(region: Region, item_codes: Collection[str], since: date) -> QuerySet[VisitNote]:
    """What was looked at since a day, for these items."""
    return VisitNote.objects.filter(
        subject__region__code__startswith=region.prefix, item_code__in=list(item_codes), on__gte=since
    )


def notes_of(subject: Subject) -> QuerySet[VisitNote]:
    """What was looked at in one firm, newest first."""
    return VisitNote.objects.filter(subject=subject).select_related("department").order_by("-on", "item_code")


def inspector_of(user: User | AnonymousUser) -> Inspector | None:
    """The person in the register behind an account."""
    if not isinstance(user, User):
        return None
    return Inspector.objects.filter(user=user).select_related("department").first()


def login_candidates(department: Department) -> QuerySet[User]:
    """Accounts of a department that may inspect and are nobody's in the roster yet."""
    return holders_of(Role.INSPECTOR, within=department).filter(department=department, inspector=None)


def keeping_department(by: Acting, region: Region) -> Department | None:
    """A department in which this person keeps the register of a region, its own or a wider one."""
    if not isinstance(by, User):
        return None
    codes = {region.code, region.code[:4] + "00", region.code[:2] + "0000"}
    return reach(by, Permission.REGISTER_EDIT).filter(region__code__in=codes).order_by("code").first()


def departments_kept_by(user: User | AnonymousUser) -> QuerySet[Department]:
    """The departments in which a person may load and change register rows."""
    return reach(user, Permission.REGISTER_EDIT)


def register_totals() -> Totals:
    """The two figures of the public column."""
    return Totals(
        subjects=Subject.objects.filter(state=SubjectState.OPEN).count(),
        inspectors=Inspector.objects.filter(state=InspectorState.ACTIVE).count(),
    )


def public_subject(code: str) -> Subject | None:
    """One firm by its public code."""
    return Subject.objects.filter(code=code).order_by("region").first()


def search_public_subjects(text: str) -> QuerySet[Subject]:
    """Firms by the beginning of the code or a part of the name."""
    return Subject.objects.filter(by_name_or_code(text)).order_by("code")


def by_name_or_code(text: str) -> Q:
    """A part of the name, or the beginning of the code in either case."""
    return Q(name__icontains=text) | Q(code__startswith=text) | Q(code__startswith=text.upper())


def counts_by_state(rows: QuerySet[Subject] | QuerySet[Inspector]) -> list[tuple[str, StrOrPromise, int]]:
    """Every state with its word and number, those with nobody too."""
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    states = SubjectState if rows.model is Subject else InspectorState
    return [(state.value, state.label, counted.get(state.value, 0)) for state in states]


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
