"""The public column: readable by anyone, changed by nobody."""

import pytest

from mingcha.domain.audit.actions import publish_heads, record

PAGES = ["/", "/about/", "/items/", "/plans/", "/notices/", "/results/", "/firms/", "/draws/", "/trail/"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", PAGES)
def test_every_public_page_works_before_there_is_anything(browse, address):
    page = browse().get(address)
    assert page.status_code == 200
    assert "登录" not in page.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_takes_no_post(browse, address):
    assert browse().post(address).status_code == 405


def test_a_whole_code_in_the_search_box_opens_the_firms_file(browse):
    assert browse().get("/search/", {"q": "91990000ma0000000x"}).headers["Location"] == "/e/91990000MA0000000X/"


def test_a_part_of_a_name_is_searched_for(browse):
    assert browse().get("/search/", {"q": "示范 酒楼"}).headers["Location"].startswith("/firms/?q=")


def test_an_unknown_code_gets_a_page_that_says_so(browse):
    page = browse().get("/e/91990000MA0000000X/")
    assert "没有这家企业" in page.content.decode()


def test_an_unknown_draw_is_not_found_in_words(browse):
    page = browse().get("/draws/990000-2026-market-999/")
    assert page.status_code == 404
    assert "没有这一页" in page.content.decode()


def test_the_heads_of_the_trail_stand_on_the_portal_and_in_a_file(browse, cast, noon):
    entry = record("organisation.signed_in", cast.handler, by=cast.handler, at=noon)
    publish_heads(on=noon.date())
    page = browse().get("/trail/").content.decode()
    assert entry.digest[:4] in page
    assert cast.market.name in page
    assert page.count("<details open>") == 1
    lines = browse().get("/trail/heads.csv").content.decode().splitlines()
    assert lines == ["chain,on,count,head", f"market,2026-11-23,1,{entry.digest}"]
