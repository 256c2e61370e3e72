from datetime import date

import pytest
from django.urls import reverse

from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.plans.models import Campaign
from tests.conftest import NOON
from tests.factories import inspections as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
TODAY = reverse("field:today")


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def there(cast):
    return make.world(cast, subjects=3)


def test_nothing_to_do_says_so(cast, browse):
    assert "今天没有任务" in browse(cast.inspector).get(TODAY).content.decode()


def test_the_phone_leads_to_the_own_password(cast, browse):
    client = browse(cast.inspector)
    assert f'<a href="{reverse("shared:password")}">' in client.get("/m/").content.decode()
    assert client.get(reverse("shared:password")).status_code == 200


def test_each_row_names_firm_address_progress_and_partner(there, browse):
    inspection = make.started(there)
    shown = browse(there.people[0]).get(TODAY).content.decode()
    for words in (inspection.subject.name, "示范街1号", "0/4", "示范人员market2", "检查中"):
        assert words in shown


def test_what_begins_later_stands_apart(there, browse):
    make.dispatched(there)
    with unguarded():
        Campaign.objects.update(starts_on=date(2026, 11, 30))
    answer = browse(there.people[0]).get(TODAY)
    assert [(name, len(rows)) for name, rows in answer.context["groups"]] == [("今天", 0), ("以后", 3), ("已完成", 0)]
    assert "下一批从2026年11月30日开始" in answer.content.decode()


def test_what_is_entered_is_done_and_what_is_not_shows_its_light(there, browse):
    make.recorded(there)
    second = Inspection.objects.filter(state="ASSIGNED").order_by("pk")[0]
    make.arrive_all(there, second)
    make.fill(second)
    make.sign_all(second)
    actions.finish_visit(second, by=there.people[0], at=NOON)
    answer = browse(there.people[0]).get(TODAY)
    assert [len(rows) for _name, rows in answer.context["groups"]] == [2, 0, 1]
    assert "还有 48 小时" in answer.content.decode()


def test_the_list_takes_a_bounded_number_of_queries(there, browse, django_assert_max_num_queries):
    make.dispatched(there)
    phone = browse(there.people[0])
    with django_assert_max_num_queries(25):
        phone.get(TODAY)


def test_a_citizen_is_asked_to_sign_in_and_a_post_is_refused(cast, browse):
    assert reverse("shared:login") in browse().get(TODAY).url
    assert browse(cast.inspector).post(TODAY).status_code == 405
