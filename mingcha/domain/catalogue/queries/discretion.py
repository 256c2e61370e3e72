"""Which benchmarks a department keeps, now and before."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, QuerySet, Value, When

from mingcha.domain.catalogue.models import Circumstance, Discretion
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach


def benchmarks_visible_to(user: User | AnonymousUser) -> QuerySet[Discretion]:
    """Every wording, ended ones too, of the departments this person looks after."""
    return Discretion.objects.filter(department__in=reach(user, Permission.CATALOGUE_READ)).select_related(
        "department__region", "law"
    )


def benchmarks_of(department: Department, item_code: str) -> QuerySet[Discretion]:
    """Every wording for one item, the oldest first."""
    rows = Discretion.objects.filter(department=department, item_code=item_code)
    return rows.select_related("law").order_by("violation", "since", "pk")


def holding(rows: QuerySet[Discretion], *, on: date) -> QuerySet[Discretion]:
    """Those in force on a day, and those that will be."""
    return rows.filter(Q(until=None) | Q(until__gt=on))


def from_the_lightest(rows: QuerySet[Discretion]) -> QuerySet[Discretion]:
    """Department by department, violation by violation, the degrees in their own order."""
    degrees = Case(*(When(circumstance=code, then=Value(n)) for n, code in enumerate(Circumstance.values)))
    return rows.order_by("department__code", "item_code", "violation", degrees, "since", "pk")
