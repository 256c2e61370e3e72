"""The only writers of the two registers."""

from mingcha.domain.registers.actions.batches import drop_batch, merge_batch, read_file
from mingcha.domain.registers.actions.confirmations import confirm_register
from mingcha.domain.registers.actions.disputes import declare_dispute, end_dispute
from mingcha.domain.registers.actions.inspectors import (
    amend_inspector,
    enlist_inspector,
    give_login,
    restore_inspector,
    suspend_inspector,
)
from mingcha.domain.registers.actions.subjects import (
    amend_subject,
    close_subject,
    declare_avoidance,
    note_visit,
    register_subject,
    reopen_subject,
    require_keeper,
    withdraw_avoidance,
)

__all__ = [
    "amend_inspector",
    "amend_subject",
    "close_subject",
    "confirm_register",
    "declare_avoidance",
    "declare_dispute",
    "drop_batch",
    "end_dispute",
    "enlist_inspector",
    "give_login",
    "merge_batch",
    "note_visit",
    "read_file",
    "register_subject",
    "reopen_subject",
    "require_keeper",
    "restore_inspector",
    "suspend_inspector",
    "withdraw_avoidance",
]
