"""执法检查人员: who is in the roster, for whom, who may be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mingcha.domain.organisation.models import Department, Role, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import holders_of
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.domain.registers.states import InspectorState, SubjectState


def inspectors_visible_to(user: User | AnonymousUser) -> QuerySet[Inspector]:
    """The people of the departments a person's reading reaches."""
    return Inspector.objects.filter(department__in=reach(user, Permission.REGISTER_READ)).select_related("department")


def certified_inspectors(departments: Iterable[Department], *, on: date, until: date) -> QuerySet[Inspector]:
    """In the register and certified from the draw to the end of the inspections (行政处罚法 §42)."""
    return Inspector.objects.filter(
        department__in=list(departments), state=InspectorState.ACTIVE, certificate_until__gte=max(on, until)
    ).select_related("department")


def login_candidates(department: Department) -> QuerySet[User]:
    """Accounts of a department that may inspect and are nobody's in the roster yet."""
    return holders_of(Role.INSPECTOR, within=department).filter(department=department, inspector=None)


def departments_kept_by(user: User | AnonymousUser) -> QuerySet[Department]:
    """The departments in which a person may load and change register rows."""
    return reach(user, Permission.REGISTER_EDIT)


@dataclass(frozen=True)
class Totals:
    """How many there are, as the public sees it."""

    subjects: int
    inspectors: int


def register_totals() -> Totals:
    """The two figures of the public column."""
    return Totals(
        subjects=Subject.objects.filter(state=SubjectState.OPEN).count(),
        inspectors=Inspector.objects.filter(state=InspectorState.ACTIVE).count(),
    )
