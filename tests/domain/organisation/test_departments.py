"""Departments, the discipline body's key, and accounts that are switched off."""

import pytest
from django.utils import timezone
from nacl.public import PrivateKey

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation import actions, rules
from mingcha.domain.organisation.models import Department, Grant, Role, User
from mingcha.domain.organisation.permissions import Permission, may
from mingcha.domain.organisation.queries import departments_keyed_by, keepers_of, officers_of, regions_kept_by
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import organisation as make
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db

KEY = bytes(PrivateKey(b"\x07" * 32).public_key).hex()
OTHER_KEY = bytes(PrivateKey(b"\x08" * 32).public_key).hex()
SMALL_ORDER = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"


def opened(cast, at, code="water", **changes):
    given = {"uscc": code_for(60), "name": "明察示范县水利局", "short_name": "水利局", "region": cast.region}
    return actions.open_department(code, **{"by": cast.keeper, "at": at, **given, **changes})


# ---- departments -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", "w", "Water", "1water", "水利", "water_works", "w" * 33])
def test_a_short_code_that_is_none_is_refused(cast, noon, code):
    with pytest.raises(Refused, match="简码以小写字母开头") as refusal:
        opened(cast, noon, code)
    assert refusal.value.field == "code"


@pytest.mark.parametrize("code", ["public", "team"])
def test_a_code_that_the_product_itself_uses_is_refused(cast, noon, code):
    with pytest.raises(Refused, match="系统自用"):
        opened(cast, noon, code)


def test_a_code_that_another_department_has_is_refused(cast, noon):
    with pytest.raises(Refused, match="简码 market 已经有部门用了"):
        opened(cast, noon, "market")
    with pytest.raises(Refused, match="已经登记给另一个部门") as refusal:
        opened(cast, noon, uscc=cast.market.uscc)
    assert refusal.value.field == "uscc"
    assert not Department.objects.filter(code="water").exists()


@pytest.mark.parametrize(("changes", "words"), [({"name": " "}, "缺名称"), ({"short_name": ""}, "缺简称")])
def test_a_department_has_both_its_names(cast, noon, changes, words):
    with pytest.raises(Refused, match=words):
        opened(cast, noon, **changes)
    with pytest.raises(Refused, match=words):
        actions.amend_department(
            cast.fire, **{"name": "消防", "short_name": "消防", **changes}, by=cast.keeper, at=noon
        )


def test_a_department_is_opened_in_the_keepers_own_regions_only(cast, noon):
    with pytest.raises(Forbidden, match="不能在邻县登记部门"):
        opened(cast, noon, region=cast.stranger.department.region)
    small = make.user("smallkeeper", Role.SYSTEM_KEEPER, within=cast.market)
    with pytest.raises(Forbidden):
        opened(cast, noon, by=small)
    assert opened(cast, noon, region=cast.stranger.department.region, by=SYSTEM).code == "water"


def test_a_keeper_of_a_city_keeps_the_counties_inside(cast):
    city, county = make.region("360700", "赣州市"), make.region("360731", "于都县")
    keeper = make.user("citykeeper", Role.SYSTEM_KEEPER, within=cast.market, over=city)
    assert list(regions_kept_by(keeper)) == [city, county]
    assert list(regions_kept_by(cast.handler)) == []
    assert [grant.user for grant in keepers_of(county, on=timezone.localdate())] == [keeper]


def test_a_department_is_renamed_with_its_former_name_in_the_trail(cast, noon):
    actions.amend_department(cast.fire, name=" 明察示范县消防局 ", short_name="消防局", by=cast.keeper, at=noon)
    cast.fire.refresh_from_db()
    assert (cast.fire.name, cast.fire.short_name) == ("明察示范县消防局", "消防局")
    entry = trail_of(cast.fire).get()
    assert (entry.event, entry.details["before"]) == (
        "organisation.department_amended",
        "明察示范县消防救援大队（消防救援大队）",
    )


def test_renaming_to_the_same_name_leaves_no_trace(cast, noon):
    with pytest.raises(Refused, match="都没有改动"):
        actions.amend_department(
            cast.fire, name=cast.fire.name, short_name=cast.fire.short_name, by=cast.keeper, at=noon
        )
    assert not trail_of(cast.fire).exists()


def test_only_the_keeper_of_its_place_renames_a_department(cast, noon):
    elsewhere = cast.stranger.department
    for by, department in [(cast.handler, cast.market), (cast.approver, cast.market), (cast.keeper, elsewhere)]:
        with pytest.raises(Forbidden):
            actions.amend_department(department, name="甲", short_name="甲", by=by, at=noon)


# ---- the sealing key ---------------------------------------------------------------------------------------


def test_the_officer_and_the_keeper_register_the_key_with_a_trace(cast, noon):
    body = actions.register_sealing_key(cast.discipline_body, key=KEY, by=cast.discipline, at=noon)
    assert body.sealing_key == KEY
    body = actions.register_sealing_key(body, key=OTHER_KEY, by=cast.keeper, at=noon)
    first, second = trail_of(body)
    assert first.event == second.event == "organisation.sealing_key_registered"
    assert second.details["before"] == first.details["sha256"] != second.details["sha256"]
    assert KEY not in str(first.details)


def test_nobody_else_registers_a_key(cast, noon):
    far = make.department("fardiscipline", "邻县纪检监察组", 6, cast.stranger.department.region)
    make.user("farofficer", Role.DISCIPLINE, within=far)
    for by, body in [
        (cast.handler, cast.discipline_body),
        (cast.auditor, cast.discipline_body),
        (cast.supervisor, cast.discipline_body),
        (cast.discipline, cast.market),
        (cast.keeper, far),
    ]:
        with pytest.raises(Forbidden):
            actions.register_sealing_key(body, key=KEY, by=by, at=noon)
    assert not Department.objects.exclude(sealing_key="").exists()


def test_a_body_without_an_officer_of_its_own_takes_no_key(cast, noon):
    assert list(officers_of(cast.discipline_body)) == [cast.discipline]
    assert list(officers_of(cast.market)) == []
    with pytest.raises(Refused, match="没有纪检监察人员"):
        actions.register_sealing_key(cast.market, key=KEY, by=cast.keeper, at=noon)


@pytest.mark.parametrize("key", ["", "ab", "g" * 64, KEY.upper(), KEY + "00", f" {KEY}", "０" * 64])
def test_what_is_no_key_is_refused(cast, key):
    with pytest.raises(Refused, match="64 位十六进制") as refusal:
        rules.check_sealing_key(cast.discipline_body, key=key, has_officer=True)
    assert refusal.value.field == "key"


@pytest.mark.parametrize("key", ["00" * 32, "01" + "00" * 31, SMALL_ORDER])
def test_a_key_that_everybody_can_open_is_refused(cast, key):
    with pytest.raises(Refused, match="密封不住任何内容"):
        rules.check_sealing_key(cast.discipline_body, key=key, has_officer=True)


def test_the_same_key_again_is_refused(cast, noon):
    body = actions.register_sealing_key(cast.discipline_body, key=KEY, by=cast.discipline, at=noon)
    with pytest.raises(Refused, match="就是现在登记的公钥"):
        actions.register_sealing_key(body, key=KEY, by=cast.discipline, at=noon)
    assert trail_of(body).count() == 1


def test_who_may_register_a_key_sees_the_department(cast):
    assert list(departments_keyed_by(cast.discipline)) == [cast.discipline_body]
    assert list(departments_keyed_by(cast.handler)) == list(departments_keyed_by(cast.stranger)) == []
    assert set(departments_keyed_by(cast.keeper)) == {cast.market, cast.fire, cast.discipline_body, cast.justice}


# ---- accounts ----------------------------------------------------------------------------------------------


def test_an_account_is_switched_off_and_on_with_its_roles(cast, noon):
    person = actions.deactivate_account(cast.handler, by=cast.keeper, at=noon)
    assert not may(person, Permission.PLAN_EDIT)
    with pytest.raises(Refused, match="已经停用"):
        actions.deactivate_account(person, by=cast.keeper, at=noon)
    person = actions.reactivate_account(person, by=cast.keeper, at=noon)
    assert may(person, Permission.PLAN_EDIT, within=cast.market)
    with pytest.raises(Refused, match="正在使用"):
        actions.reactivate_account(person, by=cast.keeper, at=noon)
    assert [entry.event for entry in trail_of(person)] == [
        "organisation.account_deactivated",
        "organisation.account_reactivated",
    ]


def test_only_the_keeper_of_the_place_switches_accounts(cast, noon):
    for by, person in [(cast.approver, cast.handler), (cast.auditor, cast.handler), (cast.keeper, cast.stranger)]:
        for act in (actions.deactivate_account, actions.reactivate_account):
            with pytest.raises(Forbidden):
                act(person, by=by, at=noon)


def test_nobody_switches_himself_off(cast, noon):
    make.user("second-keeper", Role.SYSTEM_KEEPER, within=cast.justice, over=cast.region)
    with pytest.raises(Refused, match="不能停用自己"):
        actions.deactivate_account(cast.keeper, by=cast.keeper, at=noon)


def test_the_last_keeper_of_a_place_is_not_switched_off(cast, noon):
    small = make.user("smallkeeper", Role.SYSTEM_KEEPER, within=cast.justice)
    make.user("farkeeper", Role.SYSTEM_KEEPER, within=cast.stranger.department, over=cast.stranger.department.region)
    with pytest.raises(Refused, match="最后一个系统管理员"):
        actions.deactivate_account(cast.keeper, by=small, at=noon)
    make.user("second-keeper", Role.SYSTEM_KEEPER, within=cast.justice, over=cast.region)
    assert not actions.deactivate_account(cast.keeper, by=small, at=noon).is_active


def test_a_keeper_who_is_switched_off_is_no_other_keeper(cast, noon):
    second = make.user("second-keeper", Role.SYSTEM_KEEPER, within=cast.justice, over=cast.region)
    with unguarded():
        User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(Refused, match="最后一个系统管理员"):
        actions.withdraw_role(cast.keeper.grants.get(), by=cast.keeper, at=noon)


def test_a_keeper_of_one_department_may_go_while_the_region_is_kept(cast, noon):
    small = make.user("smallkeeper", Role.SYSTEM_KEEPER, within=cast.market)
    actions.withdraw_role(small.grants.get(), by=cast.keeper, at=noon)
    assert not Grant.objects.filter(user=small).exists()


def test_roles_stay_apart_while_an_account_is_switched_off(cast, noon):
    actions.deactivate_account(cast.handler, by=cast.keeper, at=noon)
    with pytest.raises(Refused, match="不能由同一人担任"):
        actions.grant_role(cast.handler, Role.APPROVER, department=cast.market, by=cast.keeper, at=noon)


@pytest.mark.parametrize(
    ("username", "words"),
    [("HANDLER", "已经有了"), ("张 三", "只能用字母"), ("", "只能用字母"), ("x" * 61, "最多 60 个")],
)
def test_an_account_name_is_free_and_typed_on_any_keyboard(cast, noon, username, words):
    with pytest.raises(Refused, match=words) as refusal:
        actions.open_account(
            username, full_name="示范", department=cast.market, password="一个够长的密码呀", by=cast.keeper, at=noon
        )
    assert refusal.value.field == "username"
