"""A formal void: two bodies, a reason, public; what was drawn stays drawn."""

from datetime import timedelta

import pytest

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import DrawnSubject
from mingcha.domain.plans.models import Campaign
from mingcha.kit.errors import Forbidden
from tests.domain.draws.refusing import refused
from tests.domain.draws.test_guards import tamper
from tests.factories import draws

pytestmark = pytest.mark.django_db


def propose(draw, by, reason="纪检监察机构拒绝签字"):
    return actions.propose_void(draw, reason=reason, by=by, at=draws.NOON)


def confirm(draw, by):
    """A day later: a draw without a result waits so long for its openings."""
    return actions.confirm_void(draw, by=by, at=draws.NOON + timedelta(days=1))


def voided(cast, phase="RESULT"):
    draw = draws.draw_at(cast, phase)
    propose(draw, cast.approver)
    return confirm(draw, cast.discipline)


# proves S0-21
@pytest.mark.parametrize("phase", ["DICE", "RESULT", "SIGNED"])
def test_head_and_discipline_body_void_a_draw_after_the_dice(cast, phase):
    assert voided(cast, phase).is_voided


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED", "IN_FORCE"])
def test_there_is_no_void_before_the_dice_or_after_the_draw_took_effect(cast, phase):
    draw = draws.draw_at(cast, phase)
    refused("用中止", propose, draw, cast.approver)
    refused("用中止", confirm, draw, cast.discipline)
    tamper("UPDATE draws_draw SET state = 'VOIDED' WHERE id = %s", draw.pk, says="不能宣告无效")


def test_a_void_has_a_reason_and_two_bodies(cast):
    draw = draws.draw_at(cast, "RESULT")
    refused("还没有人提出宣告无效", confirm, draw, cast.discipline)
    assert refused("写明宣告无效的理由", propose, draw, cast.approver, " ").field == "reason"
    for person in (cast.handler, cast.discipline, cast.stranger):
        with pytest.raises(Forbidden):
            propose(draw, person)
    propose(draw, cast.approver)
    refused("已提出宣告无效", propose, draw, cast.approver)
    for person in (cast.approver, cast.handler, cast.stranger):
        with pytest.raises(Forbidden):
            confirm(draw, person)


def test_a_void_is_final(cast):
    draw = voided(cast)
    refused("已经宣告无效", propose, draw, cast.approver)
    refused("不能从|现在是", actions.sign, draw, seat="agency", outcome="SIGNED", by=cast.approver, at=draws.NOON)
    tamper("UPDATE draws_draw SET state = 'SIGNED' WHERE id = %s", draw.pk, says="不能退回|不能恢复")
    tamper("UPDATE draws_draw SET void_reason = '' WHERE id = %s", draw.pk, says="既定内容不能修改")


# proves S4-07
def test_what_a_void_draw_drew_stays_drawn_outside_the_next_quotas(cast):
    first = voided(cast)
    drawn = set(DrawnSubject.objects.filter(draw=first, reserve=False).values_list("code", flat=True))
    campaign = Campaign.objects.get(pk=first.campaign_id)
    assert campaign.may_be_drawn
    again = draws.room_at(cast, "RESULT", campaign).draw
    excluded = bytes(again.files.get(name="excluded.tsv").content).decode().split("\n")
    assert {line.split("\t")[0] for line in excluded if line.endswith("carried-over")} == drawn
    assert drawn.isdisjoint(again.subjects.values_list("code", flat=True))


def test_a_void_without_a_result_leaves_the_campaign_to_be_drawn(cast):
    first = voided(cast, "DICE")
    assert not first.has_result
    assert draws.room_at(cast, "RESULT", Campaign.objects.get(pk=first.campaign_id)).draw.has_result
