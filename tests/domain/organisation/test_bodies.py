"""Who plays the bodies that the rules of a place name."""

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.actions import name_body
from mingcha.domain.organisation.models import Body, Role
from mingcha.domain.organisation.queries import bodies_of, body_for, contact_of, departments_around, regions_ruled_by
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import organisation as make

pytestmark = pytest.mark.django_db


def test_a_body_is_named_with_its_contact_and_named_anew(cast, noon):
    name_body(cast.region, "JUSTICE", cast.justice, contact="201 室", by=cast.coordinator, at=noon)
    assert body_for(cast.region, "JUSTICE") == cast.justice
    assert contact_of(cast.region, "JUSTICE") == "201 室"
    name_body(cast.region, "JUSTICE", cast.market, by=cast.coordinator, at=noon)
    assert body_for(cast.region, "JUSTICE") == cast.market
    assert Entry.objects.filter(event="organisation.body_named").count() == 2


def test_the_same_naming_twice_leaves_one_trace(cast, noon):
    for _time in range(2):
        name_body(cast.region, "JUSTICE", cast.justice, by=cast.coordinator, at=noon)
    assert Entry.objects.filter(event="organisation.body_named").count() == 1


def test_a_naming_is_taken_back_once(cast, noon):
    name_body(cast.region, "MARKET", cast.market, by=SYSTEM, at=noon)
    assert name_body(cast.region, "MARKET", None, by=cast.coordinator, at=noon) is None
    assert body_for(cast.region, "MARKET") is None
    with pytest.raises(Refused, match="还没有指定部门"):
        name_body(cast.region, "MARKET", None, by=cast.coordinator, at=noon)


def test_a_lead_is_named_for_each_sector_and_nobody_else_is(cast, noon):
    name_body(cast.region, "SECTOR_LEAD", cast.fire, sector=" 消防安全 ", by=cast.coordinator, at=noon)
    assert body_for(cast.region, "SECTOR_LEAD", sector="消防安全") == cast.fire
    with pytest.raises(Refused, match="监管领域留空"):
        name_body(cast.region, "JUSTICE", cast.fire, sector="消防安全", by=cast.coordinator, at=noon)
    assert [body.sector for body in bodies_of(cast.region)] == ["消防安全"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "NOBODY"}, "机构不在列表里"),
        ({"sector": "长" * 31, "code": "SECTOR_LEAD"}, "超过 30"),
        ({"contact": "长" * 201}, "超过 200"),
    ],
)
def test_a_naming_that_cannot_be_is_refused(cast, noon, changes, said):
    given = {"code": "JUSTICE", **changes}
    with pytest.raises(Refused, match=said):
        name_body(cast.region, given.pop("code"), cast.justice, **given, by=cast.coordinator, at=noon)
    assert not Body.objects.exists()


def test_only_those_who_adopt_the_rules_of_a_place_name_its_bodies(cast, noon):
    for stranger in (cast.handler, cast.keeper, cast.supervisor, cast.stranger):
        with pytest.raises(Forbidden):
            name_body(cast.region, "JUSTICE", cast.justice, by=stranger, at=noon)
    elsewhere = make.user("othercoordinator", Role.COORDINATOR, within=cast.market, over=make.region("980000", "邻县"))
    assert not regions_ruled_by(elsewhere).filter(pk=cast.region.pk).exists()
    with pytest.raises(Forbidden, match="当地协调机构"):
        name_body(cast.region, "JUSTICE", cast.justice, by=elsewhere, at=noon)


def test_a_body_is_played_by_a_department_of_the_place_or_around_it(cast):
    assert cast.stranger.department not in departments_around(cast.region)
    assert cast.justice in departments_around(cast.region)
