"""Visits with everything that belongs to them; told by the dispatch and by the replacement of a firm."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries import current_edition_of
from mingcha.domain.catalogue.queries.laws import freezes_barring
from mingcha.domain.catalogue.rules.laws import check_not_frozen
from mingcha.domain.draws.queries import Line
from mingcha.domain.draws.rules import check_registered
from mingcha.domain.inspections import rules
from mingcha.domain.inspections.models import Assignment, Finding, Inspection, Visit
from mingcha.domain.plans.models import Campaign
from mingcha.kit.action import action

BATCH = 2000

ItemsByDepartment = Mapping[int, Sequence[InspectionItem]]
Parts = Mapping[tuple[int, int], Inspection]  # by drawn subject and department


def _listed_items(campaign: Campaign) -> ItemsByDepartment:
    """The campaign's items by department, each in the edition in force today."""
    items: dict[int, list[InspectionItem]] = defaultdict(list)
    chosen = [row.item for row in campaign.items.select_related("item__item_list")]
    check_not_frozen(freezes_barring(chosen))
    for item in chosen:
        listed = item if item.is_in_force else rules.check_listed(item, current_edition_of(item))
        items[listed.item_list.department_id].append(listed)
    return items


@action
def open_visits(lines: Sequence[Line], *, campaign: Campaign, at: datetime) -> Parts:
    """One visit a firm (进一家门), one inspection in it for each department (查多项事), its people and its items."""
    items = _listed_items(campaign)
    visits = Visit.objects.bulk_create(
        [Visit(campaign=campaign, drawn=line.current, subject=check_registered(line.current)) for line in lines],
        batch_size=BATCH,
    )
    inspections = Inspection.objects.bulk_create(
        [Inspection(visit=visit, department_id=department) for visit in visits for department in items],
        batch_size=BATCH,
    )
    parts = {(part.visit.drawn_id, part.department_id): part for part in inspections}
    _assign(lines, parts, at=at)
    _list_items(inspections, items)
    return parts


def _assign(lines: Iterable[Line], parts: Parts, *, at: datetime) -> None:
    """Each person to the part of the own department; the notice goes out with it."""
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
        ],
        batch_size=BATCH,
    )


def _list_items(inspections: Iterable[Inspection], items: ItemsByDepartment) -> None:
    Finding.objects.bulk_create(
        [Finding(inspection=part, item=item) for part in inspections for item in items[part.department_id]],
        batch_size=BATCH,
    )
