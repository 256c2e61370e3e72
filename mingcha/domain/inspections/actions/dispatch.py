"""A signed draw becomes visits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries import current_edition_of
from mingcha.domain.draws.actions import bring_into_force
from mingcha.domain.draws.models import Draw, DrawnInspector
from mingcha.domain.duties.actions import start_duty
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.models import Assignment, Finding, Inspection, Visit
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.models import Campaign
from mingcha.domain.policy.rules import end_of_day
from mingcha.kit.action import action
from mingcha.kit.locking import locked

BATCH = 2000

ItemsByDepartment = Mapping[int, Sequence[InspectionItem]]
Parts = Mapping[tuple[int, int], Inspection]  # by drawn subject and department


@action
def dispatch_visits(draw: Draw, *, by: User, at: datetime) -> None:
    """Bring the draw into force and send every department's drawn inspectors to every drawn subject."""
    require(by, Permission.DRAW_RUN, within=draw.department)
    draw = locked(draw)
    rules.check_dispatchable(visits=queries.visits_of(draw).count())
    if not draw.is_in_force:
        bring_into_force(draw, by=by, at=at)
    items = _listed_items(draw.campaign)
    parts = _open_visits(draw, items)
    _assign(draw, parts)
    _list_items(parts.values(), items)
    _start_clocks(draw.campaign, by=by, at=at)
    record("inspection.dispatched", draw, by=by, at=at, details={"inspections": len(parts)})


def _listed_items(campaign: Campaign) -> ItemsByDepartment:
    """The campaign's items by department, each in the edition in force today."""
    items: dict[int, list[InspectionItem]] = defaultdict(list)
    for chosen in campaign.items.select_related("item__item_list"):
        item = chosen.item
        listed = item if item.is_in_force else rules.check_listed(item, current_edition_of(item))
        items[listed.item_list.department_id].append(listed)
    return items


def _open_visits(draw: Draw, items: ItemsByDepartment) -> Parts:
    """One visit a drawn subject (进一家门), one inspection in it for each department (查多项事)."""
    drawn = draw.subjects.filter(reserve=False)
    visits = Visit.objects.bulk_create(
        [Visit(campaign_id=draw.campaign_id, drawn=row, subject_id=row.subject_id) for row in drawn], batch_size=BATCH
    )
    inspections = Inspection.objects.bulk_create(
        [Inspection(visit=visit, department_id=department) for visit in visits for department in items],
        batch_size=BATCH,
    )
    return {(part.visit.drawn_id, part.department_id): part for part in inspections}


def _assign(draw: Draw, parts: Parts) -> None:
    """The drawn inspectors, each to the part of the own department."""
    people = DrawnInspector.objects.filter(drawn__draw=draw, drawn__reserve=False)
    Assignment.objects.bulk_create(
        [
            Assignment(
                inspection=parts[person.drawn_id, person.department_id],
                inspector_id=person.inspector_id,
                position=person.position,
            )
            for person in people
        ],
        batch_size=BATCH,
    )


def _list_items(inspections: Iterable[Inspection], items: ItemsByDepartment) -> None:
    Finding.objects.bulk_create(
        [Finding(inspection=part, item=item) for part in inspections for item in items[part.department_id]],
        batch_size=BATCH,
    )


def _start_clocks(campaign: Campaign, *, by: User, at: datetime) -> None:
    """Every department has until the end of the campaign's last day to enter all its results."""
    for party in campaign.parties.select_related("department__region"):
        start_duty(
            DutyKind.CAMPAIGN_END,
            party,
            department=party.department,
            event_at=rules.start_of(campaign.starts_on),
            limit=end_of_day(campaign.ends_on),
            by=by,
            at=at,
        )
