"""随机分组、随机匹配 on the pages: chosen in the form, seen by whoever approves, freezes, reads and substitutes."""

import pytest
from django.urls import reverse

from mingcha.domain.draws.models import DrawnInspector, team_words
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Inspector
from tests.conftest import NOON
from tests.factories import draws, plans, registers
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile
from tests.web.desk.test_campaigns import typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def shown(client, name: str, *rest) -> str:
    return client.get(reverse(name, args=rest)).content.decode()


@pytest.fixture
def approved(cast):
    demo_profile()
    return plans.plan(cast.market, cast.handler, approver=cast.supervisor)


def test_the_form_offers_teams_with_the_rule_and_keeps_the_number(cast, browse, approved):
    item = plans.item(cast.market, cast.handler)
    client, address = browse(cast.handler), reverse("desk:campaign_draft", args=[approved.pk])
    page = client.get(address).content.decode()
    assert "随机分组、随机匹配" in page and "郴政办发〔2018〕39号" in page
    client.post(address, typed(cast, item, teams="12"))
    campaign = Campaign.objects.get()
    assert campaign.teams == 12
    detail = shown(client, "desk:campaign_detail", campaign.pk)
    assert "随机分组、随机匹配（12 个小组）" in detail and "不够 12 组" in detail
    form = client.get(reverse("desk:campaign_amend", args=[campaign.pk])).context["form"]
    assert form["teams"].value() == 12


def test_without_a_number_people_are_drawn_for_each_firm(cast, browse, approved):
    item = plans.item(cast.market, cast.handler)
    client = browse(cast.handler)
    client.post(reverse("desk:campaign_draft", args=[approved.pk]), typed(cast, item))
    assert Campaign.objects.get().teams == 0
    detail = shown(client, "desk:campaign_detail", Campaign.objects.get().pk)
    assert "每户各抽人员" in detail and "最多编组" not in detail


def test_more_teams_than_the_protocol_has_codes_for_are_refused_beside_the_field(cast, browse, approved):
    item = plans.item(cast.market, cast.handler)
    address = reverse("desk:campaign_draft", args=[approved.pk])
    answer = browse(cast.handler).post(address, typed(cast, item, teams="10000"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["teams"])


def test_the_freeze_page_says_what_is_known_of_the_teams(cast, browse):
    draw = draws.room(cast, draws.county(cast, teams=3)).draw
    page = shown(browse(cast.handler), "desk:draw_freeze", draw.pk)
    assert "抽签编成 3 个小组" in page and "再抽签决定每户由哪一组去" in page
    assert "的人员全部编入小组：谁会被派出不是随机" in page
    assert "只有 1 个小组" not in page


def test_the_freeze_page_says_what_may_go_wrong_with_one_team(cast, browse):
    campaign = draws.county(cast, teams=1)
    with unguarded():
        Inspector.objects.exclude(code__endswith="001").update(areas="A0,A1")
    registers.avoidance(registers.Subject.objects.order_by("pk")[0], Inspector.objects.order_by("pk")[0])
    registers.confirmed(cast, at=NOON)
    page = shown(browse(cast.handler), "desk:draw_report", draws.room(cast, campaign).draw.pk)
    assert "只有 1 个小组：哪一组去哪一户不是随机" in page
    assert "片区 A2：能去的只有 2 名，都没有编入小组时，这个片区没有小组能去" in page
    assert "1 户的回避人员不少于小组数，可能没有小组能去" in page


def test_a_freeze_that_the_people_do_not_fill_is_refused_on_the_page_with_the_numbers(cast, browse):
    draw = draws.room(cast, draws.county(cast, teams=4)).draw
    assert "4 组要 8 人，可派的只有 6 人，最多编 3 组" in shown(browse(cast.handler), "desk:draw_freeze", draw.pk)


def test_the_result_the_public_page_and_the_substitution_name_the_team(cast, browse):
    draw = draws.draw_at(cast, "IN_FORCE", teams=3)
    words = {team_words(team) for team in DrawnInspector.objects.values_list("team", flat=True)}
    console = shown(browse(cast.handler), "desk:draw_detail", draw.pk)
    public = shown(browse(), "portal:verification", draw.number)
    assert words and all(word in console and word in public for word in words)
    assert "由哪一组去" in public and "随机分组、随机匹配（3 个小组）" in public
    firm = draw.subjects.filter(reserve=False)[0]
    page = shown(browse(cast.handler), "desk:substitute_propose", firm.pk)
    assert f"这户由{firm.inspectors.all()[0].team_words}检查" in page


def test_where_people_are_drawn_for_each_firm_no_page_speaks_of_teams(cast, browse):
    draw = draws.draw_at(cast, "IN_FORCE")
    assert "由哪一组去" not in shown(browse(), "portal:verification", draw.number)
    assert "组</strong>" not in shown(browse(cast.handler), "desk:draw_detail", draw.pk)
    firm = draw.subjects.filter(reserve=False)[0]
    assert "这户由" not in shown(browse(cast.handler), "desk:substitute_propose", firm.pk)
