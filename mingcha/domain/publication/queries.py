"""What the public sees, and what waits to be shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import public_draws
from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.queries import confirmed_unpublished, duties_about
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign, Plan
from mingcha.domain.plans.queries import public_plans
from mingcha.domain.publication.models import Publication, PublicationKind
from mingcha.domain.publication.states import PublicationState


@dataclass(frozen=True)
class DueResult:
    """A confirmed result that the public has not seen, with its clock where the jurisdiction sets one."""

    inspection: Inspection
    duty: Duty | None


def published(kind: str) -> QuerySet[Publication]:
    """Everything of a kind that was shown, the newest first. A long list's copy is read only where it is asked for."""
    rows = Publication.objects.filter(kind=kind, state=PublicationState.PUBLISHED).select_related("department")
    return rows.defer("content") if kind == PublicationKind.DRAWN_LIST else rows


def file_of_firm(code: str) -> QuerySet[Publication]:
    """Every published result of one firm."""
    return published(PublicationKind.RESULT).filter(subject_code=code)


def due_results(*, now: datetime, user: User | None = None) -> list[DueResult]:
    """Confirmed results that nobody has seen yet, the most pressing first; of a person's reach, if one is named."""
    rows = confirmed_unpublished().filter(confirmed_at__lte=now)
    if user is not None:
        rows = rows.filter(department__in=reach(user, Permission.INSPECTION_READ))
    waiting = list(rows)
    duties = duties_about(waiting)
    due = [
        DueResult(row, next((d for d in duties.get(row.pk, []) if d.kind == DutyKind.PUBLISH_RESULT), None))
        for row in waiting
    ]
    return sorted(due, key=lambda row: (row.duty is None, row.duty.due_at if row.duty else now, row.inspection.pk))


def publications_visible_to(user: User) -> QuerySet[Publication]:
    """What the departments this person looks after have shown and will show."""
    places = reach(user, Permission.INSPECTION_READ)
    return Publication.objects.filter(department__in=places).select_related("department").defer("content")


def unpublished_plans() -> QuerySet[Plan]:
    """Approved plans that the public has not seen."""
    return public_plans().annotate(about=_key_of(Plan)).filter(~_shown(PublicationKind.PLAN)).order_by("pk")


def unannounced_draws() -> QuerySet[Draw]:
    """Draws in force whose list the public has not seen."""
    rows = public_draws().exclude(in_force_at=None).annotate(about=_key_of(Draw))
    return rows.filter(~_shown(PublicationKind.DRAWN_LIST)).order_by("pk")


def campaigns_to_show(plan: Plan) -> QuerySet[Campaign]:
    """The approved campaigns of a plan with all that a copy names."""
    rows = plan.campaigns.exclude(approved_at=None).order_by("starts_on", "pk")
    return rows.prefetch_related("parties__department", "items__item", "strata")


def _key_of(model: type[Model]) -> Concat:
    return Concat(Value(f"{model._meta.label}:"), Cast("pk", CharField()))


def _shown(kind: str) -> Exists:
    return Exists(Publication.objects.filter(kind=kind, state=PublicationState.PUBLISHED, about=OuterRef("about")))
