import logging
from datetime import date, datetime, timedelta

import pytest

from mingcha.domain.publication import actions
from mingcha.domain.publication.jobs import publish_due
from mingcha.domain.publication.models import Publication
from mingcha.kit.errors import Refused
from mingcha.kit.schedule import JOBS
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db


def states() -> dict[str, str]:
    return dict(Publication.objects.values_list("kind", "state"))


def test_the_worker_knows_the_job():
    assert JOBS["mingcha.domain.publication.jobs.publish_due"].interval == timedelta(minutes=1)


# proves S4-34
def test_plans_lists_and_results_become_public_by_themselves(cast, noon):
    there = make.world(cast)
    publish_due(noon)
    assert states() == {"PLAN": "PUBLISHED"}
    make.dispatched(there)
    publish_due(noon)
    assert states() == {"PLAN": "PUBLISHED", "DRAWN_LIST": "PUBLISHED"}
    make.carried_out(there.draw.campaign.visits.get().inspections.get(), cast.approver)
    publish_due(noon)
    assert states() == {"PLAN": "PUBLISHED", "DRAWN_LIST": "PUBLISHED", "RESULT": "PUBLISHED"}


def test_running_again_shows_nothing_twice(cast, noon):
    make.confirmed(make.world(cast))
    publish_due(noon)
    before = list(Publication.objects.order_by("pk").values())
    publish_due(noon + timedelta(hours=1))
    assert list(Publication.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(("timing", "day"), [("AT_START", 16), ("AT_END", 20)])
def test_a_list_with_a_later_time_is_announced_on_its_day_in_shanghai(cast, noon, timing, day):
    there = make.world(cast, timing=timing, starts=date(2026, 11, 16), ends=date(2026, 11, 20))
    before = datetime(2026, 11, 15, 12, 0, tzinfo=noon.tzinfo)
    make.dispatched(there, before)
    publish_due(before)
    assert states()["DRAWN_LIST"] == "DUE"
    midnight = datetime(2026, 11, day, tzinfo=noon.tzinfo)
    publish_due(midnight - timedelta(seconds=1))
    assert states()["DRAWN_LIST"] == "DUE"
    publish_due(midnight)
    assert states()["DRAWN_LIST"] == "PUBLISHED"


def test_one_refused_row_does_not_hold_up_the_others(cast, noon, monkeypatch, caplog):
    there = make.world(cast, subjects=2)
    make.confirmed(there)
    inspections = there.draw.campaign.visits.order_by("pk")
    make.carried_out(inspections[1].inspections.get(), cast.approver)
    refused = inspections[0].inspections.get()

    def publish(inspection, **how):
        if inspection == refused:
            raise Refused("试一试")
        return actions.publish_result(inspection, **how)

    monkeypatch.setattr("mingcha.domain.publication.jobs.publish_result", publish)
    with caplog.at_level(logging.WARNING, logger="mingcha.publication"):
        publish_due(noon)
    assert Publication.objects.filter(kind="RESULT").count() == 1
    assert "试一试" in caplog.text
