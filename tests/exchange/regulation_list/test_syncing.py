"""清单同步: from the superior system's interface to the list of differences, at a press or once a day."""

import pytest

from mingcha.config.env import Environment
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.models import OutsideList
from mingcha.exchange import jobs
from mingcha.exchange.partners.regulation_list import Clockwork, Unanswered, syncing
from mingcha.kit.errors import Forbidden, Refused
from mingcha.kit.schedule import JOBS
from tests.conftest import NOON
from tests.exchange.regulation_list import fake as fakes
from tests.exchange.regulation_list.fake import Listed, contract
from tests.factories import reconciliation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(cast, settings):
    """The superior system with a list for the market office of the county, connected."""
    make.yudu_rules(cast.region)
    with fakes.serving() as running:
        settings.REGULATION_LIST_ADDRESS = running.address
        settings.REGULATION_LIST_TOKEN = fakes.TOKEN
        items = [{**item, "dept_code": cast.market.uscc} for item in contract("page-1.json")["items"]]
        running.lists[cast.market.uscc] = Listed("v1", items)
        yield running


def synchronise(cast, by=None) -> OutsideList:
    works = Clockwork(lambda seconds: None, lambda: 0.0, 10.0)
    return syncing.synchronise(cast.market, works=works, by=by or cast.handler, at=NOON)


# proves S1-09
def test_a_list_is_fetched_and_compared_and_nothing_of_ours_is_touched(cast, fake):
    received = synchronise(cast)
    assert received.etag == '"v1"'
    assert "v1" in received.source
    assert [(row.code, row.kind) for row in received.differences.all()] == [("11990000000000001XJ0001", "NUMBER")]
    assert received.received_by == cast.handler


# proves S1-09
def test_a_list_without_news_is_asked_for_by_its_tag_and_compared_no_second_time(cast, fake):
    first = synchronise(cast)
    assert synchronise(cast) == first
    assert fake.asked[1][1]["If-None-Match"] == '"v1"'
    assert [entry.event for entry in trail_of(first)] == [
        "catalogue.outside_list_received",
        "catalogue.outside_list_unchanged",
    ]
    fake.lists[cast.market.uscc] = Listed("v2", fake.lists[cast.market.uscc].items * 1)
    make.in_force(cast.market, cast.handler)
    assert synchronise(cast) != first


# proves S1-10
def test_rows_of_another_organisation_are_not_compared(cast, fake):
    fake.lists[cast.market.uscc] = Listed("v1", contract("page-1.json")["items"])
    received = synchronise(cast)
    assert received.strays.get().organisation_code == "11990000000000001X"
    assert not received.differences.exists()


def test_an_answer_with_faults_is_not_kept_in_part(cast, fake):
    fake.lists[cast.market.uscc] = Listed("v1", contract("wrong-values.json")["items"])
    with pytest.raises(Refused, match=r"4 处不合约定.*第 2 项“check_ratio”应是文本"):
        synchronise(cast)
    assert not OutsideList.objects.exists()


def test_nobody_else_fetches_for_a_department(cast, fake):
    with pytest.raises(Forbidden):
        synchronise(cast, by=cast.stranger)


# proves S1-09
def test_once_a_day_every_department_whose_rules_ask_for_it_is_synchronised(cast, fake, caplog):
    fake.lists[cast.fire.uscc] = Listed("v1", [{**contract("page-1.json")["items"][0], "dept_code": cast.fire.uscc}])
    jobs.synchronise_lists(NOON)
    assert {received.department for received in OutsideList.objects.all()} == {cast.market, cast.fire}
    assert {received.received_by for received in OutsideList.objects.all()} == {None}
    assert "没有这个机构代码" in caplog.text
    assert JOBS["mingcha.exchange.jobs.synchronise_lists"].interval.days == 1


def test_a_system_that_does_not_answer_holds_up_no_other_job(cast, fake, monkeypatch):
    asked = []

    def silent(department, **_rest):
        asked.append(department)
        raise Unanswered("silent")

    monkeypatch.setattr(syncing, "synchronise", silent)
    jobs.synchronise_lists(NOON)
    assert len(asked) == jobs.SILENCES


def test_unless_the_operator_configured_it_nothing_is_ever_asked(cast, fake, settings):
    settings.REGULATION_LIST_ADDRESS = ""
    jobs.synchronise_lists(NOON)
    assert fake.asked == []
    with pytest.raises(Refused, match="没有配置"):
        synchronise(cast)
    assert Environment.model_fields["regulation_list_address"].default == ""
