"""The screens of a ceremony under somebody who does not mean well: each test is one way, and what stands in it."""

from html import escape

import pytest
from django.core.signing import get_cookie_signer
from django.test import Client
from django.urls import reverse

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, Invitation
from mingcha.domain.plans.models import Campaign
from mingcha.web.ceremony.proofs import HALL_SALT, SALT, cookie_of, hall_cookie_of
from tests.domain.draws.test_attacks import supplement, void
from tests.factories import draws
from tests.reading import text_of
from tests.web.test_sealed_publication import addresses, chance_of, names_of, told

pytestmark = pytest.mark.django_db

WRITES = ("commit", "open", "sign", "objection")
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
HALL = {"code": draws.PAIRING}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: draws.NOON)


def phone(room, number=0, client=None) -> Client:
    """The phone of a witness, by its cookie."""
    client, key = client or Client(), cookie_of(room.draw)
    client.cookies[key] = get_cookie_signer(salt=key + SALT).sign(room.tokens[number])
    return client


def hall(draw, client=None) -> Client:
    client = client or Client()
    assert client.post(reverse("ceremony:hall", args=[draw.number]), HALL).status_code == 302
    return client


def write(client, draw, view, **given):
    return client.post(reverse(f"ceremony:{view}", args=[draw.number]), given)


# ---- cookies and replays -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", WRITES)
def test_the_halls_cookie_writes_nothing(cast, view):
    draw = draws.draw_at(cast, "DICE")
    assert write(hall(draw), draw, view, text="停", secret=draws.secret_of("w1")).status_code == 403


def test_the_halls_cookie_under_a_seats_name_is_no_seat(cast):
    draw = draws.draw_at(cast, "DICE")
    client = Client()
    hall_key, key = hall_cookie_of(draw), cookie_of(draw)
    for salt in (hall_key + HALL_SALT, key + HALL_SALT, hall_key + SALT):
        client.cookies[key] = get_cookie_signer(salt=salt).sign(draws.PAIRING)
        assert write(client, draw, "objection", text="停").status_code == 403


@pytest.mark.parametrize("view", WRITES)
def test_no_phone_writes_from_a_page_of_somebody_else(cast, view):
    room = draws.room_at(cast, "DICE")
    client = phone(room, client=Client(enforce_csrf_checks=True))
    assert write(client, room.draw, view, text="停", secret=draws.secret_of("w1")).status_code == 403
    assert (room.now().seats.exclude(secret="").count(), room.draw.seats.exclude(objections=None).count()) == (0, 0)


def test_a_copied_cookie_changes_nothing_that_the_seat_has_said(cast):
    room = draws.room_at(cast, "DICE")
    own, thief = phone(room), phone(room)
    assert write(own, room.draw, "open", secret=draws.secret_of("w1")).status_code == 302
    seat = room.draw.seats.get(party="w1")
    for view in ("open", "commit"):
        again = {"secret": "0" * 64, "commitment": "0" * 64, "sealed_copy": "00" * 136}
        assert write(thief, room.draw, view, **again).status_code == 409
    assert room.draw.seats.get(party="w1").secret == seat.secret == draws.secret_of("w1")
    assert room.now().state == "DICE"


def test_a_replayed_press_at_the_desk_repeats_nothing(cast, browse):
    room = draws.room_at(cast, "SIGNED")
    head, officer = browse(cast.approver), browse(cast.discipline)
    for client, view, rest, given in (
        (head, "draw_sign", ["agency"], {"outcome": "SIGNED"}),
        (officer, "draw_copies", [], {"parties": "system w1 w2"}),
        (browse(cast.handler), "draw_dice", [], {"digits": draws.DICE}),
        (browse(cast.handler), "draw_freeze", [], {"seen": "w1 w2"}),
    ):
        answer = client.post(reverse(f"desk:{view}", args=[room.draw.pk, *rest]), given)
        assert answer.status_code == 422, view
    assert room.draw.signatures.count() == 2


# ---- strangers ---------------------------------------------------------------------------------------------------


# proves S0-29
def test_one_visitor_cannot_fill_the_list_of_seat_requests(cast):
    draw = draws.room(cast).draw
    later = draws.NOON.replace(day=28)
    actions.announce(draw, place="一楼大厅", held_at=later, by=cast.handler, at=draws.NOON)
    address = reverse("portal:seat_request", args=[draw.number])
    answers = [Client().post(address, {"name": f"示范群众{n}"}) for n in range(30)]
    assert Invitation.objects.count() == 10
    assert answers[-1].status_code == 422
    assert "同一网络" in answers[-1].content.decode()
    assert Client(REMOTE_ADDR="192.0.2.7").post(address, {"name": "别处的群众"}).status_code == 302


def test_no_address_makes_the_server_set_another_sheet(cast, monkeypatch):
    """A sheet takes seconds: whoever invents a port behind the host's name gets the one that is kept."""
    draw, seen = draws.draw_at(cast, "IN_FORCE"), []
    monkeypatch.setattr("mingcha.web.portal.records.record_of", lambda *_a, site, **_k: seen.append(site) or b"")
    for host in ("testserver", "testserver:81", "testserver:65000"):
        Client().get(reverse("portal:draw_record", args=[draw.number]), headers={"host": host})
    assert seen == ["http://testserver"] * 3


@pytest.mark.parametrize("port", ["8443", "9000"])
def test_a_port_that_the_office_uses_stays_in_the_codes(cast, monkeypatch, settings, port):
    settings.CSRF_TRUSTED_ORIGINS = ["https://testserver:8443"]
    draw, seen = draws.draw_at(cast, "IN_FORCE"), []
    monkeypatch.setattr("mingcha.web.portal.records.record_of", lambda *_a, site, **_k: seen.append(site) or b"")
    address = reverse("portal:draw_record", args=[draw.number])
    Client().get(address, headers={"host": f"testserver:{port}"}, SERVER_PORT="9000")
    assert seen == [f"http://testserver:{port}"]


# ---- markup ------------------------------------------------------------------------------------------------------


def test_what_people_type_is_text_on_every_screen(cast, browse):
    room = draws.room(cast)
    seat, token = actions.take_seat(
        room.draw, pairing_code=draws.PAIRING, name=MARKUP[:60], unit=MARKUP, capacity="其他", at=draws.NOON
    )
    actions.raise_objection(seat, token=token, text=MARKUP, at=draws.NOON)
    actions.propose_abort(room.draw, reason=MARKUP, by=cast.handler, at=draws.NOON)
    actions.confirm_abort(room.draw, by=cast.approver, at=draws.NOON)
    screens = [
        hall(room.draw).get(reverse("ceremony:hall", args=[room.draw.number])),
        phone(room).get(reverse("ceremony:page", args=[room.draw.number])),
        browse(cast.handler).get(reverse("desk:draw_detail", args=[room.draw.pk])),
        browse().get(reverse("portal:verification", args=[room.draw.number])),
    ]
    assert [b"<script>alert" in screen.content or b"<img src=x" in screen.content for screen in screens] == [False] * 4
    assert escape(MARKUP[:25], quote=False) in screens[-1].content.decode()
    state = browse().get(reverse("ceremony:state", args=[room.draw.number]))
    assert state["Content-Type"].startswith("application/json")
    assert state["X-Content-Type-Options"] == "nosniff"
    sheet = browse().get(reverse("portal:draw_record", args=[room.draw.number]))
    assert "alert(1)" in text_of(sheet.content)


# ---- the sealed list ---------------------------------------------------------------------------------------------


def readers(room, browse) -> list[Client]:
    return [browse(), phone(room), hall(room.draw)]


# proves S0-23
def test_a_void_tells_nobody_what_a_sealed_draw_drew(cast, browse):
    room = draws.room_at(cast, "RESULT", list_timing="AT_END", subjects=30)
    void(room.draw, cast)
    draw = room.now()
    marks = chance_of(draw) | names_of(draw)
    searches = {f"/firms/?q={draw.subjects.order_by('pk')[0].code}"} | {
        f"/e/{row.code}/" for row in draw.subjects.all()
    }
    paths = [path for path in addresses(draw, "/") if not path.startswith("/desk/")]
    for client in readers(room, browse):
        assert set(told(client, paths, marks)) - searches == set()
    for client in (browse(cast.handler), browse(cast.discipline)):
        assert told(client, addresses(draw, "/desk/"), chance_of(draw)) == []
        assert told(client, [f"/desk/draws/{draw.pk}/", f"/desk/draws/{draw.pk}/changes/"], names_of(draw)) == []
    sheet = text_of(browse().get(reverse("portal:draw_record", args=[draw.number])).content)
    assert [mark for mark in marks if mark.decode() in sheet] == []
    assert "检查结束日2026-12-14" in sheet


def test_the_frame_of_the_next_draw_does_not_name_whom_a_sealed_void_draw_took(cast, browse):
    draw = void(draws.draw_at(cast, "RESULT", list_timing="AT_END", subjects=30), cast)
    campaign = Campaign.objects.get(pk=draw.campaign_id)
    again = actions.open_draw(campaign, by=cast.handler, at=draws.NOON)
    taken = {row.name.encode() for row in draw.subjects.filter(reserve=False)}
    frame = reverse("desk:draw_frame", args=[again.pk])
    pages = [frame, f"{frame}?reason=carried-over", reverse("desk:campaign_frame", args=[campaign.pk])]
    assert told(browse(cast.handler), pages, taken) == []
    assert len(told(browse(cast.handler), pages, {"尚未公开的名单里".encode()})) == len(pages)
    assert f"{len(taken)} 户" in browse(cast.handler).get(frame).content.decode()


def test_the_frame_of_a_supplement_does_not_name_whom_a_sealed_draw_took(cast, browse):
    draw = draws.draw_at(cast, "SIGNED", list_timing="AT_END", subjects=30)
    added = supplement(draw.campaign, cast, timing="AT_END")
    again = actions.open_draw(added, by=cast.handler, at=draws.NOON)
    taken = {row.name.encode() for row in draw.subjects.filter(reserve=False)}
    frame = reverse("desk:draw_frame", args=[again.pk])
    pages = [frame, f"{frame}?reason=drawn-before", reverse("desk:campaign_frame", args=[added.pk])]
    assert told(browse(cast.handler), pages, taken) == []
    assert Draw.objects.count() == 2


# proves S4-07
def test_a_buried_result_can_be_checked_by_anybody_after_its_last_day(cast, browse, monkeypatch):
    draw = draws.draw_at(cast, "RESULT", list_timing="AT_END", subjects=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: draws.NOON.replace(year=2027))
    page = browse().get(reverse("portal:verification", args=[draw.number])).content.decode()
    assert draw.subjects.filter(reserve=False).first().name in page
    assert "一键核验" in page
    assert browse().get(reverse("portal:draw_bundle", args=[draw.number])).content.startswith(b"PK")
    assert "服务器重算一致" in browse().get(reverse("portal:server_check", args=[draw.number])).content.decode()
