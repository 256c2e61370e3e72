"""Who is in the frame of a campaign, who is out, and for which reason.

The reasons are looked up one by one, each in one query for a whole register, and put together here: a database that is
asked for all of them at once compares every firm with every note as soon as the notes outgrow its memory.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.plans.models import Campaign, CampaignStratum, Exclusion, stratum_for
from mingcha.domain.plans.queries.clauses import exclusion_clauses
from mingcha.domain.policy.rules import Clause
from mingcha.domain.registers.models import ItemLink, Relief
from mingcha.domain.registers.queries import (
    disputed_with,
    firms_in,
    linked_to,
    notes_since,
    relieved,
    visited_often,
)

CHUNK = 10_000

# Whoever is in another state can be drawn, also when the entry waits for an update.
NOT_DRAWN = {
    "CLOSED": Exclusion.CLOSED.value,
    "PENDING": Exclusion.PENDING.value,
    "VOID": Exclusion.VOID.value,
}

# Who is out by a decision of the campaign's department, and the kind of the decision.
DECIDED = {Exclusion.CLEAN_YEARS: Relief.Kind.CLEAN_YEARS.value, Exclusion.TOLERANT: Relief.Kind.TOLERANT.value}

# What later steps know, as the codes of subjects: plans cannot ask draws.
Taken = Mapping[Exclusion, QuerySet[Any, Any]]


class LeftOut(NamedTuple):
    """A firm that is not in the frame, with the reason's code."""

    pk: int
    code: str
    name: str
    reason: str


class Membership(NamedTuple):
    """Who is in which stratum (subject's key → stratum's code), and who is out."""

    members: dict[int, str]
    left_out: list[LeftOut]

    def out_for(self, reason: str = "") -> list[LeftOut]:
        """Who is out, by code: all of them, or those of one reason."""
        return sorted((firm for firm in self.left_out if reason in ("", firm.reason)), key=lambda firm: firm.code)


def membership_of(campaign: Campaign, *, on: date, taken: Taken | None = None) -> Membership:
    """Who is in which stratum, who is out for which reason: a handful of queries whatever the register's size."""
    scopes = scopes_of(campaign)
    reasons, linked = _reasons(campaign, scopes, on=on, taken=taken or {}), _linked(scopes)
    strata = list(campaign.strata.all())
    homes: dict[tuple[bool, str], CampaignStratum | None] = {}
    members: dict[int, str] = {}
    left_out: list[LeftOut] = []
    firms = firms_in(campaign.department.region).order_by()
    rows = firms.values_list("pk", "code", "name", "state", "is_foreign", "risk")
    for pk, code, name, state, foreign, risk in rows.iterator(chunk_size=CHUNK):
        marks = (foreign, risk)
        if marks not in homes:
            homes[marks] = stratum_for(strata, is_foreign=foreign, risk=risk)
        home = homes[marks]
        if state in NOT_DRAWN:
            left_out.append(LeftOut(pk, code, name, NOT_DRAWN[state]))
        elif linked is not None and code not in linked:
            left_out.append(LeftOut(pk, code, name, Exclusion.NOT_IN_SCOPE.value))
        elif code in reasons:
            left_out.append(LeftOut(pk, code, name, reasons[code]))
        elif home is None:
            left_out.append(LeftOut(pk, code, name, Exclusion.NO_STRATUM.value))
        else:
            members[pk] = home.code
    return Membership(members, left_out)


class Scope(NamedTuple):
    """An item of a campaign as links name it, and whether its department keeps links for it at all."""

    department: int
    code: str
    is_linked: bool


def scopes_of(campaign: Campaign) -> list[Scope]:
    """The items of a campaign, with one look at the links."""
    kept = ItemLink.objects.filter(department=OuterRef("item__item_list__department"), item_code=OuterRef("item__code"))
    items = campaign.items.order_by("pk").annotate(is_linked=Exists(kept))
    return [Scope(*row) for row in items.values_list("item__item_list__department", "item__code", "is_linked")]


def items_for_everybody(campaign: Campaign) -> list[InspectionItem]:
    """The items for which their department keeps no links: because of them the frame leaves nobody out as unlinked."""
    free = {(scope.department, scope.code) for scope in scopes_of(campaign) if not scope.is_linked}
    items = [row.item for row in campaign.items.select_related("item__item_list__department")]
    return [item for item in items if (item.item_list.department_id, item.code) in free]


def _linked(scopes: list[Scope]) -> set[str] | None:
    """The codes of whoever may be inspected for one of these items; None where that is everybody."""
    if not scopes or not all(scope.is_linked for scope in scopes):
        return None
    return set(_codes(linked_to([(scope.department, scope.code) for scope in scopes])))


def _reasons(campaign: Campaign, scopes: list[Scope], *, on: date, taken: Taken) -> dict[str, str]:
    """Code of a firm → the first reason, in the order of Exclusion, that earlier visits, disputes or draws give.

    By code: a firm may stand in the register of a county and again in that of its city.
    """
    asked = {**_asked(campaign, scopes, on=on), **taken}
    found: dict[str, str] = {}
    for reason in reversed(Exclusion):  # so that the first overwrites the later ones
        if reason in asked:
            found |= dict.fromkeys(_codes(asked[reason]), reason.value)
    return found


def _codes(rows: QuerySet[Any, Any]) -> Iterable[str]:
    """The one column that each of these asks for."""
    return (code for row in rows.iterator(chunk_size=CHUNK) for code in row.values())


def _asked(campaign: Campaign, scopes: list[Scope], *, on: date) -> dict[Exclusion, QuerySet[Any, Any]]:
    """What is looked up about visits and disputes; a reason that the rules do not give is not asked for."""
    clauses = exclusion_clauses(campaign, on=on)
    region = campaign.department.region
    asked: dict[Exclusion, QuerySet[Any, Any]] = {
        Exclusion.IN_DISPUTE: disputed_with(campaign.parties.values("department"), on=on)
    }
    if Exclusion.INSPECTED in clauses:
        notes = notes_since(region, [scope.code for scope in scopes], date(on.year, 1, 1))
        asked[Exclusion.INSPECTED] = notes.order_by().values("subject__code")
    if Exclusion.FREQUENCY in clauses:
        asked[Exclusion.FREQUENCY] = visited_often(region, _number(clauses[Exclusion.FREQUENCY]), year=on.year)
    for reason, kind in DECIDED.items():
        if reason in clauses:
            asked[reason] = relieved(campaign.department, kind, on=on)
    return asked


def _number(clause: Clause | None) -> int:
    assert clause is not None  # these reasons hold only by a clause
    return clause.number


def family_of(campaign: Campaign) -> QuerySet[Campaign]:
    """The campaigns that a supplementary one adds to: the first and the other supplements of it; none for a first."""
    if campaign.supplements_id is None:
        return Campaign.objects.none()
    first = Q(pk=campaign.supplements_id) | Q(supplements=campaign.supplements_id)
    return Campaign.objects.filter(first).exclude(pk=campaign.pk)
