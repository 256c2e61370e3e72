"""Whether a step of an inspection is possible now; pure, without queries or a clock."""

from mingcha.domain.inspections.rules.changes import (
    check_firm_replaceable,
    check_own_notices,
    check_person_replaceable,
)
from mingcha.domain.inspections.rules.results import (
    check_confirmable,
    check_recordable,
    check_results,
    check_returnable,
)
from mingcha.domain.inspections.rules.visits import (
    MIN_INSPECTORS,
    check_answer,
    check_answerable,
    check_arrivable,
    check_assigned,
    check_certified,
    check_complete,
    check_dispatchable,
    check_finishable,
    check_listed,
    check_on_sheet,
    check_photo_place,
    check_signable,
    check_startable,
    check_subject_part,
    lack_of,
    start_of,
)
from mingcha.kit.pictures import MAX_BYTES, Picture, picture_of

__all__ = [
    "MAX_BYTES",
    "MIN_INSPECTORS",
    "Picture",
    "check_answer",
    "check_answerable",
    "check_arrivable",
    "check_assigned",
    "check_certified",
    "check_complete",
    "check_confirmable",
    "check_dispatchable",
    "check_finishable",
    "check_firm_replaceable",
    "check_listed",
    "check_on_sheet",
    "check_own_notices",
    "check_person_replaceable",
    "check_photo_place",
    "check_recordable",
    "check_results",
    "check_returnable",
    "check_signable",
    "check_startable",
    "check_subject_part",
    "lack_of",
    "picture_of",
    "start_of",
]
