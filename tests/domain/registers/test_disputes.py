"""Firms in dispute with a department: entered once, ended once, by the department itself."""

from datetime import date

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers import actions, rules
from mingcha.domain.registers.models import RegisterConfirmation
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make
from tests.factories.organisation import region

TODAY = date(2026, 11, 23)
MARKET, FIRE = Department(short_name="市监局"), Department(short_name="消防")
GIVEN = RegisterConfirmation(rows=3, digest="a" * 64, confirmed_by=User(), confirmed_at=NOON)


# proves S2-12
@pytest.mark.django_db
def test_a_dispute_is_entered_once_ended_once_and_traced(cast, noon):
    firm = make.subject(1)
    dispute = actions.declare_dispute(
        firm, cast.market, reason="复议 1 号", since=date(2026, 11, 1), by=cast.handler, at=noon
    )
    again = {"reason": "诉讼", "since": TODAY, "by": cast.handler, "at": noon}
    with pytest.raises(Refused, match="已有一件未结的争议"):
        actions.declare_dispute(firm, cast.market, **again)
    actions.end_dispute(dispute, on=TODAY, by=cast.second_handler, at=noon)
    with pytest.raises(Refused, match="已经结束，没有再结束一次"):
        actions.end_dispute(dispute, on=TODAY, by=cast.handler, at=noon)
    actions.declare_dispute(firm, cast.market, **again)
    assert [entry.event for entry in trail_of(dispute)] == ["registers.dispute_declared", "registers.dispute_ended"]


@pytest.mark.django_db
def test_a_dispute_is_kept_by_the_own_department_about_a_firm_of_the_own_region(cast, noon):
    firm, far = make.subject(1), make.subject(2, place=region("980000"))
    given = {"reason": "复议", "since": TODAY, "at": noon}
    for person in (cast.fire_handler, cast.approver, cast.stranger, cast.supervisor):
        with pytest.raises(Forbidden):
            actions.declare_dispute(firm, cast.market, **given, by=person)
    with pytest.raises(Refused, match="不在本部门的区划内"):
        actions.declare_dispute(far, cast.market, **given, by=cast.handler)
    dispute = make.dispute(firm, cast.market, by=cast.handler)
    with pytest.raises(Forbidden):
        actions.end_dispute(dispute, on=TODAY, by=cast.fire_handler, at=noon)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"reason": " "}, "没有写事由"),
        ({"reason": "复\u200b议"}, "看不见的字符"),
        ({"since": date(2026, 11, 24)}, "开始日还没有到"),
    ],
)
def test_a_dispute_has_begun_and_says_what_it_is(case, words):
    usual = {"reason": "复议", "since": TODAY, "today": TODAY, "open_already": False}
    firm = make.Subject(name="示范")
    rules.check_dispute(firm, **usual)
    with pytest.raises(Refused, match=words):
        rules.check_dispute(firm, **(usual | case))


@pytest.mark.parametrize(("on", "words"), [(date(2026, 10, 31), "早于开始日"), (date(2026, 11, 24), "还没有到")])
def test_a_dispute_ends_between_its_beginning_and_today(on, words):
    dispute = make.Dispute(since=date(2026, 11, 1))
    rules.check_endable(dispute, on=TODAY, today=TODAY)
    with pytest.raises(Refused, match=words):
        rules.check_endable(dispute, on=on, today=TODAY)
