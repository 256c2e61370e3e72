"""The public item lists: columns, filters, downloads, two editions compared, who has not published."""

import csv
import io
import json

import openpyxl
import pytest

from mingcha.domain.catalogue.models import Checkpoint, JointItem, JointList
from tests.conftest import NOON
from tests.factories import laws as make
from tests.factories import registers
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

COLUMNS = ["序号", "事项", "子项", "依据", "主体", "对象", "比例", "频次", "方式", "一般/重点", "生效日期"]


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def listed(cast):
    edition = make.item_list(cast.market, cast.handler, ["M-01"])
    make.item(edition, "M-02", title="=HYPERLINK(0)", item_class="KEY", ratio_text="2‰", sub_items="登记\n公示")
    return edition


# proves S3-05
def test_the_public_list_has_the_columns_of_the_rules(browse, listed):
    make.rest(listed.items.get(code="M-01"), make.law(), "第三条")
    page = browse().get("/items/").content.decode()
    assert [label for label in COLUMNS if f">{label}</th>" not in page] == []
    assert "《示范食品法》第三条" in page and "《示范条例》第一条" in page
    assert "2‰" in page and "2026年11月23日" in page and "登记<br>公示" in page


def test_the_public_list_is_filtered_in_the_address(browse, listed):
    def shown(**query) -> list[str]:
        return [item.code for item, *_words in browse().get("/items/", query).context["rows"]]

    assert shown(**{"class": "KEY"}) == ["M-02"]
    assert shown(q="M-01", department="market", domain="market") == ["M-01"]
    assert shown(q="没有这项") == []
    assert "看全部事项" in browse().get("/items/", {"q": "没有这项"}).content.decode()


# proves S0-33
def test_a_department_with_an_inspection_task_and_no_list_stands_in_plain_sight(cast, browse, listed):
    page = browse().get("/items/").content.decode()
    assert "尚未公布清单" not in page
    registers.inspector(cast.fire)
    page = browse().get("/items/").content.decode()
    assert "以下单位尚未公布清单" in page and cast.fire.name in page
    assert cast.discipline_body.name not in page


def test_a_frozen_item_is_named_as_stopped(browse, listed):
    make.freeze(listed.items.get(code="M-01"), make.law())
    page = browse().get("/items/")
    assert [item.code for item, *_words in page.context["rows"]] == ["M-02"]
    assert "依据已废止、停止检查的事项" in page.content.decode()


def test_a_long_list_asks_little_of_the_database(browse, listed, django_assert_max_num_queries):
    law = make.law()
    for number in range(60):
        make.rest(make.item(listed, f"N-{number:02d}"), law)
    with django_assert_max_num_queries(15):
        assert len(browse().get("/items/").context["rows"]) == 50


def test_an_item_of_the_list_is_shown_whole(browse, listed):
    item = listed.items.get(code="M-02")
    page = browse().get(f"/items/{item.pk}/").content.decode()
    assert "M-02" in page and "登记<br>公示" in page
    assert browse().get("/items/999999/").status_code == 404


def test_the_csv_opens_in_excel_and_calculates_nothing(browse, listed):
    answer = browse().get("/items/items.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["事项"] for row in rows] == ["示范事项 M-01", "'=HYPERLINK(0)"]
    assert rows[1]["比例"] == "2‰" and rows[1]["生效日期"] == "2026-11-23"


def test_the_workbook_holds_texts_only(browse, listed):
    book = openpyxl.load_workbook(io.BytesIO(browse().get("/items/items.xlsx?q=HYPERLINK").content))
    heading, row = book.active.iter_rows()
    assert [cell.value for cell in heading][3] == "事项"
    assert {cell.data_type for cell in row} <= {"s", "n"}  # an empty cell counts as a number
    assert row[3].value == "=HYPERLINK(0)" and row[3].data_type == "s"


def test_programs_get_json_with_the_name_of_each_column(browse, listed):
    answer = browse().get("/items/items.json", {"class": "KEY"})
    said = json.loads(answer.content)
    assert said["columns"]["ratio"] == "比例"
    assert [(row["code"], row["ratio"]) for row in said["items"]] == [("M-02", "2‰")]
    assert answer["Content-Disposition"].startswith("attachment")


# proves S2-08
def test_the_public_sees_two_lists_and_gets_them_as_two_sheets(browse, listed):
    tabs = browse().get("/items/").context["counts"]
    assert tabs == {"all": 2, "lists": [("KEY", "重点检查事项清单", 1), ("GENERAL", "一般检查事项清单", 1)]}
    key = browse().get("/items/?class=KEY")
    assert [item.code for item, *_said in key.context["rows"]] == ["M-02"]
    assert "重点检查事项清单：" in key.content.decode() and key.context["counts"] == tabs
    book = openpyxl.load_workbook(io.BytesIO(browse().get("/items/items.xlsx").content))
    assert {sheet.title: [row[2].value for row in sheet.iter_rows(min_row=2)] for sheet in book} == {
        "重点检查事项清单": ["M-02"],
        "一般检查事项清单": ["M-01"],
    }
    one = openpyxl.load_workbook(io.BytesIO(browse().get("/items/items.xlsx?class=KEY").content))
    assert one.sheetnames == ["重点检查事项清单"]


# proves S1-18
def test_every_export_says_of_each_item_whether_it_belongs_to_market_regulation(browse, listed):
    make.item(listed, "M-03", market_regulation=False, sector="生态环境保护")
    rows = json.loads(browse().get("/items/items.json").content)["items"]
    assert [(row["code"], row["market"]) for row in rows] == [("M-01", "是"), ("M-02", "是"), ("M-03", "否")]
    assert "生态环境保护（不属于市场监管领域）" in browse().get("/items/").content.decode()


@pytest.mark.parametrize("name", ["items.xlsx", "items.csv", "items.json"])
def test_a_download_works_before_there_is_anything_and_takes_no_post(db, browse, name):
    assert browse().get(f"/items/{name}").status_code == 200
    assert browse().post(f"/items/{name}").status_code == 405


# proves S0-08
# proves S3-06
def test_two_editions_are_compared_with_the_reason_of_each_change(cast, browse):
    first = make.item_list(cast.market, cast.handler, ["M-01", "M-02"], state="SUPERSEDED")
    second = make.item_list(
        cast.market, cast.handler, [], edition=2, change_reason="LAW", change_note="《示范条例》修订第九条"
    )
    with past_the_guards("catalogue_checkpoint"):
        Checkpoint.objects.create(item=first.items.get(code="M-01"), position=1, text="看执照")
    make.item(second, "M-01", ratio_text="5%")
    make.item(second, "M-03")
    make.item_list(cast.market, cast.handler, ["M-09"], edition=3, state="DRAFT")
    page = browse().get("/items/compare/", {"department": "market"})
    assert [row.change.code for row in page.context["changes"]] == ["M-01", "M-02", "M-03"]
    text = page.content.decode()
    assert "<del>3%</del> → <ins>5%</ins>" in text
    assert "《示范条例》修订第九条" in text and "法律法规规章调整" in text
    assert "M-09" not in text and "第 3 版" not in text


def test_a_department_with_one_edition_has_nothing_to_compare(browse, listed):
    assert "只公布过一版" in browse().get("/items/compare/").content.decode()
    assert "只公布过一版" in browse().get("/items/compare/?old=1&new=1").content.decode()


def test_the_comparison_opens_on_a_department_that_has_two_editions(cast, browse):
    make.item_list(cast.fire, cast.fire_handler, ["F-01"])
    make.item_list(cast.market, cast.handler, ["M-01"], state="SUPERSEDED")
    make.item_list(cast.market, cast.handler, ["M-01"], edition=2)
    context = browse().get("/items/compare/").context
    assert (context["department"], context["old"].edition, context["new"].edition) == (cast.market, 1, 2)
    assert browse().get("/items/compare/", {"department": "fire"}).context["department"] == cast.fire


def test_editions_chosen_of_one_department_are_not_taken_for_another(cast, browse):
    for place, last in ((cast.fire, 3), (cast.market, 2)):
        for edition in range(1, last + 1):
            state = "IN_FORCE" if edition == last else "SUPERSEDED"
            make.item_list(place, cast.handler, ["X-01"], state=state, edition=edition)

    def shown(**query) -> tuple[int, int]:
        context = browse().get("/items/compare/", query).context
        return context["old"].edition, context["new"].edition

    assert shown(department="fire", of="market", old="1", new="2") == (2, 3)
    assert shown(department="fire", of="fire", old="1", new="2") == (1, 2)
    assert shown(department="market", of="market", old="2", new="3") == (1, 2)
    assert shown(department="market", old="x") == (1, 2)
    page = browse().get("/items/compare/", {"department": "fire", "of": "fire", "old": "2", "new": "2"})
    assert "两边选的是同一版" in page.content.decode()
    assert "这两版没有不同" in browse().get("/items/compare/", {"department": "fire"}).content.decode()


def test_an_item_of_a_replaced_edition_keeps_its_page_and_leads_to_the_present_one(cast, browse):
    old = make.item_list(cast.market, cast.handler, ["M-01", "M-02"], state="SUPERSEDED")
    now = make.item_list(cast.market, cast.handler, ["M-01"], edition=2)
    page = browse().get(f"/items/{old.items.get(code='M-01').pk}/").content.decode()
    assert "已被第 2 版替代" in page and f'href="/items/{now.items.get().pk}/"' in page
    gone = browse().get(f"/items/{old.items.get(code='M-02').pk}/").content.decode()
    assert "已被第 2 版替代" in gone and "那一版里没有这一项" in gone
    assert "替代" not in browse().get(f"/items/{now.items.get().pk}/").content.decode()


def test_a_frozen_item_keeps_its_page_with_the_notice(browse, listed):
    item = listed.items.get(code="M-01")
    make.freeze(item, make.law())
    page = browse().get(f"/items/{item.pk}/").content.decode()
    assert "依据已废止，停止检查" in page and "《示范食品法》已废止" in page
    assert "停止检查" not in browse().get(f"/items/{listed.items.get(code='M-02').pk}/").content.decode()


@pytest.mark.parametrize("state", ["DRAFT", "LEGAL_REVIEW", "APPROVAL", "AUTHORISATION", "FILING"])
def test_an_item_of_a_paper_under_way_has_no_public_page(cast, browse, listed, state):
    written = make.item_list(cast.market, cast.handler, ["M-01"], state=state, edition=2)
    assert browse().get(f"/items/{written.items.get().pk}/").status_code == 404


# proves S4-15
def test_joint_lists_stand_batch_by_batch(cast, browse, listed):
    with unguarded():
        for number in (1, 2):
            batch = JointList.objects.create(
                region=cast.region,
                sector="食品药品",
                batch=number,
                department=cast.market,
                drafted_by=cast.handler,
            )
            said = {"basis": "乙", "body": "丙", "content": "丁", "authority": f"权限{number}"}
            JointItem.objects.create(joint_list=batch, item=listed.items.first(), project=f"项目{number}", **said)
        JointList.objects.update(state="IN_FORCE", in_force_at=NOON)
    page = browse().get("/items/joint/").content.decode()
    assert page.index("食品药品联查事项清单第2批") < page.index("食品药品联查事项清单第1批")
    assert "项目1" in page and "权限2" in page and "停止检查" not in page
    make.freeze(listed.items.first(), make.law())
    assert browse().get("/items/joint/").content.decode().count("依据已废止、停止检查") == 2
    assert "还没有公布联查事项" in browse().get("/items/joint/?sector=没有").content.decode()


@pytest.mark.parametrize("address", ["/items/compare/", "/items/joint/"])
def test_a_public_page_of_lists_works_empty_with_rubbish_and_takes_no_post(db, browse, address):
    assert browse().get(address).status_code == 200
    rubbish = {"department": "x" * 300, "old": "-1", "new": "9" * 30, "sector": "'", "page": "abc"}
    assert browse().get(address, rubbish).status_code == 200
    assert browse().post(address).status_code == 405
