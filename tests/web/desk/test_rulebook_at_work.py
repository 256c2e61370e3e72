"""What a rulebook settles is read where the work is done: on a campaign's page and in the form of an item."""

import pytest
from django.urls import reverse

from mingcha.domain.policy.actions import adopt_profile
from mingcha.kit.actors import SYSTEM
from tests.conftest import NOON
from tests.factories import catalogue, plans, rulebooks
from tests.factories.organisation import unguarded
from tests.factories.policy import profile_text

pytestmark = pytest.mark.django_db

CHAPTERS = 'value = ["BASIS", "CONTENT", "PROCEDURE", "APPROVAL", "PUBLICATION", "ARCHIVING"]'


@pytest.fixture(autouse=True)
def a_place_whose_rulebooks_say_methods_and_ratios(cast, monkeypatch):
    """The demo county's rules, but with chapters for methods and ratios, and no step beside the head's."""
    text = profile_text().replace(CHAPTERS, 'value = ["METHOD", "RATIO", "APPROVAL", "PUBLICATION"]')
    for key in ("item_legal_reviewer", "rulebook_approvers", "rulebook_filed_with"):
        before, clause, after = text.partition(f'[[clause]]\nkey = "{key}"')
        text = before + "[[clause]]" + after.partition("[[clause]]")[2] if clause else text
    adopt_profile(text.replace('"METHOD", "RATIO"', '"METHODS", "RATIO_FREQUENCY"'), by=SYSTEM, at=NOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    rulebooks.in_force(cast.handler, cast.approver)


# proves S2-19
def test_a_campaign_shows_what_the_leads_rulebook_settles(cast, browse):
    item = plans.item(cast.market, cast.handler)
    under = plans.plan(cast.market, cast.handler, approver=cast.supervisor)
    campaign = plans.campaign(under, items=[item], parties=[(cast.market, 2)], strata=(plans.REST,))
    page = browse(cast.handler).get(reverse("desk:campaign_detail", args=[campaign.pk])).content.decode()
    assert "实施细则的规定" in page
    assert "不低于3%" in page


def test_a_new_item_begins_with_the_method_of_the_rulebook(cast, browse):
    with unguarded():
        draft = catalogue.draft(cast.handler)
    form = browse(cast.handler).get(reverse("desk:item_enter", args=[draft.pk])).context["form"]
    assert form.initial["method"] == "WRITTEN"
