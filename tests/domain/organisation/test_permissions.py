"""Who reaches which departments, and what holds nobody back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from mingcha.domain.organisation.models import Department, Grant, Role
from mingcha.domain.organisation.permissions import ROLES, Permission, may, reach, require, roles_with
from mingcha.kit.actors import SYSTEM, Actor
from mingcha.kit.errors import Forbidden
from tests.factories import organisation as make

pytestmark = pytest.mark.django_db


def codes(places) -> list[str]:
    return sorted(places.values_list("code", flat=True))


def test_a_grant_in_a_department_reaches_that_department_alone(cast):
    assert codes(reach(cast.handler, Permission.PLAN_EDIT)) == ["market"]


def test_a_grant_over_a_county_reaches_its_departments_and_no_other_county(cast):
    assert codes(reach(cast.supervisor, Permission.PLAN_APPROVE)) == ["discipline", "fire", "justice", "market"]


@pytest.mark.parametrize(
    ("code", "reached"),
    [("370000", ["city", "county", "province"]), ("370900", ["city", "county"]), ("370911", ["county"])],
)
def test_a_grant_over_a_province_or_city_reaches_the_regions_inside_it(db, code, reached):
    for number, (name, place) in enumerate(
        {"province": "370000", "city": "370900", "county": "370911", "other": "380911"}.items(), start=10
    ):
        make.department(name, name, number, make.region(place, place))
    person = make.user("watcher", Role.SUPERVISOR, over=make.region(code, code))
    assert codes(reach(person, Permission.PLAN_READ)) == reached
    within = [place for place in Department.objects.all() if may(person, Permission.PLAN_READ, within=place)]
    assert sorted(place.code for place in within) == reached


def test_whoever_may_in_a_department_is_whom_its_reach_says(cast):
    for person in (cast.handler, cast.supervisor, cast.inspector, cast.keeper, cast.auditor):
        for permission in Permission:
            within = {place for place in Department.objects.all() if may(person, permission, within=place)}
            assert within == set(reach(person, permission)), (person, permission)


def test_a_role_brings_its_own_permissions_only(cast):
    assert codes(reach(cast.handler, Permission.PLAN_APPROVE)) == []
    assert codes(reach(cast.inspector, Permission.PLAN_READ)) == []
    assert codes(reach(cast.keeper, Permission.REGISTER_READ)) == []


def test_a_grant_holds_on_its_last_day_and_not_after(cast):
    today = timezone.localdate()
    with make.unguarded():
        Grant.objects.filter(user=cast.handler).update(until=today)
    assert codes(reach(cast.handler, Permission.PLAN_EDIT)) == ["market"]
    with make.unguarded():
        Grant.objects.filter(user=cast.handler).update(until=today - timedelta(days=1))
    assert codes(reach(cast.handler, Permission.PLAN_EDIT)) == []
    assert not may(cast.handler, Permission.PLAN_EDIT)


def test_an_account_that_is_switched_off_reaches_nothing(cast):
    with make.unguarded():
        cast.supervisor.is_active = False
        cast.supervisor.save()
    assert codes(reach(cast.supervisor, Permission.PLAN_READ)) == []


def test_a_citizen_reaches_nothing(cast):
    for permission in Permission:
        assert codes(reach(AnonymousUser(), permission)) == []


def test_the_system_may_publish_and_set_up_and_nothing_else(cast):
    assert {p for p in Permission if may(SYSTEM, p)} == {
        Permission.ACCOUNTS_KEEP,
        Permission.POLICY_ADOPT,
        Permission.RESULT_PUBLISH,
    }


def test_an_actor_without_an_account_may_do_nothing(cast):
    assert not any(may(Actor(chain="public", label="系统"), permission) for permission in Permission)


def test_a_refusal_names_the_place(cast):
    with pytest.raises(Forbidden, match="在消防救援大队没有做这一步的权限"):
        require(cast.handler, Permission.PLAN_EDIT, within=cast.fire)
    require(cast.handler, Permission.PLAN_EDIT, within=cast.market)


def test_every_permission_comes_with_some_role():
    assert {permission for permission in Permission if not roles_with(permission)} == set()
    assert set(ROLES) == set(Role.values)


def test_the_list_of_departments_of_a_person_without_grants_is_empty(cast):
    nobody = make.user("nobody", within=cast.market)
    assert Department.objects.exists()
    for permission in Permission:
        assert codes(reach(nobody, permission)) == []
