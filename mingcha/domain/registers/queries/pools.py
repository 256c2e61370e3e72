"""跨部门、跨区域人员库: which there are, who is in them, who waits for the own head's word."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import around
from mingcha.domain.registers.models import Inspector, Pool, PoolMember
from mingcha.domain.registers.states import InspectorState

MEMBER_EVENTS = (
    "registers.pool_member_proposed",
    "registers.pool_member_agreed",
    "registers.pool_member_left",
)


def pools_visible_to(user: User | AnonymousUser) -> QuerySet[Pool]:
    """The pools that a person's departments keep, lend people to, or could: those of their region and around it."""
    places = reach(user, Permission.REGISTER_READ)
    codes = {code for region in Region.objects.filter(department__in=places).distinct() for code in around(region)}
    seen = Q(keeper__in=places) | Q(region__code__in=codes) | Q(members__inspector__department__in=places)
    found = Pool.objects.filter(pk__in=Pool.objects.filter(seen).values("pk")).select_related("keeper", "region")
    agreed = Q(members__left_on=None, members__agreed_by__isnull=False)
    return found.annotate(size=Count("members", filter=agreed)).order_by("region", "name")


def pool_members(pool: Pool, *, on: date) -> QuerySet[Inspector]:
    """Who may be drawn from a pool on a day: agreed to, lent that long, in the roster, certified."""
    lent = PoolMember.objects.filter(pool=pool, agreed_by__isnull=False).filter(
        Q(until=None) | Q(until__gte=on), Q(left_on=None) | Q(left_on__gt=on)
    )
    working = Inspector.objects.filter(state=InspectorState.ACTIVE, certificate_until__gte=on)
    return working.filter(pk__in=lent.values("inspector")).select_related("department__region").order_by("code")


def members_of(pool: Pool) -> QuerySet[PoolMember]:
    """Everybody who is in a pool or proposed for it."""
    held = PoolMember.objects.filter(pool=pool, left_on=None)
    return held.select_related("inspector__department__region", "agreed_by", "proposed_by").order_by("inspector__code")


def members_awaiting(user: User | AnonymousUser) -> QuerySet[PoolMember]:
    """Own people whom somebody wants to borrow and about whom this person decides."""
    own = PoolMember.objects.filter(left_on=None, agreed_by=None)
    return own.filter(inspector__department__in=reach(user, Permission.REGISTER_SHARE)).select_related(
        "pool__keeper", "inspector__department", "proposed_by"
    )


def pool_trail_of(inspector: Inspector) -> QuerySet[Entry]:
    """What was done about a person in pools, as the trail has it: proposed, lent, gone."""
    pools = PoolMember.objects.filter(inspector=inspector).values_list("pool", flat=True)
    about = [f"{Pool._meta.label}:{pk}" for pk in set(pools)]
    return Entry.objects.filter(about__in=about, event__in=MEMBER_EVENTS, details__inspector=inspector.code)


def inspector_coded(code: str) -> Inspector | None:
    """The person of a roster code, whichever department's."""
    return Inspector.objects.filter(code=code).select_related("department__region").first()


def membership_in(pool: Pool, inspector: Inspector | None) -> PoolMember | None:
    """Whether a person is in a pool or proposed for it."""
    return PoolMember.objects.filter(pool=pool, inspector=inspector, left_on=None).first()


def pool_named(region: Region, name: str) -> Pool | None:
    """The pool of that name in a region."""
    return Pool.objects.filter(region=region, name=name).select_related("keeper").first()
