"""依据失效-冻结: an item whose law was repealed is planned, drawn and inspected by nobody, and the person reads why."""

import pytest

from mingcha.domain.inspections import actions as inspections
from mingcha.domain.plans import actions as plans
from mingcha.kit.errors import Refused
from tests.conftest import NOON
from tests.factories import draws, laws, policy
from tests.factories import inspections as world_of
from tests.factories import plans as planning

pytestmark = pytest.mark.django_db

FROZEN = "事项已冻结"


@pytest.fixture
def item(cast):
    policy.demo_profile()
    policy.calendar()
    return laws.item_list(cast.market, cast.handler, ["M-01"]).items.get()


# proves S0-09
# proves S3-01
def test_a_campaign_with_a_frozen_item_is_neither_handed_in_nor_approved(cast, item):
    under = planning.plan(cast.market, cast.handler, approver=cast.supervisor)
    drafted = planning.campaign(under, items=[item], title="草稿")
    submitted = planning.campaign(under, items=[item], title="待审", state="SUBMITTED")
    laws.freeze(item, laws.law())
    with pytest.raises(Refused, match=FROZEN):
        plans.submit_campaign(drafted, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match=FROZEN):
        plans.approve_campaign(submitted, by=cast.supervisor, at=NOON)


# proves S4-01
def test_visits_on_a_frozen_item_are_neither_sent_nor_begun(cast):
    there = world_of.world(cast)
    sent = world_of.dispatched(there)
    chosen = sent.findings.order_by("item__code")[0].item
    laws.freeze(chosen, laws.law())
    first, second = world_of.people_of(sent)
    inspections.arrive(sent, by=first, at=NOON)
    with pytest.raises(Refused, match=FROZEN):
        inspections.arrive(sent, by=second, at=NOON)


def test_nobody_is_sent_for_a_frozen_item(cast):
    there = world_of.world(cast)
    laws.freeze(there.campaign.items.order_by("item__code")[0].item, laws.law())
    with pytest.raises(Refused, match=FROZEN):
        inspections.dispatch_visits(there.draw, by=cast.handler, at=NOON)


# proves S0-09
def test_a_campaign_with_a_frozen_item_is_not_drawn(cast):
    made = draws.room(cast)
    laws.freeze(made.draw.campaign.items.order_by("item__code")[0].item, laws.law())
    with pytest.raises(Refused, match=FROZEN):
        draws.freeze(made, NOON)
