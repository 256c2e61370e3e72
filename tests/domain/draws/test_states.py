"""The table of the ceremony: what it lists is possible, nothing else is."""

from itertools import product

import pytest

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.states import WORKFLOW, DrawState
from mingcha.kit.errors import Refused

LISTED = set(WORKFLOW)


@pytest.mark.parametrize(("old", "new"), sorted(LISTED))
def test_a_listed_move_passes(old, new):
    draw = Draw(state=old)
    draw.move_to(DrawState(new))
    assert draw.state == new


@pytest.mark.parametrize(("old", "new"), sorted(set(product(DrawState, DrawState)) - LISTED))
def test_every_other_move_is_refused(old, new):
    draw = Draw(state=old)
    with pytest.raises(Refused):
        draw.move_to(DrawState(new))
    assert draw.state == old


def test_nothing_leads_to_an_abort_once_the_dice_lie():
    late = {DrawState.DICE, DrawState.OPENED, DrawState.RESULT, DrawState.SIGNED, DrawState.IN_FORCE}
    assert not {old for old, new in WORKFLOW if new == DrawState.ABORTED} & late
