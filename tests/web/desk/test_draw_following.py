"""A page of the desk follows its draw; an answer that was kept from before the page was made must not move it."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories import draws

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["draw_detail", "draw_dice"])
def test_a_page_is_told_apart_from_an_older_answer_that_is_still_kept(cast, browse, name):
    made = draws.room_at(cast, "CHECKED")
    state = reverse("ceremony:state", args=[made.draw.number])
    kept = browse().get(state).json()
    draws.actions.enter_dice(made.draw, digits="0" * 20, by=cast.handler, at=draws.NOON)
    page = browse(cast.handler).get(reverse(f"desk:{name}", args=[made.draw.pk])).content.decode()
    since = float(re.search(r'data-since="([\d.]+)"', page).group(1))
    cache.clear()
    told = browse().get(state).json()
    assert kept["mark"] != told["mark"]
    assert kept["read_at"] < since < told["read_at"]
