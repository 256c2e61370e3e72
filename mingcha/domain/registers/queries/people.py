"""执法检查人员: who is in the roster, for whom, who may be sent."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Department, Role, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import holders_of
from mingcha.domain.registers.models import Inspector, Leave, Qualification, StaffCategory, Subject
from mingcha.domain.registers.queries.searching import Number, number_of
from mingcha.domain.registers.states import InspectorState, SubjectState


def inspectors_visible_to(user: User | AnonymousUser) -> QuerySet[Inspector]:
    """The people of the departments a person's reading reaches."""
    return Inspector.objects.filter(department__in=reach(user, Permission.REGISTER_READ)).select_related("department")


def certified_inspectors(departments: Iterable[Department], *, on: date, until: date) -> QuerySet[Inspector]:
    """In the register and certified from the draw to the end of the inspections (行政处罚法 §42)."""
    return Inspector.objects.filter(
        department__in=list(departments), state=InspectorState.ACTIVE, certificate_until__gte=max(on, until)
    ).select_related("department")


def drawable_inspectors(
    departments: Iterable[Department], *, on: date, starts: date, until: date, item_codes: Collection[str]
) -> QuerySet[Inspector]:
    """The certified ones who are there: on the day of the draw and on the first day of the inspections.

    Leave that begins later and ends is arranged within the campaign; leave on one of the two days keeps a person out.
    Whoever may inspect certain items only must know one of the campaign's.
    """
    certified = certified_inspectors(departments, on=on, until=until)
    away = Leave.objects.filter(away_on(on) | away_on(starts), inspector=OuterRef("pk"))
    narrow = certified.exclude(item_codes=[]).values_list("pk", "item_codes")
    elsewhere = [pk for pk, codes in narrow if not set(codes) & set(item_codes)]
    return certified.filter(~Exists(away)).exclude(pk__in=elsewhere)


def away_on(on: date) -> Q:
    """A leave counts on its first and its last day too."""
    return Q(since__lte=on, until__gte=on)


def leaves_of(inspector: Inspector) -> QuerySet[Leave]:
    """Every leave of a person, the newest first."""
    return Leave.objects.filter(inspector=inspector)


def leaves_ahead(inspector: Inspector, *, on: date) -> QuerySet[Leave]:
    """What is running or to come."""
    return leaves_of(inspector).filter(until__gte=on)


@dataclass(frozen=True)
class Coverage:
    """How the active people of a department stand with their papers."""

    active: int
    certified: int
    ending: int
    expired: int
    away: int
    categories: list[tuple[StrOrPromise, int]]


def coverage_of(department: Department, *, on: date, within: int) -> Coverage:
    """Counted on a day; `ending` within so many days."""
    active = Inspector.objects.filter(department=department, state=InspectorState.ACTIVE).order_by()
    soon = on + timedelta(days=within)
    away = Leave.objects.filter(away_on(on), inspector__in=active).values("inspector").distinct().count()
    kinds = Counter(active.values_list("category", flat=True))
    certified = active.filter(certificate_until__gte=on).count()
    return Coverage(
        active=active.count(),
        certified=certified,
        ending=active.filter(certificate_until__gte=on, certificate_until__lte=soon).count(),
        expired=active.filter(certificate_until__lt=on).count(),
        away=away,
        categories=[(kind.label, kinds[kind.value]) for kind in StaffCategory],
    )


def certificates_ending(department: Department, *, on: date, within: int) -> QuerySet[Inspector]:
    """The active people whose certificate has ended or ends within so many days, the soonest first."""
    soon = on + timedelta(days=within)
    active = Inspector.objects.filter(department=department, state=InspectorState.ACTIVE)
    return active.filter(certificate_until__lte=soon).select_related("department").order_by("certificate_until", "code")


def qualifications_ending(department: Department, *, on: date, within: int) -> QuerySet[Qualification]:
    """The same of other papers; those without an end never end."""
    soon = on + timedelta(days=within)
    held = Qualification.objects.filter(inspector__department=department, inspector__state=InspectorState.ACTIVE)
    return held.filter(until__lte=soon).select_related("inspector").order_by("until", "inspector__code")


def away_from(department: Department, *, on: date) -> QuerySet[Leave]:
    """Who of a department is on leave on a day, or will be."""
    held = Leave.objects.filter(inspector__department=department, until__gte=on)
    return held.select_related("inspector").order_by("since", "inspector__code")


def login_candidates(department: Department) -> QuerySet[User]:
    """Accounts of a department that may inspect and are nobody's in the roster yet."""
    return holders_of(Role.INSPECTOR, within=department).filter(department=department, inspector=None)


def departments_kept_by(user: User | AnonymousUser) -> QuerySet[Department]:
    """The departments in which a person may load and change register rows."""
    return reach(user, Permission.REGISTER_EDIT)


@dataclass(frozen=True)
class Totals:
    """How many there are, as the public sees it."""

    subjects: Number
    inspectors: int


def register_totals() -> Totals:
    """The two figures of the public column."""
    return Totals(
        subjects=number_of(Subject.objects.filter(state=SubjectState.OPEN)),
        inspectors=Inspector.objects.filter(state=InspectorState.ACTIVE).count(),
    )
