"""The page of a decision: what an edition changes stands first and whole, what stays as it is folded behind."""

import re

import pytest

from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import ChangeReason, InspectionItem, ItemList
from mingcha.domain.catalogue.queries import material_of
from mingcha.domain.catalogue.rules import fields_of, list_text
from tests.conftest import NOON
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db
KEPT = [f"M-{number:02}" for number in range(10, 22)]
FOLDED = re.compile(r"<details[^>]* id=\"unchanged\">(.*?)</details>", re.DOTALL)


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def item_of(edition: ItemList, code: str) -> InspectionItem:
    return InspectionItem.objects.get(item_list=edition, code=code)


@pytest.fixture
def handed_in(cast) -> ItemList:
    """M-03 is new, M-02 goes, of M-01 the ratio and the basis read differently, twelve stay as they are."""
    make.list_in_force(cast.handler, cast.approver, ["M-01", "M-02", *KEPT])
    second = make.draft(cast.handler)
    make.enter(second, "M-03", by=cast.handler, content="新增的内容")
    actions.remove_item(item_of(second, "M-02"), by=cast.handler, at=NOON)
    first = item_of(second, "M-01")
    said = {**fields_of(first), "ratio_text": "5%", "legal_basis": "《示范条例》第九条"}
    actions.amend_item(first, checkpoints=make.CHECKPOINTS, **said, by=cast.handler, at=NOON)
    actions.explain_change(second, reason=ChangeReason.LAW, note="新法第九条", by=cast.handler, at=NOON)
    actions.explain_item(second, "M-02", reason=ChangeReason.REFORM, note="职责划出", by=cast.handler, at=NOON)
    return actions.submit_list(second, by=cast.handler, at=NOON)


def page_of(edition: ItemList) -> str:
    return f"/desk/items/lists/{edition.pk}/decide/"


def test_what_changes_stands_first_with_its_reason_and_what_stays_is_folded(cast, browse, handed_in):
    read = browse(cast.approver).get(page_of(handed_in))
    page, review = read.content.decode(), read.context["review"]
    groups = (review.added, review.removed, review.changed)
    assert [[each.change.code for each in group] for group in groups] == [["M-03"], ["M-02"], ["M-01"]]
    assert [item.code for item in review.unchanged] == KEPT
    folded = FOLDED.search(page)
    assert folded is not None and "没有变化的 12 项" in folded[1] and "open" not in folded[0][: folded[0].index(">")]
    shown = page.replace(folded[0], "")
    assert "示范事项 M-10" in folded[1] and "示范事项 M-10" not in shown and "登记事项" in shown
    for said in ("新增的内容", "新法第九条", "机构改革：职责划出", "5%", "《示范条例》第九条", "《示范条例》第一条"):
        assert said in shown, said
    assert page.index("新增的事项") < page.index("删除的事项") < page.index("改动的事项") < folded.start()
    assert folded.end() < page.index("同意，")


def test_an_item_that_stays_is_one_link_away_and_so_is_all_of_one_that_changes(cast, browse, handed_in):
    browser = browse(cast.approver)
    page = browser.get(page_of(handed_in)).content.decode()
    for code in ("M-01", "M-10"):
        address = f"/desk/items/{item_of(handed_in, code).pk}/"
        assert f'href="{address}"' in page
        assert browser.get(address).status_code == 200


def test_the_text_that_is_signed_is_the_whole_one_as_before(cast, browse, handed_in):
    browser = browse(cast.approver)
    read = browser.get(page_of(handed_in))
    whole = list_text(handed_in, *material_of(handed_in))
    assert read.context["seen"] == whole.digest
    assert f'name="seen" value="{whole.digest}"' in read.content.decode()
    said = {"seen": whole.digest, "step": handed_in.state, "opinion": ""}
    assert browser.post(page_of(handed_in), said).status_code == 302
    assert handed_in.decisions.get().digest == whole.digest


def test_a_first_edition_is_shown_whole(cast, browse):
    first = make.draft(cast.handler)
    for code in ("M-01", "M-02"):
        make.enter(first, code, by=cast.handler)
    make.bare_rules(cast.region)
    actions.submit_list(first, by=cast.handler, at=NOON)
    page = browse(cast.approver).get(page_of(first)).content.decode()
    assert "看全文" in page and page.count("登记事项") == 2
    assert "没有变化" not in page and "新增的事项" not in page


def test_the_items_of_an_edition_are_not_asked_for_one_by_one(cast, browse, handed_in, django_assert_max_num_queries):
    browser = browse(cast.approver)
    with django_assert_max_num_queries(44):
        browser.get(page_of(handed_in))
