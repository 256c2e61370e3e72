"""Substitutes and reserves after the dispatch: the visit follows the draw, and nothing that was drawn disappears."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws.actions import propose_reserve, propose_substitute
from mingcha.domain.inspections import actions, queries
from mingcha.domain.inspections.models import Assignment, Inspection, Visit
from mingcha.domain.organisation.models import Role
from mingcha.domain.plans.models import CampaignDepartment
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import draws
from tests.factories.organisation import unguarded, user

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)  # the campaign of tests/factories/draws begins a week after noon


@pytest.fixture
def draw(cast, noon):
    """A real draw, sent out."""
    draw = draws.draw_at(cast, "SIGNED")
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    return draw


@pytest.fixture
def part(cast, draw) -> Inspection:
    """The market's part at the first firm of a stratum with reserves."""
    drawn = draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[0]
    return Inspection.objects.get(visit__drawn=drawn, department=cast.market)


def first_of(part: Inspection) -> Inspector:
    return part.assignments.standing().order_by("position")[0].inspector


def account(person: Inspector):
    """A log-in for somebody of the roster."""
    with unguarded():
        login = user(person.code, Role.INSPECTOR, within=person.department)
        Inspector.objects.filter(pk=person.pk).update(user=login)
    return login


def ask(part: Inspection, leaves: Inspector, cast, at):
    return actions.ask_substitute(part.visit.drawn, leaves=leaves, reason_text="住院", by=cast.handler, at=at)


def replaced(part: Inspection, leaves: Inspector, cast, at):
    return actions.replace_inspector(ask(part, leaves, cast, at), agreed=True, by=cast.approver, at=at)


# proves S0-23
def test_the_substitute_takes_the_position_and_who_was_drawn_stays_to_be_seen(cast, noon, part):
    leaves = first_of(part)
    row = replaced(part, leaves, cast, noon)
    old, new = part.assignments.get(inspector=leaves), part.assignments.get(inspector=row.enters)
    assert (old.withdrawn_at, new.withdrawn_at, new.sent_at) == (noon, None, noon)
    assert new.position == old.position
    last = list(trail_of(part))[-1]
    assert (last.event, last.details) == ("inspection.replaced", {"leaves": leaves.code, "enters": row.enters.code})


def test_who_was_replaced_has_nothing_more_to_do_there(cast, noon, part):
    leaves = first_of(part)
    login = account(leaves)
    assert part in queries.worklist_of(login)
    row = replaced(part, leaves, cast, noon)
    assert part not in queries.worklist_of(login)
    assert part in queries.worklist_of(account(row.enters))
    for act in (actions.arrive, actions.acknowledge):
        with pytest.raises(Forbidden, match="您不在这户的检查人员里"):
            act(part, by=login, at=noon + WEEK)


def test_who_was_replaced_does_not_count_towards_the_two_at_the_door(cast, noon, part):
    leaves = first_of(part)
    other = part.assignments.exclude(inspector=leaves)[0].inspector
    row = replaced(part, leaves, cast, noon)
    with unguarded():
        part.assignments.filter(inspector__in=[leaves, other]).update(arrived_at=noon)
        with pytest.raises(IntegrityError, match="须有两名执法人员到场"), transaction.atomic():
            Inspection.objects.filter(pk=part.pk).update(state="VISITING")
        part.assignments.update(arrived_at=None)
    actions.arrive(part, by=account(other), at=noon + WEEK)
    assert actions.arrive(part, by=account(row.enters), at=noon + WEEK).is_visiting


def test_nobody_is_replaced_who_stands_at_the_door(cast, noon, part):
    leaves = first_of(part)
    waiting = ask(part, leaves, cast, noon + WEEK)
    actions.arrive(part, by=account(leaves), at=noon + WEEK)
    with pytest.raises(Refused, match=f"{leaves.name}今天已经登记到场，不能换人"):
        actions.replace_inspector(waiting, agreed=True, by=cast.approver, at=noon + WEEK)
    waiting.refresh_from_db()
    assert waiting.is_proposed
    day_after = noon + WEEK + timedelta(days=1)
    assert actions.replace_inspector(waiting, agreed=True, by=cast.approver, at=day_after).is_approved


def test_nobody_is_replaced_once_the_visit_runs(cast, noon, part):
    first, second = (row.inspector for row in part.assignments.order_by("position"))
    waiting = ask(part, first, cast, noon)
    for person in (first, second):
        actions.arrive(part, by=account(person), at=noon + WEEK)
    with pytest.raises(Refused, match="现在是“检查中”，检查开始后不能换人"):
        actions.replace_inspector(waiting, agreed=True, by=cast.approver, at=noon + WEEK)
    assert not part.assignments.exclude(withdrawn_at=None).exists()
    with pytest.raises(Refused, match="检查开始后不能换人"):
        part.refresh_from_db()
        actions.replace_inspector(waiting, agreed=True, by=cast.approver, at=noon + 2 * WEEK)


def test_the_database_itself_lets_nobody_leave_late_come_back_or_vanish(cast, noon, part):
    leaves = first_of(part)
    replaced(part, leaves, cast, noon)
    with unguarded():
        mine = Assignment.objects.filter(inspection=part)
        with pytest.raises(IntegrityError, match="已退出的人员不能恢复"), transaction.atomic():
            mine.filter(inspector=leaves).update(withdrawn_at=None)
        with pytest.raises(IntegrityError, match="派出人员不能删除"), transaction.atomic():
            mine.filter(inspector=leaves).delete()
        mine.filter(withdrawn_at=None).update(arrived_at=noon)
        Inspection.objects.filter(pk=part.pk).update(state="VISITING")
        with pytest.raises(IntegrityError, match="检查开始后不能换人"), transaction.atomic():
            mine.filter(withdrawn_at=None).update(withdrawn_at=noon)


def test_a_refused_substitution_moves_nobody(cast, noon, part):
    leaves = first_of(part)
    row = ask(part, leaves, cast, noon)
    actions.replace_inspector(row, agreed=False, remark="能参加", by=cast.approver, at=noon)
    assert first_of(part) == leaves
    assert part.assignments.count() == 2


def test_what_was_approved_before_the_dispatch_goes_out_with_it(cast, noon):
    draw = draws.draw_at(cast, "SIGNED")
    drawn, moved = draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[:2]
    leaves = drawn.inspectors.filter(department=cast.market)[0].inspector
    row = propose_substitute(drawn, leaves=leaves, reason_text="住院", by=cast.handler, at=noon)
    actions.replace_inspector(row, agreed=True, by=cast.approver, at=noon)
    used = propose_reserve(moved, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    actions.replace_subject(used, agreed=True, by=cast.approver, at=noon)
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    sent = Assignment.objects.filter(inspection__visit__drawn=drawn).values_list("inspector", flat=True)
    assert row.enters_id in sent
    assert leaves.pk not in sent
    assert {part.state for part in queries.parts_of(moved)} == {"CALLED_OFF"}
    assert {part.state for part in queries.parts_of(used.reserve)} == {"ASSIGNED"}
    assert not Assignment.objects.filter(inspection__visit__drawn=moved).exists()


def test_a_reserve_is_visited_instead_by_the_same_people_for_the_same_items(cast, noon, part):
    drawn, party = part.visit.drawn, list(part.assignments.values_list("inspector", "position"))
    used = actions.ask_reserve(drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    actions.replace_subject(used, agreed=True, by=cast.approver, at=noon)
    new = Inspection.objects.get(visit__drawn=used.reserve, department=cast.market)
    assert list(new.assignments.values_list("inspector", "position")) == party
    assert [f.item_id for f in new.findings.all()] == [f.item_id for f in part.findings.all()]
    assert {row.state for row in queries.parts_of(drawn)} == {"CALLED_OFF"}
    assert queries.parts_of(used.reserve).count() == 2
    assert [entry.event for entry in trail_of(new)] == ["inspection.opened_for_reserve"]
    assert Visit.objects.filter(drawn=drawn).exists()


def test_a_visit_that_was_called_off_counts_nowhere(cast, noon, part):
    party = CampaignDepartment.objects.get(campaign=part.campaign, department=cast.market)
    before = queries.progress_of(party)
    login = account(first_of(part))
    used = actions.ask_reserve(part.visit.drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    actions.replace_subject(used, agreed=True, by=cast.approver, at=noon)
    assert queries.progress_of(party) == before
    assert part not in queries.worklist_of(login)
    assert part not in queries.unconfirmed_in(part.campaign)
    assert part.pk not in queries.new_for(login).values_list("inspection", flat=True)
    assert part.pk not in queries.notices_visible_to(cast.handler).values_list("inspection", flat=True)
    with unguarded(), pytest.raises(IntegrityError, match="已由备选替换的检查不能恢复"), transaction.atomic():
        Inspection.objects.filter(pk=part.pk).update(state="ASSIGNED")


def test_a_firm_where_somebody_stands_at_the_door_is_not_replaced(cast, noon, part):
    drawn, day = part.visit.drawn, noon + WEEK
    used = actions.ask_reserve(drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=day)
    actions.arrive(part, by=account(first_of(part)), at=day)
    with pytest.raises(Refused, match="今天已经在这户登记到场，不能启用备选"):
        actions.replace_subject(used, agreed=True, by=cast.approver, at=day)
    assert not Visit.objects.filter(drawn=used.reserve).exists()


def test_a_firm_that_any_department_inspects_already_is_not_replaced(cast, noon, part):
    for row in list(part.assignments.order_by("position")):
        actions.arrive(part, by=account(row.inspector), at=noon + WEEK)
    with pytest.raises(Refused, match="现在是“检查中”，检查开始后不能启用备选"):
        actions.ask_reserve(part.visit.drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon + WEEK)


def test_a_refused_reserve_leaves_the_visit_as_it_was(cast, noon, part):
    used = actions.ask_reserve(part.visit.drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    actions.replace_subject(used, agreed=False, remark="仍在本县", by=cast.approver, at=noon)
    part.refresh_from_db()
    assert part.awaits_inspectors
    assert not Visit.objects.filter(drawn=used.reserve).exists()


def test_everyone_goes_once_however_often_people_change(cast, noon, part):
    for _change in range(2):
        replaced(part, first_of(part), cast, noon)
    standing = part.assignments.standing()
    assert sorted(standing.values_list("position", flat=True)) == [1, 2]
    assert part.assignments.count() == 4
