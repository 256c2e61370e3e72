"""检查对象: who is in the register, for whom, each firm once."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.domain.registers.states import InspectorState, SubjectState
from mingcha.kit.actors import Acting

REGION_DIGITS = 6


def subjects_visible_to(user: User | AnonymousUser) -> QuerySet[Subject]:
    """The subjects of the regions a person's reading reaches."""
    codes = reach(user, Permission.REGISTER_READ).values_list("region", flat=True).distinct()
    prefixes = sorted(region.prefix for region in Region.objects.filter(pk__in=list(codes)))
    wanted = Q(pk__in=[])
    for index, prefix in enumerate(prefixes):
        if not prefix.startswith(tuple(prefixes[:index])):
            wanted |= _inside(prefix)
    return Subject.objects.filter(wanted)


def _inside(prefix: str) -> Q:
    """As a range, which the index in the list's order answers; one region alone, so that its codes follow in order."""
    first, last = prefix.ljust(REGION_DIGITS, "0"), prefix.ljust(REGION_DIGITS, "9")
    return Q(region=prefix) if first == last else Q(region_id__gte=first, region_id__lte=last)


def firm_in(region: Region, code: str) -> Subject | None:
    """The entry by which draws of a region know a firm."""
    return firms_in(region).filter(code=code).first()


def firms_in(region: Region) -> QuerySet[Subject]:
    """A firm in a city's register and again in its county's counts once; what the wider register says holds."""
    inside = Subject.objects.filter(region__code__startswith=region.prefix)
    if region.prefix == region.code:
        return inside
    wider = inside.filter(code=OuterRef("code"), region__code__lt=OuterRef("region__code"))
    return inside.filter(~Exists(wider))


def keeping_department(by: Acting, region: Region) -> Department | None:
    """A department in which this person keeps the register of a region, its own or a wider one."""
    if not isinstance(by, User):
        return None
    codes = {region.code, region.code[:4] + "00", region.code[:2] + "0000"}
    return reach(by, Permission.REGISTER_EDIT).filter(region__code__in=codes).order_by("code").first()


def public_subject(code: str) -> Subject | None:
    """One firm by its public code."""
    return Subject.objects.filter(code=code).order_by("region").first()


def by_name_or_code(text: str) -> Q:
    """A part of the name, or the beginning of the code in either case."""
    return Q(name__icontains=text) | Q(code__startswith=text) | Q(code__startswith=text.upper())


def counts_by_state(rows: QuerySet[Subject] | QuerySet[Inspector]) -> list[tuple[str, StrOrPromise, int]]:
    """Every state with its word and number, those with nobody too."""
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    states = SubjectState if rows.model is Subject else InspectorState
    return [(state.value, state.label, counted.get(state.value, 0)) for state in states]
