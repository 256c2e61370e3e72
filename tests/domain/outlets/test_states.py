import pytest

from mingcha.domain.outlets.models import Delivery
from mingcha.domain.outlets.states import WORKFLOW, DeliveryState
from mingcha.kit.errors import Refused

LISTED = set(WORKFLOW)
ALL = [(old, new) for old in DeliveryState for new in DeliveryState]


@pytest.mark.parametrize(("old", "new"), sorted(LISTED))
def test_every_listed_move_is_possible(old, new):
    row = Delivery(state=old)
    row.move_to(new)
    assert row.state == new


@pytest.mark.parametrize(("old", "new"), [move for move in ALL if move not in LISTED])
def test_every_other_move_is_refused(old, new):
    row = Delivery(state=old)
    with pytest.raises(Refused):
        row.move_to(new)
    assert row.state == old
