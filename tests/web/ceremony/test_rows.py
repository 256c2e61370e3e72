"""The rows of a result for the room, and the one firm that somebody in it asked about."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from mingcha.domain.draws import actions
from tests.factories import draws

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def address(draw, view="state"):
    return reverse(f"ceremony:{view}", args=[draw.number])


def document(client, draw):
    cache.clear()
    return client.get(address(draw)).json()


def in_the_hall(client, draw):
    assert client.post(address(draw, "hall"), {"code": draws.PAIRING}).status_code == 302
    return client


# ---- the rows --------------------------------------------------------------------------------------------------


def test_the_rows_are_for_the_room_until_the_list_is_public(cast, browse):
    made = draws.room_at(cast, "RESULT")
    draw = made.draw
    refused = browse().get(address(draw, "result"))
    assert (refused.status_code, refused.content.decode()) == (404, "名单尚未公开")
    answer = in_the_hall(browse(), draw).get(address(draw, "result"))
    assert answer["Cache-Control"] == "private, max-age=86400, immutable"
    draws.sign_both(made, draws.NOON)
    draws.bring_into_force(made, draws.NOON)
    answer = browse().get(address(draw, "result"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=86400, immutable")


# proves S0-21
def test_the_rows_name_firms_tickets_and_people_by_surname(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    hall = in_the_hall(browse(), draw)
    answer = hall.get(address(draw, "result"))
    told = answer.json()
    rows = list(draw.subjects.order_by("stratum", "rank"))
    assert [row["code"] for row in told["rows"]] == [row.code for row in rows]
    assert [row["ticket"] for row in told["rows"]] == [row.ticket[:8] for row in rows]
    drawn = [row for row in told["rows"] if not row["reserve"]]
    assert all(len(row["people"]) == 4 for row in drawn)
    names = [person.name for row in rows for person in row.inspectors.all()]
    assert names and not any(name in answer.content.decode() for name in names)
    assert all(len(row["people"]) == 0 for row in told["rows"] if row["reserve"])
    again = hall.get(address(draw, "result"), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


# ---- one firm --------------------------------------------------------------------------------------------------


def shown(cast, browse, draw, code):
    actions.show_subject(draw, code=code, by=cast.handler, at=draws.NOON)
    return document(browse(), draw)["shown"]


def test_every_firm_of_the_frame_is_shown_at_its_own_place(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    frame = bytes(draw.files.get(name="frame.tsv").content).decode().splitlines()
    places = {row.code: row for row in draw.subjects.all()}
    seen = set()
    for number, line in enumerate(frame, 1):
        code = line.split("\t")[0]
        told = shown(cast, browse, draw, code)
        assert (told["place"], told["of"]) == (number, 60)
        assert 1 <= told["rank"] <= told["size"]
        seen.add((told["stratum"], told["rank"]))
        if code in places:
            row = places[code]
            assert (told["rank"], told["ticket"]) == (row.rank, row.ticket)
            assert told["verdict"] == ("reserve" if row.reserve else "drawn")
            assert told["name"] == row.name
        else:
            assert (told["verdict"], told["label"]) == ("missed", "未抽中")
            assert told["ticket"] > told["line"]
    assert len(seen) == 60


def test_a_firm_that_is_excluded_or_unknown_is_told_so(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    left = bytes(draw.files.get(name="excluded.tsv").content).decode().split("\t")[0]
    told = shown(cast, browse, draw, left)
    assert (told["verdict"], told["label"], told["reason"]) == ("excluded", "被排除", "已注销或吊销")
    told = shown(cast, browse, draw, "NOBODY")
    assert (told["verdict"], told["label"], told["name"]) == ("absent", "不在名录", "")
    assert shown(cast, browse, draw, "") is None
