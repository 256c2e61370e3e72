"""Files of the list that the worker writes: which wait, which lie ready for whom."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mingcha.domain.organisation.models import User
from mingcha.domain.registers.models import RegisterExport


def exports_of(user: User | AnonymousUser, *, since: datetime) -> QuerySet[RegisterExport]:
    """A person's own since a moment, the newest first: what one may see depends on the rights of who asked."""
    if not isinstance(user, User):
        return RegisterExport.objects.none()
    return RegisterExport.objects.filter(owner=user, asked_at__gte=since)


def export_under_way(user: User, query: str) -> RegisterExport | None:
    """The same file, asked for already and not yet written."""
    return RegisterExport.objects.filter(owner=user, query=query, ended_at=None).first()


def exports_waiting() -> QuerySet[RegisterExport]:
    """What the worker has to write, the oldest first."""
    return RegisterExport.objects.filter(ended_at=None).select_related("owner__department").order_by("asked_at", "pk")


def exports_kept_since(before: datetime) -> QuerySet[RegisterExport]:
    """Files that have lain long enough."""
    return RegisterExport.objects.filter(ended_at__lt=before).exclude(file="").order_by("pk")
