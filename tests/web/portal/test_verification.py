"""/v/NUMBER: what anybody sees of a draw, whatever has become of it."""

from datetime import timedelta

import pytest

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Invitation
from tests.factories import draws

pytestmark = pytest.mark.django_db


def page(browse, draw, rest=""):
    return browse().get(f"/v/{draw.number}/{rest}")


def text(browse, draw, rest=""):
    return page(browse, draw, rest).content.decode()


def announced(cast, **how):
    draw = actions.open_draw(draws.county(cast), by=cast.handler, at=draws.NOON, pairing_code=lambda: draws.PAIRING)
    told = {"place": "政务服务中心三楼", "held_at": draws.NOON + timedelta(days=3), "watching": "现场旁观", **how}
    actions.announce(draw, **told, by=cast.handler, at=draws.NOON)
    return draw


@pytest.fixture
def at_noon(monkeypatch):
    """The pages' clock stands at noon."""
    for module in ("verification", "witness_seats"):
        monkeypatch.setattr(f"mingcha.web.portal.{module}.timezone.now", lambda: draws.NOON)


@pytest.mark.parametrize("phase", ["FROZEN", "COMMITTED", "DICE", "RESULT", "SIGNED", "IN_FORCE"])
def test_the_page_works_in_every_phase_and_shows_the_digests_with_their_words(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    shown = text(browse, draw)
    assert draws.fairdraw.spoken(draw.rules_digest)[0] in shown
    assert ("一键核验" in shown) == (phase == "IN_FORCE")


# proves S4-03
def test_the_announcement_stands_on_the_page_before_the_day(cast, browse, at_noon):
    shown = text(browse, announced(cast))
    assert "2026年11月26日" in shown
    assert "政务服务中心三楼" in shown
    assert "申请到现场见证" in shown


def test_the_first_page_says_where_a_draw_can_be_watched(cast, browse, monkeypatch):
    monkeypatch.setattr("mingcha.web.portal.home.timezone.now", lambda: draws.NOON)
    draw = announced(cast)
    home = browse().get("/").content.decode()
    assert "公开抽取，可以旁观" in home
    assert "政务服务中心三楼" in home
    monkeypatch.setattr("mingcha.web.portal.home.timezone.now", lambda: draws.NOON + timedelta(days=9))
    assert "公开抽取，可以旁观" not in browse().get("/").content.decode()
    rehearsal = actions.open_rehearsal(draw.campaign, by=cast.handler, at=draws.NOON)
    assert rehearsal.number not in browse().get("/").content.decode()


def test_a_draw_that_was_moved_says_so(cast, browse, at_noon):
    draw = announced(cast)
    actions.announce(draw, place="一楼大厅", held_at=draws.NOON + timedelta(days=9), by=cast.handler, at=draws.NOON)
    shown = text(browse, draw)
    assert "一楼大厅" in shown
    assert "现已改期" in shown


# proves S0-29
def test_a_citizen_asks_for_a_seat_and_reads_the_answer(cast, browse, at_noon):
    draw = announced(cast)
    citizen = browse()
    answer = citizen.post(f"/v/{draw.number}/seat/", {"name": "示范群众", "unit": ""})
    receipt = answer.headers["Location"]
    assert "等待答复" in citizen.get(receipt).content.decode()
    actions.decide_request(Invitation.objects.get(), agreed=False, remark="席位已满", by=cast.handler, at=draws.NOON)
    assert "席位已满" in citizen.get(receipt).content.decode()


def test_a_request_that_cannot_be_taken_is_answered_in_words(cast, browse, at_noon):
    draw = announced(cast)
    assert browse().post(f"/v/{draw.number}/seat/", {"name": ""}).status_code == 422
    again = [browse().post(f"/v/{draw.number}/seat/", {"name": "示范群众"}) for _time in range(2)]
    assert [one.status_code for one in again] == [302, 422]
    assert "已在邀请名单上" in again[1].content.decode()
    assert browse().get("/v/seat/NOSUCHCODE/").status_code == 404


def test_an_older_address_leads_here(cast, browse):
    draw = draws.room(cast).draw
    assert browse().get(f"/draws/{draw.number}/").headers["Location"] == f"/v/{draw.number}/"


def test_an_aborted_and_a_void_draw_say_why_for_ever(cast, browse):
    first = draws.room_at(cast, "COMMITTED")
    actions.propose_abort(first.draw, reason="会场停电", by=cast.handler, at=draws.NOON)
    actions.confirm_abort(first.draw, by=cast.discipline, at=draws.NOON)
    assert "会场停电" in text(browse, first.draw)
    second = draws.room_at(cast, "RESULT", first.draw.campaign)
    actions.propose_void(second.draw, reason="承办人与企业有利害关系", by=cast.approver, at=draws.NOON)
    actions.confirm_void(second.draw, by=cast.discipline, at=draws.NOON)
    shown = text(browse, second.draw)
    assert "承办人与企业有利害关系" in shown
    assert "抽中的企业仍要检查" in shown


def test_an_objection_is_public(cast, browse):
    room = draws.room_at(cast, "DICE")
    actions.raise_objection(room.seats[0], token=room.tokens[0], text="骰子没有摇匀", at=draws.NOON)
    assert "骰子没有摇匀" in text(browse, room.draw)


def test_a_rehearsal_is_called_one_and_listed_apart(cast, browse):
    draw = actions.open_rehearsal(draws.county(cast), by=cast.handler, at=draws.NOON)
    assert "不是真的抽取" in text(browse, draw)
    assert draw.number not in browse().get("/draws/").content.decode()
    assert draw.number in browse().get("/draws/?kind=rehearsal").content.decode()


def test_the_servers_own_check_is_called_a_claim(cast, browse):
    draw = draws.draw_at(cast, "IN_FORCE")
    shown = text(browse, draw, "server/")
    assert "这是服务器的说法" in text(browse, draw)
    assert "不是您的核对" in shown
    assert "服务器重算一致" in shown


def test_the_server_claims_nothing_before_the_list_is_public(cast, browse):
    assert page(browse, draws.draw_at(cast, "SIGNED"), "server/").status_code == 404


def test_everybody_who_was_drawn_is_listed_page_by_page(cast, browse):
    draw = draws.draw_at(cast, "IN_FORCE")
    listed = text(browse, draw, "names/")
    assert all(row.name in listed for row in draw.subjects.filter(reserve=False))


def test_nobody_reads_names_before_their_time(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    assert page(browse, draw, "names/").headers["Location"] == f"/v/{draw.number}/"
    shown = text(browse, draw)
    assert draw.seed not in shown
    assert not any(row.name in shown for row in draw.subjects.all())


def test_the_page_says_what_a_draw_proves_and_what_not(browse):
    shown = browse().get("/about/draws/").content.decode()
    assert "不能证明" in shown
    assert "名录本身没有漏掉企业" in shown


def test_the_page_costs_a_bounded_number_of_queries(cast, browse, django_assert_max_num_queries):
    draw = draws.draw_at(cast, "IN_FORCE")
    with django_assert_max_num_queries(30):
        page(browse, draw)
