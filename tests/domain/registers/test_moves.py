"""Who came into registers, tags and pools and left them: kept with who, when, before, after, why."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.models import BatchKind, Register, RegisterEntry, RegisterMove, Subject
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(cast) -> SimpleNamespace:
    """A department register with one part, and two firms of the master register."""
    whole = actions.open_register(cast.market, kind="DEPARTMENT", name="食品库", by=cast.handler, at=NOON)
    part = actions.open_register(cast.market, kind="SUB", name="小餐饮", parent=whole, by=cast.handler, at=NOON)
    return SimpleNamespace(
        whole=whole, part=part, noodles=make.subject(1, name="面馆"), hotel=make.subject(2, name="酒店")
    )


def told(firm: Subject) -> list[tuple[str, bool, str, str]]:
    return [(move.name, move.is_entry, move.reason, move.moved_by.username) for move in queries.moves_of(firm)]


def test_each_coming_and_going_is_kept_with_its_reason_in_the_part_and_in_the_whole(cast, shelf):
    by = cast.handler
    actions.enter_subjects(shelf.part, [shelf.noodles.code, "NOBODY"], reason=" 新开 ", by=by, at=NOON)
    actions.enter_subjects(shelf.part, [shelf.noodles.code], reason="再来", by=by, at=NOON + timedelta(minutes=1))
    assert sorted(told(shelf.noodles)) == [
        ("小餐饮", True, "新开", by.username),
        ("食品库", True, "新开", by.username),
    ]
    actions.remove_subjects(shelf.whole, [shelf.noodles.code], reason="改行", by=by, at=NOON + timedelta(hours=1))
    assert sorted(told(shelf.noodles)[:2]) == [
        ("小餐饮", False, "改行", by.username),
        ("食品库", False, "改行", by.username),
    ]
    assert not RegisterEntry.objects.exists()
    assert told(shelf.hotel) == []


def test_what_is_kept_outlives_the_register_and_cannot_be_rewritten(cast, shelf):
    actions.enter_subjects(shelf.part, [shelf.hotel.code], by=cast.handler, at=NOON)
    actions.drop_register(shelf.part, by=cast.handler, at=NOON + timedelta(hours=1))
    assert told(shelf.hotel)[0] == ("小餐饮", False, "名录库已删除", cast.handler.username)
    for change in (
        lambda: RegisterMove.objects.update(reason="别的"),
        lambda: RegisterMove.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="出入库记录不能"), unguarded(), transaction.atomic():
            change()


def test_a_reason_is_short_and_a_namesake_in_another_county_has_a_history_of_its_own(cast, shelf):
    with pytest.raises(Refused, match="超过 200 个字"):
        actions.enter_subjects(shelf.part, [shelf.hotel.code], reason="字" * 201, by=cast.handler, at=NOON)
    twin = make.subject(2, name="邻县同码", place=cast.stranger.department.region)
    actions.enter_subjects(shelf.part, [shelf.hotel.code], by=cast.handler, at=NOON)
    assert (len(told(shelf.hotel)), told(twin)) == (2, [])


# proves S0-12
def test_a_department_register_stands_on_the_master_register_and_adds_its_own_tags(cast, shelf):
    by = cast.handler
    tag = actions.open_register(cast.market, kind="TAG", name="网红店", by=by, at=NOON)
    actions.enter_subjects(shelf.whole, [shelf.noodles.code, "91NOBODY"], by=by, at=NOON)
    actions.enter_subjects(tag, [shelf.noodles.code], by=by, at=NOON)
    assert [register.name for register in queries.tags_of(shelf.noodles)] == ["食品库", "网红店"]
    # Nothing is copied: what the master register says of a firm, its department registers say at once.
    actions.close_subject(shelf.noodles, reason="注销", by=by, at=NOON)
    assert [firm.state for firm in queries.entries_of(shelf.whole)] == ["CLOSED"]
    # Whoever is not in the master register is in none that stands on it.
    assert not Subject.objects.filter(code="91NOBODY").exists()
    actions.remove_subjects(tag, [shelf.noodles.code], by=by, at=NOON)
    assert list(queries.entries_of(shelf.whole)) == [shelf.noodles]


# proves S0-12
def test_a_department_inherits_whatever_a_filter_of_the_master_register_leaves(cast, shelf):
    make.subject(3, name="邻县面馆", place=cast.stranger.department.region)
    make.subject(4, name="作废面馆", state="VOID")
    found = Subject.objects.filter(name__endswith="面馆")
    done = actions.fill_register(shelf.part, found, reason="全部餐饮", by=cast.handler, at=NOON)
    assert (done.entered, done.known, done.unknown) == (1, 0, [])
    assert list(queries.entries_of(shelf.part)) == list(queries.entries_of(shelf.whole)) == [shelf.noodles]
    assert told(shelf.noodles)[0][2] == "全部餐饮"
    again = actions.fill_register(shelf.part, found, by=cast.handler, at=NOON)
    assert (again.entered, again.known, len(told(shelf.noodles))) == (0, 1, 2)
    with pytest.raises(Refused, match="没有符合条件的对象"):
        actions.fill_register(shelf.part, Subject.objects.filter(name="没有"), by=cast.handler, at=NOON)
    for person in (cast.approver, cast.stranger, cast.fire_handler):
        with pytest.raises(Forbidden):
            actions.fill_register(shelf.part, found, by=person, at=NOON)


def test_whoever_confirms_a_register_is_told_what_came_into_sets_and_pools_and_left(cast, shelf):
    by = cast.handler
    actions.enter_subjects(shelf.part, [shelf.noodles.code, shelf.hotel.code], by=by, at=NOON)
    actions.remove_subjects(shelf.part, [shelf.hotel.code], by=by, at=NOON)
    actions.drop_register(shelf.part, by=by, at=NOON)
    pool = actions.open_pool(cast.market, name="餐饮库", by=by, at=NOON)
    people = [make.inspector(cast.fire, number) for number in (1, 2)]
    members = [actions.propose_member(pool, person.code, by=by, at=NOON) for person in people]
    actions.agree_member(members[0], by=cast.fire_approver, at=NOON)
    for member in members:
        actions.leave_pool(member, reason="调离", by=by, at=NOON + timedelta(minutes=5))
    found = queries.changes_since(cast.region, NOON)
    assert sorted((change.register, str(change.what), change.how_many) for change in found) == [
        (BatchKind.INSPECTORS, "人员进入“餐饮库”", 1),
        (BatchKind.INSPECTORS, "人员退出“餐饮库”", 1),
        (BatchKind.SUBJECTS, "删除名录库“小餐饮”", 1),
        (BatchKind.SUBJECTS, "对象离开“小餐饮”", 1),
        (BatchKind.SUBJECTS, "对象进入“小餐饮”", 2),
    ]
    assert queries.changes_since(cast.stranger.department.region, NOON) == []
    assert [entry.event for entry in queries.pool_trail_of(people[1])] == [
        "registers.pool_member_proposed",
        "registers.pool_member_left",
    ]


def test_a_large_register_is_filled_and_dropped_in_a_few_statements(cast, shelf, django_assert_max_num_queries):
    [make.subject(number) for number in range(3, 301)]
    with django_assert_max_num_queries(45):
        actions.fill_register(shelf.part, Subject.objects.all(), by=cast.handler, at=NOON)
        actions.drop_register(shelf.part, by=cast.handler, at=NOON)
    assert RegisterMove.objects.filter(name="小餐饮").count() == 2 * 300
    assert Register.objects.get().entries.count() == 300
    assert Entry.objects.filter(event="registers.subjects_entered").get().details["entered"] == 300
