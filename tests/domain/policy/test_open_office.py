"""`manage.py open_office` on an empty database."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import Department, Region, Role, User
from mingcha.domain.organisation.permissions import Permission, may
from mingcha.domain.policy.management.commands import open_office
from mingcha.domain.policy.models import CalendarDay, Profile
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db

GOOD = "月下独酌饮一壶酒x9"


@pytest.fixture
def found(tmp_path):
    """`found(…)` runs the command as an operator of the invented county would, some of it changed."""
    file = tmp_path / "password"
    file.write_text(f"{GOOD}\n", encoding="utf-8")

    def run(**changes) -> str:
        out = StringIO()
        given = {
            "region": "360731",
            "department_code": "sifa",
            "department_name": "于都县司法局",
            "short_name": "司法局",
            "uscc": code_for(1, "360731"),
            "keeper": "keeper",
            "password_file": str(file),
        } | changes
        arguments = [f"--{key.replace('_', '-')}={value}" for key, value in given.items() if value is not None]
        call_command("open_office", *arguments, stdout=out)
        return out.getvalue()

    return run


def untouched() -> bool:
    return not any(model.objects.exists() for model in (Region, CalendarDay, Profile, Department, User, Entry))


def test_an_empty_database_gets_its_first_department_and_keeper(found):
    said = found(profile="yudu-2020", keeper_name="示范管理员")
    keeper = User.objects.get()
    assert (keeper.username, keeper.full_name, keeper.department.code) == ("keeper", "示范管理员", "sifa")
    assert keeper.check_password(GOOD)
    grant = keeper.grants.get()
    assert (grant.role, grant.region_id, grant.department) == (Role.SYSTEM_KEEPER, "360731", None)
    assert may(keeper, Permission.ACCOUNTS_KEEP, within=Department.objects.get())
    assert Profile.objects.get().region_id == "360731"
    assert CalendarDay.objects.exists()
    assert "于都县：已登记于都县司法局，已开立系统管理员 keeper。" in said
    assert "下一步" in said and "没有启用规则" not in said


def test_everything_leaves_its_trace_as_the_systems_act(found):
    found(profile="yudu-2020")
    assert list(Entry.objects.order_by("number").values_list("event", flat=True)) == [
        "organisation.regions_loaded",
        "policy.calendar_loaded",
        "policy.profile_adopted",
        "organisation.department_opened",
        "organisation.account_opened",
        "organisation.role_granted",
    ]
    assert set(Entry.objects.values_list("actor", flat=True)) == {"系统"}


def test_without_rules_the_command_says_what_is_missing(found):
    assert "没有启用规则" in found()
    assert not Profile.objects.exists()
    assert User.objects.get().full_name == "keeper"


def test_a_second_office_loads_the_tables_again_and_changes_nothing_of_the_first(found):
    found(profile="yudu-2020")
    regions, days = list(Region.objects.values()), CalendarDay.objects.count()
    found(region="360732", department_code="sifa-xg", uscc=code_for(2, "360732"), keeper="keeper2")
    assert list(Region.objects.values()) == regions
    assert CalendarDay.objects.count() == days
    assert Department.objects.count() == User.objects.count() == 2


def test_a_region_that_has_a_keeper_is_refused(found):
    found()
    before = Entry.objects.count()
    with pytest.raises(CommandError, match="于都县已有系统管理员 keeper"):
        found(department_code="other", uscc=code_for(2), keeper="other")
    assert Entry.objects.count() == before


def test_a_region_whose_keeper_was_switched_off_gets_another(found):
    found()
    with unguarded():
        User.objects.update(is_active=False)
    found(department_code="other", uscc=code_for(2), keeper="other")
    assert User.objects.filter(is_active=True).get().username == "other"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"region": "999999"}, "没有区划 999999"),
        (
            {"profile": "nowhere"},
            "没有规则 nowhere；现有：banan-2015、bazhong-2017、chenzhou-2018、demo-county、taian-2019、yudu-2020",
        ),
        ({"profile": "demo-county"}, "适用于区划 990000，不适用于于都县"),
        ({"department_code": "司法"}, "简码以小写字母开头"),
        ({"uscc": "11360731000000000X"}, "统一社会信用代码 11360731000000000X 不对"),
        ({"department_name": " "}, "缺名称"),
        ({"keeper": "张三"}, "账号只能用字母"),
        ({"password_file": "no-such-file"}, "读不了密码文件 no-such-file"),
    ],
)
def test_what_is_refused_is_said_in_chinese_and_leaves_nothing(found, changes, words):
    with pytest.raises(CommandError, match=words):
        found(**changes)
    assert untouched()


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("短a1", "密码太短"),
        ("password123", "常见密码"),
        ("83749201847362", "不能全是数字"),
        ("keeper-12345", "和账号或姓名太像"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(found, tmp_path, password, words):
    weak = tmp_path / "weak"
    weak.write_text(password, encoding="utf-8")
    with pytest.raises(CommandError, match=f"初始密码：.*{words}"):
        found(password_file=str(weak), keeper="keeper-1234")
    assert untouched()


def typing(monkeypatch, *answers):
    given = iter(answers)
    monkeypatch.setattr(open_office.getpass, "getpass", lambda prompt: next(given))


def test_a_password_is_typed_twice(found, monkeypatch):
    typing(monkeypatch, GOOD, GOOD)
    found(password_file=None)
    assert User.objects.get().check_password(GOOD)


def test_two_different_passwords_are_refused(found, monkeypatch):
    typing(monkeypatch, GOOD, GOOD + "x")
    with pytest.raises(CommandError, match="两次输入的密码不一样"):
        found(password_file=None)
    assert untouched()


def test_no_terminal_to_type_in_is_said(found, monkeypatch):
    def nobody(prompt):
        raise EOFError

    monkeypatch.setattr(open_office.getpass, "getpass", nobody)
    with pytest.raises(CommandError, match="没有输入密码"):
        found(password_file=None)
