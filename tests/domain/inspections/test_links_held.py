"""From the freeze to the dispatch nobody changes, by a link, who is visited by which department."""

from datetime import timedelta

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws.actions import confirm_abort, confirm_void, open_rehearsal, propose_abort, propose_void
from mingcha.domain.draws.jobs import let_links_go_after_the_last_day
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.rules.aftermath import UNOPENED_FOR
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.registers.actions import link_subject, unlink_subject
from mingcha.domain.registers.models import ItemLink, LinkHold, Subject
from mingcha.kit.errors import Refused
from mingcha.kit.schedule import JOBS
from tests.factories import draws, registers

pytestmark = pytest.mark.django_db
HELD = {("market", "M-01"), ("fire", "M-01")}


def held_for(draw: Draw) -> set[tuple[str, str]]:
    return set(LinkHold.objects.filter(held_for=draw.number).values_list("department__code", "item_code"))


def drawn(draw: Draw) -> list[Subject]:
    return [row.subject for row in draw.subjects.filter(reserve=False)]


def test_one_link_after_the_draw_does_not_take_a_department_away_from_every_firm(cast, noon):
    draw = draws.draw_at(cast, "SIGNED")
    elsewhere = registers.subject(9_000)
    with pytest.raises(Refused, match=f"抽取 {draw.number} 已冻结"):
        link_subject(elsewhere, cast.fire, "M-01", by=cast.fire_handler, at=noon)
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    assert Inspection.objects.filter(department=cast.fire).count() == len(drawn(draw))


def test_a_friendly_firm_is_not_unlinked_between_the_draw_and_the_dispatch(cast, noon):
    campaign = draws.county(cast)
    for firm in Subject.objects.all():
        registers.link(firm, cast.fire)
    draw = draws.draw_at(cast, "SIGNED", campaign)
    friend = drawn(draw)[0]
    link = ItemLink.objects.get(subject=friend)
    with pytest.raises(Refused, match="派发前不能减少事项 M-01 的关联"):
        unlink_subject(link, reason="不归本部门", by=cast.fire_handler, at=noon)
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    assert Inspection.objects.filter(department=cast.fire, visit__subject=friend).exists()
    unlink_subject(link, reason="不归本部门", by=cast.fire_handler, at=noon)


def test_the_freeze_holds_the_links_of_every_item_of_the_campaign_and_the_dispatch_lets_them_go(cast, noon):
    made = draws.room_at(cast, "SEATS")
    assert held_for(made.draw) == set()
    draws.freeze(made, noon)
    assert held_for(made.draw) == HELD
    for step in draws.STEPS[1:6]:
        step(made, noon)
    assert held_for(made.draw) == HELD
    actions.dispatch_visits(made.now(), by=cast.handler, at=noon)
    assert not LinkHold.objects.exists()


def test_an_abort_lets_them_go(cast, noon):
    draw = draws.draw_at(cast, "COMMITTED")
    propose_abort(draw, reason="停电", by=cast.handler, at=noon)
    confirm_abort(draw, by=cast.discipline, at=noon)
    assert not LinkHold.objects.exists()


def test_what_a_void_draw_drew_is_held_until_it_is_visited_with_the_next_draw(cast, noon):
    draw = draws.draw_at(cast, "SIGNED")
    propose_void(draw, reason="名录有误", by=cast.approver, at=noon)
    void = confirm_void(draw, by=cast.discipline, at=noon)
    assert held_for(void) == HELD
    following = draws.draw_at(cast, "SIGNED", void.campaign)
    assert (held_for(void), held_for(following)) == (HELD, HELD)
    actions.dispatch_visits(following, by=cast.handler, at=noon)
    assert not LinkHold.objects.exists()


def test_a_draw_that_is_void_without_a_result_lets_them_go(cast, noon):
    draw = draws.draw_at(cast, "DICE")
    propose_void(draw, reason="名录有误", by=cast.approver, at=noon)
    confirm_void(draw, by=cast.discipline, at=noon + UNOPENED_FOR)
    assert not LinkHold.objects.exists()


def void_draw(cast, noon, campaign=None) -> Draw:
    draw = draws.draw_at(cast, "SIGNED", campaign)
    propose_void(draw, reason="名录有误", by=cast.approver, at=noon)
    return confirm_void(draw, by=cast.discipline, at=noon)


def after(draw: Draw, noon):
    """Noon of the day after the campaign's last."""
    return noon + (draw.campaign.ends_on - noon.date()) + timedelta(days=1)


def test_a_void_draw_that_is_never_drawn_again_lets_them_go_after_the_last_day(cast, noon):
    assert JOBS["mingcha.domain.draws.jobs.let_links_go_after_the_last_day"].interval <= timedelta(days=1)
    campaign = draws.county(cast)
    for firm in Subject.objects.all():
        registers.link(firm, cast.fire)
    void = void_draw(cast, noon, campaign)
    link = ItemLink.objects.get(subject=drawn(void)[0])
    late = after(void, noon)
    let_links_go_after_the_last_day(late - timedelta(days=1))
    assert held_for(void) == HELD
    with pytest.raises(Refused, match="派发前不能减少事项 M-01 的关联"):
        unlink_subject(link, reason="不归本部门", by=cast.fire_handler, at=noon)
    let_links_go_after_the_last_day(late)
    let_links_go_after_the_last_day(late)
    assert not LinkHold.objects.exists()
    assert [entry.event for entry in trail_of(void)].count("draw.links_let_go") == 1
    unlink_subject(link, reason="不归本部门", by=cast.fire_handler, at=late)


def test_nothing_lets_them_go_while_the_next_draw_is_under_way_or_one_may_still_take_effect(cast, noon):
    void = void_draw(cast, noon)
    following = draws.draw_at(cast, "COMMITTED", void.campaign)
    let_links_go_after_the_last_day(after(void, noon))
    assert (held_for(void), held_for(following)) == (HELD, HELD)
    propose_abort(following, reason="停电", by=cast.handler, at=noon)
    confirm_abort(following, by=cast.discipline, at=noon)
    assert held_for(void) == HELD
    let_links_go_after_the_last_day(after(void, noon))
    assert not LinkHold.objects.exists()


def test_waiting_for_the_last_day_and_unlinking_a_friend_saves_nobody_when_it_is_drawn_after_all(cast, noon):
    campaign = draws.county(cast)
    for firm in Subject.objects.all():
        registers.link(firm, cast.fire)
    void = void_draw(cast, noon, campaign)
    friend, late = drawn(void)[0], after(void, noon)
    let_links_go_after_the_last_day(late)
    unlink_subject(ItemLink.objects.get(subject=friend), reason="不归本部门", by=cast.fire_handler, at=late)
    following = draws.draw_at(cast, "SIGNED", void.campaign)
    actions.dispatch_visits(following, by=cast.handler, at=late)
    assert Inspection.objects.filter(department=cast.fire, visit__subject=friend).exists()


def test_a_rehearsal_holds_nothing(cast, noon):
    draw = open_rehearsal(draws.county(cast), by=cast.handler, at=noon, pairing_code=lambda: draws.PAIRING)
    made = draws.Room(cast, draw)
    for name in ("示范甲", "示范乙"):
        made.seat_witness(name)
    draws.freeze(made, noon)
    assert made.now().frozen_at is not None
    assert not LinkHold.objects.exists()
