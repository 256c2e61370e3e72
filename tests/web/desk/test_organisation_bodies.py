"""规则所称机构 at the desk."""

import pytest

from mingcha.domain.organisation.models import Body
from mingcha.domain.organisation.queries import body_for
from tests.factories.filings import body

pytestmark = pytest.mark.django_db

LIST = "/desk/organisation/bodies/"
NAME = "/desk/organisation/bodies/990000/name/"
GIVEN = {"code": "ESTABLISHMENT", "sector": "", "department": "justice", "contact": "三楼收文室"}


# proves S1-51
def test_a_coordinator_names_a_body_with_its_contact_and_finds_it_in_the_list(cast, browse):
    browser = browse(cast.coordinator)
    page = browser.post(NAME, GIVEN, follow=True).content.decode()
    assert body_for(cast.region, "ESTABLISHMENT") == cast.justice
    assert "三楼收文室" in page
    assert "还没有指定的机构" in page


def test_a_naming_is_taken_back_by_leaving_the_department_empty(cast, browse):
    browser = browse(cast.coordinator)
    browser.post(NAME, GIVEN)
    assert browser.post(NAME, {**GIVEN, "department": ""}).status_code == 302
    assert not Body.objects.exists()


def test_what_cannot_be_named_is_said_beside_the_field(cast, browse):
    response = browse(cast.coordinator).post(NAME, {**GIVEN, "sector": "消防"})
    assert response.status_code == 422
    assert "监管领域留空" in response.content.decode()


def test_whoever_reads_the_rules_sees_who_plays_a_body_and_only_coordinators_name(cast, browse):
    browse(cast.coordinator).post(NAME, GIVEN)
    for person in (cast.handler, cast.supervisor):
        page = browse(person).get(LIST).content.decode()
        assert "三楼收文室" in page
        assert "更改" not in page
        assert browse(person).post(NAME, GIVEN).status_code == 403
    assert "更改" in browse(cast.coordinator).get(LIST).content.decode()


def test_strangers_and_keepers_are_refused(cast, browse):
    assert browse(cast.keeper).get(LIST).status_code == 403
    assert browse(cast.keeper).post(NAME, GIVEN).status_code == 403
    browse(cast.coordinator).post(NAME, GIVEN)
    assert "三楼收文室" not in browse(cast.stranger).get(LIST + "?region=990000").content.decode()
    assert browse(cast.coordinator).get("/desk/organisation/bodies/980000/name/").status_code == 404
    assert browse().get(LIST).status_code == 302


def test_the_list_is_not_posted_to_and_garbage_breaks_nothing(cast, browse):
    browser = browse(cast.coordinator)
    assert browser.post(LIST).status_code == 405
    assert browser.get(LIST + "?region=%27&page=x").status_code == 200
    assert browser.get(NAME + "?code=zz&department=%3C").status_code == 200


def test_the_list_asks_a_bounded_number_of_times(cast, browse, django_assert_max_num_queries):
    for sector in ("消防", "价格", "食品", "环保"):
        body("SECTOR_LEAD", cast.fire, sector=sector)
    browser = browse(cast.coordinator)
    with django_assert_max_num_queries(24):
        browser.get(LIST)
