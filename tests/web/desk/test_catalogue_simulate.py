"""试算 at the desk: what ratios and frequencies mean for the firms there are, before anything is saved."""

import io
from urllib.parse import urlencode

import openpyxl
import pytest

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.registers.models import ItemLink, Subject
from mingcha.domain.registers.queries.coverage import firms_by_items, items_without_links
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import policy, registers
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def draft(cast):
    """A draft of three items: one that can be read, one that cannot, one that is no draw; ten firms, eight linked."""
    policy.demo_profile()
    edition = make.draft(cast.handler)
    make.enter(edition, "M-01", ratio_text="30%", frequency_text="每年1次", by=cast.handler)
    make.enter(edition, "M-02", ratio_text="根据需要", item_class="KEY", market_regulation=False, by=cast.handler)
    make.enter(edition, "M-03", mode="PATROL", mode_reason="《办法》第一条", by=cast.handler)
    firms = [registers.subject(number) for number in range(1, 11)]
    with unguarded():
        for code, linked in (("M-01", firms[:8]), ("M-02", firms[:4])):
            ItemLink.objects.bulk_create(
                ItemLink(subject=firm, department=cast.market, item_code=code) for firm in linked
            )
    return edition


def test_firms_are_counted_by_the_items_that_they_are_linked_to(cast, draft):
    one, two = (cast.market.pk, "M-01"), (cast.market.pk, "M-02")
    keys = [one, two, (cast.market.pk, "M-03")]
    assert firms_by_items(cast.region, keys) == {frozenset({one, two}): 4, frozenset({one}): 4, frozenset(): 2}
    assert items_without_links(keys) == {(cast.market.pk, "M-03")}
    with unguarded():
        Subject.objects.filter(pk=ItemLink.objects.filter(item_code="M-02").first().subject_id).update(state="CLOSED")
    assert firms_by_items(cast.region, keys)[frozenset({one, two})] == 3


# proves S1-05
def test_the_page_says_how_many_firms_are_visited_how_often_and_which_words_give_no_number(cast, browse, draft):
    page = browse(cast.handler).get(f"/desk/items/lists/{draft.pk}/simulate/")
    now, text = page.context["now"], page.content.decode()
    assert (now.firms, now.unlinked, now.visits, page.context["years"]) == (10, 2, 3, 3)
    assert now.classes == pytest.approx((2 + 8 * (5 / 8), 3, 0, 0))
    assert now.never == pytest.approx(2 + 8 * (5 / 8) ** 3)
    assert "比例“根据需要”读不出数字" in text and "日常巡查" in text and page.context["then"] is None
    assert browse(cast.stranger).get(f"/desk/items/lists/{draft.pk}/simulate/").status_code == 404


# proves S1-05
def test_other_words_are_tried_in_the_page_seen_beside_the_present_ones_and_saved_by_nobody(cast, browse, draft):
    browser, address = browse(cast.handler), f"/desk/items/lists/{draft.pk}/simulate/"
    said = {"years": "5", "r-M-01": "50%", "f-M-01": "每年1次", "r-M-02": "不低于25%", "r-M-99": "1%"}
    page = browser.post(address, said)
    assert [(row.ratio, row.frequency, row.is_tried) for row in page.context["rows"]] == [
        ("50%", "每年1次", True),
        ("不低于25%", "每年1次", True),
    ]
    now, then = page.context["now"], page.context["then"]
    assert (now.visits, then.visits, then.years) == (3, 4 + 1, 5)
    assert not page.context["unread"]
    assert "比例按下限算" in page.content.decode()
    first, _second = page.context["rows"]
    assert InspectionItem.objects.get(code="M-01").ratio_text == "30%"
    form = browser.get(first.amend).context["form"]
    assert (form["ratio_text"].value(), form["frequency_text"].value()) == ("50%", "每年1次")
    assert InspectionItem.objects.get(code="M-01").ratio_text == "30%"


# proves S1-05
def test_every_item_of_a_long_list_can_be_tried_at_once(cast, browse):
    policy.demo_profile()
    edition = make.draft(cast.handler)
    codes = [f"M-{number:03}" for number in range(1, 101)]
    with unguarded():
        InspectionItem.objects.bulk_create(
            InspectionItem(item_list=edition, code=code, title=code, ratio_text="3%", frequency_text="每年1次")
            for code in codes
        )
    address = f"/desk/items/lists/{edition.pk}/simulate/"
    page = browse(cast.handler).post(address, {"all": "1", **{f"f-{code}": "每半年1次" for code in codes}})
    assert page.status_code == 200
    assert [row.is_tried for row in page.context["rows"]] == [True] * 100
    assert "checked" in page.content.decode()


@pytest.mark.parametrize("words", ["每天9999次", "每天999999999999次", "每0年1次"])
def test_a_frequency_that_nobody_can_mean_is_named_and_left_out_tried_or_listed(cast, browse, draft, words):
    browser, address = browse(cast.handler), f"/desk/items/lists/{draft.pk}/simulate/"
    tried = browser.get(f"{address}?{urlencode({'f-M-01': words, 'years': 10})}")
    assert (tried.context["then"].visits, tried.context["now"].visits) == (0, 3)
    with unguarded():
        InspectionItem.objects.filter(code="M-01").update(frequency_text=words)
    listed = browser.get(address)
    for page in (tried, listed):
        assert "没有计入：频次" in page.content.decode()


def test_the_items_of_the_other_departments_are_added_when_asked(cast, browse, draft):
    make.list_in_force(cast.fire_handler, cast.fire_approver, ["F-01"])
    browser, address = browse(cast.handler), f"/desk/items/lists/{draft.pk}/simulate/"
    assert [load.item.code for load in browser.get(f"{address}?all=1").context["now"].items] == ["M-01", "M-02", "F-01"]
    assert browser.get(f"{address}?all=1").context["now"].unlinked == 0  # nobody linked F-01: it is for everybody


# proves S2-08 S1-18
def test_the_desk_shows_an_edition_as_two_lists_and_exports_them_as_two_sheets(cast, browse, draft):
    browser = browse(cast.handler)
    page = browser.get(f"/desk/items/lists/{draft.pk}/").content.decode()
    assert "重点检查事项清单：1 项，属于市场监管领域的 0 项" in page
    assert "一般检查事项清单：2 项，属于市场监管领域的 2 项" in page
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/desk/items/lists/{draft.pk}/lists.xlsx").content))
    assert {sheet.title: [row[2].value for row in sheet.iter_rows(min_row=2)] for sheet in book} == {
        "重点检查事项清单": ["M-02"],
        "一般检查事项清单": ["M-01", "M-03"],
    }
    heading = [cell.value for cell in next(book["重点检查事项清单"].iter_rows())]
    assert book["重点检查事项清单"].cell(2, heading.index("是否属于市场监管领域") + 1).value == "否"
    assert browse(cast.stranger).get(f"/desk/items/lists/{draft.pk}/lists.xlsx").status_code == 404
