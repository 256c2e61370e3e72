"""What can be done with lists, laws, rulebooks."""

from mingcha.domain.catalogue.actions.lists import (
    amend_item,
    bring_into_force,
    draft_list,
    enter_item,
    explain_change,
    remove_item,
)
from mingcha.domain.catalogue.actions.steps import (
    approve_paper,
    authorise_paper,
    publish_paper,
    return_paper,
    review_paper,
    submit_paper,
)

__all__ = [
    "amend_item",
    "approve_paper",
    "authorise_paper",
    "bring_into_force",
    "draft_list",
    "enter_item",
    "explain_change",
    "publish_paper",
    "remove_item",
    "return_paper",
    "review_paper",
    "submit_paper",
]
