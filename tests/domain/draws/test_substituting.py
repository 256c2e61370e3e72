"""人员递补: the next person of the same order, never one that somebody chose."""

import pytest
from django.db import IntegrityError, transaction

import fairdraw
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws import actions, queries
from mingcha.domain.draws.models import Draw, DrawnInspector, DrawnSubject, Substitution
from mingcha.domain.draws.rules import check_changeable
from mingcha.domain.organisation.models import Role
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import draws
from tests.factories.organisation import unguarded, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draw(cast) -> Draw:
    return draws.draw_at(cast, "SIGNED")


@pytest.fixture
def drawn(draw) -> DrawnSubject:
    return draw.subjects.filter(reserve=False).order_by("pk")[0]


def first_at(drawn: DrawnSubject, department: str = "market") -> Inspector:
    return drawn.inspectors.filter(department__code=department).order_by("position")[0].inspector


def order_at(drawn: DrawnSubject, earlier: tuple[fairdraw.Substitution, ...] = ()) -> list[str]:
    """What anybody computes from the bundle."""
    draw = drawn.draw
    files = {file.name: bytes(file.content) for file in draw.files.all()}
    outcome = fairdraw.draw(fairdraw.check_files(files), draw.key)
    return fairdraw.substitutes(outcome, draw.key, drawn.code, "market", earlier)


def propose(drawn: DrawnSubject, leaves: Inspector, cast, noon, *, reason_text: str = "住院", by=None) -> Substitution:
    return actions.propose_substitute(drawn, leaves=leaves, reason_text=reason_text, by=by or cast.handler, at=noon)


def substituted(drawn: DrawnSubject, leaves: Inspector, cast, noon) -> Substitution:
    row = propose(drawn, leaves, cast, noon)
    return actions.decide_substitute(row, agreed=True, by=cast.approver, at=noon)


# proves S0-21
def test_who_enters_is_the_next_in_the_order_that_anybody_computes_from_the_bundle(cast, noon, drawn):
    row = propose(drawn, first_at(drawn), cast, noon)
    assert row.enters.code == order_at(drawn)[0]
    assert (row.department.code, row.reason_text, row.is_proposed) == ("market", "住院", True)


def test_a_substitution_counts_once_it_is_approved(cast, noon, drawn):
    leaves = first_at(drawn)
    row = propose(drawn, leaves, cast, noon)
    assert leaves.pk in {sent.inspector_id for sent in queries.line_of(drawn).party}
    actions.decide_substitute(row, agreed=True, by=cast.approver, at=noon)
    party = {
        sent.inspector_id: sent.position
        for sent in queries.line_of(drawn).party
        if sent.department_id == cast.market.pk
    }
    place = DrawnInspector.objects.get(drawn=drawn, inspector=leaves)
    assert leaves.pk not in party
    assert party[row.enters_id] == place.position


# proves S0-23
def test_the_trail_says_who_proposed_and_who_decided(cast, noon, drawn):
    row = substituted(drawn, first_at(drawn), cast, noon)
    proposed, decided = list(trail_of(drawn.draw))[-2:]
    assert (proposed.event, decided.event) == ("draw.substitute_proposed", "draw.substitute_decided")
    assert (proposed.details["leaves"], proposed.details["enters"]) == (row.leaves.code, row.enters.code)
    assert decided.details["decision"] == "APPROVED"


def test_when_nobody_is_left_the_refusal_says_what_to_do(cast, noon, drawn):
    with unguarded():
        Inspector.objects.filter(code__in=order_at(drawn)).update(state="SUSPENDED")
    with pytest.raises(Refused, match=r"市场监督管理局没有可以递补的人员.*另行立项做补充抽取.*借用人员"):
        propose(drawn, first_at(drawn), cast, noon)
    assert not Substitution.objects.exists()


def test_nobody_leaves_a_place_where_they_do_not_go(cast, noon, drawn):
    with pytest.raises(Refused, match="不在这户的检查人员里"):
        propose(drawn, Inspector.objects.get(code=order_at(drawn)[0]), cast, noon)


def test_a_place_has_one_undecided_substitution_and_every_one_has_a_reason(cast, noon, drawn):
    with pytest.raises(Refused, match="写明理由"):
        propose(drawn, first_at(drawn), cast, noon, reason_text=" \u200b ")
    with pytest.raises(Refused, match="理由最多 200 字"):
        propose(drawn, first_at(drawn), cast, noon, reason_text="病" * 201)
    propose(drawn, first_at(drawn), cast, noon)
    with pytest.raises(Refused, match="已有一项待批准的递补"):
        propose(drawn, first_at(drawn), cast, noon)
    assert Substitution.objects.count() == 1


def test_a_reserve_that_nobody_took_has_nobody_to_replace(cast, noon, draw):
    reserve = draw.subjects.filter(reserve=True)[0]
    person = Inspector.objects.filter(department=cast.market)[0]
    with pytest.raises(Refused, match="是备选，没有启用"):
        propose(reserve, person, cast, noon)


def test_a_draw_that_is_not_signed_changes_nobody(cast, noon):
    drawn = draws.draw_at(cast, "RESULT").subjects.filter(reserve=False)[0]
    with pytest.raises(Refused, match="签字齐全后才能办理递补"):
        propose(drawn, first_at(drawn), cast, noon)


def test_a_void_draw_changes_nobody_before_its_firms_are_sent_out(cast, noon):
    draw = draws.draw_at(cast, "SIGNED")
    actions.propose_void(draw, reason="名录有误", by=cast.approver, at=noon)
    actions.confirm_void(draw, by=cast.discipline, at=noon)
    drawn = DrawnSubject.objects.filter(reserve=False)[0]
    with pytest.raises(Refused, match="已宣告无效；抽中的对象随下一次抽取一并派发"):
        propose(drawn, first_at(drawn), cast, noon)


def test_a_rehearsal_changes_nobody():
    with pytest.raises(Refused, match="演练 D-YANLIAN-001 不派人检查"):
        check_changeable(Draw(number="D-YANLIAN-001", is_rehearsal=True), carried=False, names_open=True)


def test_a_sealed_draw_names_nobody_before_the_dispatch(cast, noon, drawn):
    with unguarded():
        Campaign.objects.update(list_timing="AT_END")
    drawn = DrawnSubject.objects.get(pk=drawn.pk)
    with pytest.raises(Refused, match="按密封方式公开，生效派发之前不显示名单"):
        propose(drawn, first_at(drawn), cast, noon)


def test_only_people_of_the_two_departments_propose(cast, noon, drawn):
    for person in (cast.stranger, cast.inspector, cast.discipline, cast.fire_handler):
        with pytest.raises(Forbidden):
            propose(drawn, first_at(drawn), cast, noon, by=person)
    assert propose(drawn, first_at(drawn, "fire"), cast, noon, by=cast.fire_handler).department == cast.fire


def test_the_proposer_and_strangers_do_not_decide(cast, noon, drawn):
    row = propose(drawn, first_at(drawn), cast, noon, by=cast.approver)
    with pytest.raises(Forbidden, match="提出的人不能自己批准"):
        actions.decide_substitute(row, agreed=True, by=cast.approver, at=noon)
    for person in (cast.handler, cast.fire_approver, cast.discipline, cast.stranger):
        with pytest.raises(Forbidden):
            actions.decide_substitute(row, agreed=True, by=person, at=noon)
    row.refresh_from_db()
    assert row.is_proposed


def test_the_head_of_the_lead_or_of_the_inspectors_department_decides(cast, noon, drawn):
    own = propose(drawn, first_at(drawn, "fire"), cast, noon, by=cast.fire_handler)
    assert actions.decide_substitute(own, agreed=True, by=cast.fire_approver, at=noon).is_approved
    again = propose(drawn, own.enters, cast, noon, by=cast.fire_handler)
    assert actions.decide_substitute(again, agreed=True, by=cast.approver, at=noon).is_approved


def test_nobody_decides_on_the_own_place(cast, noon, drawn):
    row = propose(drawn, first_at(drawn), cast, noon)
    head = user("head", Role.APPROVER, within=cast.market)
    with unguarded():
        Inspector.objects.filter(pk=row.leaves_id).update(user=head)
    with pytest.raises(Forbidden, match="本人退出或递补的"):
        actions.decide_substitute(row, agreed=True, by=head, at=noon)


def test_a_no_says_why_and_leaves_everything_as_it_was(cast, noon, drawn):
    leaves = first_at(drawn)
    row = propose(drawn, leaves, cast, noon)
    with pytest.raises(Refused, match="不同意的，写明理由"):
        actions.decide_substitute(row, agreed=False, by=cast.approver, at=noon)
    with pytest.raises(Refused, match="意见最多 300 字"):
        actions.decide_substitute(row, agreed=False, remark="不" * 301, by=cast.approver, at=noon)
    actions.decide_substitute(row, agreed=False, remark="能参加", by=cast.approver, at=noon)
    assert leaves.pk in {sent.inspector_id for sent in queries.line_of(drawn).party}
    assert propose(drawn, leaves, cast, noon).is_proposed


def test_a_decision_is_made_once(cast, noon, drawn):
    row = substituted(drawn, first_at(drawn), cast, noon)
    with pytest.raises(Refused, match="已经决定过"):
        actions.decide_substitute(row, agreed=False, remark="反悔", by=cast.approver, at=noon)
    with unguarded(), pytest.raises(IntegrityError, match="人员递补的记录不能修改"), transaction.atomic():
        Substitution.objects.filter(pk=row.pk).update(enters=row.leaves)


def test_an_approval_never_stands_on_what_has_changed_since(cast, noon, drawn):
    row = propose(drawn, first_at(drawn), cast, noon)
    with unguarded():
        Inspector.objects.filter(pk=row.enters_id).update(state="SUSPENDED")
    with pytest.raises(Refused, match="提出之后情况有变"):
        actions.decide_substitute(row, agreed=True, by=cast.approver, at=noon)
    actions.decide_substitute(row, agreed=False, remark="重新提出", by=cast.approver, at=noon)
    assert propose(drawn, row.leaves, cast, noon).enters != row.enters


def test_the_public_reads_who_changed_without_names_or_illnesses_once_the_list_is_open(cast, noon, drawn):
    row = substituted(drawn, first_at(drawn), cast, noon)
    draw = Draw.objects.get(pk=drawn.draw_id)
    assert queries.public_changes(draw, noon) == []
    with unguarded():
        actions.bring_into_force(draw, by=cast.handler, at=noon)
    draw.refresh_from_db()
    (change,) = queries.public_changes(draw, noon)
    assert change.leaves == f"{row.leaves.code} {row.leaves.name[0]}某"
    assert (change.firm, change.approved_by, change.at) == (drawn.name, "市场监督管理局负责人", noon)
    assert "住院" not in str(change)
    with unguarded():
        Campaign.objects.update(list_timing="AT_END")
    assert queries.public_changes(Draw.objects.get(pk=draw.pk), noon) == []


def test_those_who_may_decide_find_it_waiting(cast, noon, drawn):
    row = propose(drawn, first_at(drawn, "fire"), cast, noon, by=cast.approver)
    waiting = {person: list(queries.substitutions_awaiting(person)) for person in (cast.approver, cast.fire_approver)}
    assert waiting == {cast.approver: [], cast.fire_approver: [row]}
    assert list(queries.substitutions_awaiting(cast.handler)) == []
