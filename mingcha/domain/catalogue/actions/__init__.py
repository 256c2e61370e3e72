"""What can be done with lists, laws, rulebooks."""

from mingcha.domain.catalogue.actions.items import (
    amend_item,
    enter_item,
    leave_out_item,
    remove_item,
    take_over_item,
)
from mingcha.domain.catalogue.actions.lists import (
    approve_list,
    authorise_list,
    draft_list,
    explain_change,
    explain_item,
    publish_list,
    return_list,
    review_list,
    submit_list,
    text_of,
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
    "approve_list",
    "approve_paper",
    "authorise_list",
    "authorise_paper",
    "draft_list",
    "enter_item",
    "explain_change",
    "explain_item",
    "leave_out_item",
    "publish_list",
    "publish_paper",
    "remove_item",
    "return_list",
    "return_paper",
    "review_list",
    "review_paper",
    "submit_list",
    "submit_paper",
    "take_over_item",
    "text_of",
]
