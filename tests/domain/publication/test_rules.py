from datetime import date

import pytest

from mingcha.domain.draws.models import Draw
from mingcha.domain.inspections.models import Inspection, Visit
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import Campaign, Plan
from mingcha.domain.publication import rules
from mingcha.domain.publication.models import Publication
from mingcha.domain.registers.models import Subject
from mingcha.kit.errors import Refused
from tests.conftest import NOON


def test_only_an_approved_plan_is_shown():
    rules.check_plan(Plan(state="APPROVED"))
    with pytest.raises(Refused, match="“年度计划”还没有批准"):
        rules.check_plan(Plan(title="年度计划", state="SUBMITTED"))


def test_a_list_is_shown_in_force_and_at_its_time():
    draw = Draw(number="D-1", state="IN_FORCE", campaign=Campaign(list_timing="AT_START"))
    rules.check_list(draw, time_has_come=True)
    with pytest.raises(Refused, match="还没有到计划写明的名单公开时点：检查开始日"):
        rules.check_list(draw, time_has_come=False)
    with pytest.raises(Refused, match="D-1 还没有生效"):
        rules.check_list(Draw(number="D-1", state="SIGNED"), time_has_come=True)


def test_only_a_confirmed_result_is_shown():
    rules.check_result(Inspection(state="CONFIRMED"))
    visit = Visit(subject=Subject(name="示范商行"))
    with pytest.raises(Refused, match="“示范商行（市监局）”的结果还没有审核"):
        rules.check_result(Inspection(state="RECORDED", visit=visit, department=Department(short_name="市监局")))


def test_what_was_shown_is_not_shown_again():
    rules.check_unpublished(Publication(state="DUE"))
    with pytest.raises(Refused, match="公示后的内容不能更改"):
        rules.check_unpublished(Publication(state="PUBLISHED"))


@pytest.mark.parametrize(
    ("timing", "moment"),
    [
        ("AT_DRAW", "2026-11-23 12:00"),
        ("AT_START", "2026-11-30 00:00"),
        ("AT_END", "2026-12-14 00:00"),
    ],
)
def test_a_list_is_due_when_the_plan_says(timing, moment):
    campaign = Campaign(list_timing=timing, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 14))
    due = rules.list_due_at(campaign, in_force_at=NOON)
    assert f"{due.astimezone(NOON.tzinfo):%F %H:%M}" == moment


@pytest.mark.parametrize(
    ("number", "shown"),
    [("ZF-market-00001", "ZF***********01"), ("12345", "12*45"), ("1234", "****"), ("", "")],
)
def test_a_certificate_number_is_masked(number, shown):
    assert rules.mask_certificate(number) == shown


def test_the_digest_does_not_depend_on_the_order_of_keys():
    assert rules.digest_of({"a": 1, "b": "二"}) == rules.digest_of({"b": "二", "a": 1})
    assert rules.digest_of({"a": 1}) != rules.digest_of({"a": 2})
