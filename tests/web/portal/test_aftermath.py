"""Whoever asks for a firm learns what holds now: a reserve that took a place changes the answer, not the result."""

import json
import re

import pytest
from django.urls import reverse

from mingcha.domain.draws import actions
from mingcha.domain.draws.queries import state_document
from tests.factories import draws

pytestmark = pytest.mark.django_db

REPLACED, ENTERED = "抽中，后因迁出由备选替换", "备选，已递补列入检查"


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


@pytest.fixture
def used(cast, noon):
    draw = draws.draw_at(cast, "IN_FORCE")
    drawn = draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[0]
    used = actions.propose_reserve(drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    return actions.decide_reserve(used, agreed=True, by=cast.approver, at=noon)


def text_of(answer):
    return answer.content.decode()


def shown(draw, code, cast, noon):
    actions.show_subject(draw, code=code, by=cast.handler, at=noon)
    draw.refresh_from_db()
    return state_document(draw, now=noon)["shown"]


def test_the_hall_says_what_holds_now_with_the_ticket_and_the_rank(cast, noon, used):
    draw = used.drawn.draw
    left, came = shown(draw, used.drawn.code, cast, noon), shown(draw, used.reserve.code, cast, noon)
    assert (left["verdict"], left["label"]) == ("replaced", REPLACED)
    assert (left["rank"], left["ticket"]) == (used.drawn.rank, used.drawn.ticket)
    assert used.reserve.name in left["reason"]
    assert (came["verdict"], came["label"], came["rank"]) == ("entered", ENTERED, used.reserve.rank)
    assert used.drawn.name in came["reason"]


def test_an_answer_that_the_hall_gave_before_is_not_given_again(cast, noon):
    draw = draws.draw_at(cast, "IN_FORCE")
    drawn = draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[0]
    assert shown(draw, drawn.code, cast, noon)["verdict"] == "drawn"
    used = actions.propose_reserve(drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    assert shown(draw, drawn.code, cast, noon)["verdict"] == "drawn"
    actions.decide_reserve(used, agreed=True, by=cast.approver, at=noon)
    assert shown(draw, drawn.code, cast, noon)["verdict"] == "replaced"


def test_the_page_gives_the_browser_the_words_and_marks_the_list(browse, used):
    page = text_of(browse().get(f"/v/{used.drawn.draw.number}/"))
    labels = json.loads(re.search(r'id="draw-labels" type="application/json">(.*?)</script>', page)[1])
    assert labels["later"][used.drawn.code] == {
        "kind": "replaced",
        "other": used.reserve.name,
        "why": "迁出",
        "label": REPLACED,
    }
    assert labels["later"][used.reserve.code]["label"] == ENTERED
    assert f"<strong>{REPLACED}</strong>" in page


def test_the_firms_own_page_says_it_too(browse, used):
    assert REPLACED in text_of(browse().get(reverse("portal:firm", args=[used.drawn.code])))
    came = text_of(browse().get(reverse("portal:firm", args=[used.reserve.code])))
    assert ENTERED in came and used.drawn.draw.number in came


def test_without_scripts_the_server_answers_for_one_firm_as_its_own_word(browse, used):
    draw = used.drawn.draw
    page = text_of(browse().get(f"/v/{draw.number}/"))
    assert f'action="/v/{draw.number}/server/"' in page
    for code, words in (
        (used.drawn.code.lower(), REPLACED),
        (used.reserve.code, ENTERED),
        ("91NOBODY", "不在抽中名单"),
    ):
        answer = text_of(browse().get(f"/v/{draw.number}/server/", {"code": code}))
        assert words in answer
        assert "下面是服务器的说法，不是您的核对" in answer
    assert used.drawn.ticket in text_of(browse().get(f"/v/{draw.number}/server/", {"code": used.drawn.code})).replace(
        " ", ""
    )
