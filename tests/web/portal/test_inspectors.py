"""The public register of inspectors: name, certificate, unit, field, and nothing else of a person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.factories import registers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def names(response) -> list[str]:
    return [person["name"] for person in response.context["page"]]


# proves S0-11
def test_the_register_shows_name_certificate_unit_and_field_only(cast, browse):
    person = registers.inspector(
        cast.market, 1, phone="13900000000", skills="特种设备", post="秘密岗位", team="一中队", areas="甲镇"
    )
    registers.avoidance(registers.subject(), person, "近亲属在示范企业任职")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = browse().get("/inspectors/").content.decode()
    for said in (person.name, person.certificate_no, cast.market.name, "特种设备"):
        assert said in page
    for kept in ("13900000000", "秘密岗位", "一中队", "甲镇", person.code, "近亲属", "2030"):
        assert kept not in page
    assert not any("phone" in query["sql"] or "avoidance" in query["sql"] for query in asked)


def test_only_who_may_inspect_today_is_in_the_register(cast, browse):
    registers.inspector(cast.market, 1)
    registers.inspector(cast.market, 2, state="SUSPENDED")
    registers.inspector(cast.market, 3, certificate_until=NOON.date() - timedelta(days=1))
    registers.inspector(cast.market, 4, certificate_until=NOON.date())
    assert names(browse().get("/inspectors/")) == ["示范人员001", "示范人员004"]


def test_a_person_is_found_by_name_part_and_by_certificate(cast, browse):
    registers.inspector(cast.market, 1)
    registers.inspector(cast.fire, 2, name="阿依古丽·买买提")
    assert names(browse().get("/inspectors/", {"q": "古丽"})) == ["阿依古丽·买买提"]
    assert names(browse().get("/inspectors/", {"q": "zf-market-00001"})) == ["示范人员001"]
    assert names(browse().get("/inspectors/", {"q": "ZF-"})) == []
    assert names(browse().get("/inspectors/", {"department": "fire"})) == ["阿依古丽·买买提"]
    assert "名录里没有这样的人" in browse().get("/inspectors/", {"q": "没有"}).content.decode()


def test_the_register_asks_little_and_takes_no_post(cast, browse, django_assert_max_num_queries):
    registers.inspectors(60, cast.market)
    with django_assert_max_num_queries(8):
        assert len(names(browse().get("/inspectors/?page=x"))) == 50
    assert browse().post("/inspectors/").status_code == 405
