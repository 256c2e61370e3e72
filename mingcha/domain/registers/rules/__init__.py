"""What may stand in a register, how a cell is read, what a merge changes: pure."""

from mingcha.domain.registers.rules.amending import (
    InspectorEntry,
    SubjectEntry,
    before_and_after,
    check_amendable,
    replaced_by,
)
from mingcha.domain.registers.rules.cells import Wrong
from mingcha.domain.registers.rules.columns import Column, columns_missing_in, columns_of
from mingcha.domain.registers.rules.confirming import check_confirmable, check_confirmed, check_remark
from mingcha.domain.registers.rules.disputing import check_dispute, check_endable
from mingcha.domain.registers.rules.entries import (
    EVERYWHERE,
    certificate_light,
    check_certificate_free,
    check_inspector,
    check_login_fits,
    check_login_free,
    check_new,
    check_reason,
    check_subject,
    doubtful_code,
    listed,
    masked,
    tidy_areas,
    tidy_code,
)
from mingcha.domain.registers.rules.links import (
    check_appliable,
    check_criteria,
    check_inside,
    check_item,
    check_not_linked,
    check_still_there,
    tidy_words,
)
from mingcha.domain.registers.rules.merging import check_droppable, check_mergeable, check_undisturbed, judge
from mingcha.domain.registers.rules.names import surname_of
from mingcha.domain.registers.rules.personal import (
    check_personal,
    masked_contact,
    masked_phone,
)
from mingcha.domain.registers.rules.searching import fold, position_of, search_words, words_of

__all__ = [
    "EVERYWHERE",
    "Column",
    "InspectorEntry",
    "SubjectEntry",
    "Wrong",
    "before_and_after",
    "certificate_light",
    "check_amendable",
    "check_appliable",
    "check_certificate_free",
    "check_confirmable",
    "check_confirmed",
    "check_criteria",
    "check_dispute",
    "check_droppable",
    "check_endable",
    "check_inside",
    "check_inspector",
    "check_item",
    "check_login_fits",
    "check_login_free",
    "check_mergeable",
    "check_new",
    "check_not_linked",
    "check_personal",
    "check_reason",
    "check_remark",
    "check_still_there",
    "check_subject",
    "check_undisturbed",
    "columns_missing_in",
    "columns_of",
    "doubtful_code",
    "fold",
    "judge",
    "listed",
    "masked",
    "masked_contact",
    "masked_phone",
    "position_of",
    "replaced_by",
    "search_words",
    "surname_of",
    "tidy_areas",
    "tidy_code",
    "tidy_words",
]
