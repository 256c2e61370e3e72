"""沿用上级清单 at the desk."""

import pytest

from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.organisation.models import Role
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import organisation as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def upper(cast) -> ItemList:
    """The list of the city's bureau, of the region around the county of the draft."""
    bureau = people.department("city", "市市场监督管理局", 71, people.region("970100", "明察示范市"))
    handler = people.user("shi", Role.HANDLER, within=bureau)
    return make.list_in_force(handler, people.user("shiju", Role.APPROVER, within=bureau), ["S-01", "S-02"])


@pytest.fixture
def handler(upper):
    bureau = people.department("county", "县市场监督管理局", 72, people.region("970102", "明察示范区"))
    return people.user("xian", Role.HANDLER, within=bureau)


@pytest.fixture
def draft(handler) -> ItemList:
    return make.draft(handler)


def page_of(edition: ItemList, end: str = "inherit/") -> str:
    return f"/desk/items/lists/{edition.pk}/{end}"


# proves S2-06
def test_the_items_of_the_upper_list_are_offered_ticked_and_taken_over(browse, handler, draft, upper):
    browser = browse(handler)
    assert page_of(draft) in browser.get(page_of(draft, "")).content.decode()
    shown = browser.get(page_of(draft))
    assert [(offer.code, offer.kind) for offer in shown.context["offers"]] == [("S-01", "new"), ("S-02", "new")]
    done = browser.post(page_of(draft), {"upper": upper.pk, "codes": ["S-02"]}, follow=True)
    assert "1 项已按上级清单写入" in done.content.decode()
    assert [item.code for item in draft.items.all()] == ["S-02"]


# proves S2-09
def test_the_form_of_an_inherited_item_shows_its_source_and_takes_no_other_value(browse, handler, draft, upper):
    browser = browse(handler)
    browser.post(page_of(draft), {"upper": upper.pk, "codes": ["S-01"]})
    item = draft.items.get()
    form = browser.get(f"/desk/items/{item.pk}/edit/").context["form"]
    assert {name for name in form.fields if form.fields[name].disabled} == {
        "title",
        "legal_basis",
        "ratio_text",
        "frequency_text",
    }
    assert "沿用市市场监督管理局事项清单第1版" in form.fields["ratio_text"].help_text
    browser.post(f"/desk/items/{item.pk}/edit/", {**form.initial, "ratio_text": "99%", "office": "食品股"})
    item.refresh_from_db()
    assert (item.ratio_text, item.office) == ("3%", "食品股")
    assert "沿用市市场监督管理局事项清单第1版" in browser.get(f"/desk/items/{item.pk}/").content.decode()


def test_nothing_ticked_or_an_unknown_item_is_refused_on_the_page(browse, handler, draft, upper):
    browser = browse(handler)
    for codes in ([], ["X-09"]):
        response = browser.post(page_of(draft), {"upper": upper.pk, "codes": codes})
        assert response.status_code == 422
    assert not draft.items.exists()


@pytest.mark.parametrize("query", ["?upper=", "?upper=x", "?upper=999999", "?upper=²"])
def test_a_strange_address_shows_the_page(browse, handler, draft, query):
    assert browse(handler).get(page_of(draft) + query).status_code == 200


def test_where_nobody_above_has_a_list_the_page_says_so(cast, browse):
    response = browse(cast.handler).get(page_of(make.draft(cast.handler)))
    assert "还没有施行中的清单" in response.content.decode()


def test_a_stranger_and_another_method_are_refused(cast, browse, handler, draft):
    assert browse(cast.stranger).get(page_of(draft)).status_code == 404
    assert browse(handler).put(page_of(draft)).status_code == 405
