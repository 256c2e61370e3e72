"""The same campaign planned under each of the five policies, at the desk."""

import re

import pytest

from mingcha.domain.policy.rules import FIVE, QUESTIONS, five_profiles
from tests.conftest import NOON
from tests.factories import policy as make

pytestmark = pytest.mark.django_db

PAGE = "/desk/policy/what-if/"
CAMPAIGN = {
    "firms": "1000",
    "foreign": "5",
    "share": "2",
    "joint": "1",
    "departments": "3",
    "starts_on": "2026-09-01",
    "ends_on": "2026-09-25",
    "ended_at": "2026-09-24T16:00",
}
PLACES = dict(zip(("巴中", "于都", "泰安", "巴南", "郴州"), (file.document for file in five_profiles()), strict=True))


@pytest.fixture(autouse=True)
def noon_at_the_desk(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    make.calendar()


@pytest.fixture
def planned(cast, browse):
    """The campaign in the five places: short name → place; fields may be typed otherwise."""

    def plan(**changes):
        response = browse(cast.coordinator).get(PAGE, {**CAMPAIGN, **changes})
        assert response.status_code == 200
        by_document = {place.document: place for place in response.context["places"]}
        return {name: by_document[document] for name, document in PLACES.items()}

    return plan


def test_the_take_under_banan_is_not_the_take_under_taian(planned):
    places = planned()
    assert places["巴南"].answers["smallest_take"].words.startswith("至少 30 户（3%）；拟抽 20 户低于下限")
    assert places["泰安"].answers["smallest_take"].words == "没有下限：按拟定比例抽 20 户"


def test_a_result_is_entered_within_48_hours_or_20_working_days_or_when_nobody_says(planned):
    entry = {name: place.entry for name, place in planned().items()}
    assert entry == {
        "巴中": "未作规定",
        "于都": "2026年9月25日 24:00",  # the campaign's end comes before the 48 hours
        "泰安": "2026年10月29日 24:00",  # mid-autumn, the national week and a worked Saturday between
        "巴南": "未作规定",
        "郴州": "未作规定",
    }


def test_without_the_end_near_yudus_48_hours_count_alone(planned):
    place = planned(ended_at="2026-09-04T16:00")["于都"]
    assert place.entry == "2026年9月6日 16:00"
    assert "含周末和节假日" in place.answers["entry"].words
    assert {one.key for one in place.answers["entry"].clauses} >= {"entry_hours", "entry_before_plan_end"}


def test_results_are_public_20_working_days_after_the_end_in_chenzhou_and_with_the_entry_in_taian(planned):
    places = planned()
    assert places["郴州"].publication == places["泰安"].publication == "2026年10月29日 24:00"
    assert "立案查处的，处罚决定之后 7 个工作日内" in places["郴州"].answers["publication"].words
    assert "抽查工作结束 2026年9月25日 24:00" in places["郴州"].answers["publication"].words
    assert "录入后自动公示（审核通过即公示），与录入同一期限" in places["泰安"].answers["publication"].words
    assert {"published_on_entry", "entry_working_days"} <= {
        one.key for one in places["泰安"].answers["publication"].clauses
    }
    assert places["巴南"].publication == places["巴中"].publication == "及时"
    assert places["于都"].publication == "未作规定"


def test_a_later_end_moves_the_publication_and_not_the_entry(planned):
    early, late = planned(), planned(ends_on="2026-09-30")
    assert early["郴州"].publication != late["郴州"].publication
    assert early["泰安"].entry == late["泰安"].entry


def test_a_deadline_in_a_year_that_nobody_knows_is_called_an_estimate(planned):
    place = planned(ends_on="2026-12-31")["郴州"]
    assert "暂按周一至周五估算" in place.answers["publication"].words
    assert place.publication.endswith("（估算）")


def test_every_answer_shows_the_words_and_the_issuer_of_its_clauses(cast, browse):
    page = browse(cast.coordinator).get(PAGE, CAMPAIGN).content.decode()
    shown = re.sub(r"\s+", " ", page)
    assert "“原则上随机抽查比例不得低于市场主体的3%”" in shown
    assert "巴南府办发〔2015〕250号 二（四） 《关于印发推广随机抽查规范事中事后监管实施方案的通知》" in shown
    assert "重庆市巴南区人民政府办公室 · 本地文件" in shown
    assert page.count("<section class=") == len(QUESTIONS)
    assert all(file.document in page for file in five_profiles())
    assert "5 个地方中 1 个有规定" in page


def test_the_first_look_has_a_campaign_already(cast, browse):
    response = browse(cast.coordinator).get(PAGE)
    assert response.status_code == 200
    assert len(response.context["places"]) == len(FIVE)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("ends_on", "2026-08-31", "最后一天早于第一天"),
        ("ended_at", "2026-08-30T10:00", "检查结束不在任务的第一天和最后一天之间"),
        ("departments", "1", "联合抽查至少两个部门"),
        ("starts_on", "1999-01-01", "年份写 2015 到 2100 之间的"),
        ("ends_on", "9999-12-31", "年份写 2015 到 2100 之间的"),
        ("share", "0", ""),
        ("share", "NaN", ""),
        ("firms", "1e9", ""),
        ("firms", "", ""),
        ("foreign", "101", ""),
        ("joint", "maybe", ""),
        ("ended_at", "soon", ""),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_beside_its_field(cast, browse, field, value, sentence):
    response = browse(cast.coordinator).get(PAGE, {**CAMPAIGN, field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert sentence in response.content.decode()
    assert response.context["places"] == []


def test_who_has_no_business_with_rules_is_refused_and_nothing_is_posted(cast, browse):
    assert browse(cast.inspector).get(PAGE).status_code == 403
    assert browse().get(PAGE).status_code == 302
    assert browse(cast.coordinator).post(PAGE).status_code == 405


def test_planning_takes_few_queries(cast, browse, django_assert_max_num_queries):
    browser = browse(cast.coordinator)
    with django_assert_max_num_queries(30):
        browser.get(PAGE, CAMPAIGN)
