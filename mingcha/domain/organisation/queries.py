"""Who holds a role, which departments a region has."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from mingcha.domain.organisation.models import Department, Grant, Region, User


def holders_of(role: str, *, within: Department) -> QuerySet[User]:
    """The accounts that hold a role in a department or in its region."""
    codes = [within.region.code, within.region.code[:4] + "00", within.region.code[:2] + "0000"]
    held = Grant.objects.valid(on=timezone.localdate()).filter(
        Q(department=within) | Q(region__code__in=codes), role=role
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def departments_in(region: Region) -> QuerySet[Department]:
    """Every department of a region and of the regions inside it."""
    return Department.objects.filter(region__code__startswith=region.prefix)
