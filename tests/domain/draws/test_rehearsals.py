"""演练: the whole ceremony on invented firms; nothing follows from it."""

import pytest

import fairdraw
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, DrawnInspector
from mingcha.domain.draws.queries import assignments_this_year, list_is_public
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Subject
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.domain.draws.test_guards import tamper
from tests.factories import draws

pytestmark = pytest.mark.django_db


def rehearsal(cast, phase="SIGNED", campaign=None):
    """A rehearsal taken as far as a phase."""
    campaign = campaign or draws.county(cast)
    draw = actions.open_rehearsal(campaign, by=cast.handler, at=draws.NOON, pairing_code=lambda: draws.PAIRING)
    room = draws.Room(cast, draw)
    for name in ("示范甲", "示范乙"):
        room.seat_witness(name)
    for step in draws.STEPS[: draws.PHASES.index(phase)]:
        step(room, draws.NOON)
    return room.now()


def test_a_rehearsal_has_its_own_numbers(cast):
    draw = rehearsal(cast, "SEATS")
    assert draw.number.endswith("-market-YANLIAN-001")
    real = actions.open_draw(draw.campaign, by=cast.handler, at=draws.NOON)
    assert real.number.endswith("-market-001")
    tamper("UPDATE draws_draw SET is_rehearsal = %s WHERE id = %s", False, draw.pk, says="既定内容不能修改")


def test_a_rehearsal_draws_invented_firms_and_people_and_verifies(cast):
    draw = rehearsal(cast)
    codes = set(draw.subjects.values_list("code", flat=True))
    assert codes
    assert not Subject.objects.filter(code__in=codes).exists()
    assert all(row.subject is None and row.name.startswith("演练企业") for row in draw.subjects.all())
    people = DrawnInspector.objects.filter(drawn__draw=draw)
    assert people.exists()
    assert all(person.inspector is None and person.name.startswith("演练人员") for person in people)
    files = {file.name: bytes(file.content) for file in draw.files.all()}
    assert fairdraw.verify(fairdraw.Bundle(files=files), draw.rules_digest, draw.freeze_digest).exit_code == 0


def test_nothing_follows_from_a_rehearsal(cast):
    draw = rehearsal(cast)
    assert draw.is_over
    assert Campaign.objects.get(pk=draw.campaign_id).may_be_drawn
    codes = list(DrawnInspector.objects.filter(drawn__draw=draw).values_list("code", flat=True))
    assert assignments_this_year(codes, draws.NOON.year) == {}
    assert draws.draw_at(cast, "IN_FORCE", draw.campaign).is_in_force


def test_a_rehearsal_never_comes_into_force(cast):
    draw = rehearsal(cast)
    tamper("UPDATE draws_draw SET state = 'IN_FORCE' WHERE id = %s", draw.pk, says="CHECK|check|rehearsal")
    assert Draw.objects.get(pk=draw.pk).is_signed


def test_anybody_may_read_a_rehearsal_once_it_has_a_result(cast):
    draw = rehearsal(cast, "DICE")
    assert not list_is_public(draw, now=draws.NOON)
    campaign = draw.campaign
    assert list_is_public(rehearsal(cast, "RESULT", campaign), now=draws.NOON)


def test_who_may_draw_may_rehearse_and_nobody_else(cast):
    campaign = draws.county(cast)
    for person in (cast.approver, cast.stranger, cast.inspector):
        with pytest.raises(Forbidden):
            actions.open_rehearsal(campaign, by=person, at=draws.NOON)


def test_a_campaign_without_strata_has_nothing_to_rehearse(cast):
    campaign = draws.county(cast)
    with draws.unguarded():
        campaign.strata.all().delete()
    refused("还没有分层", actions.open_rehearsal, campaign, by=cast.handler, at=draws.NOON)
