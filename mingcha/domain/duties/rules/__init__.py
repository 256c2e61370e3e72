"""When something is due and which light it shows: pure functions, one for all screens."""

from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.rules.clocks import WORK_END, Clock, Event, clock_for
from mingcha.domain.duties.rules.due import Due, due_for, warning_for
from mingcha.domain.duties.rules.lights import COLOURS, Light, clause_in, colour_of, light_of
from mingcha.domain.duties.rules.wording import moment
from mingcha.domain.policy.rules import end_of_day

__all__ = [
    "COLOURS",
    "WORK_END",
    "Clock",
    "Due",
    "DutyKind",
    "Event",
    "Light",
    "clause_in",
    "clock_for",
    "colour_of",
    "due_for",
    "end_of_day",
    "light_of",
    "moment",
    "warning_for",
]
