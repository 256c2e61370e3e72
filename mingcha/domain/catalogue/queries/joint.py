"""Joint lists: which there are, who leads a sector, which items may be picked."""

from django.db.models import Max, Q, QuerySet

from mingcha.domain.catalogue.models import InspectionItem, JointItem, JointList
from mingcha.domain.catalogue.queries.lists import items_in_force, laid_before
from mingcha.domain.catalogue.states import HELD, UNDER_WAY
from mingcha.domain.organisation.models import Body, BodyCode, Department, Region, User
from mingcha.domain.organisation.permissions import Permission, reach


def joint_lists_visible_to(user: User) -> QuerySet[JointList]:
    """Those of the own departments, those laid before the own body, and in the own regions all that were published."""
    places = reach(user, Permission.CATALOGUE_READ)
    published = Q(region__in=places.values("region"), state__in=HELD)
    seen = Q(department__in=places) | published | laid_before(user)
    return JointList.objects.filter(seen).select_related("department__region", "region", "drafted_by")


def sectors_led_by(department: Department) -> list[str]:
    """The 监管领域 that a department leads in its region."""
    led = Body.objects.filter(region=department.region, code=BodyCode.SECTOR_LEAD, department=department)
    return list(led.exclude(sector="").order_by("sector").values_list("sector", flat=True))


def batch_under_way(region: Region, sector: str) -> JointList | None:
    """The batch of a sector that is not published yet."""
    return JointList.objects.filter(region=region, sector=sector, state__in=UNDER_WAY).first()


def next_batch(region: Region, sector: str) -> int:
    """The number of the next batch."""
    last = JointList.objects.filter(region=region, sector=sector).aggregate(last=Max("batch"))["last"]
    return (last or 0) + 1


def entries_of(joint: JointList) -> QuerySet[JointItem]:
    """The items of a joint list with the departments they come from."""
    return joint.items.select_related("item__item_list__department__region").order_by(
        "item__item_list__department__code", "item__code"
    )


def keys_taken(joint: JointList) -> set[tuple[int, str]]:
    """Department and code of every item in the batches of this sector."""
    entries = JointItem.objects.filter(joint_list__region=joint.region, joint_list__sector=joint.sector)
    return set(entries.values_list("item__item_list__department", "item__code"))


def pickable_items(joint: JointList) -> list[InspectionItem]:
    """The items in force of this sector that no batch has yet, of every department of the region."""
    taken = keys_taken(joint)
    found = items_in_force(region=joint.region).filter(sector=joint.sector)
    return [item for item in found if (item.item_list.department_id, item.code) not in taken]
