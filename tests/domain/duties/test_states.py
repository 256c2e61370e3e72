from itertools import product

import pytest

from mingcha.domain.duties.models import Duty
from mingcha.domain.duties.states import WORKFLOW, DutyState
from mingcha.kit.errors import Refused

MOVES = set(WORKFLOW)


@pytest.mark.parametrize(("old", "new"), sorted(MOVES))
def test_a_duty_makes_every_move_of_its_table(old, new):
    duty = Duty(state=old)
    duty.move_to(new)
    assert duty.state == new


@pytest.mark.parametrize(("old", "new"), sorted(set(product(DutyState, DutyState)) - MOVES))
def test_a_duty_refuses_every_other_move(old, new):
    with pytest.raises(Refused, match="刷新页面"):
        Duty(state=old).move_to(new)
