"""Which campaigns still use an item: what a repeal asks."""

import pytest

from mingcha.domain.plans.queries.listing import open_campaigns_using
from tests.factories import laws
from tests.factories import plans as make

pytestmark = pytest.mark.django_db


def test_every_campaign_that_has_not_ended_is_found_by_the_code_of_its_item(cast):
    first = laws.item_list(cast.market, cast.handler, ["M-01", "M-02"], state="SUPERSEDED").items.get(code="M-01")
    now, other = laws.item_list(cast.market, cast.handler, ["M-01", "M-02"], edition=2).items.order_by("code")
    fire = laws.item_list(cast.fire, cast.fire_handler, ["M-01"]).items.get()
    under = make.plan(cast.market, cast.handler, approver=cast.supervisor)
    states = ("DRAFT", "SUBMITTED", "APPROVED", "DRAWN", "CLOSED")
    for state in states:
        approver = None if state in states[:2] else cast.supervisor
        make.campaign(under, items=[first], title=state, state=state, approver=approver)
    make.campaign(under, items=[other], title="别的事项")
    assert sorted(open_campaigns_using([now]).values_list("title", flat=True)) == sorted(states[:4])
    assert not open_campaigns_using([fire]).exists()
    assert not open_campaigns_using([]).exists()
