"""Drafting, submitting, approving and returning, with the rights and the trail of each."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.actions import record
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.plans import actions
from mingcha.domain.plans.models import Campaign, Plan
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.domain.plans.rules import StratumDraft
from mingcha.kit.action import action
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import plans as make
from tests.factories.organisation import region, unguarded, user
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules_in_force(cast):
    demo_profile()


@pytest.fixture
def draft(cast):
    return make.plan(cast.market, cast.handler)


@pytest.fixture
def approved(cast):
    return make.plan(cast.market, cast.handler, approver=cast.supervisor)


def content(cast, **changes) -> dict:
    """The parts of a campaign of the market department, as a form would give them."""
    given = {
        "title": "示范抽查",
        "starts_on": date(2026, 11, 30),
        "ends_on": date(2026, 12, 14),
        "list_timing": "AT_DRAW",
        "slack": 1,
        "parties": [(cast.market, 2)],
        "strata": [make.FOREIGN, make.REST],
    } | changes
    if "items" not in given:
        given["items"] = [make.item(cast.market, cast.handler)]
    return given


def events_of(row) -> list[str]:
    return [entry.event for entry in trail_of(row)]


def test_a_plan_goes_from_draft_to_approval_and_leaves_its_trail(cast, noon):
    plan = actions.draft_plan(cast.market, year=2026, title="年度计划", by=cast.handler, at=noon)
    actions.amend_plan(plan, title="年度抽查计划", purpose="覆盖全县", by=cast.second_handler, at=noon)
    actions.submit_plan(plan, by=cast.handler, at=noon)
    actions.approve_plan(plan, by=cast.supervisor, at=noon)
    plan.refresh_from_db()
    assert (plan.state, plan.approved_by, plan.approved_at) == ("APPROVED", cast.supervisor, noon)
    assert (plan.title, plan.drafted_by) == ("年度抽查计划", cast.second_handler)
    assert events_of(plan) == ["plan.drafted", "plan.amended", "plan.submitted", "plan.approved"]


def test_a_stranger_may_do_nothing_with_a_plan(cast, noon, draft):
    for attempt in (
        lambda: actions.draft_plan(cast.market, year=2026, title="x", by=cast.stranger, at=noon),
        lambda: actions.amend_plan(draft, title="x", by=cast.stranger, at=noon),
        lambda: actions.submit_plan(draft, by=cast.stranger, at=noon),
        lambda: actions.approve_plan(draft, by=cast.stranger, at=noon),
        lambda: actions.return_plan(draft, remark="x", by=cast.stranger, at=noon),
    ):
        with pytest.raises(Forbidden):
            attempt()


# proves S1-28
def test_the_head_of_the_own_department_does_not_approve_its_plan(cast, noon, draft):
    actions.submit_plan(draft, by=cast.handler, at=noon)
    with pytest.raises(Forbidden):
        actions.approve_plan(draft, by=cast.approver, at=noon)


# proves S1-28
def test_an_approver_from_the_own_department_is_refused_by_the_rules_in_force(cast, noon, draft):
    insider = user("insider", "R01", within=cast.market, over=region())
    actions.submit_plan(draft, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="由本部门以外的机关审核"):
        actions.approve_plan(draft, by=insider, at=noon)


def test_a_second_plan_of_the_same_name_is_refused(cast, noon, draft):
    with pytest.raises(Refused, match="已经有名称为") as refusal:
        actions.draft_plan(cast.market, year=2026, title=draft.title, by=cast.handler, at=noon)
    assert refusal.value.field == "title"
    actions.amend_plan(draft, title=draft.title, purpose="更详细", by=cast.handler, at=noon)


def test_submitting_or_approving_twice_does_nothing_twice(cast, noon, draft):
    actions.submit_plan(draft, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="刷新页面"):
        actions.submit_plan(draft, by=cast.handler, at=noon)
    actions.approve_plan(draft, by=cast.supervisor, at=noon)
    with pytest.raises(Refused, match="刷新页面"):
        actions.approve_plan(draft, by=cast.coordinator, at=noon)
    assert events_of(draft) == ["plan.submitted", "plan.approved"]


def test_a_submitted_plan_is_not_edited(cast, noon, draft):
    actions.submit_plan(draft, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="已提交，不能再改"):
        actions.amend_plan(draft, title="别的", by=cast.handler, at=noon)


def test_a_returned_plan_carries_the_remark_until_it_is_submitted_again(cast, noon, draft):
    actions.submit_plan(draft, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="写明退回意见"):
        actions.return_plan(draft, remark="", by=cast.supervisor, at=noon)
    actions.return_plan(draft, remark="补上频次", by=cast.supervisor, at=noon)
    draft.refresh_from_db()
    assert (draft.state, draft.remark) == ("DRAFT", "补上频次")
    actions.submit_plan(draft, by=cast.handler, at=noon)
    draft.refresh_from_db()
    assert (draft.state, draft.remark) == ("SUBMITTED", "")


def test_a_plan_for_a_year_long_gone_is_refused(cast, noon):
    with pytest.raises(Refused, match="年度只能是"):
        actions.draft_plan(cast.market, year=2020, title="x", by=cast.handler, at=noon)


def test_an_empty_plan_is_not_submitted(cast, noon):
    plan = actions.draft_plan(cast.market, year=2026, title="空", by=cast.handler, at=noon)
    with pytest.raises(Refused, match="还没有内容"):
        actions.submit_plan(plan, by=cast.handler, at=noon)


def test_a_campaign_goes_from_draft_to_approval_and_leaves_its_trail(cast, noon, approved):
    campaign = actions.draft_campaign(approved, **content(cast), by=cast.handler, at=noon)
    assert [(s.position, s.code, s.share) for s in campaign.strata.all()] == [
        (1, "foreign", Decimal("0.10")),
        (2, "rest", Decimal("0.03")),
    ]
    assert [(p.department, p.inspectors) for p in campaign.parties.all()] == [(cast.market, 2)]
    actions.submit_campaign(campaign, by=cast.handler, at=noon)
    actions.approve_campaign(campaign, by=cast.supervisor, at=noon)
    campaign.refresh_from_db()
    assert campaign.may_be_drawn
    assert (campaign.approved_by, campaign.approved_at) == (cast.supervisor, noon)
    assert events_of(campaign) == ["campaign.drafted", "campaign.submitted", "campaign.approved"]


# proves S0-24
def test_departments_inspect_together_across_regions_and_each_sees_it(cast, noon, approved):
    next_county = cast.stranger.department
    items = [
        make.item(cast.market, cast.handler),
        make.item(cast.fire, cast.fire_handler, "F-01"),
        make.item(next_county, cast.stranger, "E-01"),
    ]
    parties = [(cast.market, 2), (cast.fire, 3), (next_county, 2)]
    campaign = actions.draft_campaign(approved, **content(cast, items=items, parties=parties), by=cast.handler, at=noon)
    assert campaign.is_joint
    assert sorted((p.department.code, p.inspectors) for p in campaign.parties.all())[0] == ("elsewhere", 2)
    assert all(campaign in campaigns_visible_to(person) for person in (cast.handler, cast.fire_handler, cast.stranger))


def test_amending_a_campaign_replaces_what_it_had(cast, noon, approved):
    campaign = actions.draft_campaign(approved, **content(cast), by=cast.handler, at=noon)
    other = make.item(cast.market, cast.handler, "M-02")
    changed = content(cast, items=[other], strata=[make.REST], parties=[(cast.market, 4)])
    actions.amend_campaign(campaign, **changed, by=cast.second_handler, at=noon)
    campaign = Campaign.objects.get(pk=campaign.pk)
    assert [row.item for row in campaign.items.all()] == [other]
    assert [row.code for row in campaign.strata.all()] == ["rest"]
    assert [row.inspectors for row in campaign.parties.all()] == [4]
    assert campaign.drafted_by == cast.second_handler


# proves S3-18
def test_a_campaign_below_the_floor_of_the_rules_in_force_is_refused(cast, noon, approved):
    low = StratumDraft("rest", "一般", False, "", Decimal("0.029"), 2)
    with pytest.raises(Refused, match="低于下限 3%") as refusal:
        actions.draft_campaign(approved, **content(cast, strata=[low]), by=cast.handler, at=noon)
    assert refusal.value.field == "share_1"
    assert not Campaign.objects.exists()


def test_a_lone_inspector_is_refused_with_the_clause(cast, noon, approved):
    with pytest.raises(Refused, match="至少 2 名执法人员。依据：《中华人民共和国行政处罚法》 第四十二条第一款"):
        actions.draft_campaign(approved, **content(cast, parties=[(cast.market, 1)]), by=cast.handler, at=noon)


def test_a_second_campaign_of_the_same_name_is_refused(cast, noon, approved):
    given = content(cast)
    actions.draft_campaign(approved, **given, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="已经有名称为“示范抽查”的了"):
        actions.draft_campaign(approved, **given, by=cast.handler, at=noon)
    assert Campaign.objects.count() == 1


# proves S1-28
def test_a_campaign_of_an_unapproved_plan_is_not_submitted(cast, noon, draft):
    campaign = actions.draft_campaign(draft, **content(cast), by=cast.handler, at=noon)
    with pytest.raises(Refused, match="还没有批准"):
        actions.submit_campaign(campaign, by=cast.handler, at=noon)


def test_an_item_that_left_the_list_since_the_draft_stops_the_submission(cast, noon, approved):
    given = content(cast)
    campaign = actions.draft_campaign(approved, **given, by=cast.handler, at=noon)
    with unguarded():
        type(given["items"][0].item_list).objects.update(state="SUPERSEDED")
    with pytest.raises(Refused, match="不在施行中的清单里"):
        actions.submit_campaign(campaign, by=cast.handler, at=noon)


def test_an_item_that_left_the_list_since_the_submission_stops_the_approval(cast, noon, approved):
    given = content(cast)
    campaign = make.campaign(approved, items=given["items"], state="SUBMITTED")
    with unguarded():
        type(given["items"][0].item_list).objects.update(state="SUPERSEDED")
    with pytest.raises(Refused, match="不在施行中的清单里"):
        actions.approve_campaign(campaign, by=cast.supervisor, at=noon)


def test_a_campaign_that_should_have_begun_is_not_submitted(cast, noon, approved):
    campaign = actions.draft_campaign(approved, **content(cast), by=cast.handler, at=noon)
    with pytest.raises(Refused, match="检查开始日已经过去"):
        actions.submit_campaign(campaign, by=cast.handler, at=noon + timedelta(days=8))


def test_a_submitted_campaign_is_not_edited(cast, noon, approved):
    item = make.item(cast.market, cast.handler)
    campaign = make.campaign(approved, items=[item], state="SUBMITTED")
    with pytest.raises(Refused, match="已提交，不能再改"):
        actions.amend_campaign(campaign, **content(cast, items=[item]), by=cast.handler, at=noon)


def test_a_returned_campaign_is_a_draft_with_a_remark(cast, noon, approved):
    campaign = make.campaign(approved, items=[make.item(cast.market, cast.handler)], state="SUBMITTED")
    with pytest.raises(Refused, match="写明退回意见"):
        actions.return_campaign(campaign, remark=" ", by=cast.supervisor, at=noon)
    actions.return_campaign(campaign, remark="比例太低", by=cast.supervisor, at=noon)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.remark) == ("DRAFT", "比例太低")
    actions.submit_campaign(campaign, by=cast.handler, at=noon)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.remark) == ("SUBMITTED", "")


def test_only_outsiders_with_the_right_approve_a_campaign(cast, noon, approved):
    campaign = make.campaign(approved, items=[make.item(cast.market, cast.handler)], state="SUBMITTED")
    for by in (cast.handler, cast.approver, cast.stranger, cast.auditor):
        with pytest.raises(Forbidden):
            actions.approve_campaign(campaign, by=by, at=noon)
        with pytest.raises(Forbidden):
            actions.return_campaign(campaign, remark="x", by=by, at=noon)


def test_another_department_does_not_write_this_departments_campaign(cast, noon, approved):
    given = content(cast)
    campaign = make.campaign(approved, items=given["items"])
    for attempt in (
        lambda: actions.draft_campaign(approved, **given, by=cast.fire_handler, at=noon),
        lambda: actions.amend_campaign(campaign, **given, by=cast.fire_handler, at=noon),
        lambda: actions.submit_campaign(campaign, by=cast.fire_handler, at=noon),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_a_campaign_is_drawn_once_and_closed_after_that(cast, noon):
    campaign = make.approved_campaign(cast)

    @action
    def as_draws_and_inspections_do(step) -> None:
        step(campaign)
        record("x.done", campaign, by=cast.handler, at=noon)

    with pytest.raises(Refused):
        as_draws_and_inspections_do(actions.close_campaign)
    as_draws_and_inspections_do(actions.mark_drawn)
    with pytest.raises(Refused):
        as_draws_and_inspections_do(actions.mark_drawn)
    as_draws_and_inspections_do(actions.close_campaign)
    campaign.refresh_from_db()
    assert campaign.state == "CLOSED"


def test_the_database_refuses_an_approval_by_the_drafter(cast, noon):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.plan(cast.market, cast.handler, title="自批", approver=cast.handler)
    assert not Plan.objects.filter(title="自批").exists()
