"""What whoever decides on an edition reads first: what is new, what goes, what reads differently, and the rest folded.

Only the order of the page: what is signed is the whole text (catalogue.actions.text_of), as before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemList
from mingcha.domain.catalogue.queries import material_of
from mingcha.domain.catalogue.rules import Explained, changes_between, edition_facts, explained

Whole = tuple[InspectionItem, Sequence[Checkpoint]]


@dataclass(frozen=True, kw_only=True)
class Reviewed(Explained):
    """A change with its reason and the item whole: as it will be, or as it was where it goes."""

    item: InspectionItem
    checkpoints: Sequence[Checkpoint]


@dataclass(frozen=True)
class Review:
    """An edition beside the one before; of a first edition only `items`."""

    items: Sequence[Whole]
    added: Sequence[Reviewed] = ()
    removed: Sequence[Reviewed] = ()
    changed: Sequence[Reviewed] = ()
    unchanged: Sequence[InspectionItem] = ()


def review_of(edition: ItemList) -> Review:
    """Every item of the edition, and every one that it drops, in exactly one of the four groups."""
    items, before, notes = material_of(edition)
    if before is None:
        return Review(items)
    changes = explained(changes_between(edition_facts(before), edition_facts(items)), edition, notes)
    whole = {item.code: (item, points) for item, points in [*before, *items]}  # the new one where there are two
    reviewed = [_reviewed(each, whole[each.change.code]) for each in changes]
    touched = {each.change.code for each in changes}
    return Review(
        items,
        added=_of_kind("added", reviewed),
        removed=_of_kind("removed", reviewed),
        changed=_of_kind("changed", reviewed),
        unchanged=[item for item, _points in items if item.code not in touched],
    )


def _reviewed(each: Explained, whole: Whole) -> Reviewed:
    item, points = whole
    return Reviewed(each.change, each.reason, each.note, each.is_own, item=item, checkpoints=points)


def _of_kind(kind: str, reviewed: Iterable[Reviewed]) -> list[Reviewed]:
    return [each for each in reviewed if each.change.kind == kind]
