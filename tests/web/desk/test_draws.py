"""The desk's pages of a draw: each phase shows its next act to those who may do it, and no secret before its time."""

import pytest
from django.urls import reverse

from mingcha.domain.draws.models import Draw
from tests.factories import draws

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def page_of(client, draw, view="draw_detail", *rest):
    return client.get(reverse(f"desk:{view}", args=[draw.pk, *rest]))


def text_of(response) -> str:
    return response.content.decode()


# ---- the list --------------------------------------------------------------------------------------------------


def test_the_list_shows_own_draws_and_filters_them(cast, browse):
    draw = draws.room(cast).draw
    address = reverse("desk:draw_list")
    assert draw.number in text_of(browse(cast.handler).get(address))
    assert draw.number in text_of(browse(cast.handler).get(address, {"q": "market-001", "state": "SEATS"}))
    assert "没有符合条件的抽取" in text_of(browse(cast.handler).get(address, {"state": "IN_FORCE"}))
    assert "本单位还没有抽取" in text_of(browse(cast.stranger).get(address))


def test_the_list_takes_a_fixed_number_of_queries(cast, browse, django_assert_max_num_queries):
    draws.room(cast)
    client = browse(cast.handler)
    with django_assert_max_num_queries(40):
        client.get(reverse("desk:draw_list"))


# ---- opening ---------------------------------------------------------------------------------------------------


def test_a_number_is_taken_only_after_a_page_that_says_it_never_comes_back(cast, browse):
    campaign = draws.county(cast)
    page = browse(cast.handler).get(reverse("desk:draw_open", args=[campaign.pk]))
    assert "取了就不能退回" in page.content.decode()
    assert not campaign.draws.exists()


def test_pressing_draw_opens_one_draw_and_leads_to_it(cast, browse):
    campaign = draws.county(cast)
    client = browse(cast.handler)
    address = reverse("desk:draw_open", args=[campaign.pk])
    answer = client.post(address)
    assert answer.url == reverse("desk:draw_detail", args=[Draw.objects.get().pk])
    again = client.post(address)
    assert (again.status_code, Draw.objects.count()) == (409, 1)


def test_a_stranger_opens_nothing(cast, browse):
    campaign = draws.county(cast)
    assert browse(cast.stranger).post(reverse("desk:draw_open", args=[campaign.pk])).status_code == 404
    assert browse(cast.approver).post(reverse("desk:draw_open", args=[campaign.pk])).status_code == 403


# ---- the detail page -------------------------------------------------------------------------------------------


PAGES = [
    *("draw_detail", "draw_frame", "draw_report", "draw_announce", "draw_witnesses", "draw_devices", "draw_freeze"),
    *("draw_copies", "draw_dice", "draw_unseal", "draw_show", "draw_abort", "draw_abort_confirm", "draw_void"),
    *("draw_void_confirm", "draw_bundle"),
]


@pytest.mark.parametrize("view", PAGES)
def test_strangers_see_no_page_of_a_draw(cast, browse, view):
    draw = draws.draw_at(cast, "RESULT")
    assert page_of(browse(cast.stranger), draw, view).status_code == 404
    assert page_of(browse(), draw, view).status_code == 302
    assert browse(cast.handler).put(reverse(f"desk:{view}", args=[draw.pk])).status_code == 405


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED", "CHECKED", "DICE", "RESULT", "SIGNED", "IN_FORCE"])
def test_every_page_opens_in_every_phase_for_everyone_in_the_room(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    pages = [view for view in PAGES if view != "draw_bundle"]
    for person in (cast.handler, cast.approver, cast.discipline, cast.supervisor):
        client = browse(person)
        assert {view: page_of(client, draw, view).status_code for view in pages} == dict.fromkeys(pages, 200)


def test_witnesses_are_invited_with_code_address_and_picture(cast, browse):
    draw = draws.room(cast).draw
    text = text_of(page_of(browse(cast.handler), draw))
    assert "ABCD 2345" in text
    assert "http://testserver/w/" in text
    assert 'src="data:image/svg+xml' in text


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED", "CHECKED", "DICE", "RESULT", "SIGNED", "IN_FORCE"])
def test_each_phase_has_a_page_and_one_next_act(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    acts = {
        "SEATS": (cast.handler, "draw_freeze"),
        "COMMITTED": (cast.discipline, "draw_copies"),
        "CHECKED": (cast.approver, "draw_dice"),
        "DICE": (cast.discipline, "draw_unseal"),
        "RESULT": (cast.approver, "draw_sign"),
        "SIGNED": (cast.handler, "inspection_dispatch"),
    }
    person, view = acts.get(phase, (cast.handler, ""))
    answer = page_of(browse(person), draw)
    assert answer.status_code == 200
    for name in {view for _person, view in acts.values()} - {"draw_sign"}:
        address = reverse(f"desk:{name}", args=[draw.pk])
        assert (address in text_of(answer)) == (name == view)
    signing = reverse("desk:draw_sign", args=[draw.pk, "agency"])
    assert (signing in text_of(answer)) == (phase == "RESULT")


def test_those_without_the_right_see_no_button(cast, browse):
    draw = draws.draw_at(cast, "DICE")
    assert reverse("desk:draw_unseal", args=[draw.pk]) not in text_of(page_of(browse(cast.handler), draw))


@pytest.mark.parametrize("phase", ["FROZEN", "COMMITTED", "CHECKED", "DICE"])
def test_no_screen_of_the_desk_shows_a_secret_before_the_result(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    for person in (cast.handler, cast.approver, cast.discipline):
        for view in (page for page in PAGES if page != "draw_bundle"):
            text = text_of(page_of(browse(person), draw, view))
            assert draw.locked_secret not in text
            assert not any(draws.secret_of(party) in text for party in ("system", "w1", "w2"))
        assert page_of(browse(person), draw, "draw_bundle").status_code == 404


def test_the_result_shows_tickets_people_and_the_bundle(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    row = draw.subjects.filter(reserve=False).first()
    client = browse(cast.approver)
    text = text_of(page_of(client, draw))
    assert row.name in text
    assert row.ticket in text
    assert row.inspectors.first().inspector.name in text
    answer = page_of(client, draw, "draw_bundle")
    assert answer.content[:2] == b"PK"
    assert answer["Content-Disposition"] == f'attachment; filename="{draw.number}.zip"'


def test_a_search_in_the_result_finds_one_firm(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    one, other = draw.subjects.filter(reserve=False)[:2]
    text = text_of(browse(cast.handler).get(reverse("desk:draw_detail", args=[draw.pk]), {"q": one.code}))
    assert one.ticket in text
    assert other.ticket not in text


def test_with_sealed_publication_the_desk_shows_digests_until_it_takes_effect(cast, browse):
    made = draws.room_at(cast, "SIGNED", list_timing="AT_START")
    row = made.draw.subjects.first()
    client = browse(cast.handler)
    text = text_of(page_of(client, made.draw))
    assert row.ticket not in text
    assert made.draw.seed not in text
    assert page_of(client, made.draw, "draw_bundle").status_code == 404
    draws.bring_into_force(made, draws.NOON)
    assert row.ticket in text_of(page_of(client, made.draw))


def test_a_draw_page_takes_a_fixed_number_of_queries(cast, browse, django_assert_max_num_queries):
    draw = draws.draw_at(cast, "RESULT")
    client = browse(cast.handler)
    with django_assert_max_num_queries(75):
        page_of(client, draw)
