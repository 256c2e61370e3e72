"""One person of the roster at the desk: category, papers, leave, training; whose papers end."""

from datetime import date

import pytest
from django.urls import reverse

from mingcha.domain.registers.models import Leave, Qualification, Training
from tests.conftest import NOON
from tests.factories import plans
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
PAGES = ("inspector_describe", "inspector_release", "qualification_add", "leave_grant", "training_add")


@pytest.fixture(autouse=True)
def noon_everywhere(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def person(cast):
    plans.item(cast.market, cast.handler, "M-01")
    return make.inspector(cast.market)


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


# proves S2-15 S2-16
def test_category_team_and_items_are_entered_and_shown(cast, browse, person):
    client = browse(cast.handler)
    values = {"category": "CIVIL_SERVANT", "team": "综合执法大队", "item_codes": ["M-01"]}
    assert client.post(at("inspector_describe", person.pk), values).url == at("inspector_detail", person.pk)
    page = client.get(at("inspector_detail", person.pk)).content.decode()
    assert ("行政执法类公务员" in page, "综合执法大队" in page, "M-01" in page) == (True, True, True)
    assert client.post(at("inspector_describe", person.pk), {**values, "item_codes": ["X"]}).status_code == 422
    assert client.post(at("inspector_describe", person.pk), values).status_code == 422


def test_leave_is_entered_shown_and_ended_once(cast, browse, person):
    client = browse(cast.handler)
    values = {"kind": "TRAINING", "since": "2026-11-25", "until": "2026-12-05"}
    assert client.post(at("leave_grant", person.pk), values).status_code == 302
    assert "时间重叠" in client.post(at("leave_grant", person.pk), values).content.decode()
    leave = Leave.objects.get()
    assert "脱产培训" in client.get(at("inspector_detail", person.pk)).content.decode()
    assert "脱产培训" in client.get(at("roster_papers")).content.decode()
    assert client.get(at("leave_end", person.pk, leave.pk)).status_code == 200
    for _press in range(2):
        assert client.post(at("leave_end", person.pk, leave.pk)).status_code == 302
    assert not Leave.objects.exists()


def test_papers_and_trainings_are_entered_and_papers_taken_away(cast, browse, person):
    client = browse(cast.handler)
    client.post(at("qualification_add", person.pk), {"name": "特种设备安全监察员", "until": "2026-12-01"})
    client.post(at("training_add", person.pk), {"on": "2026-11-20", "title": "新法培训", "hours": 8, "passed": "on"})
    page = client.get(at("inspector_detail", person.pk)).content.decode()
    assert ("特种设备安全监察员" in page, "新法培训" in page, Training.objects.count()) == (True, True, 1)
    assert "特种设备安全监察员" in client.get(at("roster_papers")).content.decode()
    paper = Qualification.objects.get()
    assert client.post(at("qualification_drop", person.pk, paper.pk), {"reason": ""}).status_code == 422
    assert client.post(at("qualification_drop", person.pk, paper.pk), {"reason": "换证"}).status_code == 302
    assert client.get(at("qualification_drop", person.pk, paper.pk)).status_code == 404


# proves S1-16
def test_an_ended_certificate_is_said_without_anybodys_doing(cast, browse, person):
    expired = make.inspector(cast.market, 2, certificate_until=date(2026, 11, 22))
    client = browse(cast.handler)
    assert "证件失效" in client.get(at("inspector_detail", expired.pk)).content.decode()
    assert "证件失效" not in client.get(at("inspector_detail", person.pk)).content.decode()
    papers = client.get(at("roster_papers"))
    assert [row.pk for row, _light in papers.context["ending"]] == [expired.pk]
    assert papers.context["coverage"].certified == 1


def test_whoever_leaves_goes_with_a_reason(cast, browse, person):
    client = browse(cast.handler)
    assert client.post(at("inspector_release", person.pk), {"reason": ""}).status_code == 422
    assert client.post(at("inspector_release", person.pk), {"reason": "退休"}).status_code == 302
    person.refresh_from_db()
    assert person.state == "LEFT"


def test_an_avoidance_says_of_which_kind_it_is(cast, browse, person):
    firm = make.subject(1)
    values = {"code": firm.code, "kind": "STAKE", "reason": "持有股份"}
    client = browse(cast.handler)
    assert client.post(at("avoidance_declare", person.pk), {**values, "kind": "GRUDGE"}).status_code == 422
    assert client.post(at("avoidance_declare", person.pk), values).status_code == 302
    assert "持股或投资：持有股份" in client.get(at("inspector_detail", person.pk)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_strangers_and_readers_change_nobody(cast, browse, person, name):
    assert browse(cast.handler).get(at(name, person.pk)).status_code == 200
    assert browse(cast.handler).delete(at(name, person.pk)).status_code == 405
    assert browse(cast.stranger).get(at(name, person.pk)).status_code == 404
    assert browse(cast.supervisor).post(at(name, person.pk), {}).status_code == 403


def test_the_page_of_papers_takes_garbage_and_a_handful_of_queries(cast, browse, person, django_assert_max_num_queries):
    for number in range(2, 30):
        make.inspector(cast.market, number, certificate_until=date(2026, 12, 1))
    client = browse(cast.supervisor)
    assert client.get(at("roster_papers"), {"department": "²"}).status_code == 200
    assert client.post(at("roster_papers")).status_code == 405
    assert browse(cast.keeper).get(at("roster_papers")).status_code == 404
    with django_assert_max_num_queries(28):
        client.get(at("roster_papers"), {"department": cast.market.pk})
