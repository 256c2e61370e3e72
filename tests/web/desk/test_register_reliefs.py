"""Exempting and observing, at the desk of the head."""

from datetime import date

import pytest
from django.urls import reverse

from mingcha.domain.registers.models import Relief
from tests.conftest import NOON
from tests.factories import registers as make
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
PERIOD = {"since": "2026-11-23", "until": "2027-11-22", "reason": "连续三年良好"}


@pytest.fixture(autouse=True)
def noon_everywhere(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def good(cast):
    demo_profile()
    firm = make.subject(1, name="示范良好店")
    for year in (2023, 2024, 2025):
        make.note(firm, cast.market, item_code="OTHER", on=date(year, 6, 1), clean=True)
    return firm


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


# proves S3-29
def test_the_head_reads_the_candidates_with_their_rule_and_decides(cast, browse, good):
    client = browse(cast.approver)
    page = client.get(at("relief_candidates")).content.decode()
    assert "示范良好店" in page
    assert "对连续三年抽查结果良好的市场主体,行政执法机构可决定一定期限内免于抽查" in page
    nobody = client.post(at("relief_candidates"), PERIOD)
    assert (nobody.status_code, "没有选对象" in nobody.content.decode()) == (422, True)
    chosen = {**PERIOD, "subject": [good.pk]}
    assert "已决定 1 户免于抽查" in client.post(at("relief_candidates"), chosen, follow=True).content.decode()
    again = client.post(at("relief_candidates"), chosen)
    assert (again.status_code, Relief.objects.count()) == (422, 1)
    assert "示范良好店" in client.get(at("relief_list")).content.decode()
    assert "示范良好店" not in client.get(at("relief_list"), {"show": "over"}).content.decode()


def test_a_handler_sees_the_candidates_and_decides_nothing(cast, browse, good):
    client = browse(cast.handler)
    page = client.get(at("relief_candidates"))
    assert ("示范良好店" in page.content.decode(), "由部门负责人决定" in page.content.decode()) == (True, True)
    assert client.post(at("relief_candidates"), {**PERIOD, "subject": [good.pk]}).status_code == 403
    assert client.get(at("relief_decide", good.pk)).status_code == 403
    assert not Relief.objects.exists()


# proves S1-20
def test_one_subject_is_observed_and_the_decision_taken_back(cast, browse, good):
    client = browse(cast.approver)
    values = {"department": cast.market.pk, "kind": "TOLERANT", **PERIOD, "reason": "新业态"}
    assert client.post(at("relief_decide", good.pk), {**values, "until": "2026-01-01"}).status_code == 422
    assert client.post(at("relief_decide", good.pk), values).url == at("subject_detail", good.pk)
    relief = Relief.objects.get()
    page = client.get(at("subject_detail", good.pk)).content.decode()
    assert ("它牵头的抽查不抽这一户" in page, "可以被抽到" in page) == (True, False)
    assert client.post(at("relief_end", relief.pk), {"reason": ""}).status_code == 422
    assert client.post(at("relief_end", relief.pk), {"reason": "另有线索"}).url == at("relief_list")
    assert "可以被抽到" in client.get(at("subject_detail", good.pk)).content.decode()
    assert client.post(at("relief_end", relief.pk), {"reason": "另有线索"}).status_code == 422
    assert "另有线索" in client.get(at("relief_list"), {"show": "over"}).content.decode()


def test_strangers_are_refused_and_garbage_is_no_fault(cast, browse, good):
    relief = make.relief(good, cast.market, by=cast.approver)
    assert browse(cast.stranger).get(at("relief_end", relief.pk)).status_code == 404
    assert browse(cast.supervisor).post(at("relief_end", relief.pk), {"reason": "不应当"}).status_code == 403
    assert browse(cast.stranger).get(at("relief_decide", good.pk)).status_code == 404
    assert browse(cast.inspector).get(at("relief_list")).status_code == 403
    client = browse(cast.approver)
    assert client.post(at("relief_list")).status_code == 405
    assert client.put(at("relief_candidates")).status_code == 405
    assert client.get(at("relief_list"), {"show": "x", "page": "y"}).status_code == 200
    assert client.get(at("relief_candidates"), {"department": "x", "page": "0"}).status_code == 200
    sent = {**PERIOD, "subject": ["x", "99999999999999999999", "-1"]}
    assert client.post(at("relief_candidates"), sent).status_code == 422


def test_the_lists_take_a_handful_of_queries(cast, browse, good, django_assert_max_num_queries):
    for number in range(2, 30):
        make.relief(make.subject(number), cast.market, by=cast.approver)
    client = browse(cast.approver)
    with django_assert_max_num_queries(22):
        client.get(at("relief_list"))
    with django_assert_max_num_queries(30):
        client.get(at("relief_candidates"))
