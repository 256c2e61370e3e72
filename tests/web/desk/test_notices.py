"""派员通知 at the desk: who has not confirmed, and slips for the printer."""

import pytest
from django.urls import reverse

from mingcha.domain.inspections import actions
from mingcha.domain.registers.models import Inspector
from tests.conftest import NOON
from tests.factories import inspections as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
LIST, SLIPS = reverse("desk:notice_list"), reverse("desk:notice_slips")


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def there(cast):
    return make.world(cast, subjects=2, joint=True)


def test_the_list_shows_who_has_not_confirmed_and_everyone_on_request(there, browse, cast):
    inspection = make.dispatched(there)
    actions.acknowledge(inspection, by=there.people[0], at=NOON)
    with unguarded():
        Inspector.objects.filter(user=there.people[1]).update(user=None)
    page = browse(cast.handler).get(LIST)
    assert (page.context["waiting"], page.context["total"]) == (3, 4)
    assert [row.inspector.name for row in page.context["page"]].count("示范人员market1") == 1
    assert "没有账号，当面送达" in page.content.decode()
    assert len(browse(cast.handler).get(LIST, {"all": "1"}).context["page"].object_list) == 4


def test_lists_are_narrowed_by_campaign_and_department(there, browse, cast):
    make.dispatched(there)
    desk = browse(cast.supervisor)
    for query, found in (
        ({}, 8),
        ({"department": "fire"}, 4),
        ({"campaign": str(there.campaign.pk)}, 8),
        ({"campaign": str(there.campaign.pk + 1)}, 0),
        ({"campaign": "x"}, 8),
    ):
        assert desk.get(LIST, query).context["waiting"] == found, query


def test_a_slip_names_every_firm_of_a_person_and_who_comes_along(there, browse, cast):
    inspection = make.dispatched(there)
    page = browse(cast.handler).get(SLIPS)
    slips = {slip.person.name: slip for slip in page.context["slips"]}
    assert set(slips) == {"示范人员market1", "示范人员market2"}
    rows = slips["示范人员market1"].rows
    assert [others for _row, others in rows] == [["示范人员market2"]] * 2
    shown = page.content.decode()
    assert inspection.subject.name in shown
    assert "签收人" in shown


def test_before_the_dispatch_there_is_nothing_to_see(there, browse, cast):
    assert "还没有派出人员" in browse(cast.handler).get(LIST).content.decode()
    assert "没有派出的人员" in browse(cast.handler).get(SLIPS).content.decode()


def test_strangers_see_nobody_and_a_post_is_refused(there, browse, cast):
    make.dispatched(there)
    assert browse(cast.stranger).get(LIST).context["total"] == 0
    assert browse(cast.stranger).get(SLIPS).context["slips"] == []
    for page in (LIST, SLIPS):
        assert reverse("shared:login") in browse().get(page).url
        assert browse(cast.handler).post(page).status_code == 405


def test_both_take_a_bounded_number_of_queries(there, browse, cast, django_assert_max_num_queries):
    make.dispatched(there)
    desk = browse(cast.supervisor)
    with django_assert_max_num_queries(30):
        desk.get(LIST)
    with django_assert_max_num_queries(30):
        desk.get(SLIPS)
