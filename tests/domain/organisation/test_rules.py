"""Separation of duties and the code of a department; no database."""

import pytest

from mingcha.domain.organisation.models import Role
from mingcha.domain.organisation.permissions import APART
from mingcha.domain.organisation.rules import check_department_code, check_grantable
from mingcha.kit.errors import Refused
from tests.factories.organisation import code_for


@pytest.mark.parametrize(("one", "other"), [pair for one, other in APART for pair in ((one, other), (other, one))])
def test_maker_and_checker_are_never_one_person(one, other):
    with pytest.raises(Refused, match="不能由同一人担任") as refusal:
        check_grantable(one, [other])
    assert str(Role(one).label) in refusal.value.reason
    assert str(Role(other).label) in refusal.value.reason
    assert refusal.value.field == "role"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_KEEPER])
def test_whoever_grants_roles_holds_no_other(role):
    with pytest.raises(Refused, match="不能由同一人担任"):
        check_grantable(role, [Role.SYSTEM_KEEPER])


def test_roles_that_are_no_pair_may_meet():
    check_grantable(Role.INSPECTOR, [Role.HANDLER])
    check_grantable(Role.HANDLER, [])


def test_the_same_role_twice_is_no_conflict():
    check_grantable(Role.HANDLER, [Role.HANDLER])


def test_a_department_code_holds_to_its_check_digit():
    check_department_code(code_for(7))
    wrong = code_for(7)[:-1] + ("0" if code_for(7)[-1] != "0" else "1")
    with pytest.raises(Refused, match="对照证书改正") as refusal:
        check_department_code(wrong)
    assert wrong in refusal.value.reason
    assert refusal.value.field == "uscc"


@pytest.mark.parametrize("code", ["", "123", "９" * 18, "11990000000000017O"])
def test_what_is_no_code_at_all_is_refused(code):
    with pytest.raises(Refused, match="统一社会信用代码"):
        check_department_code(code)
