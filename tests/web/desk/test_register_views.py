"""Named views of the list of subjects, and its columns."""

import pytest
from django.urls import reverse

from mingcha.domain.registers.models import SavedView
from tests.factories import registers as make

pytestmark = pytest.mark.django_db


def saved(browser, name: str = "高风险企业", *, query: str = "risk=D", **more) -> str:
    answer = browser.post(f"{reverse('desk:view_list')}?{query}", {"name": name, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def listed(browser, address: str = "") -> str:
    return browser.get(address or reverse("desk:register_list")).content.decode()


def test_a_view_keeps_the_filters_under_a_name_and_opens_as_they_were(cast, browse):
    make.subject(1, name="甲店", risk="D")
    make.subject(2, name="乙店", risk="A")
    browser = browse(cast.handler)
    address = saved(browser, query="risk=D&after=990000.X&junk=1&q=%20")
    assert SavedView.objects.get().query == "risk=D"
    page = listed(browser, address)
    assert ("甲店" in page, "乙店" in page, "高风险企业" in page) == (True, False, True)


def test_a_view_is_ones_own_unless_it_is_shared_with_the_department(cast, browse):
    mine = browse(cast.handler)
    saved(mine, "只给自己")
    saved(mine, "大家一起用", is_shared="on")
    colleague, other = listed(browse(cast.approver)), listed(browse(cast.fire_handler))
    assert ("只给自己" in colleague, "大家一起用" in colleague) == (False, True)
    assert ("只给自己" in other, "大家一起用" in other) == (False, False)


def test_the_same_name_replaces_ones_own_view_and_never_a_colleagues(cast, browse):
    saved(browse(cast.handler), "甲", query="risk=A", is_shared="on")
    saved(browse(cast.handler), "甲", query="risk=B", is_shared="on")
    saved(browse(cast.approver), "甲", query="risk=C")
    assert sorted(SavedView.objects.values_list("owner__username", "query")) == sorted(
        [(cast.handler.username, "risk=B"), (cast.approver.username, "risk=C")]
    )


def test_only_its_owner_takes_a_view_away_and_twice_is_once(cast, browse):
    saved(browse(cast.handler), "共享的", is_shared="on")
    address = reverse("desk:view_drop", args=[SavedView.objects.get().pk])
    assert browse(cast.approver).post(address).status_code == 403
    assert SavedView.objects.exists()
    for _press in range(2):
        assert browse(cast.handler).post(address).status_code == 302
    assert not SavedView.objects.exists()
    assert browse(cast.handler).get(address).status_code == 405


@pytest.mark.parametrize(("name", "words"), [("", "没有填名称"), ("  ", "没有填名称"), ("长" * 41, "40")])
def test_a_view_without_a_usable_name_is_refused(cast, browse, name, words):
    answer = browse(cast.handler).post(reverse("desk:view_list"), {"name": name})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_chosen_columns_are_remembered_for_the_person(cast, browse):
    make.subject(1, address="东街 1 号", contact="王建国", phone="13800001234")
    browser = browse(cast.handler)
    assert "东街 1 号" not in listed(browser)
    browser.post(reverse("desk:columns"), {"columns": ["address", "contact", "phone"], "dense": "on"})
    page = listed(browser)
    assert ("东街 1 号" in page, "list dense" in page, "信用风险</th>" in page) == (True, True, False)
    assert ("王某" in page, "王建国" in page, "13800001234" in page) == (True, False, False)
    assert "东街 1 号" not in listed(browse(cast.approver))
    browser.post(reverse("desk:columns"), {})
    assert "信用风险</th>" in listed(browser)


def test_a_view_brings_its_own_columns(cast, browse):
    make.subject(1, address="东街 1 号")
    browser = browse(cast.handler)
    browser.post(reverse("desk:columns"), {"columns": ["address"]})
    address = saved(browser, query="")
    browser.post(reverse("desk:columns"), {"columns": ["code"]})
    assert "东街 1 号" in listed(browser, address)
    assert "东街 1 号" not in listed(browser)


@pytest.mark.parametrize("columns", [None, "code", 5, {"a": 1}, [None, "nothing"]])
def test_columns_that_make_no_sense_are_the_usual_ones(cast, browse, columns):
    with make.unguarded():
        SavedView.objects.create(owner=cast.handler, table="subjects", name="", columns=columns or [])
    make.subject(1)
    assert "信用风险</th>" in listed(browse(cast.handler))


def test_an_unknown_column_is_refused_by_the_form(cast, browse):
    assert browse(cast.handler).post(reverse("desk:columns"), {"columns": ["password"]}).status_code == 422


@pytest.mark.parametrize("name", ["view_list", "columns"])
def test_strangers_to_the_registers_have_no_views(cast, browse, name):
    assert browse(cast.inspector).get(reverse(f"desk:{name}")).status_code == 403
    assert browse().get(reverse(f"desk:{name}")).status_code == 302
    assert browse(cast.handler).put(reverse(f"desk:{name}")).status_code == 405
