"""Register statistics and who has made public what."""

import pytest
from django.core.cache import cache

from mingcha.domain.catalogue.models import Rulebook
from mingcha.domain.registers.rules.industries import section_of
from tests.conftest import NOON
from tests.factories import laws as make
from tests.factories import publication, registers
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def tables(browse) -> list[dict[str, int]]:
    charts = browse().get("/registers/").context["charts"]
    return [{bar.label: bar.count for bar in chart.bars} for chart in charts]


def test_the_register_is_counted_by_kind_industry_area_and_state(cast, browse):
    rows = (
        {"industry": "H6210", "area": "990000-01"},
        {"industry": "H", "category": "TRADER"},
        {"industry": "餐饮", "area": "990000-01", "state": "STALE"},
        {"industry": "C", "state": "CLOSED"},
        {"state": "VOID"},
    )
    for number, values in enumerate(rows, start=1):
        registers.subject(number, **values)
    registers.inspectors(2, cast.market)
    kinds, industries, areas, states, people = tables(browse)
    assert kinds == {"企业": 2, "个体工商户": 1}
    assert industries == {"住宿和餐饮业": 2, "未填或未编码": 1}
    assert areas == {"990000-01": 2, "未填片区": 1}
    assert states == {"存续": 2, "待更新": 1, "已注销或吊销": 1}
    assert people == {cast.market.name: 2}


def test_an_industry_kept_as_the_code_of_a_class_is_counted_in_its_section(cast, browse):
    kept = [
        "5272 日用家电零售",
        "5211",
        "6210 正餐服务",
        "H",
        "0511",
        "0611",
        "9700",
        "9800",
        "0000",
        "52",
        "日用家电零售",
    ]
    for number, industry in enumerate(kept, start=1):
        registers.subject(number, industry=industry)
    assert tables(browse)[1] == {
        "批发和零售业": 3,
        "住宿和餐饮业": 2,
        "农、林、牧、渔业": 1,
        "采矿业": 1,
        "国际组织": 1,
        "未填或未编码": 3,
    }


@pytest.mark.parametrize(
    ("start", "section"), [("5", ""), ("５２", ""), ("", ""), ("70", "K"), ("71", "L"), ("H6", "H")]
)
def test_a_section_is_known_by_its_letter_or_its_division(start, section):
    assert section_of(start) == section


def test_statistics_name_nobody_and_every_drawing_has_its_table(cast, browse):
    firm = registers.subject(1, industry="H")
    person = registers.inspector(cast.market)
    page = browse().get("/registers/").content.decode()
    assert firm.name not in page and firm.code not in page and person.name not in page
    assert page.count("<svg viewBox") == page.count('<td data-label="数量">1</td>') == 5


def test_many_areas_are_told_as_the_largest_and_the_rest(browse, cast):
    for number in range(40):
        registers.subject(number, area=f"A{number:02d}")
    areas = tables(browse)[2]
    assert len(areas) == 31 and areas["其余片区"] == 10


def test_statistics_are_counted_once_in_a_while(cast, browse, django_assert_max_num_queries):
    registers.subject(1)
    assert tables(browse)[0] == {"企业": 1}
    registers.subject(2)
    with django_assert_max_num_queries(1):
        assert tables(browse)[0] == {"企业": 1}
    cache.clear()
    assert tables(browse)[0] == {"企业": 2}


# proves S4-03
def test_list_rulebook_plan_and_results_are_counted_department_by_department(cast, browse):
    registers.inspector(cast.market)
    registers.inspector(cast.fire)
    rows = browse().get("/openness/").context["rows"]
    assert [(row.department.code, row.cells) for row in rows] == [
        ("fire", [False] * 4),
        ("market", [False] * 4),
    ]
    make.item_list(cast.market, cast.handler)
    with unguarded():
        Rulebook.objects.create(
            department=cast.market,
            edition=1,
            title="细则",
            drafted_by=cast.handler,
            state="IN_FORCE",
            in_force_at=NOON,
        )
    publication.result(cast.market)
    page = browse().get("/openness/")
    assert [row.cells for row in page.context["rows"]] == [[False] * 4, [True, True, False, True]]
    assert page.context["totals"] == [1, 1, 0, 1]
    assert "尚未公开" in page.content.decode()


# proves S3-03
def test_a_department_shows_its_duties_procedure_items_and_results(cast, browse):
    registers.inspector(cast.market)
    page = browse().get("/openness/market/").content.decode()
    assert "尚未公布细则" in page and "尚未公布清单" in page and "尚未公布权力清单" in page
    make.power(cast.market, title="对食品经营的监督检查")
    make.item_list(cast.market, cast.handler)
    publication.result(cast.market)
    page = browse().get("/openness/market/").content.decode()
    assert "对食品经营的监督检查" in page and "施行中的事项 2 项" in page
    assert "尚未公示检查结果" not in page
    assert browse().get("/openness/discipline/").status_code == 404


def test_nobody_is_sent_to_a_place_that_is_not_there(browse, db):
    page = browse().get("/items/").content.decode()
    assert "/about/#outside" in page
    assert 'id="outside"' in browse().get("/about/").content.decode()


@pytest.mark.parametrize("address", ["/registers/", "/openness/"])
def test_the_pages_work_empty_and_take_no_post(db, browse, address):
    assert browse().get(address + "?page=x").status_code == 200
    assert browse().post(address).status_code == 405
