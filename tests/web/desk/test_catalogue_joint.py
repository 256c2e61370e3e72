"""跨部门联查事项清单 at the desk."""

import pytest

from mingcha.domain.catalogue.actions import joint as actions
from mingcha.domain.catalogue.models import InspectionItem, JointItem, JointList
from mingcha.domain.catalogue.rules.joint import fields_from
from tests.conftest import NOON
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db

LIST = "/desk/items/joint/"
SECTOR = "市场监管"
POWERS = {"authority": "现场检查、责令改正"}


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture(autouse=True)
def lists(cast) -> None:
    """The market leads the sector; it and the fire brigade have their lists in force, two bodies authorise."""
    make.rules_naming(
        cast.region, joint_list_approvers=["ESTABLISHMENT", "LEGAL_OFFICE"], joint_list_filed_with=["COMMERCE_REFORM"]
    )
    make.body("SECTOR_LEAD", cast.market, sector=SECTOR)
    make.body("ESTABLISHMENT", cast.discipline_body)
    make.body("LEGAL_OFFICE", cast.justice)
    make.body("COMMERCE_REFORM", cast.fire)
    make.list_in_force(cast.handler, cast.approver, ["M-01", "M-02"])
    make.list_in_force(cast.fire_handler, cast.fire_approver, ["F-01"])


@pytest.fixture
def draft(cast) -> JointList:
    return actions.draft_joint_list(cast.market, sector=SECTOR, by=cast.handler, at=NOON)


@pytest.fixture
def whole(cast, draft) -> JointList:
    for code in ("M-01", "F-01"):
        item = InspectionItem.objects.get(code=code)
        actions.pick_item(draft, item, **{**fields_from(item), **POWERS}, by=cast.handler, at=NOON)
    return draft


def page_of(joint: JointList, end: str = "") -> str:
    return f"{LIST}{joint.pk}/{end}"


def five(item: InspectionItem) -> dict[str, str]:
    return {**fields_from(item), **POWERS}


# proves S4-13
def test_the_lead_begins_a_batch_picks_items_and_fills_the_five_things(cast, browse):
    browser = browse(cast.handler)
    assert "市场监管（市场监督管理局牵头）" in browser.get(LIST).content.decode()
    begun = browser.post(f"{LIST}new/market/", {"sector": SECTOR}, follow=True)
    joint = begun.context["joint"]
    offered = browser.get(page_of(joint, "pick/"))
    assert [item.code for item in offered.context["page"]] == ["F-01", "M-01", "M-02"]
    item = InspectionItem.objects.get(code="F-01")
    form = browser.get(page_of(joint, f"pick/{item.pk}/")).context["form"]
    assert (form.initial["project"], form.initial["authority"]) == ("示范事项 F-01", "")
    missing = browser.post(page_of(joint, f"pick/{item.pk}/"), form.initial)
    assert missing.status_code == 422
    assert list(missing.context["form"].errors) == ["authority"]
    assert browser.post(page_of(joint, f"pick/{item.pk}/"), five(item)).status_code == 302
    entry = JointItem.objects.get()
    assert (entry.item, entry.body, entry.authority) == (item, cast.fire.name, POWERS["authority"])
    again = browser.post(page_of(joint, f"pick/{item.pk}/"), five(item))
    assert "已经列入本领域的联查清单" in again.content.decode()
    assert [item.code for item in browser.get(page_of(joint, "pick/?department=market")).context["page"]] == [
        "M-01",
        "M-02",
    ]


# proves S4-14
def test_a_batch_is_walked_through_its_steps_at_the_desk(cast, browse, whole):
    browse(cast.handler).post(page_of(whole, "submit/"))
    people = [cast.approver, make.recipient(cast.justice), make.recipient(cast.discipline_body)]
    for person in people:
        browser = browse(person)
        read = browser.get(page_of(whole, "decide/"))
        sent = {"seen": read.context["seen"], "step": read.context["joint"].state, "opinion": "同意"}
        assert browser.post(page_of(whole, "decide/"), sent).status_code == 302
    whole.refresh_from_db()
    assert whole.state == "FILING"
    early = browse(cast.approver).post(
        page_of(whole, "publish/"), headers={"referer": f"http://testserver{page_of(whole, 'publish/')}"}, follow=True
    )
    assert "还差" in early.content.decode()
    make.file_everything(whole)
    page = browse(cast.approver).get(page_of(whole)).content.decode()
    assert page_of(whole, "publish/") in page
    assert "备案1号" not in page
    done = browse(cast.approver).post(page_of(whole, "publish/"), follow=True)
    assert "已公布" in done.content.decode()
    assert "现场检查、责令改正" in browse(cast.fire_handler).get(page_of(whole)).content.decode()


def test_a_batch_is_returned_with_a_reason(cast, browse, whole):
    browse(cast.handler).post(page_of(whole, "submit/"))
    browser = browse(cast.approver)
    assert browser.post(page_of(whole, "return/"), {"reason": ""}).status_code == 422
    assert browser.post(page_of(whole, "return/"), {"reason": "权限写细"}).status_code == 302
    assert "权限写细" in browse(cast.handler).get(page_of(whole)).content.decode()


def test_an_entry_is_amended_and_dropped_while_the_batch_is_a_draft(cast, browse, whole):
    entry, browser = whole.items.first(), browse(cast.handler)
    address = f"{LIST}entries/{entry.pk}/"
    form = browser.get(f"{address}edit/").context["form"]
    browser.post(f"{address}edit/", {**form.initial, "content": "新内容"})
    entry.refresh_from_db()
    assert entry.content == "新内容"
    assert browser.post(f"{address}drop/").status_code == 302
    assert whole.items.count() == 1


def test_whoever_does_not_lead_writes_nothing(cast, browse, whole):
    entry = whole.items.first()
    assert browse(cast.fire_handler).get(page_of(whole, "pick/")).status_code == 404
    assert browse(cast.approver).get(page_of(whole, "pick/")).status_code == 403
    assert browse(cast.approver).post(f"{LIST}entries/{entry.pk}/drop/").status_code == 403
    assert browse(cast.stranger).get(f"{LIST}entries/{entry.pk}/edit/").status_code == 404
    assert browse(cast.fire_handler).post(f"{LIST}new/market/", {"sector": SECTOR}).status_code == 404
    wrong = browse(cast.fire_handler).post(f"{LIST}new/fire/", {"sector": SECTOR})
    assert wrong.status_code == 409
    assert "由市场监督管理局牵头" in wrong.content.decode()


@pytest.mark.parametrize("end", ["", "decide/", "return/", "publish/", "pick/"])
def test_the_batch_of_another_county_is_not_found(cast, browse, draft, end):
    assert browse(cast.stranger).get(page_of(draft, end)).status_code == 404
    assert browse().get(page_of(draft, end)).status_code == 302


def test_the_pages_refuse_another_method(cast, browse, whole):
    browser = browse(cast.handler)
    for address in (LIST, page_of(whole), page_of(whole, "pick/")):
        assert browser.post(address).status_code == 405
    for address in (f"{LIST}new/market/", page_of(whole, "submit/"), f"{LIST}entries/{whole.items.first().pk}/drop/"):
        assert browser.get(address).status_code == 405
    assert browse(cast.handler).get(page_of(whole, "pick/999999/")).status_code == 404


def test_batches_are_filtered_by_sector_and_strange_addresses_show_the_page(cast, browse, draft):
    browser = browse(cast.handler)
    assert [joint.pk for joint in browser.get(f"{LIST}?sector={SECTOR}").context["page"]] == [draft.pk]
    assert "还没有联查事项清单" in browser.get(f"{LIST}?sector=农业").content.decode()
    assert browser.get(f"{LIST}?page=x").status_code == 200
    assert browser.get(page_of(draft, "pick/?department=x%20y&page=-1")).status_code == 200


def test_a_long_list_takes_few_queries(cast, browse, draft, django_assert_max_num_queries):
    browser = browse(cast.handler)
    with django_assert_max_num_queries(40):
        browser.get(LIST)
    with django_assert_max_num_queries(40):
        browser.get(page_of(draft, "pick/"))
