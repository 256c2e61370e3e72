"""计划 and 抽查任务 at the desk."""

import pytest
from django.urls import reverse

from mingcha.domain.plans.models import Campaign, Plan
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


def test_a_citizen_is_asked_to_sign_in(browse):
    answer = browse().get(reverse("desk:plan_list"))
    assert answer.status_code == 302
    assert reverse("shared:login") in answer.url


def test_the_list_shows_what_this_person_may_read_and_nothing_else(cast, browse):
    make.plan(cast.market, cast.handler, title="市监局的计划")
    for person, sees in [
        (cast.handler, True),
        (cast.supervisor, True),
        (cast.stranger, False),
        (cast.fire_handler, False),
    ]:
        answer = browse(person).get(reverse("desk:plan_list"))
        assert answer.status_code == 200
        assert ("市监局的计划" in answer.content.decode()) is sees, person.username


def test_the_list_is_filtered_by_its_address(cast, browse):
    make.plan(cast.market, cast.handler, title="草稿里的")
    make.plan(cast.market, cast.handler, title="已经批准的", approver=cast.supervisor)
    page = browse(cast.handler).get(reverse("desk:plan_list") + "?year=2026&state=APPROVED").content.decode()
    assert "已经批准的" in page
    assert "草稿里的" not in page
    page = browse(cast.handler).get(reverse("desk:plan_list") + "?year=%C2%B2&state=NONSENSE").content.decode()
    assert "没有符合条件的计划" in page


def test_the_lists_cost_the_same_whatever_their_length(cast, browse, item, django_assert_max_num_queries):
    for number in range(30):
        under = make.plan(cast.market, cast.handler, title=f"计划{number}", approver=cast.supervisor)
        make.campaign(under, items=[item], title=f"任务{number}")
    client = browse(cast.handler)
    for name in ("desk:plan_list", "desk:campaign_list"):
        with django_assert_max_num_queries(40):
            assert client.get(reverse(name)).status_code == 200


def test_a_plan_is_drafted_submitted_and_approved_through_the_pages(cast, browse):
    handler, supervisor = browse(cast.handler), browse(cast.supervisor)
    sent = {"department": cast.market.pk, "year": "2026", "title": "2026年计划", "purpose": "覆盖全县餐饮"}
    answer = handler.post(reverse("desk:plan_draft"), sent)
    plan = Plan.objects.get()
    assert answer.url == reverse("desk:plan_detail", args=[plan.pk])
    handler.post(reverse("desk:plan_submit", args=[plan.pk]))
    page = supervisor.get(reverse("desk:plan_detail", args=[plan.pk])).content.decode()
    assert reverse("desk:plan_approve", args=[plan.pk]) in page
    supervisor.post(reverse("desk:plan_approve", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.is_approved


# proves S1-28
def test_the_drafter_sees_no_button_to_approve_and_is_refused_without_it(cast, browse):
    plan = make.plan(cast.market, cast.handler, state="SUBMITTED")
    client = browse(cast.handler)
    page = client.get(reverse("desk:plan_detail", args=[plan.pk])).content.decode()
    assert reverse("desk:plan_approve", args=[plan.pk]) not in page
    assert client.post(reverse("desk:plan_approve", args=[plan.pk])).status_code == 403


def test_a_plan_of_the_same_name_keeps_what_was_typed(cast, browse):
    make.plan(cast.market, cast.handler, title="2026年计划")
    sent = {"department": cast.market.pk, "year": "2026", "title": "2026年计划", "purpose": "写了很多字"}
    answer = browse(cast.handler).post(reverse("desk:plan_draft"), sent)
    assert answer.status_code == 422
    assert "已经有名称为" in answer.content.decode()
    assert "写了很多字" in answer.content.decode()


def test_nobody_drafts_for_another_department(cast, browse):
    sent = {"department": cast.market.pk, "year": "2026", "title": "越权的计划"}
    assert browse(cast.fire_handler).post(reverse("desk:plan_draft"), sent).status_code == 422
    assert not Plan.objects.exists()


def test_a_draft_is_amended_and_an_empty_title_is_refused(cast, browse):
    plan = make.plan(cast.market, cast.handler)
    client, address = browse(cast.handler), reverse("desk:plan_amend", args=[plan.pk])
    assert plan.title in client.get(address).content.decode()
    assert client.post(address, {"title": ""}).status_code == 422
    client.post(address, {"title": "改后的计划", "purpose": "x"})
    plan.refresh_from_db()
    assert plan.title == "改后的计划"


def test_a_submitted_plan_is_not_amended_through_the_page(cast, browse):
    plan = make.plan(cast.market, cast.handler, state="SUBMITTED")
    answer = browse(cast.handler).post(reverse("desk:plan_amend", args=[plan.pk]), {"title": "改后的计划"})
    assert answer.status_code == 422
    assert "已提交，不能再改" in answer.content.decode()


def test_pressing_submit_twice_says_so_and_does_nothing(cast, browse):
    plan = make.plan(cast.market, cast.handler)
    client, address = browse(cast.handler), reverse("desk:plan_submit", args=[plan.pk])
    client.post(address)
    detail = reverse("desk:plan_detail", args=[plan.pk])
    answer = client.post(address, follow=True, headers={"referer": f"http://testserver{detail}"})
    assert "刷新页面看现在的状态" in answer.content.decode()


def test_a_plan_goes_back_with_a_remark(cast, browse):
    plan = make.plan(cast.market, cast.handler, state="SUBMITTED")
    client, address = browse(cast.supervisor), reverse("desk:plan_return", args=[plan.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"remark": ""}).status_code == 422
    client.post(address, {"remark": "写清频次"})
    page = browse(cast.handler).get(reverse("desk:plan_detail", args=[plan.pk])).content.decode()
    assert "退回意见：</strong>写清频次" in page


@pytest.mark.parametrize(
    "name", ["plan_detail", "plan_amend", "plan_return", "campaign_detail", "campaign_amend", "campaign_return"]
)
def test_a_stranger_finds_no_page(cast, browse, item, name):
    plan = make.plan(cast.market, cast.handler)
    row = make.campaign(plan, items=[item]) if name.startswith("campaign") else plan
    assert browse(cast.stranger).get(reverse(f"desk:{name}", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("step", ["submit", "approve", "return"])
@pytest.mark.parametrize("kind", ["plan", "campaign"])
def test_a_stranger_takes_no_step(cast, browse, item, kind, step):
    plan = make.plan(cast.market, cast.handler, state="DRAFT" if step == "submit" else "SUBMITTED")
    row = make.campaign(plan, items=[item], state=plan.state) if kind == "campaign" else plan
    answer = browse(cast.stranger).post(reverse(f"desk:{kind}_{step}", args=[row.pk]), {"remark": "x"})
    assert answer.status_code == 404
    row.refresh_from_db()
    assert row.state == plan.state


@pytest.mark.parametrize("name", ["plan_submit", "plan_approve", "campaign_submit", "campaign_approve"])
def test_a_link_changes_nothing(cast, browse, name):
    assert browse(cast.handler).get(reverse(f"desk:{name}", args=[1])).status_code == 405


@pytest.mark.parametrize("name", ["plan_list", "campaign_list"])
def test_a_list_takes_no_post(cast, browse, name):
    assert browse(cast.handler).post(reverse(f"desk:{name}")).status_code == 405


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
