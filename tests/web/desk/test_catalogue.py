"""一单 at the desk."""

import pytest

from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.policy.models import Profile
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import policy
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

LIST = "/desk/items/"
ITEM = {
    "code": "M-09",
    "title": "价格检查",
    "item_class": "KEY",
    "market_regulation": "on",
    "legal_basis": "《价格法》第三十三条",
    "object_kind": "超市",
    "method": "ON_SITE",
    "content": "明码标价",
    "ratio_text": "5%",
    "frequency_text": "每年1次",
    "checkpoints": "明码标价 | 抽看十件商品 | 照片\n\n收费公示",
}


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def in_force(cast) -> ItemList:
    return make.list_in_force(cast.handler, cast.approver)


@pytest.fixture
def draft(cast) -> ItemList:
    made = make.draft(cast.handler)
    make.enter(made, by=cast.handler)
    return made


def page_of(edition: ItemList, end: str = "") -> str:
    return f"{LIST}lists/{edition.pk}/{end}"


def codes(response) -> list[str]:
    return [item.code for item in response.context["page"]]


# proves S1-06
def test_only_items_in_force_are_listed_as_such(cast, browse, in_force):
    second = make.draft(cast.handler)
    make.enter(second, "M-03", by=cast.handler)
    response = browse(cast.handler).get(LIST)
    assert codes(response) == ["M-01", "M-02"]
    assert "清单之外无检查" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?department=market", ["M-01", "M-02"]),
        ("?department=fire", ["F-01"]),
        ("?class=KEY", []),
        ("?q=m-02", ["M-02"]),
        ("?q=示范条例", ["F-01", "M-01", "M-02"]),
        ("?q=没有的词", []),
    ],
)
def test_items_are_filtered_by_department_class_and_words(cast, browse, in_force, query, found):
    make.list_in_force(cast.fire_handler, cast.fire_approver, ["F-01"])
    assert codes(browse(cast.supervisor).get(LIST + query)) == found


def test_a_handler_begins_the_next_edition_once(cast, browse, in_force):
    browser = browse(cast.handler)
    response = browser.post(f"{LIST}lists/new/market/", follow=True)
    assert response.context["list"].edition == 2
    assert [item.code for item in response.context["items"]] == ["M-01", "M-02"]
    again = browser.post(f"{LIST}lists/new/market/", headers={"referer": f"http://testserver{LIST}"}, follow=True)
    assert "第2版正在拟定" in again.content.decode()
    assert ItemList.objects.count() == 2


def test_a_list_is_begun_in_ones_own_department_only(cast, browse):
    assert browse(cast.handler).post(f"{LIST}lists/new/fire/").status_code == 404
    assert browse(cast.approver).post(f"{LIST}lists/new/market/").status_code == 404
    assert browse(cast.handler).get(f"{LIST}lists/new/market/").status_code == 405


def test_an_item_is_entered_with_its_checkpoints_line_by_line(cast, browse, draft):
    response = browse(cast.handler).post(page_of(draft, "new/"), ITEM, follow=True)
    item = InspectionItem.objects.get(code="M-09")
    assert response.redirect_chain == [(f"{LIST}{item.pk}/", 302)]
    assert list(item.checkpoints.values_list("text", "guidance", "photo_required")) == [
        ("明码标价", "抽看十件商品", True),
        ("收费公示", "", False),
    ]


def test_every_wrong_line_of_checkpoints_is_named(cast, browse, draft):
    wrong = ITEM | {"checkpoints": "看执照\n | 没有要点\n看 | 怎么看 | 录像\na|b|c|d"}
    response = browse(cast.handler).post(page_of(draft, "new/"), wrong)
    assert response.status_code == 422
    assert response.context["form"].errors["checkpoints"] == [
        "第 2 行：缺要点，写明看什么",
        "第 3 行：“录像”不知道是什么：一行只写一段操作要领、一段“标准：”、一段“条款：”和“照片”",
        "第 4 行：“c”不知道是什么：一行只写一段操作要领、一段“标准：”、一段“条款：”和“照片”",
    ]
    assert "没有要点" in response.content.decode()


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(cast, browse, draft):
    response = browse(cast.handler).post(page_of(draft, "new/"), ITEM | {"code": "M-01"})
    assert response.status_code == 422
    assert "已经有了" in response.context["form"].errors["code"][0]
    assert "价格检查" in response.content.decode()


def test_an_amended_item_comes_back_in_its_form_as_it_was(cast, browse, draft):
    item = draft.items.get()
    browser = browse(cast.handler)
    form = browser.get(f"{LIST}{item.pk}/edit/").context["form"]
    assert form.initial["checkpoints"].splitlines() == [
        "营业执照在明显位置公示 | 看门厅和前台，执照与登记一致。 | 标准：在明显位置 | 条款：第八条 | 照片",
        "实际经营范围与登记一致 | 对照许可证和进货票据。",
    ]
    sent = {name: value for name, value in form.initial.items() if value is not False}
    browser.post(f"{LIST}{item.pk}/edit/", sent | {"title": "改过的名称"})
    item.refresh_from_db()
    assert (item.title, item.checkpoints.count(), item.code) == ("改过的名称", 2, "M-01")


def test_an_item_is_removed_after_a_page_that_says_so(cast, browse, draft):
    item, browser = draft.items.get(), browse(cast.handler)
    assert "以前各版不变" in browser.get(f"{LIST}{item.pk}/remove/").content.decode()
    assert draft.items.exists()
    assert browser.post(f"{LIST}{item.pk}/remove/").status_code == 302
    assert not draft.items.exists()


def test_an_item_in_force_offers_no_change_and_takes_none(cast, browse, in_force):
    item, browser = in_force.items.first(), browse(cast.handler)
    page = browser.get(f"{LIST}{item.pk}/").content.decode()
    assert "《示范条例》第一条" in page
    assert "修改事项" not in page
    response = browser.post(f"{LIST}{item.pk}/edit/", ITEM)
    assert response.status_code == 422
    assert "先拟定新一版" in response.content.decode()


# proves S1-02
def test_where_the_superior_list_rules_the_form_says_so_and_takes_nothing(cast, browse, draft):
    item = draft.items.get()
    outside_rules(cast.region)
    browser = browse(cast.handler)
    assert "录入事项</a>" not in browser.get(page_of(draft)).content.decode()
    assert "事项以上级系统为准" in browser.get(page_of(draft, "new/")).content.decode()
    assert "这里不能直接录入" in browser.post(page_of(draft, "new/"), ITEM).content.decode()
    sent = browser.get(f"{LIST}{item.pk}/edit/").context["form"].initial
    browser.post(f"{LIST}{item.pk}/edit/", {**sent, "ratio_text": "90%", "office": "食品科"})
    item.refresh_from_db()
    assert (item.ratio_text, item.office) == ("3%", "食品科")


def outside_rules(region) -> None:
    """Rules by which the superior system's list rules."""
    make.bare_rules(region)
    clause = policy.clause("item_source_external", True, "flag", clause="一（一）", quote="一律依托上级系统")
    with unguarded():
        Profile.objects.filter(region=region).update(clauses=[clause.model_dump(mode="json", exclude_defaults=True)])


def test_a_mode_without_its_reason_is_refused_at_its_field(cast, browse, draft):
    response = browse(cast.handler).post(page_of(draft, "new/"), ITEM | {"mode": "KEY"})
    assert response.status_code == 422
    assert "写明理由和依据" in response.context["form"].errors["mode_reason"][0]


def test_all_fields_of_an_item_are_kept_and_its_ratio_is_read(cast, browse, draft):
    more = {
        "ratio_text": "不低于3%",
        "frequency_text": "1次/年",
        "further_methods": ["NETWORK", "TESTING"],
        "sub_items": "标价签",
        "sector": "市场监管",
        "key_sector": "FOOD_DRUG",
        "office": "价监科",
        "personnel": "两人以上",
        "required_skill": "price",
        "outside_code": "01-02",
        "mode": "KEY",
        "mode_reason": "《价格法》第三十三条",
        "checkpoints": "明码标价 | 条款:第八条 | 标准：一货一签",
    }
    response = browse(cast.handler).post(page_of(draft, "new/"), ITEM | more, follow=True)
    item = InspectionItem.objects.get(code="M-09")
    assert item.ratio == [{"whose": "", "op": ">=", "share": "0.03"}]
    assert (item.further_methods, item.key_sector, item.mode) == (["NETWORK", "TESTING"], "FOOD_DRUG", "KEY")
    assert item.inspecting_body == cast.market.name
    point = item.checkpoints.get()
    assert (point.criterion, point.article, point.guidance) == ("一货一签", "第八条", "")
    assert "读作：不低于3%" in response.content.decode()


@pytest.mark.parametrize("end", ["", "new/", "why/", "why/M-01/", "decide/", "return/", "publish/", "compare/"])
def test_the_list_of_another_county_is_not_found(cast, browse, draft, end):
    assert browse(cast.stranger).get(page_of(draft, end)).status_code == 404
    assert browse().get(page_of(draft, end)).status_code == 302


@pytest.mark.parametrize("end", ["", "edit/", "remove/"])
def test_the_item_of_another_county_is_not_found(cast, browse, draft, end):
    assert browse(cast.stranger).get(f"{LIST}{draft.items.get().pk}/{end}").status_code == 404


@pytest.mark.parametrize("end", ["new/", "why/"])
def test_an_approver_does_not_write_in_a_list(cast, browse, draft, end):
    assert browse(cast.approver).get(page_of(draft, end)).status_code == 403


def test_whoever_has_no_business_with_lists_is_refused(cast, browse):
    for blind in (cast.inspector, cast.keeper, cast.auditor):
        assert browse(blind).get(LIST).status_code == 403


@pytest.mark.parametrize("address", [LIST, f"{LIST}1/", f"{LIST}lists/1/", f"{LIST}lists/1/compare/"])
def test_the_pages_answer_to_get_only(cast, browse, address):
    assert browse(cast.handler).post(address).status_code == 405


def test_an_empty_county_is_told_what_comes_first(cast, browse):
    assert "还没有施行中的事项" in browse(cast.handler).get(LIST).content.decode()
    assert "没有符合条件的施行中事项" in browse(cast.handler).get(LIST + "?q=x").content.decode()


def test_a_long_list_takes_few_queries(cast, browse, django_assert_max_num_queries):
    make.list_in_force(cast.handler, cast.approver, [f"M-{number:02d}" for number in range(60)])
    browser = browse(cast.supervisor)
    with django_assert_max_num_queries(40):
        assert len(codes(browser.get(LIST))) == 50
