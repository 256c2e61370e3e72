"""Every move of the two tables, and no other."""

from itertools import product

import pytest

from mingcha.domain.plans.models import Campaign, Plan
from mingcha.domain.plans.states import CAMPAIGN_WORKFLOW, PLAN_WORKFLOW, CampaignState, PlanState
from mingcha.kit.errors import Refused

CASES = [
    (model, old, new, (old, new) in set(workflow))
    for model, states, workflow in (
        (Plan, PlanState, PLAN_WORKFLOW),
        (Campaign, CampaignState, CAMPAIGN_WORKFLOW),
    )
    for old, new in product(states, states)
]


@pytest.mark.parametrize(("model", "old", "new", "listed"), CASES)
def test_a_listed_move_passes_and_every_other_is_refused(model, old, new, listed):
    row = model(state=old)
    if listed:
        row.move_to(new)
        assert row.state == new
    else:
        with pytest.raises(Refused):
            row.move_to(new)
        assert row.state == old
