"""Rehearsal seeds before the freeze: made by the worker, once for the same tables, found again after the freeze."""

from datetime import timedelta

import pytest

import fairdraw
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws import actions, queries
from mingcha.domain.draws.jobs import rehearse
from mingcha.domain.draws.models import PredictabilityReport
from mingcha.kit.actors import SYSTEM
from mingcha.kit.schedule import JOBS
from tests.domain.draws.refusing import refused
from tests.factories import draws, registers

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_seeds(monkeypatch):
    """Ten instead of two hundred: the engine's own tests look at what they show."""
    monkeypatch.setattr(
        "mingcha.domain.draws.jobs.rehearsal_keys", lambda digest: actions.rehearsal_keys(digest, seeds=10)
    )


def test_the_worker_knows_the_job():
    assert JOBS["mingcha.domain.draws.jobs.rehearse"].interval == timedelta(minutes=5)


def test_a_draw_gets_its_report_before_anybody_sits_down(cast, noon):
    draw = actions.open_draw(draws.county(cast), by=cast.handler, at=noon)
    assert queries.report_for(draw) is None
    rehearse(noon)
    report = queries.report_for(draw)
    assert (report.seeds, report.pairs["people"], len(report.pairs["likeliest"])) == (200, 12, 10)
    trace = list(trail_of(draw))[-1]
    assert (trace.event, trace.details["seeds"]) == ("draw.forecast_made", 200)
    lines = queries.likely_lines(report)
    assert lines[0].department in {cast.market.short_name, cast.fire.short_name}
    assert registers.Inspector.objects.filter(name=lines[0].person).exists()
    assert all(line.share == line.sent / line.chances for line in lines)


def test_the_same_tables_are_rehearsed_once(cast, noon, few_seeds):
    made = draws.room(cast)
    rehearse(noon)
    rehearse(noon + timedelta(minutes=5))
    assert made.draw.reports.count() == 1
    registers.subject(700)
    rehearse(noon + timedelta(minutes=10))
    assert made.draw.reports.count() == 2
    assert queries.report_for(made.draw).made_at == noon + timedelta(minutes=10)


def test_the_report_of_the_frozen_tables_is_the_one_that_stays(cast, noon, few_seeds):
    made = draws.room(cast)
    rehearse(noon)
    own = queries.report_for(made.draw)
    registers.subject(700)
    rehearse(noon + timedelta(minutes=5))
    draws.freeze(made, noon)
    frozen = queries.report_for(made.now())
    assert frozen != own
    assert frozen.made_at == noon + timedelta(minutes=5)


def test_a_report_on_other_tables_than_the_frozen_ones_is_not_shown(cast, noon, few_seeds):
    made = draws.room(cast)
    rehearse(noon)
    registers.subject(700)
    draws.freeze(made, noon)
    assert queries.report_for(made.now()) is None


def test_after_the_freeze_nothing_is_rehearsed_any_more(cast, noon, few_seeds):
    made = draws.room_at(cast, "FROZEN")
    rehearse(noon)
    assert not PredictabilityReport.objects.exists()
    composed = actions.compose_inputs(made.draw, on=noon.date())
    refused(
        "名单已经冻结",
        actions.keep_forecast,
        made.draw,
        inputs_digest=composed.digest,
        rehearsed=None,
        by=SYSTEM,
        at=noon,
    )


def test_two_workers_at_once_keep_one_report(cast, noon):
    draw = draws.room(cast).draw
    composed = actions.compose_inputs(draw, on=noon.date())
    rehearsed = fairdraw.likeliest_pairs(composed.inputs, actions.rehearsal_keys(composed.digest, seeds=3))
    kept = [
        actions.keep_forecast(draw, inputs_digest=composed.digest, rehearsed=rehearsed, by=SYSTEM, at=noon)
        for _worker in range(2)
    ]
    assert kept[0] == kept[1]
    assert [entry.event for entry in trail_of(draw)].count("draw.forecast_made") == 1


def test_too_many_pairs_are_said_to_be_too_many(cast, noon, monkeypatch):
    monkeypatch.setattr("fairdraw.forecast.LARGEST_REHEARSAL", 10)
    draw = draws.room(cast).draw
    rehearse(noon)
    report = queries.report_for(draw)
    assert (report.seeds, report.pairs, queries.likely_lines(report)) == (0, {}, [])


def test_a_draw_that_could_not_freeze_does_not_hold_up_the_others(cast, noon, few_seeds, caplog):
    draw = draws.room(cast).draw
    with draws.unguarded():
        registers.Inspector.objects.filter(department=cast.fire).update(state="SUSPENDED")
    with caplog.at_level("INFO", logger="mingcha.draws"):
        rehearse(noon)
    assert queries.report_for(draw) is None
    assert "至少要 2 名" in caplog.text


def test_a_rehearsal_on_invented_firms_needs_no_report(cast, noon):
    actions.open_rehearsal(draws.county(cast), by=cast.handler, at=noon)
    rehearse(noon)
    assert not PredictabilityReport.objects.exists()


def test_the_keys_follow_from_the_tables_alone():
    one, other = actions.rehearsal_keys("a" * 64), actions.rehearsal_keys("b" * 64)
    assert one == actions.rehearsal_keys("a" * 64)
    assert len(set(one) | set(other)) == 400
