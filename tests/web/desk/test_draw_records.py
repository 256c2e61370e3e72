"""The sheet of a draw for the office."""

import pytest
from django.urls import reverse

from tests.factories import draws
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def address(draw, edition="archive") -> str:
    return reverse("desk:draw_record", args=[draw.pk, edition])


def said(answer) -> str:
    return text_of(answer.content)


@pytest.mark.parametrize("edition", ["archive", "public"])
def test_whoever_reads_the_draw_gets_its_sheet(cast, browse, edition):
    draw = draws.draw_at(cast, "IN_FORCE")
    answer = browse(cast.handler).get(address(draw, edition))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{draw.number}-{edition}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    row = draw.subjects.first()
    assert row.name in said(answer)
    assert (row.inspectors.first().name in said(answer)) == (edition == "archive")
    assert f"http://testserver/v/{draw.number}" in said(answer)


def test_strangers_citizens_and_unknown_editions_get_nothing(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    for person in (cast.stranger, cast.keeper, cast.inspector):
        assert browse(person).get(address(draw)).status_code == 404
    assert browse().get(address(draw)).status_code == 302
    assert browse(cast.handler).get(address(draw, "other")).status_code == 404
    assert browse(cast.handler).post(address(draw)).status_code == 405


def test_before_the_result_a_sentence_says_when_there_will_be_one(cast, browse):
    answer = browse(cast.handler).get(address(draws.draw_at(cast, "DICE")))
    assert answer.status_code == 409
    assert "产生结果或者中止后才有记录单" in answer.content.decode()


# proves S4-03
def test_with_sealed_publication_the_sheet_names_nobody_until_its_readers_may_know(cast, browse):
    made = draws.room_at(cast, "SIGNED", list_timing="AT_START")
    row, client = made.draw.subjects.first(), browse(cast.approver)
    hidden = (row.name, row.code, row.ticket[:12], made.draw.seed, made.draw.key, made.draw.system_secret)
    for edition in ("archive", "public"):
        text = said(client.get(address(made.draw, edition)))
        assert [mark for mark in hidden if mark in text] == []
        assert made.draw.result_sha256 in text
    draws.bring_into_force(made, draws.NOON)
    assert row.name in said(client.get(address(made.draw)))
    assert row.name not in said(client.get(address(made.draw, "public")))
