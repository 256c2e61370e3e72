"""Filling a register by a filter at the desk: how many, who of them has ended, and nobody who was not shown."""

import re

import pytest
from django.urls import reverse

from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Register, RegisterEntry, Subject
from tests.factories import registers as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(cast):
    return [make.subject(1, name="面馆"), make.subject(2, name="酒店")]


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


# proves S0-12
def test_a_department_register_is_filled_from_the_master_register_by_a_filter(cast, browse, firms):
    client = browse(cast.handler)
    client.post(at("set_new"), {"department": cast.market.pk, "kind": "DEPARTMENT", "name": "食品库"})
    register = Register.objects.get()
    assert "还没有选条件" in client.get(at("set_fill", register.pk)).content.decode()
    address = at("set_fill", register.pk) + f"?q={firms[0].name}"
    page = client.get(address).content.decode()
    assert "符合条件 1 户" in page and "全部入库" in page
    assert client.post(address, {"reason": "", "seen": "1"}).status_code == 422
    assert not RegisterEntry.objects.exists()
    sent = {"reason": "按行业", "seen": mark_on(page)}
    assert "新入库 1 户" in client.post(address, sent, follow=True).content.decode()
    assert [entry.subject for entry in RegisterEntry.objects.all()] == [firms[0]]
    drawer = client.get(at("subject_detail", firms[0].pk), {"drawer": ""}).content.decode()
    assert "对象入库" in drawer and "食品库" in drawer and "按行业" in drawer
    client.post(at("set_remove", register.pk), {"codes": firms[0].code, "reason": "改行"})
    whole = client.get(at("subject_detail", firms[0].pk)).content.decode()
    assert "对象出库" in whole and "改行" in whole


def mark_on(page: str) -> str:
    """Of whom a page showed."""
    return re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]


@pytest.fixture
def shelf(cast, browse, firms) -> Register:
    browse(cast.handler).post(at("set_new"), {"department": cast.market.pk, "kind": "TAG", "name": "示范标签"})
    return Register.objects.get()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "还没有选条件"),
        ("q=+", "还没有选条件"),
        ("junk=1", "还没有选条件"),
        ("q=——", "看不懂或已失效"),
        ("category=NONSENSE", "看不懂或已失效"),
        ("since=2026-13-45", "看不懂或已失效"),
        ("register=999999", "看不懂或已失效"),
        ("q=面馆&risk=Z", "看不懂或已失效"),
    ],
)
def test_filling_by_no_filter_or_one_that_makes_no_sense_fills_nothing_and_says_so(cast, browse, shelf, query, words):
    client, address = browse(cast.handler), at("set_fill", shelf.pk) + f"?{query}"
    page = client.get(address).content.decode()
    assert (words in page, "全部入库" in page) == (True, False)
    for seen in ("1", "2", "", "x"):
        answer = client.post(address, {"reason": "测试", "seen": seen})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize("seen", ["", "1", "²", "0" * 64, "9" * 5_000])
def test_filling_by_others_than_the_page_showed_shows_the_new_ones_first(cast, browse, shelf, seen):
    client, address = browse(cast.handler), at("set_fill", shelf.pk) + "?q=面馆"
    answer = client.post(address, {"reason": "按名称", "seen": seen})
    page = answer.content.decode()
    assert (answer.status_code, "符合条件的现在是 1 户" in page, "按名称" in page) == (422, True, True)
    assert not RegisterEntry.objects.exists()
    assert client.post(address, {"reason": "按名称", "seen": mark_on(page)}).status_code == 302
    assert RegisterEntry.objects.count() == 1


# proves S0-12
def test_as_many_firms_but_others_than_the_page_showed_do_not_go_in_unseen(cast, browse, shelf, firms, noon):
    client, address = browse(cast.handler), at("set_fill", shelf.pk) + "?area=9901"
    with unguarded():
        Subject.objects.filter(pk=firms[0].pk).update(area="9901")
    shown = mark_on(client.get(address).content.decode())
    with unguarded():
        Subject.objects.filter(pk=firms[0].pk).update(area="")
        Subject.objects.filter(pk=firms[1].pk).update(area="9901")
    answer = client.post(address, {"reason": "按片区", "seen": shown})
    page = answer.content.decode()
    assert (answer.status_code, "符合条件的现在是 1 户，与看到的不是同一批" in page) == (422, True)
    assert not RegisterEntry.objects.exists()
    shown = mark_on(page)
    actions.close_subject(Subject.objects.get(pk=firms[1].pk), reason="注销", by=cast.handler, at=noon)
    make.subject(3, name="新开的店", area="9901")  # somebody ends and another comes: the one in force is as many
    assert client.post(address, {"reason": "按片区", "seen": shown}).status_code == 422
    assert not RegisterEntry.objects.exists()


@pytest.fixture
def ended(cast) -> Subject:
    return make.subject(3, name="关门面馆", state="CLOSED")


# proves S0-12
def test_who_has_ended_is_counted_on_the_page_and_goes_in_only_on_purpose(cast, browse, shelf, firms, ended):
    client, address = browse(cast.handler), at("set_fill", shelf.pk) + "?q=面馆"
    page = client.get(address).content.decode()
    assert "符合条件 2 户" in page and "其中已注销或吊销的 1 户，不入库" in page
    assert ("连同已注销、吊销的一并纳入" in page, "全部入库" in page) == (True, False)
    sent = {"reason": "按名称", "seen": mark_on(page)}
    told = client.post(address, sent, follow=True).content.decode()
    assert "新入库 1 户，原来就在库里的 0 户" in told
    assert [entry.subject for entry in RegisterEntry.objects.all()] == [firms[0]]
    told = client.post(address, {**sent, "with_closed": "on"}, follow=True).content.decode()
    assert "新入库 1 户，原来就在库里的 1 户" in told
    assert {entry.subject for entry in RegisterEntry.objects.all()} == {firms[0], ended}


def test_where_nobody_has_ended_there_is_nothing_to_tick(cast, browse, shelf):
    page = browse(cast.handler).get(at("set_fill", shelf.pk) + "?q=面馆").content.decode()
    assert ("with_closed" in page, "已注销或吊销的" in page, "全部入库" in page) == (False, False, True)


def test_only_who_has_ended_goes_in_by_a_tick_or_by_asking_for_that_state(cast, browse, shelf, ended):
    client, address = browse(cast.handler), at("set_fill", shelf.pk) + "?q=关门"
    sent = {"reason": "按名称", "seen": mark_on(client.get(address).content.decode())}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert (answer.status_code, "符合条件的 1 户都已注销或吊销" in page, "with_closed" in page) == (422, True, True)
    assert not RegisterEntry.objects.exists()
    address += "&state=CLOSED"
    page = client.get(address).content.decode()
    assert ("with_closed" in page, "按所选状态入库" in page, "全部入库" in page) == (False, True, True)
    assert "新入库 1 户" in client.post(address, sent, follow=True).content.decode()
    assert [entry.subject for entry in RegisterEntry.objects.all()] == [ended]


def test_the_number_shown_before_filling_is_of_those_who_can_come_in(cast, browse, shelf):
    make.subject(3, name="作废面馆", state="VOID")
    assert "符合条件 1 户" in browse(cast.handler).get(at("set_fill", shelf.pk) + "?q=面馆").content.decode()
    none = browse(cast.handler).get(at("set_fill", shelf.pk) + "?state=VOID").content.decode()
    assert ("没有符合条件的对象" in none, "全部入库" in none) == (True, False)
