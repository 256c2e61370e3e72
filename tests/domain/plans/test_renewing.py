"""A campaign under the next edition of the list that its items were chosen from."""

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.plans import actions
from tests.factories import laws
from tests.factories import plans as make
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db


# proves S1-14
def test_work_goes_on_under_the_next_edition_of_the_list_and_the_trail_says_so(cast, noon):
    demo_profile()
    old = make.item(cast.market, cast.handler)
    under = make.plan(cast.market, cast.handler, approver=cast.supervisor)
    parties = [(cast.market, 2)]
    campaign = make.campaign(under, items=[old], parties=parties, strata=(make.REST,), state="SUBMITTED")
    with unguarded():
        ItemList.objects.filter(pk=old.item_list_id).update(state="SUPERSEDED")
        edition = ItemList.objects.create(
            department=old.item_list.department, edition=7, state="IN_FORCE", drafted_by=cast.handler, in_force_at=noon
        )
    fresh = laws.item(edition, old.code, title=old.title)
    actions.approve_campaign(campaign, by=cast.supervisor, at=noon)
    assert fresh.pk in campaign.items.values_list("item", flat=True)
    assert old.pk not in campaign.items.values_list("item", flat=True)
    assert trail_of(campaign)[0].details["renewed"] == [old.code]
