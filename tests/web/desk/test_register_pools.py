"""Pools of people at the desks of both sides."""

import pytest
from django.urls import reverse

from mingcha.domain.registers.models import Pool, PoolMember
from tests.factories import registers as make

pytestmark = pytest.mark.django_db


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def pool(cast, browse) -> Pool:
    values = {"department": cast.market.pk, "name": "餐饮跨部门库", "sector": "餐饮"}
    browse(cast.handler).post(at("pool_new"), values)
    return Pool.objects.get()


# proves S4-19 S0-26
def test_a_person_is_proposed_lent_by_the_own_head_and_leaves(cast, browse, pool):
    person = make.inspector(cast.fire)
    lead, head = browse(cast.handler), browse(cast.fire_approver)
    assert lead.post(at("pool_propose", pool.pk), {"code": "X-1"}).status_code == 422
    assert lead.post(at("pool_propose", pool.pk), {"code": person.code}).url == at("pool_detail", pool.pk)
    member = PoolMember.objects.get()
    assert "等对方负责人同意" in lead.get(at("pool_detail", pool.pk)).content.decode()
    assert lead.post(at("pool_agree", pool.pk, member.pk), {}).status_code == 403
    assert person.name in head.get(at("pool_list")).content.decode()
    assert head.post(at("pool_agree", pool.pk, member.pk), {"until": "2000-01-01"}).status_code == 422
    assert head.post(at("pool_agree", pool.pk, member.pk), {"until": ""}).status_code == 302
    assert lead.get(at("pool_detail", pool.pk)).context["drawable"] == 1
    assert "在跨部门人员库" in browse(cast.fire_handler).get(at("inspector_detail", person.pk)).content.decode()
    assert lead.post(at("pool_leave", pool.pk, member.pk), {"reason": ""}).status_code == 422
    assert lead.post(at("pool_leave", pool.pk, member.pk), {"reason": "任务结束"}).status_code == 302
    assert lead.get(at("pool_detail", pool.pk)).context["rows"] == []


def test_a_pool_is_opened_once_by_whoever_keeps_a_roster(cast, browse, pool):
    values = {"department": cast.market.pk, "name": "餐饮跨部门库"}
    again = browse(cast.handler).post(at("pool_new"), values)
    assert (again.status_code, "由市场监督管理局牵头" in again.content.decode()) == (422, True)
    assert browse(cast.supervisor).get(at("pool_new")).status_code == 403


def test_strangers_see_no_pool_and_wrong_methods_are_refused(cast, browse, pool):
    for name in ("pool_detail", "pool_propose"):
        assert browse(cast.stranger).get(at(name, pool.pk)).status_code == 404
    assert browse(cast.inspector).get(at("pool_list")).status_code == 403
    assert browse(cast.supervisor).get(at("pool_detail", pool.pk)).status_code == 200
    assert browse(cast.supervisor).post(at("pool_propose", pool.pk), {"code": "X-1"}).status_code == 403
    client = browse(cast.handler)
    assert client.get(at("pool_agree", pool.pk, 999)).status_code == 404
    assert client.post(at("pool_list")).status_code == 405
    assert client.post(at("pool_detail", pool.pk)).status_code == 405
    assert client.get(at("pool_list"), {"page": "x"}).status_code == 200


def test_somebody_elses_member_is_not_dismissed_by_a_third_department(cast, browse, pool):
    lead = browse(cast.handler)
    lead.post(at("pool_propose", pool.pk), {"code": make.inspector(cast.market).code})
    member = PoolMember.objects.get()
    answer = browse(cast.fire_handler).post(at("pool_leave", pool.pk, member.pk), {"reason": "不行"})
    assert (answer.status_code, PoolMember.objects.get().left_on) == (403, None)


def test_a_large_pool_takes_a_handful_of_queries(cast, browse, pool, django_assert_max_num_queries):
    lead = browse(cast.handler)
    for number in range(1, 16):
        lead.post(at("pool_propose", pool.pk), {"code": make.inspector(cast.fire, number).code})
    with django_assert_max_num_queries(26):
        lead.get(at("pool_detail", pool.pk))
    with django_assert_max_num_queries(26):
        lead.get(at("pool_list"))


def test_who_was_lent_when_and_why_the_person_left_stands_in_the_persons_own_history(cast, browse, pool):
    person, other = make.inspector(cast.fire, 1), make.inspector(cast.fire, 2)
    lead, head = browse(cast.handler), browse(cast.fire_approver)
    for one in (person, other):
        lead.post(at("pool_propose", pool.pk), {"code": one.code})
    member = PoolMember.objects.get(inspector=person)
    head.post(at("pool_agree", pool.pk, member.pk), {"until": "2099-12-31"})
    lead.post(at("pool_leave", pool.pk, member.pk), {"reason": "任务结束"})
    page = browse(cast.fire_handler).get(at("inspector_detail", person.pk))
    changes = [(change.who, change.differences[0][1:], change.why) for change in page.context["history"]]
    assert changes == [
        (cast.handler.label, ("餐饮跨部门库", "—"), "任务结束"),
        (cast.fire_approver.label, ("餐饮跨部门库（提名）", "餐饮跨部门库，借用到 2099-12-31"), ""),
        (cast.handler.label, ("—", "餐饮跨部门库（提名）"), ""),
    ]
    assert "任务结束" in page.content.decode()
    other_page = browse(cast.fire_handler).get(at("inspector_detail", other.pk))
    assert [change.differences[0][2] for change in other_page.context["history"]] == ["餐饮跨部门库（提名）"]
    assert "任务结束" not in browse(cast.supervisor).get(at("inspector_detail", person.pk)).content.decode()
