"""结构分布: how the firms are spread, what the rules want of the registers by when."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from mingcha.domain.catalogue.models import InspectionItem, KeySector
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.rules.clauses import keys
from mingcha.domain.registers import actions
from tests.conftest import NOON
from tests.factories import plans
from tests.factories import registers as make
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
FIRMS = (
    {
        "category": "ENTERPRISE",
        "risk": "A",
        "industry": "6210 正餐服务",
        "established_on": date(2026, 3, 1),
        "area": "A1",
    },
    {
        "category": "ENTERPRISE",
        "risk": "D",
        "industry": "6220 快餐服务",
        "established_on": date(2010, 3, 1),
        "area": "A1",
    },
    {"category": "TRADER", "industry": "F5211", "state": "STALE", "area": "A2"},
    {"category": "TRADER", "state": "CLOSED"},
    {"category": "SCHOOL", "state": "VOID"},
    {"category": "VEHICLE", "state": "PENDING"},
)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def firms(cast):
    return [make.subject(number, **values) for number, values in enumerate(FIRMS, start=1)]


def looked_at(browser, **query: str):
    return browser.get(reverse("desk:structure"), query)


def counts(answer) -> list[dict[str, int]]:
    return [{bar.label: bar.count for bar in chart.bars if bar.count} for chart in answer.context["picture"].charts]


# proves S3-04
def test_whoever_may_be_drawn_is_counted_by_kind_risk_industry_place_and_age(cast, browse, firms):
    answer = looked_at(browse(cast.handler))
    assert counts(answer) == [
        {"企业": 2, "个体工商户": 1},
        {"A 低": 1, "D 高": 1, "未分类": 1},
        {"住宿和餐饮业": 2, "批发和零售业": 1},
        {cast.region.name: 3},
        {"A1": 2, "A2": 1},
        {"不满 1 年": 1, "10 年以上": 1, "未填成立日期": 1},
    ]
    assert answer.context["picture"].cross == [("企业", [1, 0, 0, 1, 0], 2), ("个体工商户", [0, 0, 0, 0, 1], 1)]
    page = answer.content.decode()
    assert page.count("<svg viewBox") == page.count('<td data-label="占比"')
    assert not any(firm.code in page for firm in firms)


# proves S3-04
@pytest.mark.parametrize(
    ("query", "total"),
    [
        ({"category": "ENTERPRISE"}, 2),
        ({"risk": "D"}, 1),
        ({"industry": "62"}, 2),
        ({"area": "A2"}, 1),
        ({"risk": "X"}, 3),
    ],
)
def test_the_filters_stand_in_the_address_and_each_line_opens_its_firms(cast, browse, firms, query, total):
    answer = looked_at(browse(cast.handler), **query)
    assert answer.context["picture"].total == total
    for chart in answer.context["picture"].charts:
        for bar in chart.bars:
            if bar.address:
                listed = browse(cast.handler).get(bar.address + "&state=").context["number"].value
                assert listed >= bar.count > 0


def test_a_register_or_tag_narrows_it_and_another_persons_does_not(cast, browse, firms):
    tag = actions.open_register(cast.market, kind="TAG", name="规上", by=cast.handler, at=NOON)
    actions.enter_subjects(tag, [firms[0].code], by=cast.handler, at=NOON)
    assert looked_at(browse(cast.handler), register=str(tag.pk)).context["picture"].total == 1
    assert looked_at(browse(cast.stranger), register=str(tag.pk)).context["picture"].total == 0
    assert looked_at(browse(cast.inspector)).status_code == 404


def item_of(cast, code: str, **values: object) -> InspectionItem:
    """A further item of the edition in force that M-00 made."""
    home = InspectionItem.objects.filter(code="M-00").first() or plans.item(cast.market, cast.handler, "M-00")
    told = {
        "title": f"示范事项 {code}",
        "legal_basis": "《示范条例》第一条",
        "item_class": "GENERAL",
        "object_kind": "企业",
    }
    with past_the_guards("catalogue_inspectionitem"):
        return InspectionItem.objects.create(item_list=home.item_list, code=code, **{**told, **values})


# proves S1-19
def test_the_five_key_sectors_each_tell_their_items_and_the_firms_linked_to_them(cast, browse, firms):
    item_of(cast, "M-01", key_sector="FOOD_DRUG")
    item_of(cast, "M-02", key_sector="FOOD_DRUG")
    item_of(cast, "M-03")
    make.link(firms[0], cast.market, "M-01")
    make.link(firms[0], cast.market, "M-02")
    make.link(firms[1], cast.market, "M-03")
    make.link(firms[3], cast.market, "M-01")  # has ended
    answer = looked_at(browse(cast.handler))
    told = {label: (one.items, one.firms) for label, one in answer.context["picture"].key_sectors}
    nothing = (0, 0)
    assert told == {
        "食品药品": (2, 1),
        "环境保护": nothing,
        "安全生产": nothing,
        "公共交通": nothing,
        "劳动保障": nothing,
    }
    assert "本地规则没有写重点领域" in answer.content.decode()
    demo_profile()
    assert (
        "加强食品药品、环境保护、安全生产、公共交通、劳动保障等重点领域的监管"
        in looked_at(browse(cast.handler)).content.decode()
    )
    assert set(keys()["key_sectors"]["codes"]) == set(KeySector.values)


# proves S1-18
def test_firms_are_told_apart_by_the_two_flags_of_their_items(cast, browse, firms):
    item_of(cast, "M-01", item_class="KEY")
    item_of(cast, "M-02", market_regulation=False)
    for firm, code in ((firms[0], "M-01"), (firms[1], "M-01"), (firms[2], "M-02")):
        make.link(firm, cast.market, code)
    flags = looked_at(browse(cast.handler)).context["picture"].flags
    assert {label: (one.items, one.firms) for label, one in flags} == {
        "市场监管领域检查事项": (2, 2),
        "其他领域检查事项": (1, 1),
        "一般检查事项": (2, 1),
        "重点检查事项": (1, 2),
    }


# proves S3-04
def test_the_steps_that_the_rules_name_stand_with_their_date_and_with_what_there_is(cast, browse, firms):
    page = looked_at(browse(cast.handler)).content.decode()
    assert "本地规则没有写哪些领域" in page
    profile = demo_profile()
    due = {"key": "joint_subject_register_due_once", "value": "2026-06-30", "unit": "date", "source": "示范规则"}
    with unguarded():
        told = [*profile.clauses, {**due, "kind": "operating", "reason": "先市场监管，再其他领域"}]
        Profile.objects.filter(pk=profile.pk).update(clauses=told)
    sector = actions.open_register(
        cast.market, kind="SECTOR", name="市场监管特别库", sector="市场监管", by=cast.handler, at=NOON
    )
    actions.enter_subjects(sector, [firms[0].code, firms[1].code], by=cast.handler, at=NOON)
    actions.open_pool(cast.market, name="消防联查库", sector="消防", by=cast.handler, at=NOON)
    answer = looked_at(browse(cast.handler))
    page = answer.content.decode()
    assert "2026年6月30日以前" in page and "期限已过" in page and "先市场监管，再其他领域" in page
    steps = {step.name: (step.register, step.pool) for step in answer.context["steps"]}
    assert (steps["市场监管"][0].size, steps["农业"]) == (2, (None, None))
    assert steps["消防"][1].name == "消防联查库"
    assert "市场监管特别库，2 户" in page


def test_the_page_takes_the_same_number_of_statements_however_many_firms(
    cast, browse, firms, django_assert_max_num_queries
):
    demo_profile()
    for number in range(10, 60):
        make.subject(number, area=f"B{number}")
    browser = browse(cast.handler)
    with django_assert_max_num_queries(50):
        assert looked_at(browser).context["picture"].charts[4].bars[-1].label == "其余片区"
    with django_assert_max_num_queries(20):
        assert looked_at(browser).status_code == 200  # counted once in ten minutes
