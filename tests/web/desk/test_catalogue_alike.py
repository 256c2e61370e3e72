"""相近事项 at the desk: listed, side by side, brought together or set apart."""

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.catalogue.actions import joint as joint_actions
from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemList, JointItem, SetApart
from mingcha.domain.catalogue.rules.likeness import find_alike
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import laws
from tests.factories.organisation import unguarded

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
    pks = [InspectionItem.objects.in_force().get(code=code).pk for code in (one, other)]
    return f"{LIST}{pks[0]}/{pks[1]}/{end}"


def test_the_list_says_what_is_alike_and_why(cast, browse, django_assert_max_num_queries):
    browser = browse(cast.handler)
    browser.get(LIST)
    with django_assert_max_num_queries(26):
        page = browser.get(LIST)
    [pair] = page.context["pairs"]
    assert {item.code for item in pair.alike.items} == {"M-01", "F-01"}
    text = page.content.decode()
    assert "比较了 3 个施行中的事项" in text and "事项名称 100%" in text and "《食品安全法》" in text
    assert "没有待处理的相近事项" in browser.get(f"{LIST}?sector=没有").content.decode()
    elsewhere = browse(cast.stranger).get(f"{LIST}?region={cast.region.code}")
    assert elsewhere.context["region"] != cast.region and not elsewhere.context["pairs"]


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
    assert not browser.get(LIST).context["pairs"]
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


@pytest.fixture
def comparisons(monkeypatch) -> list[int]:
    """How many items were compared with one another, each time that it was done."""
    done: list[int] = []

    def compare(rows):
        done.append(len(rows))
        return find_alike(rows)

    monkeypatch.setattr("mingcha.web.desk.alike_pairs.find_alike", compare)
    return done


def test_everything_is_compared_once_and_not_for_every_page_pair_and_answer(cast, browse, comparisons):
    browser = browse(cast.handler)
    assert browser.get(pair_page()).status_code == 200
    assert browser.post(pair_page("apart/"), {"reason": ""}).status_code == 422
    assert comparisons == []  # the two alone, as nobody may bring others along without a draft
    joint_actions.draft_joint_list(cast.market, sector=SECTOR, by=cast.handler, at=NOON)
    for address in (LIST, f"{LIST}?sector={SECTOR}", pair_page(), LIST, f"{LIST}?state=apart"):
        assert browser.get(address).status_code == 200
    assert comparisons == [3]


@pytest.mark.parametrize(
    "change",
    [
        lambda: laws.rest(InspectionItem.objects.get(code="F-02"), laws.law("示范消防条例")),
        lambda: laws.freeze(InspectionItem.objects.get(code="F-02"), laws.law("示范消防条例")),
        lambda: ItemList.objects.filter(items__code="F-02").update(state="SUPERSEDED"),
    ],
    ids=["law", "frozen", "edition"],
)
def test_another_law_or_edition_is_compared_at_the_next_look(cast, browse, comparisons, change):
    browser = browse(cast.handler)
    browser.get(LIST)
    with unguarded():
        change()
    browser.get(LIST)
    assert len(comparisons) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda: InspectionItem.objects.filter(code="F-02").update(title="另一名称"),
        lambda: Checkpoint.objects.filter(item__code="F-02").update(text="另一个要点"),
        lambda: Checkpoint.objects.create(item=InspectionItem.objects.get(code="F-02"), position=99, text="又一个要点"),
    ],
    ids=["title", "checkpoint", "one more"],
)
def test_the_words_of_an_item_that_holds_never_change_so_its_key_stands_for_them(change):
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded():
        change()


def test_others_of_the_sector_that_look_like_one_of_the_two_may_come_along(cast, browse):
    edition = make.draft(cast.fire_handler)
    make.enter(edition, "F-03", by=cast.fire_handler, **SAME)
    edition.change_reason, edition.change_note = "LAW", "《示范条例》第一条"
    with unguarded():
        edition.save()
    make.bring_into_force(edition, by=cast.fire_approver)
    joint_actions.draft_joint_list(cast.market, sector=SECTOR, by=cast.handler, at=NOON)
    browser = browse(cast.handler)
    assert [item.code for item in browser.get(pair_page()).context["together_form"].offered[2:]] == ["F-03"]
    browser.post(pair_page("apart/", other="F-03"), {"reason": "许可不同"})
    assert not browser.get(pair_page()).context["together_form"].offered[2:]
