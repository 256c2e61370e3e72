"""The filters of the list of subjects, and the views that people keep of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.models import ItemLink, Register, RegisterEntry, SavedView, Signal, Subject
from mingcha.domain.registers.queries.signals import running_on

ANY = "ANY"  # of a signal: whichever kind


class Wanted(TypedDict, total=False):
    """What the list is narrowed to; what is empty or missing narrows nothing."""

    state: str
    category: str
    risk: str
    area: str
    industries: Sequence[str] | None  # beginnings; none of them leaves nobody
    foreign: bool | None
    register: Register | None
    item: str
    signal: str
    since: date | None
    doubtful: bool


def narrowed(
    rows: QuerySet[Subject], wanted: Wanted, *, departments: Iterable[Department], on: date
) -> QuerySet[Subject]:
    """The rows that are wanted; links are those of these departments, signals those that run that day."""
    for field in ("state", "category", "risk", "area"):
        if wanted.get(field):
            rows = rows.filter(**{field: wanted[field]})
    if (foreign := wanted.get("foreign")) is not None:
        rows = rows.filter(is_foreign=foreign)
    if (industries := wanted.get("industries")) is not None:
        rows = rows.filter(_begins(industries))
    if since := wanted.get("since"):
        rows = rows.filter(changed_at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    if wanted.get("doubtful"):
        rows = rows.exclude(warning="")
    return _related(rows, wanted, departments=departments, on=on)


def _begins(starts: Sequence[str]) -> Q:
    """Beginnings alone: each is a stretch of the column's index."""
    begins = Q(pk__in=[])
    for start in starts:
        begins |= Q(industry__startswith=start)
    return begins


def _related(
    rows: QuerySet[Subject], wanted: Wanted, *, departments: Iterable[Department], on: date
) -> QuerySet[Subject]:
    mine = {"subject": OuterRef("pk")}
    if register := wanted.get("register"):
        rows = rows.filter(Exists(RegisterEntry.objects.filter(register=register, **mine)))
    if item := wanted.get("item"):
        links = ItemLink.objects.filter(item_code=item, department__in=departments, **mine)
        rows = rows.filter(Exists(links))
    if kind := wanted.get("signal"):
        signals = Signal.objects.filter(running_on(on), **mine)
        rows = rows.filter(Exists(signals if kind == ANY else signals.filter(kind=kind)))
    return rows


def views_of(user: User | AnonymousUser, table: str) -> QuerySet[SavedView]:
    """The named views of a table: one's own, and those that people of the same department share."""
    if not isinstance(user, User):
        return SavedView.objects.none()
    shared = Q(is_shared=True, owner__department=user.department) if user.department_id else Q(pk__in=[])
    return SavedView.objects.filter(Q(owner=user) | shared, table=table).exclude(name="").select_related("owner")


def habit_of(user: User, table: str) -> SavedView | None:
    """Which columns a person wants to see where nothing else is said: the view without a name."""
    return SavedView.objects.filter(owner=user, table=table, name="").first()
