import pytest

from mingcha.domain.publication.models import Publication
from mingcha.domain.publication.states import WORKFLOW, PublicationState
from mingcha.kit.errors import Refused

LISTED = set(WORKFLOW)
ALL = [(old, new) for old in PublicationState for new in PublicationState]


@pytest.mark.parametrize(("old", "new"), sorted(LISTED))
def test_every_listed_move_is_possible(old, new):
    row = Publication(state=old)
    row.move_to(new)
    assert row.state == new


@pytest.mark.parametrize(("old", "new"), [move for move in ALL if move not in LISTED])
def test_every_other_move_is_refused(old, new):
    row = Publication(state=old)
    with pytest.raises(Refused):
        row.move_to(new)
    assert row.state == old
