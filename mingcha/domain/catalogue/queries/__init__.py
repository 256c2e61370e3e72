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

__all__ = [
    "current_edition_of",
    "draft_of",
    "edition_in_force",
    "item_lists_visible_to",
    "items_in_force",
    "items_of",
    "items_visible_to",
    "items_with_checkpoints",
    "next_edition",
]
