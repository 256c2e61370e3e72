"""计划 at the desk, and who may open which page of plans and campaigns."""

import pytest
from django.urls import reverse

from mingcha.domain.plans.models import Plan
from tests.conftest import NOON
from tests.factories import plans as make
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_county_at_noon(cast, monkeypatch):
    """The rules in force, and the clock of the pages at noon of 2026-11-23."""
    demo_profile()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def item(cast):
    return make.item(cast.market, cast.handler)


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
