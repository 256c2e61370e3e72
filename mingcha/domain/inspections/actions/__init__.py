"""What can be done about an inspection, from the dispatch to the confirmed result."""

from mingcha.domain.inspections.actions.dispatch import dispatch_visits
from mingcha.domain.inspections.actions.noticing import acknowledge, acknowledge_all
from mingcha.domain.inspections.actions.replacing import (
    ask_reserve,
    ask_substitute,
    replace_inspector,
    replace_subject,
)
from mingcha.domain.inspections.actions.results import confirm_result, mark_published, record_result, return_result
from mingcha.domain.inspections.actions.sheet import answer, attach_photo, save_section
from mingcha.domain.inspections.actions.visits import arrive, finish_visit, sign_visit

__all__ = [
    "acknowledge",
    "acknowledge_all",
    "answer",
    "arrive",
    "ask_reserve",
    "ask_substitute",
    "attach_photo",
    "confirm_result",
    "dispatch_visits",
    "finish_visit",
    "mark_published",
    "record_result",
    "replace_inspector",
    "replace_subject",
    "return_result",
    "save_section",
    "sign_visit",
]
