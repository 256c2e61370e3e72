import pytest

from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.states import WORKFLOW, InspectionState
from mingcha.kit.errors import Refused

LISTED = set(WORKFLOW)
ALL = [(old, new) for old in InspectionState for new in InspectionState]


@pytest.mark.parametrize(("old", "new"), sorted(LISTED))
def test_every_listed_move_is_possible(old, new):
    inspection = Inspection(state=old)
    inspection.move_to(new)
    assert inspection.state == new


@pytest.mark.parametrize(("old", "new"), [move for move in ALL if move not in LISTED])
def test_every_other_move_is_refused(old, new):
    inspection = Inspection(state=old)
    with pytest.raises(Refused):
        inspection.move_to(new)
    assert inspection.state == old
