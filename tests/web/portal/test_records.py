"""The sheet of a draw for everyone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.draws.queries import Edition
from mingcha.domain.draws.queries.record import facts_of
from tests.factories import draws
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def said(answer) -> str:
    return text_of(answer.content)


def at(monkeypatch, moment) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


# proves S4-03
def test_a_citizen_reads_counts_first_and_the_masked_list_from_its_day(cast, browse, noon, monkeypatch):
    at(monkeypatch, noon)
    draw = draws.draw_at(cast, "IN_FORCE", list_timing="AT_START")
    address, row = reverse("portal:draw_record", args=[draw.number]), draw.subjects.first()
    closed = browse().get(address)
    assert closed["Content-Type"] == "application/pdf"
    hidden = (row.name, row.code, row.ticket[:12], draw.seed, draw.key, draw.system_secret)
    assert [mark for mark in hidden if mark in said(closed)] == []
    at(monkeypatch, noon + timedelta(days=7))
    text = said(browse().get(address))
    assert row.name in text and row.code in text
    assert all(person.name not in text for person in row.inspectors.all())
    assert draw.key in text


def test_an_unknown_number_a_post_and_an_unfinished_draw_get_no_sheet(cast, browse):
    draw = draws.draw_at(cast, "COMMITTED")
    address = reverse("portal:draw_record", args=[draw.number])
    assert browse().get(address).status_code == 409
    assert browse().post(address).status_code == 405
    assert browse().get(reverse("portal:draw_record", args=["990000-2026-market-999"])).status_code == 404


def test_the_codes_on_paper_lead_where_this_site_answers(cast):
    draw = draws.draw_at(cast, "RESULT")
    facts = facts_of(draw, Edition.PUBLIC, names=True, site="https://mingcha.example")
    addresses = [code["address"].removeprefix("https://mingcha.example") for code in facts["scan"]]
    assert addresses[1] == reverse("portal:draw_bundle", args=[draw.number])
