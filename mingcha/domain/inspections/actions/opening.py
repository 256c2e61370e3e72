"""Visits with everything that belongs to them; told by the dispatch and by the replacement of a firm."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries import current_edition_of
from mingcha.domain.catalogue.queries.laws import freezes_barring
from mingcha.domain.catalogue.rules.laws import check_not_frozen
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import Line, Scope, room_sees_names, scope_at
from mingcha.domain.draws.rules import check_registered
from mingcha.domain.inspections import rules
from mingcha.domain.inspections.models import Assignment, Finding, Inspection, Visit
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.models import Campaign
from mingcha.kit.action import action

BATCH = 2000

Items = Mapping[tuple[int, str], InspectionItem]  # by department and code
Parts = Mapping[tuple[int, int], Inspection]  # by drawn subject and department


def _listed_items(campaign: Campaign) -> Items:
    """The campaign's items, each in the edition in force today."""
    items: dict[tuple[int, str], InspectionItem] = {}
    chosen = [row.item for row in campaign.items.select_related("item__item_list")]
    check_not_frozen(freezes_barring(chosen))
    for item in chosen:
        listed = item if item.is_in_force else rules.check_listed(item, current_edition_of(item))
        items[listed.item_list.department_id, listed.code] = listed
    return items


@action
def open_visits(lines: Sequence[Line], *, draw: Draw, let_go: Collection[str] = (), by: User, at: datetime) -> Parts:
    """One visit a firm (进一家门), one inspection in it for each department that has something to inspect there
    (查多项事), its people and its items. Whoever was drawn for another department stays drawn and is not sent.
    To the firms of `let_go` every department goes."""
    items = _listed_items(draw.campaign)
    scope = scope_at([line.current.code for line in lines], campaign=draw.campaign, let_go=let_go)
    visits = Visit.objects.bulk_create(
        [Visit(campaign=draw.campaign, drawn=line.current, subject=check_registered(line.current)) for line in lines],
        batch_size=BATCH,
    )
    inspections = Inspection.objects.bulk_create(
        [
            Inspection(visit=visit, department_id=department)
            for visit in visits
            for department in sorted(scope.departments_at(visit.drawn.code))
        ],
        batch_size=BATCH,
    )
    parts = {(part.visit.drawn_id, part.department_id): part for part in inspections}
    _assign(lines, parts, at=at)
    _list_items(inspections, items, scope)
    _tell_who_stays_away(visits, scope, draw=draw, by=by, at=at)
    _tell_who_is_loose(inspections, scope, draw=draw, by=by, at=at)
    return parts


def _assign(lines: Iterable[Line], parts: Parts, *, at: datetime) -> None:
    """Each person to the part of the own department, where there is one; the notice goes out with it."""
    Assignment.objects.bulk_create(
        [
            Assignment(
                inspection=parts[line.current.pk, sent.department_id],
                inspector_id=sent.inspector_id,
                position=sent.position,
                sent_at=at,
            )
            for line in lines
            for sent in line.party
            if (line.current.pk, sent.department_id) in parts
        ],
        batch_size=BATCH,
    )


def _list_items(inspections: Iterable[Inspection], items: Items, scope: Scope) -> None:
    Finding.objects.bulk_create(
        [
            Finding(inspection=part, item=item)
            for part in inspections
            for wanted in [scope.items_at(part.visit.drawn.code)]
            for key, item in items.items()
            if key in wanted and key[0] == part.department_id
        ],
        batch_size=BATCH,
    )


def _tell_who_stays_away(visits: Sequence[Visit], scope: Scope, *, draw: Draw, by: User, at: datetime) -> None:
    """How many firms of the list a department does not go to. Numbers alone: the list may be sealed still."""
    places = [scope.departments_at(visit.drawn.code) for visit in visits]
    everybody = Department.objects.filter(pk__in={department for department, _code in scope.items}).order_by("code")
    away = {one.code: sum(one.pk not in going for going in places) for one in everybody}
    if any(away.values()):
        details = {code: firms for code, firms in away.items() if firms}
        record("inspection.not_concerned", draw, by=by, at=at, details=details)


def _tell_who_is_loose(parts: Sequence[Inspection], scope: Scope, *, draw: Draw, by: User, at: datetime) -> None:
    """Firms that nothing links any more: everybody goes, and each of their inspections says why.

    While the list is sealed the number alone: the trail has more readers than the visits.
    """
    loose = [part for part in parts if scope.is_loose(part.visit.drawn.code)]
    if loose:
        details = {"firms": len({part.visit_id for part in loose})}
        record("inspection.link_lost", draw, by=by, at=at, details=details)
    for part in loose if room_sees_names(draw, now=at) else []:
        record("inspection.link_lost", part, by=by, at=at)
