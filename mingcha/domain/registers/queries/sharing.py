"""数据共享: who asked whom for what, what was granted, what was taken."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import around
from mingcha.domain.registers.models import (
    BatchKind,
    Category,
    DataDelivery,
    DataRequest,
    Inspector,
    Risk,
    StaffCategory,
)
from mingcha.domain.registers.queries.subjects import firms_in
from mingcha.domain.registers.states import InspectorState, SharingState, SubjectState

LOOKUPS: Mapping[str, str] = {"industry": "industry__contains"}
CHUNK = 5_000


def requests_visible_to(user: User | AnonymousUser) -> QuerySet[DataRequest]:
    """What a person's departments asked for, and what they were asked for."""
    places = reach(user, Permission.REGISTER_READ)
    seen = DataRequest.objects.filter(Q(asker__in=places) | Q(owner__in=places))
    return seen.select_related("asker", "owner", "asked_by", "decided_by")


def requests_awaiting(user: User | AnonymousUser) -> QuerySet[DataRequest]:
    """What this person decides about."""
    asked = DataRequest.objects.filter(state=SharingState.ASKED, owner__in=reach(user, Permission.REGISTER_SHARE))
    return asked.select_related("asker", "owner", "asked_by")


def deliveries_visible_to(user: User | AnonymousUser) -> QuerySet[DataDelivery]:
    """Every time that data was taken, for both sides."""
    return DataDelivery.objects.filter(request__in=requests_visible_to(user)).select_related(
        "request__asker", "request__owner", "taken_by"
    )


def owners_for(asker: Department) -> QuerySet[Department]:
    """Whom a department may ask: the others of its region, of the regions inside it and around it."""
    near = Q(region__code__in=around(asker.region)) | Q(region__code__startswith=asker.region.prefix)
    return Department.objects.filter(near).exclude(pk=asker.pk).order_by("code")


def shared_rows(request: DataRequest) -> QuerySet[Any, Any]:
    """The rows that a grant gives, now."""
    if request.register == BatchKind.INSPECTORS:
        people = Inspector.objects.filter(department=request.owner)
        return people.exclude(state=InspectorState.LEFT).order_by("code").values(*request.granted)
    firms = firms_in(request.owner.region).exclude(state=SubjectState.VOID)
    narrowed = {LOOKUPS.get(name, name): value for name, value in request.filters.items()}
    return firms.filter(**narrowed).order_by("code").values(*request.granted)


def shared_words(register: str) -> Mapping[str, Mapping[str, object]]:
    """The words of the codes in a register's columns."""
    if register == BatchKind.INSPECTORS:
        return {"category": dict(StaffCategory.choices), "state": dict(InspectorState.choices)}
    return {"category": dict(Category.choices), "state": dict(SubjectState.choices), "risk": dict(Risk.choices)}


def row_by_row(rows: QuerySet[Any, Any]) -> Iterator[Mapping[str, Any]]:
    """In the order of the register, a few thousand at a time."""
    yield from rows.iterator(chunk_size=CHUNK)
