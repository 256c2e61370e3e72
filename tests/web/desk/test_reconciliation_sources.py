"""核对 at the desk, beside the differences: synchronising, the unit above, outlets, campaigns by an earlier edition."""

import pytest

from mingcha.domain.catalogue.models import OutsideList
from mingcha.domain.organisation.models import Role
from tests.conftest import NOON
from tests.exchange.regulation_list import fake as fakes
from tests.exchange.regulation_list.fake import Listed, contract
from tests.factories import laws, plans
from tests.factories import organisation as people
from tests.factories import reconciliation as make

pytestmark = pytest.mark.django_db

LIST = "/desk/items/reconciliation/"
SUCCESSION = "/desk/items/succession/"


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def rules_of_yudu(cast):
    return make.yudu_rules(cast.region)


@pytest.fixture
def compared(cast, rules_of_yudu) -> OutsideList:
    return make.all_six(cast.market, cast.handler)


def page_of(outside_list: OutsideList, end: str = "") -> str:
    return f"{LIST}{outside_list.pk}/{end}"


def words_of(response) -> str:
    return response.content.decode()


# proves S1-04
def test_the_choice_of_the_unit_above_stands_beside_ours(browse, cast):
    county, city = people.region("990101", "示范县"), people.region("990100", "示范市")
    ours = people.department("countymarket", "县局", 51, county)
    theirs = people.department("citymarket", "市局", 52, city)
    handler = people.user("countyhandler", Role.HANDLER, within=ours)
    make.in_force(ours, handler, ["M-01", "M-02"])
    upper = make.row("C-01", theirs, basic_code="B1", is_random=False)
    make.receive(theirs, [upper], by=people.user("cityhandler", Role.HANDLER, within=theirs))
    rows = [make.row("M-01", ours, basic_code="B1"), make.row("M-02", ours, 3, basic_code="B2")]
    received = make.receive(ours, rows, by=handler)
    response = browse(handler).get(page_of(received))
    (choice,) = response.context["choices"]
    assert (choice.item.code, choice.is_random, choice.upper.is_random) == ("M-01", True, False)
    assert "不纳入（市局）" in words_of(response)


# proves S1-09
def test_a_press_synchronises_and_shows_what_differs(cast, browse, rules_of_yudu, settings):
    make.in_force(cast.market, cast.handler, ["M-01"])
    client = browse(cast.handler)
    assert "清单同步</button>" not in words_of(client.get(LIST))
    with fakes.serving() as fake:
        settings.REGULATION_LIST_ADDRESS, settings.REGULATION_LIST_TOKEN = fake.address, fakes.TOKEN
        items = [{**item, "dept_code": cast.market.uscc} for item in contract("page-1.json")["items"]]
        fake.lists[cast.market.uscc] = Listed("v1", items)
        assert "清单同步</button>" in words_of(client.get(LIST))
        response = client.post(f"{LIST}sync/market/", follow=True)
        assert "本平台的清单没有改动" in words_of(response)
        assert OutsideList.objects.get().differences.count() == 2
        assert browse(cast.stranger).post(f"{LIST}sync/market/").status_code == 404
        assert client.get(f"{LIST}sync/market/").status_code == 405
        fake.lists.clear()
        page = words_of(client.post(f"{LIST}sync/market/", follow=True, HTTP_REFERER=f"http://testserver{LIST}"))
        assert "上级系统没有这个机构代码的清单" in page


def test_without_a_connection_a_press_is_refused_in_words(cast, browse, rules_of_yudu):
    response = browse(cast.handler).post(f"{LIST}sync/market/")
    assert (response.status_code, "没有配置上级系统的接口" in words_of(response)) == (409, True)


# proves S1-11
def test_where_the_list_is_published_is_said_with_its_clause(cast, browse, compared):
    page = words_of(browse(cast.handler).get(page_of(compared)))
    assert "清单在哪里向社会公布？" in page
    assert "并通过江西省行政执法服务网社会公布" in page


# proves S1-14
def test_campaigns_by_an_earlier_edition_stand_beside_the_present_one(cast, browse):
    before = laws.item_list(cast.market, cast.handler, ["M-01", "M-02", "M-03"], state="SUPERSEDED")
    now = laws.item_list(cast.market, cast.handler, ["M-01"], edition=2)
    laws.item(now, "M-02", ratio_text="10%")
    plan = plans.plan(cast.market, cast.handler)
    plans.campaign(plan, items=list(before.items.all()), title="旧版任务")
    plans.campaign(plan, items=list(now.items.all()), title="新版任务")
    response = browse(cast.handler).get(SUCCESSION)
    rows = [
        (row.campaign.title, row.item.code, [found.kind for found in row.found]) for row in response.context["page"]
    ]
    assert rows == [("旧版任务", "M-03", []), ("旧版任务", "M-02", ["RATIO"]), ("旧版任务", "M-01", [])]
    assert (response.context["unmapped"], response.context["differing"]) == (1, 1)
    assert "没有对应的事项" in words_of(response)


def test_without_such_campaigns_the_page_says_so(cast, browse):
    assert "没有按旧版清单进行的抽查任务" in words_of(browse(cast.handler).get(SUCCESSION))
