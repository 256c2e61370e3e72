"""Who holds a role, which departments a region has, where a keeper may open one."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from mingcha.domain.organisation.models import Body, Department, Grant, Region, Role, User
from mingcha.domain.organisation.permissions import Permission, grants_of, reach, roles_with


def around(region: Region) -> list[str]:
    """The codes of a region, its city and its province."""
    return [region.code, region.code[:4] + "00", region.code[:2] + "0000"]


def holders_of(role: str, *, within: Department) -> QuerySet[User]:
    """The accounts that hold a role in a department or in its region."""
    held = Grant.objects.valid(on=timezone.localdate()).filter(
        Q(department=within) | Q(region__code__in=around(within.region)), role=role
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def departments_in(region: Region) -> QuerySet[Department]:
    """Every department of a region and of the regions inside it."""
    return Department.objects.filter(region__code__startswith=region.prefix)


def departments_keyed_by(user: User) -> QuerySet[Department]:
    """Where this person may register the sealing key: as a keeper, or as an officer in the own department."""
    kept = Q(pk__in=reach(user, Permission.ACCOUNTS_KEEP).values("pk"))
    own = Q(pk=user.department_id, pk__in=reach(user, Permission.DRAW_SIGN_DISCIPLINE).values("pk"))
    return Department.objects.filter(kept | own).select_related("region")


def regions_kept_by(user: User) -> QuerySet[Region]:
    """Where this keeper may open departments: the regions of the keeper's role, and those inside them."""
    held = grants_of(user).filter(role__in=roles_with(Permission.ACCOUNTS_KEEP), region__isnull=False)
    inside = Q(pk__in=[])
    for grant in held:
        if grant.region is not None:
            inside |= Q(code__startswith=grant.region.prefix)
    return Region.objects.filter(inside)


def officers_of(department: Department) -> QuerySet[User]:
    """The discipline officers who belong to a department; one who looks after the whole region belongs to one only."""
    return holders_of(Role.DISCIPLINE, within=department).filter(department=department)


def keepers_of(place: Department | Region, *, on: date) -> QuerySet[Grant]:
    """The grants by which active accounts keep a department, or a whole region, on a day."""
    region = place if isinstance(place, Region) else place.region
    covering = Q(region__code__in=around(region))
    if isinstance(place, Department):
        covering |= Q(department=place)
    held = Grant.objects.valid(on=on).filter(role=Role.SYSTEM_KEEPER, user__is_active=True)
    return held.filter(covering).select_related("user")


def body_for(region: Region, code: str, *, sector: str = "") -> Department | None:
    """The department that plays a body of the rules here or in the regions around; None when none is named."""
    named = Body.objects.filter(region__code__in=around(region), code=code, sector__in={sector, ""})
    found = named.order_by("-region__code", "-sector").select_related("department__region").first()
    return found.department if found is not None else None


def regions_ruled_by(user: User) -> QuerySet[Region]:
    """Where this person adopts rules and names the bodies that they speak of."""
    held = grants_of(user).filter(role__in=roles_with(Permission.POLICY_ADOPT), region__isnull=False)
    inside = Q(pk__in=[])
    for grant in held:
        if grant.region is not None:
            inside |= Q(code__startswith=grant.region.prefix)
    return Region.objects.filter(inside)


def bodies_of(region: Region) -> QuerySet[Body]:
    """Who plays which body in a region itself, the bodies in their order."""
    return Body.objects.filter(region=region).select_related("department", "region").order_by("code", "sector")


def contact_of(region: Region, code: str, *, sector: str = "") -> str:
    """How a body is reached here, as it was last named; empty where nobody wrote it down."""
    named = Body.objects.filter(region__code__in=around(region), code=code, sector__in={sector, ""})
    found = named.order_by("-region__code", "-sector").first()
    return found.contact if found is not None else ""


def departments_around(region: Region) -> QuerySet[Department]:
    """The departments of a region, of its city and of its province: any of them may play a body there."""
    return Department.objects.filter(region__code__in=around(region)).select_related("region")
