"""What lists, laws and rulebooks can be asked."""

from mingcha.domain.catalogue.queries.lists import (
    current_edition_of,
    draft_of,
    edition_in_force,
    item_lists_visible_to,
    items_in_force,
    items_of,
    items_visible_to,
    items_with_checkpoints,
    next_edition,
)
from mingcha.domain.catalogue.queries.steps import (
    AnyPaper,
    Asked,
    Named,
    PaperRow,
    Way,
    decision_on,
    decisions_of,
    filings_of,
    sectors_of,
    way_of,
)

__all__ = [
    "AnyPaper",
    "Asked",
    "Named",
    "PaperRow",
    "Way",
    "current_edition_of",
    "decision_on",
    "decisions_of",
    "draft_of",
    "edition_in_force",
    "filings_of",
    "item_lists_visible_to",
    "items_in_force",
    "items_of",
    "items_visible_to",
    "items_with_checkpoints",
    "next_edition",
    "sectors_of",
    "way_of",
]
