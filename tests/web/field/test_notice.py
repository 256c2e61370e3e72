"""派员通知 on the phone: what is new, and 确认收到."""

import pytest
from django.urls import reverse

from mingcha.domain.inspections import queries
from mingcha.domain.registers.models import Inspector
from tests.conftest import NOON
from tests.factories import inspections as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db
TODAY, ALL = reverse("field:today"), reverse("field:acknowledge_all")


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def there(cast):
    return make.world(cast, subjects=3)


def test_new_inspections_are_marked_until_they_are_confirmed(there, browse):
    inspection = make.dispatched(there)
    phone = browse(there.people[0])
    assert "有 3 户新的检查" in phone.get(TODAY).content.decode()
    page = reverse("field:visit", args=[inspection.pk])
    assert "确认收到" in phone.get(page).content.decode()
    assert phone.post(reverse("field:visit_acknowledge", args=[inspection.pk])).url == page
    assert "确认收到" not in phone.get(page).content.decode()
    assert "有 2 户新的检查" in phone.get(TODAY).content.decode()


def test_all_are_confirmed_with_one_press_and_twice_does_nothing(there, browse):
    make.dispatched(there)
    phone = browse(there.people[0])
    for _press in range(2):
        assert phone.post(ALL).url == TODAY
    shown = phone.get(TODAY).content.decode()
    assert "户新的检查" not in shown
    assert queries.new_for(there.people[1]).count() == 3


def test_nobody_confirms_what_is_not_theirs_and_looking_confirms_nothing(there, browse, cast):
    inspection = make.dispatched(there)
    mine = reverse("field:visit_acknowledge", args=[inspection.pk])
    assert browse(cast.handler).post(mine).status_code == 404
    assert browse(cast.handler).post(ALL).status_code == 403
    for page in (mine, ALL):
        assert browse(there.people[0]).get(page).status_code == 405
        assert reverse("shared:login") in browse().post(page).url
    assert queries.new_for(there.people[0]).count() == 3


def test_a_visit_short_of_people_says_why_on_the_phone(there, browse):
    inspection = make.dispatched(there)
    with unguarded():
        Inspector.objects.filter(user=there.people[1]).update(state="SUSPENDED")
    shown = browse(there.people[0]).get(reverse("field:visit", args=[inspection.pk])).content.decode()
    assert "不能开始：能检查的人员不足两名" in shown
    assert "示范人员market2在名录里是“暂停" in shown
    assert "告诉部门经办人" in shown
