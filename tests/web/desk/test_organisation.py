"""账号 at the desk, and the door itself: signing in, being locked out."""

from datetime import date

import pytest
from django.urls import reverse

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Grant, Role, User
from mingcha.domain.organisation.permissions import APART
from tests.factories import organisation as make

pytestmark = pytest.mark.django_db

GOOD = "月下独酌饮一壶酒x9"


def opened(cast, **changes) -> dict:
    return {
        "username": "fresh",
        "full_name": "示范新人",
        "department": cast.market.pk,
        "password": GOOD,
    } | changes


@pytest.mark.parametrize("name", ["account_list", "account_open"])
def test_only_the_keeper_opens_the_pages(cast, browse, name):
    for person in (cast.handler, cast.approver, cast.auditor, cast.supervisor, cast.coordinator, cast.stranger):
        assert browse(person).get(reverse(f"desk:{name}")).status_code == 403, person.username
    assert browse(cast.keeper).get(reverse(f"desk:{name}")).status_code == 200
    assert browse().get(reverse(f"desk:{name}")).status_code == 302


def test_the_list_shows_the_own_county_and_no_other(cast, browse):
    people = {person.username for person in browse(cast.keeper).get(reverse("desk:account_list")).context["page"]}
    assert {"handler", "firehandler", "auditor"} <= people
    assert "stranger" not in people


def test_the_list_is_searched_by_name_and_department(cast, browse):
    client, address = browse(cast.keeper), reverse("desk:account_list")
    assert [p.username for p in client.get(address, {"q": "firehand"}).context["page"]] == ["firehandler"]
    found = {p.username for p in client.get(address, {"department": "fire"}).context["page"]}
    assert found == {"firehandler", "fireapprover"}
    assert "没有符合条件的账号" in client.get(address, {"q": "zzz"}).content.decode()


def test_the_list_costs_the_same_whatever_its_length(cast, browse, django_assert_max_num_queries):
    for number in range(60):
        make.user(f"many{number}", Role.HANDLER, within=cast.market)
    client = browse(cast.keeper)
    with django_assert_max_num_queries(40):
        client.get(reverse("desk:account_list"))


def test_an_account_is_opened_and_can_sign_in(cast, browse):
    answer = browse(cast.keeper).post(reverse("desk:account_open"), opened(cast))
    person = User.objects.get(username="fresh")
    assert answer.url == reverse("desk:account_detail", args=[person.pk])
    assert browse().post(reverse("shared:login"), {"username": "fresh", "password": GOOD}).status_code == 302


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("短a1", "至少 10 个字符"),
        ("password123", "常见密码"),
        ("83749201847362", "不能全是数字"),
        ("fresh-12345", "和账号或姓名太像"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(cast, browse, password, words):
    answer = browse(cast.keeper).post(
        reverse("desk:account_open"), opened(cast, username="fresh-1234", password=password)
    )
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["password"])
    assert not User.objects.filter(full_name="示范新人").exists()


@pytest.mark.parametrize("username", ["handler", "HANDLER", "有空 格", ""])
def test_a_name_that_is_taken_or_no_name_is_refused(cast, browse, username):
    answer = browse(cast.keeper).post(reverse("desk:account_open"), opened(cast, username=username))
    assert answer.status_code == 422
    assert answer.context["form"].errors["username"]


def test_an_account_in_another_county_is_not_opened(cast, browse):
    sent = opened(cast, department=cast.stranger.department.pk)
    assert browse(cast.keeper).post(reverse("desk:account_open"), sent).status_code == 422
    assert not User.objects.filter(username="fresh").exists()


def test_an_account_of_another_county_is_not_found(cast, browse):
    client = browse(cast.keeper)
    assert client.get(reverse("desk:account_detail", args=[cast.stranger.pk])).status_code == 404
    grant = Grant.objects.get(user=cast.stranger)
    assert client.post(reverse("desk:role_withdraw", args=[grant.pk])).status_code == 404
    assert Grant.objects.filter(pk=grant.pk).exists()


def test_a_role_is_granted_and_withdrawn(cast, browse):
    person = make.user("fresh", within=cast.market)
    client, address = browse(cast.keeper), reverse("desk:account_detail", args=[person.pk])
    sent = {"role": Role.HANDLER, "place": f"department:{cast.market.pk}", "until": "2026-12-31"}
    assert client.post(address, sent).url == address
    grant = person.grants.get()
    assert (grant.role, grant.department, grant.until) == (Role.HANDLER, cast.market, date(2026, 12, 31))
    client.post(reverse("desk:role_withdraw", args=[grant.pk]))
    assert not person.grants.exists()
    assert [e.event for e in trail_of(person)] == ["organisation.role_granted", "organisation.role_withdrawn"]


def test_a_role_over_the_region_is_granted_by_a_keeper_of_the_region(cast, browse):
    person = make.user("fresh", within=cast.justice)
    address = reverse("desk:account_detail", args=[person.pk])
    browse(cast.keeper).post(address, {"role": Role.SUPERVISOR, "place": "region:990000"})
    assert person.grants.get().region == cast.region


def test_a_keeper_of_one_department_grants_nothing_over_the_region(cast, browse):
    small = make.user("smallkeeper", Role.SYSTEM_KEEPER, within=cast.market)
    person = make.user("fresh", within=cast.market)
    address = reverse("desk:account_detail", args=[person.pk])
    for place in ("region:990000", f"department:{cast.fire.pk}"):
        assert browse(small).post(address, {"role": Role.HANDLER, "place": place}).status_code == 422
    assert not person.grants.exists()


@pytest.mark.parametrize(("held", "wanted"), APART)
def test_two_roles_that_must_stay_apart_are_refused_on_the_form(cast, browse, held, wanted):
    person = make.user("fresh", held, within=cast.market)
    address = reverse("desk:account_detail", args=[person.pk])
    answer = browse(cast.keeper).post(address, {"role": wanted, "place": f"department:{cast.market.pk}"})
    assert answer.status_code == 422
    assert "不能由同一人担任" in answer.context["form"].errors["role"][0]
    assert list(person.grants.values_list("role", flat=True)) == [held]


def test_a_role_is_not_withdrawn_by_a_link(cast, browse):
    grant = Grant.objects.get(user=cast.handler)
    assert browse(cast.keeper).get(reverse("desk:role_withdraw", args=[grant.pk])).status_code == 405


# ---- the door ----------------------------------------------------------------------------------------------


def sign_in(client, password: str, username: str = "handler"):
    return client.post(reverse("shared:login"), {"username": username, "password": password})


def test_signing_in_leaves_its_trace(cast, browse):
    assert sign_in(browse(), "handlerhandler").status_code == 302
    assert [entry.event for entry in trail_of(cast.handler)] == ["organisation.signed_in"]


def test_a_wrong_password_says_what_happens_next(cast, browse):
    answer = sign_in(browse(), "wrong")
    assert answer.status_code == 200
    assert "账号或密码不对。连续输错 5 次会锁定 15 分钟。" in answer.content.decode()
    assert not trail_of(cast.handler).exists()


def test_the_fifth_wrong_password_locks_the_account_out(cast, browse):
    client = browse()
    answers = [sign_in(client, "wrong") for _attempt in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "已锁定 15 分钟" in answers[-1].content.decode()
    assert sign_in(client, "handlerhandler").status_code == 429
    assert not trail_of(cast.handler).exists()


def test_one_persons_lock_is_not_anothers(cast, browse):
    client = browse()
    for _attempt in range(5):
        sign_in(client, "wrong")
    assert sign_in(client, "approverapprover", "approver").status_code == 302


def test_a_right_password_in_between_starts_the_count_again(cast, browse):
    client = browse()
    for _attempt in range(4):
        sign_in(client, "wrong")
    assert sign_in(client, "handlerhandler").status_code == 302
    client.post(reverse("shared:logout"))
    assert sign_in(client, "wrong").status_code == 200


def test_an_account_that_is_switched_off_does_not_come_in(cast, browse):
    with make.unguarded():
        User.objects.filter(pk=cast.handler.pk).update(is_active=False)
    assert sign_in(browse(), "handlerhandler").status_code == 200
    assert not trail_of(cast.handler).exists()
