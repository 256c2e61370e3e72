"""A tab and the page behind it have one name."""

import pytest
from django.urls import reverse

from mingcha.web.shared.rail import CATALOGUE_ROOMS, POLICY_ROOMS, REGISTER_ROOMS
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db

SAME = (
    "desk:relief_list",
    "desk:set_list",
    "desk:roster_papers",
    "desk:reconciliation_list",
    "desk:policy_whatif",
    "desk:policy_compare",
    "desk:import_list",
)
LABELS = {room.view: str(room.label) for room in (*CATALOGUE_ROOMS, *REGISTER_ROOMS, *POLICY_ROOMS)}


@pytest.mark.parametrize("view", SAME)
def test_a_page_is_headed_as_its_tab_is_named(cast, browse, view):
    demo_profile()
    page = browse(cast.handler).get(reverse(view)).content.decode()
    assert LABELS[view] in page.partition("<title>")[2].partition("</title>")[0]
    assert LABELS[view] in page.partition("<h1")[2].partition("</h1>")[0]
