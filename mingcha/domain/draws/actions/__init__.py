"""The ceremony, one act a phase. Every act locks the draw, so that two people at once act one after the other."""

from mingcha.domain.draws.actions.aborting import confirm_abort, propose_abort
from mingcha.domain.draws.actions.committing import commit
from mingcha.domain.draws.actions.freezing import Prepared, freeze, prepare
from mingcha.domain.draws.actions.opening import open_contribution, open_sealed_copy, open_system_copy
from mingcha.domain.draws.actions.seating import open_draw, take_seat
from mingcha.domain.draws.actions.signing import bring_into_force, sign, sign_as_witness
from mingcha.domain.draws.actions.throwing import enter_dice

__all__ = [
    "Prepared",
    "bring_into_force",
    "commit",
    "confirm_abort",
    "enter_dice",
    "freeze",
    "open_contribution",
    "open_draw",
    "open_sealed_copy",
    "open_system_copy",
    "prepare",
    "propose_abort",
    "sign",
    "sign_as_witness",
    "take_seat",
]
