from itertools import product

import pytest

from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.states import WORKFLOW, ProfileState
from mingcha.kit.errors import Refused

MOVES = set(WORKFLOW)


@pytest.mark.parametrize(("old", "new"), sorted(MOVES))
def test_a_profile_makes_every_move_of_its_table(old, new):
    profile = Profile(state=old)
    profile.move_to(new)
    assert profile.state == new


@pytest.mark.parametrize(("old", "new"), sorted(set(product(ProfileState, ProfileState)) - MOVES))
def test_a_profile_refuses_every_other_move(old, new):
    with pytest.raises(Refused, match="刷新页面"):
        Profile(state=old).move_to(new)
