"""The only writers of the two registers."""

from mingcha.domain.registers.actions.batches import drop_batch, read_file, receive_file, reread_batch
from mingcha.domain.registers.actions.confirmations import confirm_register
from mingcha.domain.registers.actions.discarding import discard_file
from mingcha.domain.registers.actions.disputes import declare_dispute, end_dispute
from mingcha.domain.registers.actions.exports import (
    ask_export,
    discard_export,
    end_export,
    note_export,
    note_progress,
)
from mingcha.domain.registers.actions.holds import hold_links, release_links
from mingcha.domain.registers.actions.imports import carry_on
from mingcha.domain.registers.actions.inspectors import (
    amend_inspector,
    enlist_inspector,
    give_login,
    restore_inspector,
    suspend_inspector,
)
from mingcha.domain.registers.actions.journal import (
    write_note,
)
from mingcha.domain.registers.actions.lifecycle import (
    mark_stale,
    verify_subject,
    void_subject,
)
from mingcha.domain.registers.actions.links import (
    Applied,
    apply_rule,
    apply_rules,
    drop_link_rule,
    link_subject,
    renew_links,
    set_link_rule,
    unlink_subject,
)
from mingcha.domain.registers.actions.merging import ask_merge, merge_batch, return_batch
from mingcha.domain.registers.actions.people import (
    add_qualification,
    describe_inspector,
    drop_qualification,
    end_leave,
    grant_leave,
    record_training,
    release_inspector,
)
from mingcha.domain.registers.actions.personal import (
    Shown,
    show_personal,
)
from mingcha.domain.registers.actions.pools import (
    agree_member,
    leave_pool,
    open_pool,
    propose_member,
)
from mingcha.domain.registers.actions.registers import (
    Entered,
    drop_register,
    enter_subjects,
    fill_register,
    open_register,
    remove_subjects,
)
from mingcha.domain.registers.actions.reliefs import (
    decide_reliefs,
    end_relief,
    lapse_reliefs,
)
from mingcha.domain.registers.actions.sharing import (
    Delivered,
    ask_for_data,
    end_grant,
    grant_request,
    refuse_request,
    take_data,
)
from mingcha.domain.registers.actions.signals import (
    add_signal,
    close_signal,
    set_credit_class,
)
from mingcha.domain.registers.actions.staging import read_batch
from mingcha.domain.registers.actions.subjects import (
    amend_subject,
    close_subject,
    declare_avoidance,
    register_subject,
    reopen_subject,
    require_keeper,
    withdraw_avoidance,
)
from mingcha.domain.registers.actions.undoing import ask_undo, undo_batch
from mingcha.domain.registers.actions.views import choose_columns, drop_view, save_view
from mingcha.domain.registers.actions.visits import (
    note_visit,
)

__all__ = [
    "Applied",
    "Delivered",
    "Entered",
    "Shown",
    "add_qualification",
    "add_signal",
    "agree_member",
    "amend_inspector",
    "amend_subject",
    "apply_rule",
    "apply_rules",
    "ask_export",
    "ask_for_data",
    "ask_merge",
    "ask_undo",
    "carry_on",
    "choose_columns",
    "close_signal",
    "close_subject",
    "confirm_register",
    "decide_reliefs",
    "declare_avoidance",
    "declare_dispute",
    "describe_inspector",
    "discard_export",
    "discard_file",
    "drop_batch",
    "drop_link_rule",
    "drop_qualification",
    "drop_register",
    "drop_view",
    "end_dispute",
    "end_export",
    "end_grant",
    "end_leave",
    "end_relief",
    "enlist_inspector",
    "enter_subjects",
    "fill_register",
    "give_login",
    "grant_leave",
    "grant_request",
    "hold_links",
    "lapse_reliefs",
    "leave_pool",
    "link_subject",
    "mark_stale",
    "merge_batch",
    "note_export",
    "note_progress",
    "note_visit",
    "open_pool",
    "open_register",
    "propose_member",
    "read_batch",
    "read_file",
    "receive_file",
    "record_training",
    "refuse_request",
    "register_subject",
    "release_inspector",
    "release_links",
    "remove_subjects",
    "renew_links",
    "reopen_subject",
    "require_keeper",
    "reread_batch",
    "restore_inspector",
    "return_batch",
    "save_view",
    "set_credit_class",
    "set_link_rule",
    "show_personal",
    "suspend_inspector",
    "take_data",
    "undo_batch",
    "unlink_subject",
    "verify_subject",
    "void_subject",
    "withdraw_avoidance",
    "write_note",
]
