"""Links between subjects and items, registers and tags, at the desk."""

import pytest
from django.urls import reverse

from mingcha.domain.organisation.models import Role
from mingcha.domain.registers.models import ItemLink, LinkHold, LinkRule, Register, RegisterEntry
from tests.factories import organisation as people
from tests.factories import plans
from tests.factories import registers as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(cast):
    plans.item(cast.market, cast.handler, "M-01")
    return [
        make.subject(1, name="面馆", industry="6210 正餐服务"),
        make.subject(2, name="酒店", industry="6110 旅游饭店"),
    ]


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


# proves S1-17
def test_a_rule_is_saved_previewed_and_applied(cast, browse, firms):
    client, page = browse(cast.handler), at("link_rule", cast.market.pk, "M-01")
    assert "设定规则" in client.get(at("link_list")).content.decode()
    answer = client.post(page, {"industries": "62，63\n64", "categories": ["ENTERPRISE"]})
    assert (answer.status_code, answer.url) == (302, page)
    rule = LinkRule.objects.get()
    assert (rule.industries, rule.categories, rule.applied_at) == (["62", "63", "64"], ["ENTERPRISE"], None)
    shown = client.get(page)
    assert (shown.context["preview"].matching, shown.context["preview"].added) == (1, 1)
    assert "还没有执行" in shown.content.decode()
    assert not ItemLink.objects.exists()
    for _press in range(2):
        answer = client.post(at("link_apply", rule.pk), follow=True)
        assert answer.status_code == 200
    assert [link.subject.name for link in ItemLink.objects.all()] == ["面馆"]
    listed = client.get(at("link_list"))
    assert (listed.context["orphans"], listed.context["empty_items"]) == (1, 0)
    assert "主体大类：企业" in listed.content.decode()
    assert "酒店" in client.get(at("link_orphans")).content.decode()


def test_a_rule_that_cannot_be_says_why(cast, browse, firms):
    answer = browse(cast.handler).post(at("link_rule", cast.market.pk, "M-01"), {"kinds": "公\u200b司"})
    assert (answer.status_code, "看不见的字符" in answer.content.decode()) == (422, True)
    assert browse(cast.handler).get(at("link_rule", cast.market.pk, "M-77")).status_code == 404


def test_every_rule_is_applied_at_once_and_one_is_dropped_with_its_links(cast, browse, firms):
    client = browse(cast.handler)
    client.post(at("link_rule", cast.market.pk, "M-01"), {})
    assert "新关联 2 条" in client.post(at("link_apply_all", cast.market.pk), follow=True).content.decode()
    rule = LinkRule.objects.get()
    make.link(make.subject(3), cast.market, by_hand=True)
    page = client.get(at("link_drop", rule.pk)).content.decode()
    assert "按规则关联的 2 户一并取消，手工关联的 1 户保留" in page
    assert "取消关联 2 户" in client.post(at("link_drop", rule.pk), follow=True).content.decode()
    assert client.post(at("link_drop", rule.pk)).status_code == 404


def test_one_subject_is_linked_and_unlinked_by_hand(cast, browse, firms):
    client, firm = browse(cast.handler), firms[0]
    item = plans.InspectionItem.objects.get(code="M-01")
    assert client.post(at("link_add", firm.pk), {}).status_code == 422
    answer = client.post(at("link_add", firm.pk), {"item": item.pk})
    assert answer.url == at("subject_detail", firm.pk)
    assert client.post(at("link_add", firm.pk), {"item": item.pk}).status_code == 422
    link = ItemLink.objects.get()
    assert link.by_hand
    assert "没有写理由" in client.post(at("link_remove", firm.pk, link.pk), {"reason": ""}).content.decode()
    for _press in range(2):
        assert client.post(at("link_remove", firm.pk, link.pk), {"reason": "误关联"}).status_code == 302
    assert not ItemLink.objects.exists()


def test_strangers_and_readers_change_nothing(cast, browse, firms):
    rule = LinkRule.objects.none()
    client = browse(cast.handler)
    client.post(at("link_rule", cast.market.pk, "M-01"), {})
    rule = LinkRule.objects.get()
    link = make.link(firms[0], cast.market)
    for person in (cast.stranger, cast.fire_handler, cast.supervisor):
        other = browse(person)
        assert other.get(at("link_rule", cast.market.pk, "M-01")).status_code == 404
        assert other.post(at("link_apply", rule.pk)).status_code == 404
        assert other.post(at("link_apply_all", cast.market.pk)).status_code == 404
        assert other.post(at("link_drop", rule.pk)).status_code == 404
        other.post(at("link_remove", firms[0].pk, link.pk), {"reason": "想取消"})
    assert ItemLink.objects.count() == 1
    assert "面馆" not in browse(cast.stranger).get(at("link_orphans"), {"department": cast.market.pk}).content.decode()
    assert browse(cast.keeper).get(at("link_list")).status_code == 404
    assert browse(cast.supervisor).get(at("link_list"), {"department": cast.market.pk}).status_code == 200


@pytest.mark.parametrize("garbage", ["", "x", "99999999999999999999", "-1", "²"])
def test_garbage_in_the_address_is_no_fault_of_the_server(cast, browse, firms, garbage):
    client = browse(cast.handler)
    for name in ("link_list", "link_orphans", "set_list"):
        assert client.get(at(name), {"department": garbage, "page": garbage}).status_code == 200


def test_wrong_methods_are_refused(cast, browse, firms):
    client = browse(cast.handler)
    client.post(at("link_rule", cast.market.pk, "M-01"), {})
    for name, key in (("link_apply", LinkRule.objects.get().pk), ("link_apply_all", cast.market.pk)):
        assert client.get(at(name, key)).status_code == 405
    for name in ("link_list", "link_orphans", "set_list"):
        assert client.post(at(name)).status_code == 405


def test_the_lists_take_a_handful_of_queries(cast, browse, firms, django_assert_max_num_queries):
    for number in range(2, 12):
        plans.item(cast.market, cast.handler, f"M-{number:02d}")
    for number in range(3, 33):
        make.subject(number)
    client = browse(cast.handler)
    with django_assert_max_num_queries(26):
        client.get(at("link_list"))
    with django_assert_max_num_queries(22):
        client.get(at("link_orphans"))


# proves S2-14 S4-17
def test_a_register_is_opened_filled_searched_emptied_and_dropped(cast, browse, firms):
    client = browse(cast.handler)
    made = {"department": cast.market.pk, "kind": "DEPARTMENT", "name": "餐饮库"}
    answer = client.post(at("set_new"), made)
    register = Register.objects.get()
    assert answer.url == at("set_detail", register.pk)
    assert "本部门已有" in client.post(at("set_new"), made).content.decode()
    codes = f"{firms[0].code}\n {firms[1].code.lower()}\t没有的代码"
    page = client.post(at("set_enter", register.pk), {"codes": codes, "reason": "新开"}, follow=True).content.decode()
    assert "新入库 2 户" in page
    assert "没有的代码" in page
    found = client.get(at("set_detail", register.pk), {"q": "酒店"}).content.decode()
    assert ("酒店" in found, "面馆" in found) == (True, False)
    assert (
        "出库 1 户"
        in client.post(
            at("set_remove", register.pk), {"codes": firms[0].code, "reason": "改行"}, follow=True
        ).content.decode()
    )
    assert client.post(at("set_remove", register.pk), {"codes": " ", "reason": "改行"}).status_code == 422
    assert client.post(at("set_remove", register.pk), {"codes": firms[1].code}).status_code == 422
    assert client.get(at("set_drop", register.pk)).status_code == 200
    assert client.post(at("set_drop", register.pk)).url == at("set_list")
    assert not RegisterEntry.objects.exists()


def test_registers_of_others_are_not_seen_and_readers_change_none(cast, browse, firms):
    browse(cast.handler).post(at("set_new"), {"department": cast.market.pk, "kind": "TAG", "name": "标签"})
    register = Register.objects.get()
    for name in ("set_detail", "set_enter", "set_fill", "set_remove", "set_drop"):
        assert browse(cast.stranger).get(at(name, register.pk)).status_code == 404
    assert browse(cast.supervisor).get(at("set_detail", register.pk)).status_code == 200
    for name in ("set_enter", "set_fill", "set_remove", "set_drop"):
        assert browse(cast.supervisor).post(at(name, register.pk), {"codes": "x"}).status_code == 403
    assert browse(cast.supervisor).get(at("set_new")).status_code == 403
    reader = people.user("nobody", Role.INSPECTOR, within=cast.market)
    assert browse(reader).get(at("set_list")).status_code == 403


def test_what_a_frozen_draw_holds_stands_on_the_pages_and_a_refusal_names_it(cast, browse, firms, noon):
    link = make.link(firms[0], cast.market)
    client = browse(cast.handler)
    assert "已冻结" not in client.get(at("link_list")).content.decode()
    with people.unguarded():
        LinkHold.objects.create(department=cast.market, item_code="M-01", held_for="示范抽字〔2026〕1号", since=noon)
    for page in (at("link_list"), at("link_rule", cast.market.pk, "M-01")):
        assert "抽取 示范抽字〔2026〕1号 已冻结，派发前不能减少关联" in client.get(page).content.decode()
    answer = client.post(at("link_remove", firms[0].pk, link.pk), {"reason": "不归本部门"})
    assert "抽取 示范抽字〔2026〕1号 已冻结，派发前不能减少事项 M-01 的关联" in answer.content.decode()
    assert ItemLink.objects.filter(pk=link.pk).exists()
