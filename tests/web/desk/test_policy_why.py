"""The words behind a value stand where the value acts: on the clocks and on a campaign."""

import pytest
from django.urls import reverse

from mingcha.domain.audit.actions import record
from mingcha.domain.duties.actions import start_duty
from mingcha.kit.action import action
from tests.conftest import NOON
from tests.factories import plans
from tests.factories import policy as rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_county_at_noon(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    rules.demo_profile()
    rules.calendar()


@action
def clock_started(department, *, by, at):
    """A clock starts inside the action of a later step, which leaves the trace."""
    start_duty("ENTRY", department, department=department, event_at=at, by=by, at=at)
    record("organisation.signed_in", by=by, at=at)


def test_a_clock_opens_on_the_words_that_were_copied_into_it(cast, browse):
    clock_started(cast.market, by=cast.handler, at=NOON)
    page = browse(cast.handler).get(reverse("desk:duty_list")).content.decode()
    assert "<summary>为什么是这个期限？</summary>" in page
    assert "检查结果录入时限：48 小时" in page
    assert "“在每个监管对象检查结束后48小时内将检查情况录入平台”" in page
    assert "于都县推进法治政府建设工作领导小组办公室 · 借用外地文件" in page


def test_a_campaign_opens_on_the_words_behind_its_shares(cast, browse):
    market = plans.item(cast.market, cast.handler)
    campaign = plans.campaign(plans.plan(cast.market, cast.handler, approver=cast.supervisor), items=[market])
    page = browse(cast.handler).get(reverse("desk:campaign_detail", args=[campaign.pk])).content.decode()
    assert "“原则上随机抽查比例不得低于市场主体的3%”" in page
    assert "“涉外市场主体可提高到10%”" in page
    assert "可以提高，不是必须，也不封顶" in page
