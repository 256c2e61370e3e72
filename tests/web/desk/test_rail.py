"""The way through the desk: the rail, and the rooms behind each of its places."""

import pytest
from django.urls import reverse

from mingcha.web.shared.rail import PLACES

pytestmark = pytest.mark.django_db


def test_every_place_and_room_leads_to_a_page():
    for place in PLACES:
        assert reverse(place.view)
        assert all(reverse(room.view) for room in place.rooms)


def test_a_page_shows_the_rooms_beside_it_and_marks_its_own(cast, browse):
    answer = browse(cast.handler).get(reverse("desk:law_list"))
    assert [room["label"] for room in answer.context["rooms"] if room["here"]] == ["法律法规"]
    assert [place["label"] for place in answer.context["rail"] if place["here"]] == ["一单"]


def test_a_page_of_a_room_under_another_address_still_belongs_to_its_place(cast, browse):
    answer = browse(cast.supervisor).get(reverse("desk:body_list"))
    assert [place["label"] for place in answer.context["rail"] if place["here"]] == ["规则与日历"]


def test_a_place_without_rooms_shows_none(cast, browse):
    assert browse(cast.handler).get(reverse("desk:home")).context["rooms"] == []


def test_the_bar_above_leads_nobody_to_a_page_that_refuses_them(cast, browse):
    clocks = f'<a href="{reverse("desk:duty_list")}">'
    assert clocks in browse(cast.handler).get(reverse("desk:home")).content.decode()
    for person in (cast.keeper, cast.auditor, cast.discipline):
        client = browse(person)
        assert client.get(reverse("desk:duty_list")).status_code == 403
        assert clocks not in client.get(reverse("desk:home")).content.decode(), person.username
