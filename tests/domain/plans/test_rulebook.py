"""What a department's rulebook settles is read when its campaigns are written and approved."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from mingcha.domain.catalogue.models import InspectionItem, Rulebook, RulebookChapter
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans import actions
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries import share_floor
from mingcha.kit.errors import Refused
from tests.conftest import NOON
from tests.factories import plans as make
from tests.factories import policy
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


@pytest.fixture(autouse=True)
def rules_in_force(cast):
    policy.demo_profile()


def rulebook(department: Department, drafter: User, *, at: datetime = NOON - timedelta(days=30), **chapters) -> None:
    """An edition in force that settles this, chapter by chapter; the one before gives way."""
    with unguarded():
        Rulebook.objects.filter(department=department).update(state="SUPERSEDED")
        edition = Rulebook.objects.filter(department=department).count() + 1
        made = Rulebook.objects.create(department=department, edition=edition, title="示范实施细则", drafted_by=drafter)
        for position, (code, settings) in enumerate(chapters.items(), start=1):
            RulebookChapter.objects.create(rulebook=made, code=code, position=position, text="内容", settings=settings)
        made.state, made.in_force_at = "IN_FORCE", at
        made.save()


def item_with(cast, *methods: str) -> InspectionItem:
    """An item of the market's list in force, to be inspected by these methods."""
    made = make.item(cast.market, cast.handler, state="DRAFT")
    with unguarded():
        made.method, made.further_methods = methods[0], list(methods[1:])
        made.save()
        made.item_list.state, made.item_list.in_force_at = "IN_FORCE", NOON
        made.item_list.save()
    return made


def submitted(cast, item: InspectionItem | None = None, **changes) -> Campaign:
    under = make.plan(cast.market, cast.handler, approver=cast.supervisor)
    chosen = [item or make.item(cast.market, cast.handler)]
    return make.campaign(under, items=chosen, state="SUBMITTED", **changes)


# proves S2-19
@pytest.mark.parametrize(
    ("named", "approves", "refused"), [("R11", "supervisor", "coordinator"), ("R01", "coordinator", "supervisor")]
)
def test_the_rulebook_says_which_of_the_bodies_outside_approves(cast, noon, named, approves, refused):
    rulebook(cast.market, cast.handler, APPROVAL={"approver": named})
    campaign = submitted(cast)
    with pytest.raises(Refused, match="按《示范实施细则》第1版“审批权限”一章由"):
        actions.approve_campaign(campaign, by=getattr(cast, refused), at=noon)
    actions.approve_campaign(campaign, by=getattr(cast, approves), at=noon)
    campaign.refresh_from_db()
    assert campaign.state == "APPROVED"


def test_the_head_of_the_own_department_in_a_rulebook_does_not_replace_the_body_that_the_rules_want(cast, noon):
    rulebook(cast.market, cast.handler, APPROVAL={"approver": "R05"})
    campaign = submitted(cast)
    actions.approve_campaign(campaign, by=cast.supervisor, at=noon)
    campaign.refresh_from_db()
    assert campaign.state == "APPROVED"


# proves S2-19
def test_a_method_that_the_rulebook_does_not_know_is_not_used(cast, noon):
    rulebook(cast.market, cast.handler, METHODS={"default_method": "ON_SITE", "methods": ["ON_SITE"]})
    campaign = submitted(cast, item_with(cast, "NETWORK"))
    words = "的检查方式“网络监测”不在《示范实施细则》第1版“抽查方式”一章规定的方式（实地检查）之内"
    with pytest.raises(Refused, match=words) as refusal:
        actions.approve_campaign(campaign, by=cast.supervisor, at=noon)
    assert refusal.value.field == "items"
    rulebook(cast.market, cast.handler, METHODS={"default_method": "ON_SITE", "methods": ["ON_SITE", "NETWORK"]})
    actions.approve_campaign(campaign, by=cast.supervisor, at=noon)


def test_one_usable_method_of_several_is_enough(cast, noon):
    rulebook(cast.market, cast.handler, METHODS={"default_method": "ON_SITE", "methods": ["ON_SITE"]})
    actions.approve_campaign(submitted(cast, item_with(cast, "NETWORK", "ON_SITE")), by=cast.supervisor, at=noon)


def test_another_departments_rulebook_binds_its_own_items_only(cast, noon):
    rulebook(cast.fire, cast.fire_handler, METHODS={"default_method": "ON_SITE", "methods": ["ON_SITE"]})
    actions.approve_campaign(submitted(cast, item_with(cast, "NETWORK")), by=cast.supervisor, at=noon)


# proves S2-19
def test_a_higher_ratio_of_the_rulebook_is_the_floor_and_is_named(cast, noon):
    rulebook(cast.market, cast.handler, RATIO_FREQUENCY={"ratio_text": "不低于5%", "frequency_text": "每年1次"})
    campaign = submitted(cast, strata=(replace_share(make.REST, "0.04"),))
    words = "抽查比例 4% 低于下限 5%.*依据：《示范实施细则》第1版 “抽查比例和频次”一章“抽查比例：不低于5%”"
    with pytest.raises(Refused, match=words):
        actions.approve_campaign(campaign, by=cast.supervisor, at=noon)
    with unguarded():
        campaign.low_share_reason = "库中对象大半已注销，先清理"
        campaign.save()
    actions.approve_campaign(campaign, by=cast.supervisor, at=noon)


def replace_share(stratum, share: str):
    return stratum._replace(share=Decimal(share))


@pytest.mark.parametrize(
    ("said", "floor", "key"),
    [
        ("不低于2%", "0.03", "policy"),
        ("不低于3%", "0.03", "policy"),
        ("由省统一规定", "0.03", "policy"),
        ("10%", "0.10", "rulebook"),
    ],
)
def test_the_rules_of_the_place_hold_unless_the_rulebook_wants_more(cast, said, floor, key):
    rulebook(cast.market, cast.handler, RATIO_FREQUENCY={"ratio_text": said, "frequency_text": "每年1次"})
    clause = share_floor(cast.market, on=TODAY)
    assert clause.share == Decimal(floor)
    assert ("细则" in clause.source) == (key == "rulebook")


def test_the_edition_of_the_day_counts(cast):
    rulebook(cast.market, cast.handler, RATIO_FREQUENCY={"ratio_text": "5%", "frequency_text": "每年1次"})
    rulebook(cast.market, cast.handler, at=NOON, RATIO_FREQUENCY={"ratio_text": "8%", "frequency_text": "每年1次"})
    assert share_floor(cast.market, on=TODAY).share == Decimal("0.08")
    assert share_floor(cast.market, on=TODAY - timedelta(days=1)).share == Decimal("0.05")
    assert share_floor(cast.market, on=date(2026, 1, 1)).share == Decimal("0.03")
