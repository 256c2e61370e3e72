"""双随机抽取: the draw, its files, the people in the room, what came out, what was changed afterwards."""

from mingcha.domain.draws.models.changes import Decision, ReserveReason, Substitution, UsedReserve
from mingcha.domain.draws.models.draw import Draw, DrawSeries, FrozenFile, PredictabilityReport
from mingcha.domain.draws.models.exhibits import Exhibit, ExhibitKind
from mingcha.domain.draws.models.invitations import Announcement, Invitation, InvitationState
from mingcha.domain.draws.models.outcome import INVENTED_FIRM, INVENTED_PERSON, DrawnInspector, DrawnSubject, team_words
from mingcha.domain.draws.models.room import DiceEntry, Objection, Outcome, Seat, Signature, SignatureSeat
from mingcha.domain.draws.states import DrawState

__all__ = [
    "INVENTED_FIRM",
    "INVENTED_PERSON",
    "Announcement",
    "Decision",
    "DiceEntry",
    "Draw",
    "DrawSeries",
    "DrawState",
    "DrawnInspector",
    "DrawnSubject",
    "Exhibit",
    "ExhibitKind",
    "FrozenFile",
    "Invitation",
    "InvitationState",
    "Objection",
    "Outcome",
    "PredictabilityReport",
    "ReserveReason",
    "Seat",
    "Signature",
    "SignatureSeat",
    "Substitution",
    "UsedReserve",
    "team_words",
]
