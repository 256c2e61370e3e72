"""Regions, departments, accounts and grants."""

import csv
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.models import Entry
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation import actions
from mingcha.domain.organisation.models import Department, Grant, Region, Role, User
from mingcha.domain.organisation.permissions import APART, Permission, may
from mingcha.domain.organisation.queries import departments_in, holders_of
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.factories.organisation import code_for, unguarded
from tests.factories.organisation import user as make_user

pytestmark = pytest.mark.django_db


def test_the_official_regions_are_loaded_with_their_parents(noon):
    with actions.REGIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert actions.load_regions(by=SYSTEM, at=noon) == len(rows) == Region.objects.count()
    yudu = Region.objects.select_related("parent__parent").get(code="360731")
    assert (yudu.name, yudu.parent.name, yudu.parent.parent.name) == ("于都县", "赣州市", "江西省")
    assert not yudu.invented
    assert Region.objects.get(code="990000").invented
    assert not Region.objects.filter(parent=None).exclude(code__endswith="0000").exists()


def test_loading_the_regions_again_changes_nothing(noon):
    actions.load_regions(by=SYSTEM, at=noon)
    before = list(Region.objects.values())
    actions.load_regions(by=SYSTEM, at=noon)
    assert list(Region.objects.values()) == before


def test_a_renamed_region_gets_the_official_name_back(cast, noon):
    assert cast.region.name == "明察示范县"
    actions.load_regions(by=SYSTEM, at=noon)
    cast.region.refresh_from_db()
    with actions.REGIONS.open(encoding="utf-8", newline="") as file:
        official = {row["code"]: row["name"] for row in csv.DictReader(file)}
    assert cast.region.name == official["990000"]


def test_a_department_is_entered_with_its_trail(cast, noon):
    made = actions.open_department(
        "water",
        uscc=code_for(60),
        name="明察示范县水利局",
        short_name="水利局",
        region=cast.region,
        by=cast.keeper,
        at=noon,
    )
    assert [entry.event for entry in trail_of(made)] == ["organisation.department_opened"]
    assert made in departments_in(cast.region)


def test_a_department_with_a_wrong_check_digit_is_not_entered(cast, noon):
    right = code_for(60)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    with pytest.raises(Refused, match="对照证书改正"):
        actions.open_department(
            "water", uscc=wrong, name="水利局", short_name="水利局", region=cast.region, by=cast.keeper, at=noon
        )
    assert not Department.objects.filter(code="water").exists()


def test_only_the_keeper_keeps_accounts(cast, noon):
    grant = Grant.objects.get(user=cast.handler)
    for by in (cast.handler, cast.approver, cast.auditor, cast.supervisor, cast.coordinator):
        for attempt in (
            lambda by=by: actions.load_regions(by=by, at=noon),
            lambda by=by: actions.open_account(
                "x", full_name="x", department=cast.market, password="一个够长的密码呀", by=by, at=noon
            ),
            lambda by=by: actions.grant_role(by, Role.AUDITOR, department=cast.market, by=by, at=noon),
            lambda by=by: actions.withdraw_role(grant, by=by, at=noon),
            lambda by=by: actions.open_department(
                "x", uscc=code_for(61), name="x", short_name="x", region=cast.region, by=by, at=noon
            ),
        ):
            with pytest.raises(Forbidden):
                attempt()


def test_a_new_account_may_do_nothing_until_a_role_is_granted(cast, noon):
    person = actions.open_account(
        "fresh", full_name="示范新人", department=cast.market, password="一个够长的密码呀", by=cast.keeper, at=noon
    )
    assert not any(may(person, permission) for permission in Permission)
    assert person.check_password("一个够长的密码呀")
    actions.grant_role(person, Role.HANDLER, department=cast.market, by=cast.keeper, at=noon)
    assert may(person, Permission.PLAN_EDIT, within=cast.market)
    assert [entry.event for entry in trail_of(person)] == ["organisation.account_opened", "organisation.role_granted"]


def test_the_trail_never_keeps_a_password(cast, noon):
    actions.open_account(
        "fresh", full_name="示范新人", department=cast.market, password="一个够长的密码呀", by=cast.keeper, at=noon
    )
    assert not [entry for entry in Entry.objects.all() if "密码" in str(entry.details)]


@pytest.mark.parametrize(("held", "wanted"), [pair for one, other in APART for pair in ((one, other), (other, one))])
def test_two_roles_that_must_stay_apart_are_not_granted_to_one_person(cast, noon, held, wanted):
    person = User.objects.get(
        pk=actions.open_account(
            "both", full_name="示范", department=cast.market, password="一个够长的密码呀", by=cast.keeper, at=noon
        ).pk
    )
    actions.grant_role(person, held, department=cast.market, by=cast.keeper, at=noon)
    with pytest.raises(Refused, match="不能由同一人担任"):
        actions.grant_role(person, wanted, department=cast.market, by=cast.keeper, at=noon)
    assert list(person.grants.values_list("role", flat=True)) == [held]


def test_granting_again_only_moves_the_last_day(cast, noon):
    actions.grant_role(
        cast.handler, Role.HANDLER, department=cast.market, until=date(2027, 1, 31), by=cast.keeper, at=noon
    )
    assert [grant.until for grant in cast.handler.grants.all()] == [date(2027, 1, 31)]


def test_a_withdrawn_role_is_gone_and_stays_in_the_trail(cast, noon):
    actions.withdraw_role(cast.handler.grants.get(), by=cast.keeper, at=noon)
    assert not may(cast.handler, Permission.PLAN_EDIT)
    assert [(e.event, e.details) for e in trail_of(cast.handler)] == [
        ("organisation.role_withdrawn", {"role": Role.HANDLER.value, "where": "market"})
    ]


def test_holders_of_a_role_are_those_of_the_department_and_of_its_region(cast):
    assert list(holders_of(Role.HANDLER, within=cast.market)) == [cast.handler, cast.second_handler]
    assert list(holders_of(Role.SUPERVISOR, within=cast.market)) == [cast.supervisor]
    assert list(holders_of(Role.SUPERVISOR, within=cast.stranger.department)) == []


def test_the_last_keeper_of_accounts_cannot_be_taken_away(cast, noon):
    with pytest.raises(Refused, match="最后一个系统管理员"):
        actions.withdraw_role(cast.keeper.grants.get(), by=cast.keeper, at=noon)


@pytest.mark.parametrize("person", ["handler", "supervisor"])
def test_the_database_keeps_one_grant_of_a_role_in_a_place(cast, person):
    held = getattr(cast, person).grants.get()
    again = Grant(user=held.user, role=held.role, department=held.department, region=held.region)
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded():
        again.save()


def test_a_keeper_grants_withdraws_and_opens_in_the_own_place_only(cast, noon):
    """A keeper of one department is no keeper of the county, and one of the county none of the next."""
    own = make_user("keeper2", Role.SYSTEM_KEEPER, within=cast.market)
    elsewhere = cast.stranger.department
    by = {"by": own, "at": noon}
    with pytest.raises(Forbidden):
        actions.grant_role(cast.handler, Role.AUDITOR, region=cast.region, **by)
    with pytest.raises(Forbidden):
        actions.grant_role(cast.fire_handler, Role.AUDITOR, department=cast.fire, **by)
    with pytest.raises(Forbidden):
        actions.withdraw_role(cast.supervisor.grants.get(), **by)
    with pytest.raises(Forbidden):
        actions.withdraw_role(cast.fire_handler.grants.get(), **by)
    for keeper in (own, cast.keeper):
        with pytest.raises(Forbidden):
            actions.open_account(
                "newcomer", full_name="新人", department=elsewhere, password="long-enough-9", by=keeper, at=noon
            )
    with pytest.raises(Forbidden):
        actions.grant_role(cast.stranger, Role.AUDITOR, region=elsewhere.region, by=cast.keeper, at=noon)
    assert actions.grant_role(cast.second_handler, Role.LEGAL_REVIEWER, department=cast.market, **by).pk


def test_nobody_sets_the_password_of_another_not_even_the_keeper(cast, noon):
    for by in (cast.keeper, cast.approver):
        with pytest.raises(Refused, match="只能由 handler 本人"):
            actions.change_password(cast.handler, password="另一个更长的密码呢", by=by, at=noon)
    changed = actions.change_password(cast.handler, password="另一个更长的密码呢", by=cast.handler, at=noon)
    assert changed.check_password("另一个更长的密码呢")
