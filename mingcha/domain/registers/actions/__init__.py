"""The only writers of the two registers."""

from mingcha.domain.registers.actions.inspectors import (
    enlist_inspector,
    give_login,
    restore_inspector,
    suspend_inspector,
)
from mingcha.domain.registers.actions.subjects import (
    close_subject,
    declare_avoidance,
    note_visit,
    register_subject,
    reopen_subject,
)

__all__ = [
    "close_subject",
    "declare_avoidance",
    "enlist_inspector",
    "give_login",
    "note_visit",
    "register_subject",
    "reopen_subject",
    "restore_inspector",
    "suspend_inspector",
]
