"""Pools that several departments draw from: nobody is lent without the own head's word."""

from datetime import date

import pytest

from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.models import Pool, PoolMember
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
TODAY, END = date(2026, 11, 23), date(2026, 12, 31)


@pytest.fixture
def pool(cast) -> Pool:
    return actions.open_pool(cast.market, name="餐饮跨部门库", sector="餐饮", by=cast.handler, at=NOON)


def lent(pool: Pool, person, cast, until: date | None = None) -> PoolMember:
    member = actions.propose_member(pool, person.code, by=cast.handler, at=NOON)
    return actions.agree_member(member, until=until, by=cast.fire_approver, at=NOON)


# proves S4-19
def test_a_person_of_another_department_is_in_once_the_own_head_has_agreed(cast, pool):
    person = make.inspector(cast.fire)
    member = actions.propose_member(pool, f" {person.code} ", by=cast.handler, at=NOON)
    assert list(queries.pool_members(pool, on=TODAY)) == []
    assert list(queries.members_awaiting(cast.fire_approver)) == [member]
    for other in (cast.approver, cast.fire_handler, cast.supervisor):
        with pytest.raises(Forbidden):
            actions.agree_member(member, by=other, at=NOON)
    agreed = actions.agree_member(member, until=END, by=cast.fire_approver, at=NOON)
    assert (agreed.agreed_by, agreed.until) == (cast.fire_approver, END)
    assert list(queries.pool_members(pool, on=END)) == [person]
    assert list(queries.pool_members(pool, on=date(2027, 1, 1))) == []
    with pytest.raises(Refused, match="不用再同意"):
        actions.agree_member(member, by=cast.fire_approver, at=NOON)


# proves S0-26
def test_a_person_of_another_region_may_be_lent_as_well(cast, pool):
    person = make.inspector(cast.stranger.department)
    member = actions.propose_member(pool, person.code, by=cast.stranger, at=NOON)  # its own department offers it
    assert list(queries.pools_visible_to(cast.stranger)) == [pool]
    assert member.inspector.department.region != pool.region


def test_whoever_cannot_be_sent_is_not_a_member_of_that_day(cast, pool):
    expired = make.inspector(cast.fire, 1, certificate_until=date(2026, 11, 24))
    suspended = make.inspector(cast.fire, 2)
    for person in (expired, suspended):
        lent(pool, person, cast)
    assert set(queries.pool_members(pool, on=date(2026, 11, 24))) == {expired, suspended}
    actions.suspend_inspector(suspended, reason="生病", by=cast.fire_handler, at=NOON)
    assert list(queries.pool_members(pool, on=date(2026, 11, 25))) == []
    with pytest.raises(Refused, match="不在库或已暂停"):
        actions.propose_member(pool, make.inspector(cast.fire, 3, state="LEFT").code, by=cast.handler, at=NOON)


def test_either_side_ends_it_and_the_person_may_come_back(cast, pool):
    person = make.inspector(cast.fire)
    for number, by in enumerate((cast.handler, cast.fire_handler, cast.fire_approver)):
        member = lent(pool, person, cast)
        with pytest.raises(Refused, match="没有写理由"):
            actions.leave_pool(member, reason=" ", by=by, at=NOON)
        assert actions.leave_pool(member, reason="任务结束", by=by, at=NOON).left_on == TODAY
        with pytest.raises(Refused, match="已在 2026-11-23 退出"):
            actions.leave_pool(member, reason="再退", by=by, at=NOON)
        assert list(queries.pool_members(pool, on=TODAY)) == []
        assert PoolMember.objects.count() == number + 1
    with pytest.raises(Forbidden):
        actions.leave_pool(lent(pool, person, cast), reason="不行", by=cast.stranger, at=NOON)


def test_a_proposal_is_declined_by_leaving(cast, pool):
    member = actions.propose_member(pool, make.inspector(cast.fire).code, by=cast.handler, at=NOON)
    actions.leave_pool(member, reason="人手不够", by=cast.fire_approver, at=NOON)
    assert not queries.members_awaiting(cast.fire_approver).exists()
    with pytest.raises(Refused, match="退出"):
        actions.agree_member(member, by=cast.fire_approver, at=NOON)


def test_what_cannot_be_opened_or_proposed_says_why(cast, pool):
    with pytest.raises(Refused, match="由市场监督管理局牵头"):
        actions.open_pool(cast.fire, name="餐饮跨部门库", by=cast.fire_handler, at=NOON)
    with pytest.raises(Refused, match="没有填"):
        actions.open_pool(cast.fire, name=" ", by=cast.fire_handler, at=NOON)
    with pytest.raises(Refused, match="名录里没有这个编号"):
        actions.propose_member(pool, "NOBODY-1", by=cast.handler, at=NOON)
    person = make.inspector(cast.fire)
    member = actions.propose_member(pool, person.code, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="等对方负责人同意"):
        actions.propose_member(pool, person.code, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="借用期已经过去"):
        actions.agree_member(member, until=date(2026, 11, 22), by=cast.fire_approver, at=NOON)


def test_a_stranger_to_both_sides_proposes_nobody_and_learns_nothing_of_codes(cast, pool):
    person = make.inspector(cast.fire)
    for code in (person.code, "NOBODY-1"):
        with pytest.raises(Forbidden):
            actions.propose_member(pool, code, by=cast.stranger, at=NOON)
    with pytest.raises(Forbidden):
        actions.open_pool(cast.market, name="另一个", by=cast.fire_handler, at=NOON)
