"""A person's own password."""

import pytest
from django.urls import reverse

from mingcha.domain.audit.models import Entry
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

OLD, NEW = "一个够长的密码，真的够长", "另一个更长的密码，也够长"


@pytest.fixture
def person(cast):
    with unguarded():
        cast.handler.set_password(OLD)
        cast.handler.save()
    return cast.handler


def sent(browser, present=OLD, password=NEW, again=NEW):
    return browser.post(reverse("shared:password"), {"present": present, "password": password, "again": again})


def test_a_new_password_works_at_once_and_the_old_one_no_more(browse, person):
    here, elsewhere = browse(person), browse(person)
    answer = sent(here)
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert not person.check_password(OLD)
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302


def test_the_change_leaves_its_trace_without_the_password(browse, person):
    sent(browse(person))
    entry = Entry.objects.get(event="organisation.password_changed")
    assert entry.actor == person.label
    assert entry.details == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"present": "不是这个密码"}, "现在的密码不对"),
        ({"again": "又是另外一个够长的密码了"}, "两遍新密码不一样"),
        ({"password": "短", "again": "短"}, "密码太短"),
        ({"password": "1234567890123", "again": "1234567890123"}, "密码不能全是数字"),
        ({"password": OLD, "again": OLD}, "新密码和现在的一样"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(browse, person, given, said):
    answer = sent(browse(person), **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(OLD)


def test_whoever_guesses_the_present_password_is_locked_out(browse, person):
    guesser = browse(person)
    assert [sent(guesser, present=f"猜一个密码{number}").status_code for number in range(5)][-1] == 429
    assert sent(guesser).status_code == 429
    person.refresh_from_db()
    assert person.check_password(OLD)


def test_nobody_changes_it_without_signing_in(browse):
    answer = browse().get(reverse("shared:password"))
    assert answer.status_code == 302
    assert reverse("shared:login") in answer["Location"]
