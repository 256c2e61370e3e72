"""The three gates at the desk, on their own page and where a register is confirmed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.registers.queries import LACKING
from tests.conftest import NOON
from tests.factories import plans
from tests.factories import registers as make
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
PAGE = "desk:quality"


@pytest.fixture(autouse=True)
def noon_everywhere(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


# proves S0-14 S4-18
def test_each_figure_opens_its_rows(cast, browse):
    make.subject(1, name="缺地址的店", warning="校验位不对", state="STALE")
    make.inspector(cast.market, certificate_until=NOON.date() - timedelta(days=1), name="示范过期")
    plans.item(cast.market, cast.handler)
    client = browse(cast.handler)
    shown = {
        "fields": "缺地址的店",
        "links": "缺地址的店",
        "codes": "校验位不对",
        "verified": "待更新",
        "certificates": "示范过期",
        "basis": "没有欠缺的",
    }
    assert set(shown) == set(LACKING)
    for key, text in shown.items():
        answer = client.get(reverse(PAGE), {"show": key})
        assert (answer.status_code, text in answer.content.decode()) == (200, True), key


# proves S2-17
def test_whoever_confirms_a_register_sees_what_it_lacks(cast, browse):
    demo_profile()
    make.subject(1)
    page = browse(cast.handler).get(reverse("desk:register_confirm", args=[cast.market.pk, "subjects"]))
    keys = [meter.key for gate in page.context["gates"] for meter in gate.meters]
    assert keys == ["fields", "links", "codes", "verified", "basis"]
    assert "监管对象齐全" in page.content.decode()


def test_a_confirmation_that_has_run_out_waits_on_the_first_page(cast, browse):
    demo_profile()
    make.subject(1)
    make.confirmed(cast, cast.market, at=NOON - timedelta(days=40))
    waiting = browse(cast.handler).get(reverse("desk:home")).context["waiting"]
    assert [(str(task.word), task.about) for task in waiting] == [
        ("名录确认已到期", "检查对象"),
        ("名录确认已到期", "执法检查人员"),
    ]
    assert browse(cast.fire_handler).get(reverse("desk:home")).context["waiting"] == []
    make.confirmed(cast, cast.market, at=NOON)
    assert browse(cast.handler).get(reverse("desk:home")).context["waiting"] == []


def test_the_page_takes_garbage_refuses_strangers_and_asks_little(cast, browse, django_assert_max_num_queries):
    for number in range(1, 60):
        make.subject(number)
    client = browse(cast.handler)
    assert client.get(reverse(PAGE), {"show": "x", "department": "²", "page": "-1"}).status_code == 200
    assert client.post(reverse(PAGE)).status_code == 405
    assert browse(cast.keeper).get(reverse(PAGE)).status_code == 404
    theirs = browse(cast.stranger).get(reverse(PAGE), {"department": cast.market.pk, "show": "fields"})
    assert theirs.context["page"].paginator.count == 0
    with django_assert_max_num_queries(34):
        client.get(reverse(PAGE), {"show": "fields"})


def test_the_page_says_when_an_entry_is_old_and_whose_number_that_is(cast, browse):
    client = browse(cast.handler)
    page = client.get(reverse(PAGE)).content.decode()
    assert "本地规则未作规定；按产品默认，365 天" in page and "确认一次一直有效" in page
    demo_profile()
    page = client.get(reverse(PAGE)).content.decode()
    assert "365 天没有更新" in page and "产品默认" not in page
    assert "市场主体每年报一次年报" in page and "有效 30 天" in page
