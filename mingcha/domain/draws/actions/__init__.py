"""The ceremony, one act a phase. Every act locks the draw, so that two people at once act one after the other."""

from mingcha.domain.draws.actions.aborting import confirm_abort, propose_abort
from mingcha.domain.draws.actions.announcing import (
    announce,
    ask_for_seat,
    decide_request,
    invite,
    withdraw_invitation,
)
from mingcha.domain.draws.actions.checking import confirm_copies
from mingcha.domain.draws.actions.committing import commit
from mingcha.domain.draws.actions.exhibiting import attach_exhibit
from mingcha.domain.draws.actions.forecasting import compose_inputs, keep_forecast, rehearsal_keys
from mingcha.domain.draws.actions.freezing import Prepared, freeze, prepare
from mingcha.domain.draws.actions.objecting import raise_objection
from mingcha.domain.draws.actions.opening import open_contribution, open_sealed_copy, open_system_copy
from mingcha.domain.draws.actions.seating import open_draw, open_rehearsal, take_seat
from mingcha.domain.draws.actions.showing import show_subject
from mingcha.domain.draws.actions.signing import bring_into_force, sign, sign_as_witness
from mingcha.domain.draws.actions.substituting import (
    decide_reserve,
    decide_substitute,
    propose_reserve,
    propose_substitute,
)
from mingcha.domain.draws.actions.throwing import enter_dice
from mingcha.domain.draws.actions.voiding import confirm_void, let_links_go, propose_void

__all__ = [
    "Prepared",
    "announce",
    "ask_for_seat",
    "attach_exhibit",
    "bring_into_force",
    "commit",
    "compose_inputs",
    "confirm_abort",
    "confirm_copies",
    "confirm_void",
    "decide_request",
    "decide_reserve",
    "decide_substitute",
    "enter_dice",
    "freeze",
    "invite",
    "keep_forecast",
    "let_links_go",
    "open_contribution",
    "open_draw",
    "open_rehearsal",
    "open_sealed_copy",
    "open_system_copy",
    "prepare",
    "propose_abort",
    "propose_reserve",
    "propose_substitute",
    "propose_void",
    "raise_objection",
    "rehearsal_keys",
    "show_subject",
    "sign",
    "sign_as_witness",
    "take_seat",
    "withdraw_invitation",
]
