from itertools import product

import pytest

from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.catalogue.states import WORKFLOW, ListState
from mingcha.kit.errors import Refused

MOVES = set(WORKFLOW)


@pytest.mark.parametrize(("old", "new"), sorted(MOVES))
def test_a_list_makes_every_move_of_its_table(old, new):
    edition = ItemList(state=old)
    edition.move_to(new)
    assert edition.state == new


@pytest.mark.parametrize(("old", "new"), sorted(set(product(ListState, ListState)) - MOVES))
def test_a_list_refuses_every_other_move(old, new):
    with pytest.raises(Refused, match="刷新页面"):
        ItemList(state=old).move_to(new)
