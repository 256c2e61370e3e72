"""Every move of the three tables, and no other."""

from itertools import product

import pytest

from mingcha.domain.registers.models import ImportBatch, Inspector, Subject
from mingcha.domain.registers.states import (
    BATCH_WORKFLOW,
    INSPECTOR_WORKFLOW,
    SUBJECT_WORKFLOW,
    BatchState,
    InspectorState,
    SubjectState,
)
from mingcha.kit.errors import Refused

LIVES = [
    (Subject, SUBJECT_WORKFLOW, SubjectState),
    (Inspector, INSPECTOR_WORKFLOW, InspectorState),
    (ImportBatch, BATCH_WORKFLOW, BatchState),
]
MOVES = [(model, set(table), old, new) for model, table, states in LIVES for old, new in product(states, states)]


# proves S2-12
@pytest.mark.parametrize(("model", "listed", "old", "new"), MOVES)
def test_a_listed_move_passes_and_every_other_is_refused(model, listed, old, new):
    row = model(state=old)
    if (old, new) in listed:
        row.move_to(new)
        assert row.state == new
    else:
        with pytest.raises(Refused, match=str(new.label)):
            row.move_to(new)
        assert row.state == old
