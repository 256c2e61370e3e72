"""Which laws there are, what rests on them, what is frozen."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mingcha.domain.catalogue.models import Discretion, Freeze, InspectionItem, ItemBasis, ItemList, ItemQuerySet, Law
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.organisation.permissions import Permission, may, reach
from mingcha.domain.organisation.queries import around


def laws_visible_to(user: User) -> QuerySet[Law]:
    """The register of laws, whole: laws are public; only who reads lists looks at it here."""
    rows = Law.objects.select_related("region", "replaced_by")
    return rows if may(user, Permission.CATALOGUE_READ) else rows.none()


def laws_for(region: Region, *, on: date) -> QuerySet[Law]:
    """What an item of this region may newly rest on: national and local laws that are not repealed."""
    there = Q(region=None) | Q(region__code__in=around(region))
    return Law.objects.filter(there).filter(Q(repealed_on=None) | Q(repealed_on__gt=on)).order_by("title")


def laws_registered_for(region: Region) -> bool:
    """Does the register hold a law for this region? From then on items name their articles in it."""
    return Law.objects.filter(Q(region=None) | Q(region__code__in=around(region))).exists()


def bases_of(item: InspectionItem | None) -> list[ItemBasis]:
    """The articles an item rests on."""
    return list(ItemBasis.objects.filter(item=item).select_related("law").order_by("law__level", "law__title", "pk"))


def items_with_bases(item_list: ItemList | None) -> list[tuple[InspectionItem, list[ItemBasis]]]:
    """The items of one edition with what they rest on: what `rules.check_bases` takes."""
    items = InspectionItem.objects.filter(item_list=item_list).prefetch_related("bases__law").order_by("code")
    return [(item, list(item.bases.all())) for item in items]


def dependents_of(law: Law) -> ItemQuerySet:
    """The items of every edition in force that rest on a law, frozen ones too."""
    return (
        InspectionItem.objects.filter(item_list__state=ListState.IN_FORCE, bases__law=law)
        .select_related("item_list__department__region")
        .distinct()
        .order_by("item_list__department__code", "code")
    )


def unfrozen_dependents_of(law: Law) -> ItemQuerySet:
    """Those that its repeal has not frozen yet."""
    return dependents_of(law).exclude(pk__in=Freeze.objects.filter(law=law).values("item"))


def laws_to_freeze_for(*, on: date) -> QuerySet[Law]:
    """Laws repealed by that day that an item in force rests on without being frozen for it."""
    frozen = Freeze.objects.filter(item=OuterRef("item"), law=OuterRef("law"))
    resting = ItemBasis.objects.filter(~Exists(frozen), item__item_list__state=ListState.IN_FORCE)
    return Law.objects.filter(repealed_on__lte=on, pk__in=resting.order_by().values("law"))


def freezes_among(items: Iterable[InspectionItem]) -> QuerySet[Freeze]:
    """What holds some of these rows frozen now."""
    chosen = [item.pk for item in items]
    return Freeze.objects.filter(item__in=chosen, lifted_at=None).select_related("item", "law").order_by("item__code")


def freezes_barring(items: Iterable[InspectionItem]) -> QuerySet[Freeze]:
    """What bars these items now, whatever edition they were chosen in: what `rules.check_not_frozen` takes.

    Also what froze an item that the edition in force no longer holds: taking it out of the list does not thaw it.
    """
    wanted = Q(pk__in=[])
    for department, codes in _codes_by_department(items).items():
        wanted |= Q(item__item_list__department=department, item__code__in=codes)
    present = InspectionItem.objects.filter(
        item_list__department=OuterRef("item__item_list__department"),
        item_list__state=ListState.IN_FORCE,
        code=OuterRef("item__code"),
    )
    standing = Freeze.objects.filter(wanted, lifted_at=None).filter(
        Q(item__item_list__state=ListState.IN_FORCE) | ~Exists(present)
    )
    return standing.select_related("item", "law").order_by("item__code")


def barred_among(items: Iterable[InspectionItem]) -> set[int]:
    """The keys of those among these rows that may not be inspected now, whatever edition they were chosen in."""
    rows = list(items)
    barred = set(freezes_barring(rows).order_by().values_list("item__item_list__department", "item__code"))
    return {item.pk for item in rows if (item.item_list.department_id, item.code) in barred}


def _codes_by_department(items: Iterable[InspectionItem]) -> dict[int, list[str]]:
    codes: dict[int, list[str]] = {}
    for item in items:
        codes.setdefault(item.item_list.department_id, []).append(item.code)
    return codes


def freezes_visible_to(user: User | AnonymousUser) -> QuerySet[Freeze]:
    """Frozen items, now and before, of the departments this person looks after."""
    return Freeze.objects.filter(item__item_list__department__in=reach(user, Permission.CATALOGUE_READ)).select_related(
        "item__item_list__department__region", "law"
    )


def items_frozen(places: QuerySet[Department]) -> dict[int, int]:
    """How many items of the editions in force are frozen, by the key of their department; none for the others."""
    standing = Freeze.objects.filter(
        lifted_at=None, item__item_list__state=ListState.IN_FORCE, item__item_list__department__in=places
    )
    counted = standing.order_by().values_list("item__item_list__department").annotate(Count("item", distinct=True))
    return dict(counted)


def departments_resting_on(law: Law) -> list[Department]:
    """Whose items in force rest on a law."""
    places = dependents_of(law).order_by().values("item_list__department")
    return list(Department.objects.filter(pk__in=places).select_related("region"))


def uses_of(law: Law) -> int:
    """How often anything names a law: articles of items in any edition, benchmarks, other laws."""
    return (
        ItemBasis.objects.filter(law=law).count()
        + Discretion.objects.filter(law=law).count()
        + Law.objects.filter(replaced_by=law).count()
    )
