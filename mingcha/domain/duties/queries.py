"""Which clocks run."""

from django.db.models import F, Model, QuerySet

from mingcha.domain.duties.models import Duty
from mingcha.domain.duties.states import DutyState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach


def about_key(row: Model) -> str:
    """The name of a row in clocks, the same text as in the trail: `inspections.Inspection:5`."""
    return f"{row._meta.label}:{row.pk}"


def duty_of(kind: str, about: Model) -> Duty | None:
    """The clock of a kind for a row, if one was started: the run that is open, else the one that ended last."""
    runs = Duty.objects.filter(kind=kind, about=about_key(about))
    return runs.order_by(F("ended_at").desc(nulls_first=True), "-pk").first()


def duties_visible_to(user: User) -> QuerySet[Duty]:
    """The clocks of the departments this person looks after, the earliest first."""
    return Duty.objects.filter(department__in=reach(user, Permission.DUTY_READ)).select_related("department")


def running(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Those still open."""
    return duties.filter(state=DutyState.RUNNING)


def ended(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Those closed, in time or late, the last closed first."""
    return duties.exclude(state=DutyState.RUNNING).order_by("-ended_at")


def provisional_duties() -> QuerySet[Duty]:
    """Open clocks whose end is still a guess, because the calendar of a year was not known."""
    return Duty.objects.filter(state=DutyState.RUNNING, provisional=True)
