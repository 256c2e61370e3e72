"""Who is in the frame of a campaign, who is out, and for which reason.

One definition for everything: `roll_of` is a list of every firm of the region with its stratum and its reason, worked
out by the database; the frame, the counts and the pages are three ways of reading it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias, TypedDict

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django_stubs_ext import WithAnnotations

from mingcha.domain.plans.models import Campaign, Exclusion
from mingcha.domain.plans.queries.clauses import exclusion_clauses
from mingcha.domain.policy.rules import Clause
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.queries import (
    clean_for_years,
    disputed_with,
    firms_in,
    notes_since,
    visited_often,
)

CHUNK = 10_000

# What later steps know, as the codes of subjects: plans cannot ask draws.
Taken = Mapping[Exclusion, QuerySet[Any]]


class Marks(TypedDict):
    """What the roll says of a firm beside what the register does."""

    stratum: str
    reason: str


Rolled: TypeAlias = "WithAnnotations[Subject, Marks]"


class LeftOut(NamedTuple):
    """A firm that is not in the frame, with the reason's code."""

    pk: int
    code: str
    reason: str


class Membership(NamedTuple):
    """Who is in which stratum (subject's key → stratum's code), and who is out."""

    members: dict[int, str]
    left_out: list[LeftOut]


def roll_of(campaign: Campaign, *, on: date, taken: Taken | None = None) -> QuerySet[Rolled, Rolled]:
    """Every firm of the region once, with its `stratum` and its `reason`: empty for whoever is in the frame."""
    conditions = _conditions(campaign, on=on) | {reason: Q(code__in=codes) for reason, codes in (taken or {}).items()}
    whens = [When(conditions[reason], then=Value(str(reason.value))) for reason in Exclusion if reason in conditions]
    return (
        firms_in(campaign.department.region)
        .order_by()
        .annotate(stratum=_home(campaign))
        .annotate(reason=Case(*whens, default=Value(""), output_field=CharField()))
    )


def _home(campaign: Campaign) -> Case:
    """The first stratum, in their order, that a firm fits; empty when none."""
    whens: list[When] = []
    for stratum in campaign.strata.all():
        if stratum.takes_everyone:
            return Case(*whens, default=Value(stratum.code), output_field=CharField())
        whens.append(When(stratum.criteria, then=Value(stratum.code)))
    return Case(*whens, default=Value(""), output_field=CharField())


def _conditions(campaign: Campaign, *, on: date) -> dict[Exclusion, Q]:
    """What makes each reason true of a row of the register; a reason that the rules do not give has no condition.

    By code wherever a firm is looked up elsewhere: it may stand in the register of a county and in that of its city.
    """
    clauses = exclusion_clauses(campaign, on=on)
    region = campaign.department.region
    conditions = {
        Exclusion.CLOSED: ~Q(state="OPEN"),
        Exclusion.NO_STRATUM: Q(stratum=""),
        Exclusion.IN_DISPUTE: Q(code__in=disputed_with(campaign.parties.values("department"), on=on)),
    }
    if Exclusion.INSPECTED in clauses:
        items = list(campaign.items.values_list("item__code", flat=True))
        notes = notes_since(region, items, date(on.year, 1, 1))
        conditions[Exclusion.INSPECTED] = Q(code__in=notes.order_by().values("subject__code"))
    if Exclusion.FREQUENCY in clauses:
        most = _number(clauses[Exclusion.FREQUENCY])
        conditions[Exclusion.FREQUENCY] = Q(code__in=visited_often(region, most, year=on.year))
    if Exclusion.CLEAN_YEARS in clauses:
        years = _number(clauses[Exclusion.CLEAN_YEARS])
        conditions[Exclusion.CLEAN_YEARS] = Q(code__in=clean_for_years(region, years, before=on.year))
    return conditions


def _number(clause: Clause | None) -> int:
    assert clause is not None  # these reasons hold only by a clause
    return clause.number


def membership_of(campaign: Campaign, *, on: date, taken: Taken | None = None) -> Membership:
    """Who is in which stratum, who is out for which reason: a handful of queries whatever the register's size."""
    members: dict[int, str] = {}
    left_out: list[LeftOut] = []
    rows = roll_of(campaign, on=on, taken=taken).values_list("pk", "code", "stratum", "reason")
    for pk, code, stratum, reason in rows.iterator(chunk_size=CHUNK):
        if reason:
            left_out.append(LeftOut(pk, code, reason))
        else:
            members[pk] = stratum
    return Membership(members, left_out)


def left_out_of(campaign: Campaign, *, on: date, taken: Taken | None = None, reason: str = "") -> QuerySet[Rolled, Any]:
    """The firms that are out, by code, as rows of `name`, `code` and `reason`; all of them or those of one reason."""
    roll = roll_of(campaign, on=on, taken=taken)
    out = roll.filter(reason=reason) if reason else roll.exclude(reason="")
    return out.order_by("code").values_list("name", "code", "reason", named=True)


def family_of(campaign: Campaign) -> QuerySet[Campaign]:
    """The campaigns that a supplementary one adds to: the first and the other supplements of it; none for a first."""
    if campaign.supplements_id is None:
        return Campaign.objects.none()
    first = Q(pk=campaign.supplements_id) | Q(supplements=campaign.supplements_id)
    return Campaign.objects.filter(first).exclude(pk=campaign.pk)
