"""时限 at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.queries import about_key
from tests.conftest import NOON
from tests.factories import duties as make
from tests.factories import plans

pytestmark = pytest.mark.django_db

LIST = "/desk/duties/"


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def lights(cast):
    """One of every colour in market, and one of the fire brigade."""
    return {
        "red": make.duty(cast.market, 1, due_in=timedelta(hours=-2)),
        "yellow": make.duty(cast.market, 2, due_in=timedelta(hours=3)),
        "green": make.duty(cast.market, 3, due_in=timedelta(hours=30)),
        "grey": make.duty(cast.market, 4, due_in=timedelta(hours=60)),
        "mended": make.late(cast.market, 5),
        "fire": make.duty(cast.fire, 6, due_in=timedelta(hours=40)),
    }


def shown(response) -> list:
    return [row.duty for row in response.context["rows"]]


def test_open_clocks_stand_by_their_end_each_with_its_light(cast, browse, lights):
    response = browse(cast.handler).get(LIST)
    assert shown(response) == [lights[name] for name in ("red", "yellow", "green", "grey")]
    page = response.content.decode()
    for shape, word in (("■", "超期"), ("▲", "临期"), ("●", "正常"), ("○", "未开始")):
        assert f"{shape}</span> {word}" in page
    assert "已超过 2 小时 0 分" in page
    assert "依据：法府建办字〔2020〕1号 二（三）1" in page


def test_the_figures_count_the_open_clocks_by_colour(cast, browse, lights):
    figures = browse(cast.handler).get(LIST).context["figures"]
    assert [(figure.colour, figure.open_now) for figure in figures] == [
        ("red", 1),
        ("yellow", 1),
        ("green", 1),
        ("grey", 1),
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?colour=red", ["red"]),
        ("?colour=yellow", ["yellow"]),
        ("?state=ended", ["mended"]),
        ("?state=all&colour=mended", ["mended"]),
        ("?department=fire", []),
        ("?kind=PUBLISH_RESULT", []),
        ("?colour=purple&state=nonsense&kind=x", ["red", "yellow", "green", "grey"]),
    ],
)
def test_the_list_is_filtered_by_its_address(cast, browse, lights, query, names):
    assert shown(browse(cast.handler).get(LIST + query)) == [lights[name] for name in names]


def test_a_supervisor_sees_every_department_and_filters_one(cast, browse, lights):
    assert shown(browse(cast.supervisor).get(LIST + "?department=fire")) == [lights["fire"]]


def test_a_mended_light_says_by_how_much_it_was_late(cast, browse, lights):
    page = browse(cast.handler).get(LIST + "?state=ended").content.decode()
    assert "□</span> 已补（曾超期）" in page
    assert "晚了 6 小时 0 分" in page


def test_a_guess_is_marked_as_one(cast, browse):
    make.duty(cast.market, provisional=True)
    assert "暂按周一至周五估算" in browse(cast.handler).get(LIST).content.decode()


def test_a_calm_list_names_the_next_end(cast, browse):
    make.duty(cast.market, due_in=timedelta(hours=30))
    assert "没有红灯和黄灯。下一个到期：2026年11月24日 18:00" in browse(cast.handler).get(LIST).content.decode()


def test_a_clock_leads_to_what_it_is_about_where_the_person_may_go(cast, browse):
    plan = plans.plan(cast.market, cast.handler, approver=cast.supervisor)
    campaign = plans.campaign(plan, items=[])
    part = campaign.parties.get()
    make.duty(cast.market, 1, kind=DutyKind.CAMPAIGN_END, about=about_key(part))
    make.duty(cast.market, 2, kind=DutyKind.CAMPAIGN_END, about="plans.CampaignDepartment:999999")
    make.duty(cast.market, 3, about="nowhere.Thing:3")
    addresses = [row.address for row in browse(cast.handler).get(LIST).context["rows"]]
    assert sorted(addresses) == ["", "", reverse("desk:campaign_detail", args=[campaign.pk])]


def test_an_empty_list_says_why_and_a_filtered_one_leads_back(cast, browse):
    assert "没有在走的时限" in browse(cast.handler).get(LIST).content.decode()
    assert "没有符合条件的时限" in browse(cast.handler).get(LIST + "?colour=red").content.decode()


def test_whoever_looks_after_no_clock_is_refused(cast, browse):
    for blind in (cast.inspector, cast.keeper, cast.auditor):
        assert browse(blind).get(LIST).status_code == 403
    assert browse().get(LIST).status_code == 302


def test_the_stranger_sees_none_of_ours(cast, browse, lights):
    assert shown(browse(cast.stranger).get(LIST + "?state=all")) == []


def test_the_list_answers_to_get_only(cast, browse):
    assert browse(cast.handler).post(LIST).status_code == 405


def test_a_full_page_takes_as_many_queries_as_a_short_one(cast, browse, django_assert_max_num_queries):
    for number in range(60):
        make.duty(cast.market, number, due_in=timedelta(hours=number))
    browser = browse(cast.handler)
    with django_assert_max_num_queries(40):
        response = browser.get(LIST)
    assert len(response.context["rows"]) == 50
