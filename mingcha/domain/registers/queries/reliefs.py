"""免检与包容审慎: who is out of a department's draws by decision, and who could be."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.policy.queries import profiles_of
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.domain.registers.models import BAD_SIGNALS, Relief, Signal, Subject
from mingcha.domain.registers.queries.signals import running_on
from mingcha.domain.registers.queries.subjects import firms_in
from mingcha.domain.registers.queries.visits import clean_for_years
from mingcha.domain.registers.states import SubjectState


def reliefs_running(on: date) -> Q:
    """A decision holds from its first to its last day, unless it has lapsed."""
    return Q(since__lte=on, until__gte=on) & (Q(lapsed_on=None) | Q(lapsed_on__gt=on))


def relieved(department: Department, kind: str, *, on: date) -> QuerySet[Relief, Any]:
    """The codes of whoever is out of a department's draws on a day."""
    held = Relief.objects.filter(reliefs_running(on), department=department, kind=kind)
    return held.order_by().values("subject__code")


def reliefs_of(subject: Subject) -> QuerySet[Relief]:
    """Every decision about one subject."""
    return Relief.objects.filter(subject=subject).select_related("department", "decided_by")


def reliefs_visible_to(user: User | AnonymousUser) -> QuerySet[Relief]:
    """The decisions of the departments that a person may read."""
    own = Relief.objects.filter(department__in=reach(user, Permission.REGISTER_READ))
    return own.select_related("subject", "department", "decided_by")


def clean_years_clause(department: Department, *, on: date) -> Clause | None:
    """After how many good years a department may exempt, where its rules say so."""
    for profile in profiles_of(department.region).filter(effective_from__lte=on)[:1]:
        if has_clause(profile, "exempt_after_years"):
            return clause_of(profile, "exempt_after_years")
    return None


def relief_candidates(department: Department, *, on: date) -> QuerySet[Subject]:
    """Whoever had so many good years in a row, nothing bad on record, and is not out already; nobody without a rule."""
    clause = clean_years_clause(department, on=on)
    if clause is None:
        return Subject.objects.none()
    bad = Signal.objects.filter(running_on(on), subject=OuterRef("pk"), kind__in=BAD_SIGNALS)
    good = clean_for_years(department.region, clause.number, before=on.year)
    found = undecided_subjects(department, Relief.Kind.CLEAN_YEARS, on=on)
    return found.filter(~Exists(bad), code__in=good).order_by("code")


def undecided_subjects(department: Department, kind: str, *, on: date) -> QuerySet[Subject]:
    """The subjects of a department's region that can be drawn and that no such decision keeps out now or later."""
    out = Relief.objects.filter(
        subject=OuterRef("pk"), department=department, kind=kind, until__gte=on, lapsed_on__isnull=True
    )
    alive = firms_in(department.region).filter(state__in=(SubjectState.OPEN, SubjectState.STALE))
    return alive.filter(~Exists(out))


def open_reliefs(subject: Subject, *, on: date) -> QuerySet[Relief]:
    """What keeps a firm out now or later, whichever register's entry the decision named."""
    held = Relief.objects.filter(subject__code=subject.code, until__gte=on, lapsed_on=None)
    return held.select_related("subject", "department")


def decided_from(department: Department, kind: str, keys: Collection[int], *, since: date) -> set[int]:
    """Of these subjects, those about whom the department decided the same from the same day on."""
    held = Relief.objects.filter(department=department, kind=kind, since=since, subject__in=keys)
    return set(held.values_list("subject", flat=True))
