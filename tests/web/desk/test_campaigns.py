"""抽查任务 at the desk: the form, the sizes, the approval."""

import pytest
from django.urls import reverse

from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Subject
from tests.conftest import NOON
from tests.factories import plans as make
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_county_at_noon(cast, monkeypatch):
    """The rules in force, and the clock of the pages at noon of 2026-11-23."""
    demo_profile()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def typed(cast, item, **changes) -> dict:
    """What the campaign form sends."""
    return {
        "title": "餐饮联合抽查",
        "starts_on": "2026-11-30",
        "ends_on": "2026-12-14",
        "list_timing": "AT_DRAW",
        "slack": "1",
        "items": [item.pk],
        "party_market": "on",
        "inspectors_market": "2",
        "code_1": "foreign",
        "label_1": "涉外",
        "foreign_1": "on",
        "share_1": "10",
        "reserve_1": "2",
        "code_2": "rest",
        "label_2": "一般",
        "share_2": "3",
        "reserve_2": "2",
    } | changes


@pytest.fixture
def item(cast):
    return make.item(cast.market, cast.handler)


@pytest.fixture
def approved(cast):
    return make.plan(cast.market, cast.handler, approver=cast.supervisor)


def test_a_campaign_is_drafted_from_one_form(cast, browse, item, approved):
    client, address = browse(cast.handler), reverse("desk:campaign_draft", args=[approved.pk])
    page = client.get(address).content.decode()
    assert item.title in page
    answer = client.post(address, typed(cast, item))
    campaign = Campaign.objects.get()
    assert answer.url == reverse("desk:campaign_detail", args=[campaign.pk])
    assert [(s.code, s.foreign_only, f"{s.share:.2f}") for s in campaign.strata.all()] == [
        ("foreign", True, "0.10"),
        ("rest", False, "0.03"),
    ]


def test_amending_starts_from_what_is_there(cast, browse, item, approved):
    campaign = make.campaign(approved, items=[item], strata=(make.HIGH_RISK, make.REST))
    client, address = browse(cast.handler), reverse("desk:campaign_amend", args=[campaign.pk])
    form = client.get(address).context["form"]
    assert (form["code_1"].value(), form["risks_1"].value(), form["share_2"].value()) == ("high", ["C", "D"], "3")
    assert form["party_market"].value() is True
    client.post(address, typed(cast, item, risks_2=["D", "C"], code_3="all", label_3="其余", share_3="4"))
    assert [(s.code, s.risks) for s in Campaign.objects.get().strata.all()] == [
        ("foreign", ""),
        ("rest", "CD"),
        ("all", ""),
    ]


# proves S3-18
def test_a_share_below_the_floor_is_shown_beside_its_field(cast, browse, item, approved):
    sent = typed(cast, item, share_2="2.9")
    answer = browse(cast.handler).post(reverse("desk:campaign_draft", args=[approved.pk]), sent)
    assert answer.status_code == 422
    assert "低于下限 3%" in answer.context["form"].errors["share_2"][0]
    assert "餐饮联合抽查" in answer.content.decode()
    assert not Campaign.objects.exists()


def test_a_half_filled_row_and_a_gap_are_named(cast, browse, item, approved):
    address = reverse("desk:campaign_draft", args=[approved.pk])
    client = browse(cast.handler)
    half = client.post(address, typed(cast, item, share_2="")).context["form"].errors
    assert "这一行还缺它" in half["share_2"][0]
    gap = client.post(address, typed(cast, item, code_1="", label_1="", share_1="")).context["form"].errors
    assert "前面有空行" in gap["code_2"][0]


@pytest.mark.parametrize(
    "case",
    [
        ({"items": []}, "清单之外无检查"),
        ({"party_market": ""}, "牵头部门市场监督管理局要参与"),
        ({"inspectors_market": "1"}, "每户至少 2 名执法人员"),
        ({"ends_on": "2026-11-29"}, "结束日早于开始日"),
        ({"starts_on": "2025-11-30"}, "计划年度 2026 年之内"),
        ({"code_2": "foreign"}, "分层代码 foreign 重复"),
        ({"foreign_1": ""}, "里不会有对象"),
    ],
)
def test_every_refusal_comes_back_with_the_form(cast, browse, item, approved, case):
    changes, words = case
    answer = browse(cast.handler).post(reverse("desk:campaign_draft", args=[approved.pk]), typed(cast, item, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_form_offers_items_of_this_county_only(cast, browse, item, approved):
    foreign = make.item(cast.stranger.department, cast.stranger, "E-01")
    address = reverse("desk:campaign_draft", args=[approved.pk])
    assert foreign.title not in browse(cast.handler).get(address).content.decode()
    sent = typed(cast, item, items=[item.pk, foreign.pk])
    assert browse(cast.handler).post(address, sent).status_code == 422


# proves S4-04
def test_the_page_says_how_many_would_be_drawn_and_with_which_chance(cast, browse, item, approved):
    with unguarded():
        Subject.objects.bulk_create(
            Subject(code=f"S{n:03d}", name="x", region=cast.region, changed_at=NOON) for n in range(40)
        )
    campaign = make.campaign(approved, items=[item], strata=(make.FOREIGN, make.REST))
    answer = browse(cast.handler).get(reverse("desk:campaign_detail", args=[campaign.pk]))
    assert [(s.population, s.take) for s in answer.context["outlook"].sizes] == [(0, 0), (40, 2)]
    assert '<td class="number">5%</td>' in answer.content.decode()
    assert "巴南府办发〔2015〕250号" in answer.content.decode()


def test_the_page_says_who_can_never_be_drawn(cast, browse, item, approved):
    with unguarded():
        Subject.objects.create(code="S001", name="x", region=cast.region, changed_at=NOON)
    campaign = make.campaign(approved, items=[item], strata=(make.FOREIGN,))
    page = browse(cast.handler).get(reverse("desk:campaign_detail", args=[campaign.pk])).content.decode()
    assert "有 1 户不属于任何分层" in page


def test_the_approver_sees_what_to_check_and_approves(cast, browse, item, approved):
    campaign = make.campaign(approved, items=[item], state="SUBMITTED")
    client, detail = browse(cast.supervisor), reverse("desk:campaign_detail", args=[campaign.pk])
    page = client.get(detail).content.decode()
    assert "核对下面几处" in page
    assert reverse("desk:campaign_return", args=[campaign.pk]) in page
    assert client.post(reverse("desk:campaign_approve", args=[campaign.pk])).url == detail
    campaign.refresh_from_db()
    assert campaign.may_be_drawn
    assert reverse("desk:draw_open", args=[campaign.pk]) in browse(cast.handler).get(detail).content.decode()
    assert reverse("desk:draw_open", args=[campaign.pk]) not in client.get(detail).content.decode()


def test_a_campaign_is_submitted_and_goes_back_with_a_remark(cast, browse, item, approved):
    campaign = make.campaign(approved, items=[item])
    browse(cast.handler).post(reverse("desk:campaign_submit", args=[campaign.pk]))
    client, address = browse(cast.supervisor), reverse("desk:campaign_return", args=[campaign.pk])
    assert client.post(address, {"remark": " "}).status_code == 422
    client.post(address, {"remark": "比例太低"})
    campaign.refresh_from_db()
    assert (campaign.state, campaign.remark) == ("DRAFT", "比例太低")


def test_a_party_reads_the_joint_campaign_and_does_not_write_it(cast, browse, item, approved):
    items = [item, make.item(cast.fire, cast.fire_handler, "F-01")]
    campaign = make.campaign(approved, items=items, parties=[(cast.market, 2), (cast.fire, 2)])
    client = browse(cast.fire_handler)
    assert "联合抽查" in client.get(reverse("desk:campaign_detail", args=[campaign.pk])).content.decode()
    assert client.get(reverse("desk:campaign_amend", args=[campaign.pk])).status_code == 404
    assert client.post(reverse("desk:campaign_submit", args=[campaign.pk])).status_code == 404


# proves S1-38
def test_the_share_of_joint_campaigns_is_shown_against_the_tenth(cast, browse, item, approved):
    items = [item, make.item(cast.fire, cast.fire_handler, "F-01")]
    make.campaign(approved, items=items, parties=[(cast.market, 2), (cast.fire, 2)], title="联合")
    for number in range(3):
        make.campaign(approved, items=[item], title=f"单独{number}")
    client = browse(cast.handler)
    assert "<strong>25%</strong>" in client.get(reverse("desk:campaign_list")).content.decode()
    page = client.get(reverse("desk:plan_detail", args=[approved.pk])).content.decode()
    assert "4 个任务中 1 个，占 25%" in page
    assert "10%" in page


def test_the_share_of_joint_campaigns_is_not_reckoned_from_nothing(cast, browse, approved):
    client = browse(cast.handler)
    page = client.get(reverse("desk:plan_detail", args=[approved.pk])).content.decode()
    assert "0 个任务中" not in page
    assert "还没有任务，有了任务再算占比" in page
    assert "<strong>—</strong>" in client.get(reverse("desk:campaign_list")).content.decode()


def test_everything_that_is_wrong_is_said_at_once_beside_its_field(cast, browse, item, approved):
    sent = typed(cast, item, inspectors_market="1", share_1="1", share_2="2", ends_on="2026-11-29", items=[])
    answer = browse(cast.handler).post(reverse("desk:campaign_draft", args=[approved.pk]), sent)
    errors = answer.context["form"].errors
    assert set(errors) == {"inspectors_market", "share_1", "share_2", "ends_on", "items"}
    assert answer.status_code == 422


# proves S3-18
def test_less_than_the_floor_goes_to_the_approver_with_its_reason(cast, browse, item, approved):
    address = reverse("desk:campaign_draft", args=[approved.pk])
    reason = "本年上级已抽查本县大部分对象"
    browse(cast.handler).post(address, typed(cast, item, share_2="1", low_share_reason=reason))
    campaign = Campaign.objects.get()
    assert campaign.low_share_reason == reason
    detail = reverse("desk:campaign_detail", args=[campaign.pk])
    browse(cast.handler).post(reverse("desk:campaign_submit", args=[campaign.pk]))
    page = browse(cast.supervisor).get(detail).content.decode()
    assert "有分层低于下限，理由：" + reason in page
    amended = browse(cast.handler).get(reverse("desk:campaign_amend", args=[campaign.pk])).context["form"]
    assert amended["low_share_reason"].value() == reason


# proves S3-19
def test_the_form_says_the_floor_and_what_foreign_firms_may_be_raised_to(cast, browse, approved):
    page = browse(cast.handler).get(reverse("desk:campaign_draft", args=[approved.pk])).content.decode()
    assert "下限 3%（巴南府办发〔2015〕250号 二（四））" in page
    assert "涉外市场主体可提高到10%" in page
    assert "D 15%" in page


def test_a_supplement_of_what_was_not_drawn_is_refused(cast, browse, item, approved):
    campaign = make.campaign(approved, items=[item])
    sent = {"title": "补充抽查", "starts_on": "2026-12-01", "ends_on": "2026-12-20"}
    answer = browse(cast.handler).post(reverse("desk:campaign_supplement", args=[campaign.pk]), sent)
    assert answer.status_code == 422
    assert "还没有抽取完成" in answer.content.decode()
    assert Campaign.objects.count() == 1
