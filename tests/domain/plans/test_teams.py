"""随机分组、随机匹配 in a campaign: how many teams, whether the people fill them, who agrees to it."""

from datetime import date

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans import actions, rules
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries import staff_for
from mingcha.kit.errors import Refused
from tests.domain.plans.test_actions import content
from tests.factories import plans as make
from tests.factories import registers
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile


@pytest.fixture
def approved(cast):
    demo_profile()
    return make.plan(cast.market, cast.handler, approver=cast.supervisor)


@pytest.mark.parametrize("teams", [-1, 10000])
def test_a_number_of_teams_outside_the_protocol_is_refused_at_its_field(teams):
    with pytest.raises(Refused, match="小组数填 1 到 9999；每户各抽人员的，填 0 或留空") as refusal:
        rules.check_teams(teams)
    assert refusal.value.field == "teams"


def test_every_department_whose_people_do_not_fill_the_teams_is_named_with_the_numbers():
    market, fire = Department(code="market", short_name="市监局"), Department(code="fire", short_name="消防")
    rules.check_teams_filled(3, [(market, 2, 6), (fire, 2, 7)])
    rules.check_teams_filled(0, [(market, 2, 0)])
    with pytest.raises(Refused) as refusal:
        rules.check_teams_filled(3, [(market, 2, 5), (fire, 3, 8)])
    assert refusal.value.reason == (
        "人员不够编组：市监局每组 2 人，3 组要 6 人，可派的只有 5 人，最多编 2 组；"
        "消防每组 3 人，3 组要 9 人，可派的只有 8 人，最多编 2 组。"
        "到两库补充人员，或减少小组数（任务已批准的，另行立项）"
    )


@pytest.mark.django_db
def test_a_campaign_in_teams_is_submitted_and_approved_only_while_its_people_fill_the_teams(cast, noon, approved):
    campaign = actions.draft_campaign(approved, **content(cast, teams=2), by=cast.handler, at=noon)
    assert trail_of(campaign).last().details["teams"] == 2
    with pytest.raises(Refused, match="2 组要 4 人，可派的只有 0 人"):
        actions.submit_campaign(campaign, by=cast.handler, at=noon)
    people = registers.inspectors(4, cast.market)
    assert [row.most_teams for row in staff_for(campaign, on=noon.date())] == [2]
    campaign = actions.submit_campaign(campaign, by=cast.handler, at=noon)
    with unguarded():
        people[0].state = "SUSPENDED"
        people[0].save()
    with pytest.raises(Refused, match="可派的只有 3 人，最多编 1 组"):
        actions.approve_campaign(campaign, by=cast.supervisor, at=noon)
    with unguarded():
        people[0].state = "ACTIVE"
        people[0].save()
    campaign = actions.approve_campaign(campaign, by=cast.supervisor, at=noon)
    assert (campaign.may_be_drawn, campaign.sending) == (True, "随机分组、随机匹配（2 个小组）")


@pytest.mark.django_db
def test_amending_a_draft_changes_how_people_are_sent(cast, noon, approved):
    given = content(cast, teams=2)
    campaign = actions.draft_campaign(approved, **given, by=cast.handler, at=noon)
    campaign = actions.amend_campaign(campaign, **{**given, "teams": 0}, by=cast.handler, at=noon)
    assert (campaign.in_teams, campaign.sending) == (False, "每户各抽人员")


@pytest.mark.django_db
def test_a_supplement_sends_teams_like_the_campaign_it_adds_to(cast, noon, approved):
    first = make.campaign(
        approved, items=[make.item(cast.market, cast.handler)], state="DRAWN", approver=cast.supervisor
    )
    with unguarded():
        Campaign.objects.update(teams=7)
    days = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 20)}
    assert actions.draft_supplement(first, title="补充", **days, by=cast.handler, at=noon).teams == 7
