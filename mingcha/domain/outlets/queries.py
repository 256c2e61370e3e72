"""Which editions go to which outlets, what has gone, what waits."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import CharField, Exists, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from mingcha.domain.catalogue.models import InspectionItem, ItemList, JointList, Rulebook
from mingcha.domain.catalogue.queries import AnyPaper, clause_in_force, items_of
from mingcha.domain.catalogue.queries.public import departments_with_list, public_joint_lists, public_rulebooks
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, may, reach
from mingcha.domain.outlets.models import Delivery, PaperKind
from mingcha.domain.outlets.states import OPEN, DeliveryState
from mingcha.domain.policy.rules import Clause
from mingcha.kit.actors import Acting

# 清单 have an article of their own in some places; what is said of lists and results together holds where they do not.
NAMED_BY: dict[str, tuple[str, ...]] = {
    PaperKind.ITEM_LIST: ("item_outlets", "outlets"),
    PaperKind.JOINT_LIST: ("item_outlets", "outlets"),
    PaperKind.RULEBOOK: ("outlets",),
}
# A joint list's batches hold side by side; of the others the newest edition takes the earlier one's place.
REPLACING = (PaperKind.ITEM_LIST, PaperKind.RULEBOOK)


def kind_of(paper: AnyPaper) -> str:
    """What the ledger calls it."""
    if isinstance(paper, ItemList):
        return PaperKind.ITEM_LIST
    return PaperKind.JOINT_LIST if isinstance(paper, JointList) else PaperKind.RULEBOOK


def name_of(paper: Model) -> str:
    """A row as the ledger and the trail name it: catalogue.ItemList:12."""
    return f"{paper._meta.label}:{paper.pk}"


def clause_naming_outlets(paper: AnyPaper, *, on: date) -> Clause | None:
    """The clause by which an edition is published elsewhere too; None where the rules name no place."""
    keys = NAMED_BY[kind_of(paper)]
    return next((clause for key in keys if (clause := clause_in_force(paper.department, key, on=on))), None)


def papers_in_force() -> Iterator[AnyPaper]:
    """Every list, joint list and rulebook that holds."""
    for rows in _in_force():
        yield from rows


def still_holds(paper: AnyPaper) -> bool:
    """Asked under its lock: it may have been replaced since it was found."""
    return any(rows.filter(pk=paper.pk).exists() for rows in _in_force() if rows.model is type(paper))


def papers_never_prepared() -> Iterator[AnyPaper]:
    """Those of which no outlet has been given anything yet."""
    for rows in _in_force():
        label = Value(f"{rows.model._meta.label}:")
        named = rows.annotate(named=Concat(label, Cast("pk", CharField())))
        yield from named.exclude(Exists(Delivery.objects.filter(about=OuterRef("named"))))


def _in_force() -> tuple[QuerySet[ItemList], QuerySet[JointList], QuerySet[Rulebook]]:
    lists = ItemList.objects.filter(pk__in=departments_with_list().values("pk")).select_related("department__region")
    return lists.order_by("pk"), public_joint_lists().select_related("department__region"), public_rulebooks()


def items_to_show(item_list: ItemList) -> QuerySet[InspectionItem]:
    """The items of an edition with what a public row says of them."""
    return items_of(item_list).select_related("item_list__department").prefetch_related("bases__law")


def newest_delivery(paper: AnyPaper, outlet: str) -> Delivery | None:
    """What an outlet was given last of an edition."""
    given = Delivery.objects.filter(about=name_of(paper), outlet=outlet)
    return given.select_related("department").order_by("-revision").first()


def overtaken_by(paper: AnyPaper, outlet: str) -> list[Delivery]:
    """What is still to be put up and would be out of date beside this edition; held until the transaction ends.

    All rows are held before anything else is, and in one order: the trail comes after them everywhere.
    """
    waiting = Delivery.objects.filter(outlet=outlet, state__in=OPEN).order_by("pk")
    kind = kind_of(paper)
    if kind in REPLACING:
        waiting = waiting.filter(kind=kind, department=paper.department)
    else:
        waiting = waiting.filter(about=name_of(paper))
    return list(waiting.select_for_update(no_key=True))


def free_to_take(delivery: Delivery) -> Delivery | None:
    """The row as it is now, held; None while another worker holds it (SQLite has one writer, who waits instead)."""
    return Delivery.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=delivery.pk).first()


def deliveries_visible_to(user: User) -> QuerySet[Delivery]:
    """What the departments this person looks after have published elsewhere, and what waits."""
    rows = Delivery.objects.filter(department__in=reach(user, Permission.CATALOGUE_READ))
    return rows.select_related("department__region", "entered_by")


def publishes_for(by: Acting, department: Department) -> bool:
    """Whoever writes a department's lists, or shows its results, sees to its outlets."""
    wanted = (Permission.CATALOGUE_EDIT, Permission.RESULT_PUBLISH)
    return any(may(by, permission, within=department) for permission in wanted)


def due_deliveries(*, now: datetime) -> QuerySet[Delivery]:
    """What is to be sent now, the longest waiting first."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=now)
    return due.select_related("department__region").defer("content").order_by("next_try_at", "pk")


def put_up_elsewhere(paper: AnyPaper) -> list[Delivery]:
    """Where an edition stands besides here, outlet by outlet, its newest content."""
    shown = Delivery.objects.filter(about=name_of(paper), state=DeliveryState.DELIVERED).defer("content", "rule")
    newest = {row.outlet: row for row in shown.select_related("department__region").order_by("revision")}
    return sorted(newest.values(), key=lambda row: row.outlet)
