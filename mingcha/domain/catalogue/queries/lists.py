"""Which lists and items there are, which hold."""

from django.db.models import Max, QuerySet

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemList, ItemQuerySet
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import departments_in


def item_lists_visible_to(user: User) -> QuerySet[ItemList]:
    """Every edition of the departments this person looks after, drafts included."""
    return ItemList.objects.filter(department__in=reach(user, Permission.CATALOGUE_READ)).select_related(
        "department__region", "drafted_by", "approved_by"
    )


def items_visible_to(user: User) -> ItemQuerySet:
    """Every item of every edition this person may see."""
    return InspectionItem.objects.filter(item_list__in=item_lists_visible_to(user)).select_related(
        "item_list__department"
    )


def items_in_force(*, department: Department | None = None, region: Region | None = None) -> QuerySet[InspectionItem]:
    """The items that may be inspected now: of a department, of a region with those inside it, or all."""
    items = InspectionItem.objects.in_force().select_related("item_list__department")
    if department is not None:
        items = items.filter(item_list__department=department)
    if region is not None:
        items = items.filter(item_list__department__in=departments_in(region))
    return items.order_by("item_list__department__code", "code")


def current_edition_of(item: InspectionItem) -> InspectionItem | None:
    """The item of the same code in the edition that its department has in force now."""
    return items_in_force(department=item.item_list.department).filter(code=item.code).first()


def edition_in_force(department: Department) -> ItemList | None:
    """The list that a department inspects by."""
    return ItemList.objects.filter(department=department, state=ListState.IN_FORCE).first()


def draft_of(department: Department) -> ItemList | None:
    """The edition that a department is writing."""
    return ItemList.objects.filter(department=department, state=ListState.DRAFT).first()


def next_edition(department: Department) -> int:
    """The number of the next edition."""
    last = ItemList.objects.filter(department=department).aggregate(last=Max("edition"))["last"]
    return (last or 0) + 1


def items_of(item_list: ItemList | None) -> QuerySet[InspectionItem]:
    """The items of one edition with their checkpoints; none of none."""
    return InspectionItem.objects.filter(item_list=item_list).prefetch_related("checkpoints").order_by("code")


def items_with_checkpoints(item_list: ItemList | None) -> list[tuple[InspectionItem, list[Checkpoint]]]:
    """The same, read whole: what rules about an edition take."""
    return [(item, list(item.checkpoints.all())) for item in items_of(item_list)]
