"""对象递补: the next reserve of the same stratum, for 注销, 迁出, 重复 and for nothing else."""

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.draws import actions, queries
from mingcha.domain.draws.models import Draw, DrawnSubject, UsedReserve
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import draws, registers
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def draw(cast) -> Draw:
    return draws.draw_at(cast, "SIGNED")


@pytest.fixture
def firms(draw) -> list[DrawnSubject]:
    """The drawn firms of one stratum."""
    return list(draw.subjects.filter(reserve=False, stratum="rest").order_by("rank"))


def propose(drawn, cast, noon, *, reason: str = "MOVED", reason_text: str = "迁往邻县", by=None) -> UsedReserve:
    return actions.propose_reserve(drawn, reason=reason, reason_text=reason_text, by=by or cast.handler, at=noon)


def decide(used, cast, noon, *, agreed: bool = True, remark: str = "", by=None) -> UsedReserve:
    return actions.decide_reserve(used, agreed=agreed, remark=remark, by=by or cast.approver, at=noon)


def reserves(draw) -> list[DrawnSubject]:
    return list(draw.subjects.filter(reserve=True, stratum="rest").order_by("rank"))


def test_the_next_reserve_of_the_stratum_takes_the_place_with_the_same_people(cast, noon, draw, firms):
    before = queries.line_of(firms[0]).party
    used = decide(propose(firms[0], cast, noon), cast, noon)
    line = queries.line_of(used.reserve)
    assert used.reserve == reserves(draw)[0]
    assert (line.drawn, line.current, line.replaced) == (firms[0], used.reserve, [firms[0]])
    assert line.party == before


def test_reserves_go_in_the_order_of_their_ranks(cast, noon, draw, firms):
    first, second = propose(firms[0], cast, noon), propose(firms[1], cast, noon)
    assert [first.reserve, second.reserve] == reserves(draw)[:2]
    with pytest.raises(Refused, match="备选按位次启用，下一户现在是"):
        decide(second, cast, noon)
    decide(first, cast, noon)
    assert decide(second, cast, noon).is_approved


def test_a_reserve_that_was_not_agreed_to_comes_first_again(cast, noon, draw, firms):
    first, second = propose(firms[0], cast, noon), propose(firms[1], cast, noon)
    decide(first, cast, noon, agreed=False, remark="仍在本县")
    with pytest.raises(Refused, match="不同意这一项，再重新提出"):
        decide(second, cast, noon)
    decide(second, cast, noon, agreed=False, remark="按次序重提")
    assert propose(firms[1], cast, noon).reserve == reserves(draw)[0]


def test_a_reserve_may_need_a_reserve_itself(cast, noon, draw, firms):
    used = decide(propose(firms[0], cast, noon), cast, noon)
    again = decide(propose(used.reserve, cast, noon), cast, noon)
    assert again.reserve == reserves(draw)[1]
    assert queries.line_of(firms[0]).current == again.reserve
    with pytest.raises(Refused, match="已由备选替换"):
        propose(firms[0], cast, noon)


def test_not_found_is_no_reason(cast, noon, firms):
    for reason in ("NOT_FOUND", "", "closed"):
        with pytest.raises(Refused, match="查无下落的，由两组不同人员各去一次"):
            propose(firms[0], cast, noon, reason=reason)
    assert not UsedReserve.objects.exists()


def test_a_firm_counts_as_closed_when_the_register_says_so(cast, noon, firms):
    with pytest.raises(Refused, match=f"名录里{firms[0].name}还是存续。先在“两库”里把它登记为注销"):
        propose(firms[0], cast, noon, reason="CLOSED")
    with unguarded():
        Subject.objects.filter(pk=firms[0].subject_id).update(state="CLOSED")
    drawn = DrawnSubject.objects.get(pk=firms[0].pk)
    assert propose(drawn, cast, noon, reason="CLOSED").is_proposed


def test_every_reason_is_told(cast, noon, firms):
    with pytest.raises(Refused, match="写明理由"):
        propose(firms[0], cast, noon, reason_text="")
    with pytest.raises(Refused, match="理由最多 500 字"):
        propose(firms[0], cast, noon, reason_text="迁" * 501)


def test_a_firm_is_proposed_once(cast, noon, firms):
    propose(firms[0], cast, noon)
    with pytest.raises(Refused, match="已提出由备选替换"):
        propose(firms[0], cast, noon)


def test_when_the_reserves_are_used_up_the_refusal_says_what_to_do(cast, noon, draw, firms):
    drawn = firms[0]
    for _reserve in reserves(draw):
        drawn = decide(propose(drawn, cast, noon), cast, noon).reserve
    with pytest.raises(Refused, match=r"“一般”这一层的备选已经用完.*补充抽取"):
        propose(drawn, cast, noon)


@pytest.mark.parametrize("when", ["proposed", "decided"])
def test_who_must_not_go_to_the_reserve_is_substituted_first(cast, noon, draw, firms, when):
    person = firms[0].inspectors.order_by("pk")[0].inspector
    used = propose(firms[0], cast, noon) if when == "decided" else None
    registers.avoidance(reserves(draw)[0].subject, person)
    with pytest.raises(Refused, match=f"{person.name}不能检查下一户备选.*先在现在这户为其办理人员递补"):
        decide(used, cast, noon) if used else propose(firms[0], cast, noon)


def test_who_does_not_cover_the_area_of_the_reserve_is_substituted_first(cast, noon, firms):
    person = firms[0].inspectors.order_by("pk")[0].inspector
    with unguarded():
        Inspector.objects.filter(pk=person.pk).update(areas="B9")
    with pytest.raises(Refused, match="回避或片区不符"):
        propose(firms[0], cast, noon)


def test_a_substitute_at_a_reserve_follows_the_order_of_the_firm_it_stands_for(cast, noon, firms):
    used = decide(propose(firms[0], cast, noon), cast, noon)
    leaves = firms[0].inspectors.filter(department=cast.market).order_by("position")[0].inspector
    order = actions.propose_substitute(used.reserve, leaves=leaves, reason_text="住院", by=cast.handler, at=noon)
    row = actions.decide_substitute(order, agreed=True, by=cast.approver, at=noon)
    assert row.drawn == used.reserve
    assert queries.earlier_substitutions(firms[0].draw) == [(firms[0].code, "market", leaves.code, row.enters.code)]
    assert row.enters_id in {sent.inspector_id for sent in queries.line_of(firms[0]).party}


def test_only_the_lead_proposes_and_its_head_decides_once(cast, noon, firms):
    for person in (cast.fire_handler, cast.stranger, cast.discipline, cast.inspector):
        with pytest.raises(Forbidden):
            propose(firms[0], cast, noon, by=person)
    own = propose(firms[0], cast, noon, by=cast.approver)
    for person in (cast.approver, cast.handler, cast.fire_approver, cast.stranger):
        with pytest.raises(Forbidden):
            decide(own, cast, noon, by=person)
    assert list(queries.reserves_awaiting(cast.approver)) == []
    with pytest.raises(Forbidden, match="提出的人不能自己批准"):
        decide(own, cast, noon, by=cast.approver)


def test_a_decision_on_a_reserve_stands(cast, noon, firms):
    used = propose(firms[0], cast, noon)
    assert list(queries.reserves_awaiting(cast.approver)) == [used]
    with pytest.raises(Refused, match="不同意的，写明理由"):
        decide(used, cast, noon, agreed=False)
    decide(used, cast, noon)
    with pytest.raises(Refused, match="已经决定过"):
        decide(used, cast, noon)
    with unguarded(), pytest.raises(IntegrityError, match="对象递补的记录不能修改"), transaction.atomic():
        UsedReserve.objects.filter(pk=used.pk).update(decision="REFUSED")


def test_the_public_reads_which_firm_stands_for_which_and_why(cast, noon, draw, firms):
    used = decide(propose(firms[0], cast, noon, reason_text="内部说明"), cast, noon)
    with unguarded():
        actions.bring_into_force(draw, by=cast.handler, at=noon)
    (change,) = queries.public_changes(Draw.objects.get(pk=draw.pk), noon)
    assert (change.why, change.enters) == ("迁出", f"{used.reserve.name}（{used.reserve.code}）")
    assert "内部说明" not in str(change)
