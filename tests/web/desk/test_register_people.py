"""What belongs to one person of the roster at the desk: the account, the avoidances."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from mingcha.domain.audit.models import Entry
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Role
from mingcha.domain.registers.models import Avoidance
from tests.factories import organisation as people
from tests.factories import registers as make

pytestmark = pytest.mark.django_db


def posted(browser, name: str, values: dict, *args: int):
    """The answer to a form, and its text."""
    answer = browser.post(reverse(f"desk:{name}", args=args), values)
    return answer, answer.content.decode()


@pytest.fixture
def rows(cast) -> SimpleNamespace:
    firm, person = make.subject(1, name="旧名"), make.inspector(cast.market, 1, certificate_no="ZF99000000001")
    return SimpleNamespace(firm=firm, person=person, avoidance=make.avoidance(firm, person))


def test_an_account_is_linked_shown_and_linked_once(cast, browse, rows):
    browser, pk = browse(cast.handler), rows.person.pk
    for _press in range(2):
        answer, _page = posted(browser, "login_give", {"user": cast.inspector.pk}, pk)
        assert answer.status_code == 302
    assert trail_of(rows.person).count() == 1
    page = browser.get(reverse("desk:inspector_detail", args=[pk])).content.decode()
    assert ("<code>inspector</code>" in page, "换账号" in page) == (True, True)


def test_only_inspecting_accounts_of_the_department_that_are_nobodys_can_be_linked(cast, browse, rows):
    taken = people.user("taken", Role.INSPECTOR, within=cast.market)
    make.inspector(cast.market, 2, user=taken)
    foreign = people.user("foreign", Role.INSPECTOR, within=cast.fire)
    for account in (taken, foreign, cast.approver):
        answer, page = posted(browse(cast.handler), "login_give", {"user": account.pk}, rows.person.pk)
        assert (answer.status_code, "另选一个" in page, "（inspector，" in page) == (422, True, True)
    rows.person.refresh_from_db()
    assert rows.person.user is None
    assert "没有选账号" in posted(browse(cast.handler), "login_give", {}, rows.person.pk)[1]


def test_a_department_without_such_accounts_says_who_opens_them(cast, browse):
    person = make.inspector(cast.fire, 1)
    page = browse(cast.fire_handler).get(reverse("desk:login_give", args=[person.pk])).content.decode()
    assert "由系统管理员开立账号" in page


def test_an_avoidance_is_declared_once_by_the_firms_code(cast, browse, rows):
    firm, browser = make.subject(2, name="禾丰面馆"), browse(cast.handler)
    values = {"code": f" {firm.code.lower()} ", "reason": "配偶任职"}
    for _press in range(2):
        answer, _page = posted(browser, "avoidance_declare", values, rows.person.pk)
        assert answer.url == reverse("desk:inspector_detail", args=[rows.person.pk])
    assert rows.person.avoidances.get(subject=firm).reason == "配偶任职"
    assert Entry.objects.filter(event="registers.avoidance_declared").count() == 1
    assert "禾丰面馆" in browser.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": "91000000000"}, "的名录里没有这个代码"),
        ({"code": ""}, "没有填"),
        ({"reason": " "}, "没有写理由"),
        ({"reason": "配偶\u200b任职"}, "看不见的字符"),
    ],
)
def test_an_avoidance_that_cannot_be_declared_says_why(cast, browse, rows, values, reason):
    sent = {"code": make.subject(2).code, "reason": "配偶任职", **values}
    answer, page = posted(browse(cast.handler), "avoidance_declare", sent, rows.person.pk)
    assert (answer.status_code, reason in page, rows.person.avoidances.count()) == (422, True, 1)


def test_a_firm_of_another_region_cannot_be_named(cast, browse, rows):
    elsewhere = make.subject(3, place=cast.stranger.department.region)
    sent = {"code": elsewhere.code, "reason": "配偶任职"}
    assert "的名录里没有这个代码" in posted(browse(cast.handler), "avoidance_declare", sent, rows.person.pk)[1]


def test_an_avoidance_is_withdrawn_with_a_reason_and_once(cast, browse, rows):
    browser, place = browse(cast.handler), (rows.person.pk, rows.avoidance.pk)
    address = reverse("desk:avoidance_withdraw", args=place)
    assert address in browser.get(reverse("desk:inspector_detail", args=[rows.person.pk])).content.decode()
    assert "没有写理由" in posted(browser, "avoidance_withdraw", {"reason": " "}, *place)[1]
    assert Avoidance.objects.exists()
    for _press in range(2):
        answer, _page = posted(browser, "avoidance_withdraw", {"reason": "亲属已离职"}, *place)
        assert answer.status_code == 302
    assert not Avoidance.objects.exists()
    assert Entry.objects.get(event="registers.avoidance_withdrawn").details == {
        "subject": rows.firm.code,
        "inspector": rows.person.code,
        "declared_for": "近亲属任职",
        "reason": "亲属已离职",
    }
    assert "已经撤回" in browser.get(answer.url).content.decode()
