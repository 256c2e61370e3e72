"""What can be done with lists, laws, rulebooks."""

from mingcha.domain.catalogue.actions.lists import (
    amend_item,
    bring_into_force,
    draft_list,
    enter_item,
    explain_change,
    remove_item,
)

__all__ = [
    "amend_item",
    "bring_into_force",
    "draft_list",
    "enter_item",
    "explain_change",
    "remove_item",
]
