"""Files of the list that the worker writes: which wait, which lie ready for whom."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers.models import RegisterExport


def exports_of(user: User | AnonymousUser, *, since: datetime) -> QuerySet[RegisterExport]:
    """A person's own since a moment, the newest first; whether the file may be taken says `may_take`."""
    if not isinstance(user, User):
        return RegisterExport.objects.none()
    return RegisterExport.objects.filter(owner=user, asked_at__gte=since)


def departments_read_by(user: User) -> list[int]:
    """The keys of the departments that a person's reading reaches now: what is in a file depends on them."""
    return sorted(reach(user, Permission.REGISTER_READ).values_list("pk", flat=True))


def may_take(user: User, export: RegisterExport) -> bool:
    """Who asked takes it, while the reading that it was written by holds in every one of its departments."""
    return export.owner_id == user.pk and set(export.departments) <= set(departments_read_by(user))


def export_under_way(user: User, query: str, *, departments: list[int]) -> RegisterExport | None:
    """The same file by the same right, asked for already and not yet written."""
    waiting = RegisterExport.objects.filter(owner=user, query=query, ended_at=None)
    return next((export for export in waiting if export.departments == departments), None)


def exports_waiting() -> QuerySet[RegisterExport]:
    """What the worker has to write: the oldest first, after them what was begun and not ended."""
    waiting = RegisterExport.objects.filter(ended_at=None).select_related("owner__department")
    return waiting.order_by("tries", "asked_at", "pk")


def exports_kept_since(before: datetime) -> QuerySet[RegisterExport]:
    """Files that have lain long enough."""
    return RegisterExport.objects.filter(ended_at__lt=before).exclude(file="").order_by("pk")


def export_files_named() -> set[str]:
    """The names of all the files that a row knows of."""
    return set(RegisterExport.objects.exclude(file="").values_list("file", flat=True))
