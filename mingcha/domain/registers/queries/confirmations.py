"""Who said when that a register is complete and up to date, and for how long that holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.utils import timezone

from mingcha.domain.organisation.models import Department
from mingcha.domain.policy.queries import profiles_of
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.domain.registers.models import (
    BatchKind,
    Dispute,
    Inspector,
    ItemLink,
    Leave,
    LinkException,
    RegisterConfirmation,
    Relief,
    Standing,
    Subject,
)
from mingcha.domain.registers.queries.subjects import firms_in

# What a draw reads of a row: when none of it has changed, nor has the register.
DRAWN_FROM = {
    BatchKind.SUBJECTS: ("code", "name", "state", "is_foreign", "risk", "area"),
    BatchKind.INSPECTORS: ("code", "name", "state", "certificate_until", "areas", "skills", "item_codes"),
}

# Kept beside the rows: who is not linked, exempted, in dispute.
BESIDE: Mapping[type[Model], tuple[str, ...]] = {
    LinkException: ("item_code",),
    Relief: ("kind", "since", "until", "lapsed_on"),
    Dispute: ("since", "until"),
}


@dataclass(frozen=True)
class Content:
    """A register as it is now: how many rows, and a digest of what a draw reads of them."""

    rows: int
    digest: str


def content_of(department: Department, register: str) -> Content:
    """The register that a department owns: its region's firms, or its own people."""
    kind = BatchKind(register)
    digest, rows = sha256(), 0
    for row in _rows(department, kind).order_by("code").values_list(*DRAWN_FROM[kind]).iterator(chunk_size=10_000):
        digest.update(("\t".join(map(str, row)) + "\n").encode())
        rows += 1
    for row in _beside(department, kind):
        digest.update(("\t".join(map(str, row)) + "\n").encode())
    return Content(rows, digest.hexdigest())


def _beside(department: Department, kind: BatchKind) -> Iterator[tuple[Any, ...]]:
    """What keeps a row out of a draw without a change in the row itself; of links by rule their number an item."""
    if kind == BatchKind.INSPECTORS:
        yield from (
            Leave.objects.filter(inspector__department=department)
            .order_by("pk")
            .values_list("inspector__code", "since", "until")
        )
        return
    here = {"department__region": department.region}
    by_item = ("department__code", "item_code")
    links = ItemLink.objects.filter(**here).order_by(*by_item)
    yield from links.values_list(*by_item).annotate(Count("pk"))
    yield from links.filter(by_hand=True).order_by("pk").values_list(*by_item, "subject__code")
    for model, said in BESIDE.items():
        yield from model._default_manager.filter(**here).order_by("pk").values_list("subject__code", *said)


def _rows(department: Department, kind: BatchKind) -> QuerySet[Any]:
    if kind == BatchKind.SUBJECTS:
        return firms_in(department.region)
    return Inspector.objects.filter(department=department)


def owned_rows(department: Department, register: str) -> QuerySet[Subject] | QuerySet[Inspector]:
    """The same rows, for a page that counts them."""
    return _rows(department, BatchKind(register))


def fresh_clause(department: Department, *, on: date) -> Clause | None:
    """For how many days a confirmation holds by the rules of a department's place; None where they do not say."""
    for profile in profiles_of(department.region).filter(effective_from__lte=on)[:1]:
        if has_clause(profile, "register_fresh_days"):
            return clause_of(profile, "register_fresh_days")
    return None


def fresh_days(department: Department, *, on: date) -> int | None:
    """The number alone; None where a confirmation holds for ever."""
    clause = fresh_clause(department, on=on)
    return clause.number if clause is not None else None


def confirmation_of(department: Department, register: str, *, on: date) -> RegisterConfirmation | None:
    """The newest confirmation of a register up to a day."""
    given = RegisterConfirmation.objects.filter(department=department, register=register, confirmed_at__date__lte=on)
    return given.select_related("confirmed_by").order_by("-confirmed_at", "-pk").first()


def standing_of(department: Department, register: str, *, on: date, days: int | None) -> Standing:
    """Where one register stands; `days` is how long a confirmation holds, None for ever."""
    kind = BatchKind(register)
    found = confirmation_of(department, kind, on=on)
    if found is None:
        return Standing(department, kind, None, None, valid=False)
    until = timezone.localdate(found.confirmed_at) + timedelta(days=days) if days is not None else None
    return Standing(department, kind, found, until, valid=until is None or on <= until)


def confirmations_for(lead: Department, parties: Iterable[Department], *, on: date, days: int | None) -> list[Standing]:
    """Everything a draw needs: the firms from the lead, the people from each department that takes part."""
    people = [standing_of(department, BatchKind.INSPECTORS, on=on, days=days) for department in parties]
    return [standing_of(lead, BatchKind.SUBJECTS, on=on, days=days), *people]


def confirmations_visible_in(departments: QuerySet[Department], register: str) -> QuerySet[RegisterConfirmation]:
    """The confirmations of these departments, the newest first."""
    given = RegisterConfirmation.objects.filter(department__in=departments, register=register)
    return given.select_related("department", "confirmed_by").order_by("-confirmed_at", "-pk")
