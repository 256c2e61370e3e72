"""A supplementary campaign, and a draft whose mistakes are all said at once."""

from datetime import date

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.plans import actions
from mingcha.domain.plans.models import Campaign
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import plans as make
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(cast):
    demo_profile()
    return make.plan(cast.market, cast.handler, approver=cast.supervisor)


def test_a_supplement_belongs_to_the_first_of_its_family_and_is_approved_like_any_campaign(cast, noon, approved):
    old = make.item(cast.market, cast.handler, state="SUPERSEDED")
    now = make.item(cast.market, cast.handler)
    first = make.campaign(approved, items=[old], state="DRAWN", approver=cast.supervisor)
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 20), "at": noon}
    added = actions.draft_supplement(first, title="补充", **days, by=cast.handler)
    assert [row.item for row in added.items.all()] == [now]
    assert [entry.event for entry in trail_of(added)] == ["campaign.supplement_drafted"]
    with pytest.raises(Refused, match="已经有名称为“补充”的了"):
        actions.draft_supplement(first, title="补充", **days, by=cast.handler)
    actions.submit_campaign(added, by=cast.handler, at=noon)
    actions.approve_campaign(added, by=cast.supervisor, at=noon)
    with unguarded():
        Campaign.objects.filter(pk=added.pk).update(state="DRAWN")
    third = actions.draft_supplement(added, title="再补充", **days, by=cast.handler)
    assert (added.supplements, third.supplements) == (first, first)
    for person in (cast.approver, cast.supervisor, cast.stranger):
        with pytest.raises(Forbidden):
            actions.draft_supplement(first, title="外人", **days, by=person)


def test_a_campaigns_mistakes_are_refused_together_and_nothing_is_written(cast, noon, approved):
    wrong = {
        "title": " ",
        "starts_on": date(2026, 11, 30),
        "ends_on": date(2026, 11, 29),
        "list_timing": "AT_DRAW",
        "slack": 1,
        "parties": [(cast.market, 1)],
        "items": [],
        "strata": [make.REST],
    }
    with pytest.raises(Refused) as refusal:
        actions.draft_campaign(approved, **wrong, by=cast.handler, at=noon)
    assert [fault.field for fault in refusal.value.faults] == ["title", "ends_on", "inspectors_market", "items"]
    assert not Campaign.objects.exists()
