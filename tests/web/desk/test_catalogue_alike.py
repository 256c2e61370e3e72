"""相近事项 at the desk: listed, side by side, brought together or set apart."""

import pytest

from mingcha.domain.catalogue.actions import joint as joint_actions
from mingcha.domain.catalogue.models import InspectionItem, JointItem, SetApart
from tests.conftest import NOON
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db

LIST = "/desk/items/alike/"
SECTOR = "市场监管"
SAME = {"title": "餐饮服务食品安全的监督检查", "object_kind": "餐饮服务经营者", "legal_basis": "《食品安全法》第五条"}


@pytest.fixture(autouse=True)
def lists(cast, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    make.rules_naming(cast.region)
    make.body("SECTOR_LEAD", cast.market, sector=SECTOR)
    market, fire = make.draft(cast.handler), make.draft(cast.fire_handler)
    make.enter(market, "M-01", by=cast.handler, **SAME)
    make.enter(fire, "F-01", by=cast.fire_handler, **SAME)
    make.enter(
        fire, "F-02", by=cast.fire_handler, title="消防车通道的检查", object_kind="商场", legal_basis="《消防法》"
    )
    make.bring_into_force(market, by=cast.approver)
    make.bring_into_force(fire, by=cast.fire_approver)


def pair_page(end: str = "", one: str = "M-01", other: str = "F-01") -> str:
    pks = [InspectionItem.objects.get(code=code).pk for code in (one, other)]
    return f"{LIST}{pks[0]}/{pks[1]}/{end}"


def test_the_list_says_what_is_alike_and_why(cast, browse, django_assert_max_num_queries):
    browser = browse(cast.handler)
    browser.get(LIST)
    with django_assert_max_num_queries(26):
        page = browser.get(LIST)
    [pair] = page.context["page"]
    assert {item.code for item in pair.alike.items} == {"M-01", "F-01"}
    text = page.content.decode()
    assert "比较了 3 个施行中的事项" in text and "事项名称 100%" in text and "《食品安全法》" in text
    assert "没有待处理的相近事项" in browser.get(f"{LIST}?sector=没有").content.decode()
    elsewhere = browse(cast.stranger).get(f"{LIST}?region={cast.region.code}")
    assert elsewhere.context["region"] != cast.region and not elsewhere.context["page"].object_list


def test_the_two_stand_side_by_side_for_everybody_and_only_the_lead_is_asked(cast, browse):
    for one, other in (("M-01", "F-01"), ("F-01", "M-01")):
        text = browse(cast.handler).get(pair_page(one=one, other=other)).content.decode()
        assert "为什么列在一起" in text and "写明理由，不整合" in text and "先拟定下一批" in text
    seen = browse(cast.fire_handler).get(pair_page()).content.decode()
    assert "由监管领域的牵头部门决定" in seen and "写明理由，不整合" not in seen
    assert browse(cast.fire_handler).post(pair_page("apart/"), {"reason": "不同"}).status_code == 403
    assert browse(cast.handler).get(pair_page(one="F-01", other="F-02")).status_code == 404
    assert browse(cast.stranger).get(pair_page()).status_code == 404
    assert browse(cast.handler).get(pair_page("apart/")).status_code == 405


# proves S4-11
def test_the_lead_sets_a_pair_apart_and_it_is_not_listed_again(cast, browse):
    browser = browse(cast.handler)
    assert browser.post(pair_page("apart/"), {"reason": ""}).status_code == 422
    assert browser.post(pair_page("apart/"), {"reason": "许可不同"}).status_code == 302
    assert SetApart.objects.get().decided_by == cast.handler
    assert not browser.get(LIST).context["page"].object_list
    text = browser.get(f"{LIST}?state=apart").content.decode()
    assert "许可不同" in text and cast.handler.full_name in text
    assert "写明理由，不整合" not in browser.get(pair_page()).content.decode()


# proves S4-11
def test_the_lead_puts_both_on_its_draft_as_one_project(cast, browse):
    browser = browse(cast.handler)
    draft = joint_actions.draft_joint_list(cast.market, sector=SECTOR, by=cast.handler, at=NOON)
    form = browser.get(pair_page()).context["together_form"]
    items = list(form.initial["items"])
    assert (form.initial["project"], len(items)) == (SAME["title"], 2)
    said = {"items": items, "project": "餐饮服务", "content": "食品安全和消防"}
    missing = browser.post(pair_page(f"together/{draft.pk}/"), said)
    assert missing.status_code == 422
    assert "缺消防救援大队的执法权限" in missing.content.decode()
    said |= {f"authority_{pk}": "责令改正" for pk in items}
    assert browser.post(pair_page(f"together/{draft.pk}/"), said).status_code == 302
    assert [entry.project for entry in JointItem.objects.all()] == ["餐饮服务", "餐饮服务"]
    assert "同一个项目：餐饮服务" in browser.get(f"{LIST}?state=joint").content.decode()
    assert browse(cast.fire_handler).post(pair_page(f"together/{draft.pk}/"), said).status_code == 404
