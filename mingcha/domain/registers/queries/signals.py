"""What is on record about a subject: the four kinds of signals, the credit class month by month."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from mingcha.domain.organisation.models import Region, User
from mingcha.domain.registers.models import CreditClass, Signal, Subject
from mingcha.domain.registers.queries.subjects import subjects_visible_to


def running_on(on: date) -> Q:
    """A signal counts from its day until it is taken off; on that day no more."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def signals_of(subject: Subject) -> QuerySet[Signal]:
    """Everything on record about one subject, what is over too."""
    return Signal.objects.filter(subject=subject).select_related("recorded_by")


def signals_visible_to(user: User | AnonymousUser) -> QuerySet[Signal]:
    """The signals about the subjects that a person may read."""
    return Signal.objects.filter(subject__in=subjects_visible_to(user)).select_related("subject", "recorded_by")


def signalled(region: Region, kinds: Collection[str], *, on: date) -> QuerySet[Signal, Any]:
    """Subject's code and kind, for whoever of a region has such a signal on a day."""
    found = Signal.objects.filter(running_on(on), kind__in=kinds, subject__region__code__startswith=region.prefix)
    return found.order_by().values("subject__code", "kind").distinct()


def credit_of(subject: Subject) -> QuerySet[CreditClass]:
    """The classes of one subject, the newest month first."""
    return CreditClass.objects.filter(subject=subject)


def open_signal(subject: Subject, kind: str) -> Signal | None:
    """The one of a kind that nobody has taken off yet."""
    return Signal.objects.filter(subject=subject, kind=kind, until=None).first()


def newest_class(subject: Subject) -> CreditClass | None:
    """The class of the newest month."""
    return credit_of(subject).first()
