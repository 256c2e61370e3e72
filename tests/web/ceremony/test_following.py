"""The state document: what it says in each phase, what it never says, and what asking for it costs."""

import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from fairdraw import spoken
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import mark_of
from mingcha.web.ceremony import following
from mingcha.web.shared.templatetags.mingcha import grouped
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def address(draw, view="state"):
    return reverse(f"ceremony:{view}", args=[draw.number])


def document(client, draw):
    cache.clear()
    return client.get(address(draw)).json()


def in_the_hall(client, draw):
    assert client.post(address(draw, "hall"), {"code": draws.PAIRING}).status_code == 302
    return client


def hidden_in(draw: Draw) -> set[str]:
    """Whatever lets anybody compute or read the list."""
    names = {row.name for row in draw.subjects.all()} | {row.ticket[:8] for row in draw.subjects.all()}
    chance = {draw.seed, draw.key, draws.secret_of("system"), draw.locked_secret, draw.system_sealed_copy}
    return {text for text in names | chance if text} | {grouped(text[:12]) for text in chance if text}


# ---- the phases ------------------------------------------------------------------------------------------------

STEPS = {
    "SEATS": (1, "入席"),
    "FROZEN": (2, "冻结"),
    "COMMITTED": (3, "封存"),
    "CHECKED": (4, "取数"),
    "DICE": (5, "开封"),
    "RESULT": (6, "抽取"),
    "SIGNED": (7, "签字"),
    "IN_FORCE": (8, "生效"),
}


@pytest.mark.parametrize("phase", STEPS)
def test_each_phase_has_its_number_and_word_on_every_screen(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    told = document(browse(), draw)
    assert (told["phase"]["number"], told["phase"]["label"]) == STEPS[phase]
    assert told["phase"]["since"].startswith("2026-11-23T12:00:00")
    assert told["mark"] == mark_of(draw)
    page = browse().get(address(draw, "page")).content.decode()
    assert f"第 {STEPS[phase][0]} 步，共 8 步" in page
    assert f"<h1>{STEPS[phase][1]}</h1>" in page


def test_binding_begins_with_the_first_phone_and_the_dice_with_the_tried_copies(cast, browse):
    made = draws.room_at(cast, "FROZEN")
    made.commit(0)
    assert document(browse(), made.draw)["phase"]["number"] == 3
    made.commit(1)
    told = document(browse(), made.draw)
    assert (told["phase"]["number"], told["copies_checked"]) == (3, False)
    draws.check_copies(made, draws.NOON)
    told = document(browse(), made.draw)
    assert (told["phase"]["number"], told["copies_checked"]) == (4, True)


# proves S0-20
def test_from_the_freeze_on_sizes_and_shares_are_shown_and_digests_are_words(cast, browse):
    made = draws.room(cast)
    assert document(browse(), made.draw)["counts"] is None
    draws.freeze(made, draws.NOON)
    draw = made.now()
    told = document(browse(), draw)
    counts = told["counts"]
    assert (counts["frame"], counts["register"]) == (60, 61)
    assert [one["label"] for one in counts["excluded"]] == ["已注销或吊销"]
    assert sum(one["size"] for one in counts["strata"]) == 60
    assert all(0 < one["take"] <= one["size"] for one in counts["strata"])
    assert told["digests"]["rules"] == {"digest": draw.rules_digest, "words": list(spoken(draw.rules_digest))}
    assert len(told["digests"]["system"]["words"]) == 8
    assert told["digests"]["freeze"] is None


def test_no_digit_is_told_before_two_people_agree(cast, browse):
    made = draws.room_at(cast, "COMMITTED")
    draws.check_copies(made, draws.NOON)
    actions.enter_dice(made.draw, digits=draws.DICE, by=cast.handler, at=draws.NOON)
    told = document(browse(), made.draw)["dice"]
    assert (told["typed"], told["differ"], told["digits"]) == (1, False, "")
    actions.enter_dice(made.draw, digits=draws.DICE[:-1] + "0", by=cast.approver, at=draws.NOON)
    cache.clear()
    answer = browse().get(address(made.draw))
    told = answer.json()["dice"]
    assert (told["typed"], told["differ"], told["digits"]) == (2, True, "")
    assert draws.DICE[:6] not in answer.content.decode()
    actions.enter_dice(made.draw, digits=draws.DICE, by=cast.approver, at=draws.NOON)
    told = document(browse(), made.draw)["dice"]
    assert (told["typed"], told["differ"], told["digits"]) == (2, False, draws.DICE)


def test_openings_are_public_one_by_one_and_say_when_a_copy_was_opened(cast, browse):
    made = draws.room_at(cast, "DICE")
    made.open(0)
    first, second = document(browse(), made.draw)["seats"]
    assert (first["opened"], first["secret"]) == (True, draws.secret_of("w1"))
    assert (second["opened"], second["secret"], second["from_copy"]) == (False, "", False)
    actions.open_sealed_copy(made.seats[1], secret=draws.secret_of("w2"), by=cast.discipline, at=draws.NOON)
    assert document(browse(), made.draw)["seats"][1]["from_copy"] is True


def test_signatures_say_seat_capacity_and_outcome_but_no_account(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    assert [one["seat"] for one in document(browse(), draw)["awaited"]] == ["agency", "discipline"]
    actions.sign(draw, seat="discipline", outcome="RESERVED", text="材料不全", by=cast.discipline, at=draws.NOON)
    cache.clear()
    answer = browse().get(address(draw))
    told = answer.json()
    assert [(one["seat"], one["outcome"], one["text"]) for one in told["signatures"]] == [
        ("discipline", "RESERVED", "材料不全")
    ]
    assert [one["seat"] for one in told["awaited"]] == ["agency"]
    for account in (cast.discipline, cast.handler, cast.approver):
        assert account.full_name not in answer.content.decode()


def test_a_proposed_stop_is_told_without_its_reason_and_an_agreed_one_with_it(cast, browse, noon):
    made = draws.room_at(cast, "FROZEN")
    actions.propose_abort(made.draw, reason="停电", by=cast.handler, at=noon)
    assert document(browse(), made.draw)["ending"] == {"kind": "abort_proposed", "reason": "", "at": None}
    actions.confirm_abort(made.draw, by=cast.approver, at=noon)
    told = document(browse(), made.draw)
    assert (told["ending"]["kind"], told["ending"]["reason"], told["phase"]["number"]) == ("aborted", "停电", 2)
    assert told["over"] is True


def test_a_void_is_told_like_an_abort(cast, browse, noon):
    draw = draws.draw_at(cast, "RESULT")
    actions.propose_void(draw, reason="骰子有缺口", by=cast.approver, at=noon)
    assert document(browse(), draw)["ending"]["kind"] == "void_proposed"
    actions.confirm_void(draw, by=cast.discipline, at=noon)
    told = document(browse(), draw)
    assert (told["ending"]["kind"], told["ending"]["reason"]) == ("voided", "骰子有缺口")


def test_a_rehearsal_says_so(cast, browse, noon):
    draw = actions.open_rehearsal(draws.county(cast), by=cast.handler, at=noon)
    assert document(browse(), draw)["is_rehearsal"] is True
    assert "演练" in browse().get(address(draw, "page")).content.decode()


# ---- what it never says ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED", "DICE"])
def test_before_the_result_nothing_of_the_outcome_is_told(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    text = browse().get(address(draw)).content.decode()
    for secret in (draw.locked_secret, draw.system_sealed_copy, *map(draws.secret_of, ("system", "w1", "w2"))):
        assert not secret or secret not in text
    assert draws.PAIRING not in text
    assert json.loads(text)["opening"] is None


@pytest.mark.parametrize("timing", ["AT_START", "AT_END"])
@pytest.mark.parametrize("phase", ["RESULT", "SIGNED", "IN_FORCE"])
def test_a_sealed_draw_shows_counts_and_digests_and_nothing_else(cast, browse, phase, timing):
    made = draws.room_at(cast, phase, list_timing=timing)
    draw = made.draw
    actions.show_subject(draw, code=draw.subjects.first().code, by=cast.handler, at=draws.NOON)
    cache.clear()
    hall = in_the_hall(browse(), draw)
    texts = [hall.get(address(draw, view)).content.decode() for view in ("state", "hall", "page", "result")]
    for text in texts:
        assert [hidden for hidden in hidden_in(draw) if hidden in text] == []
    told = json.loads(texts[0])
    assert (told["opening"], told["names"]["open"], told["shown"]["verdict"]) == (None, False, "sealed")
    assert told["result"]["digest"] == draw.result_sha256
    assert told["counts"]["take"] == draw.subjects.filter(reserve=False).count()
    assert hall.get(address(draw, "result")).status_code == 404


def test_an_open_draw_gives_what_a_browser_needs_to_compute_it(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    told = document(browse(), draw)
    assert told["opening"] == {"system": draws.secret_of("system"), "seed": draw.seed, "key": draw.key}


# ---- what following costs --------------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_sent_again(cast, browse):
    made = draws.room(cast)
    client = browse()
    first = client.get(address(made.draw))
    assert (first["Cache-Control"], first["ETag"]) == ("no-cache", f'"{first.json()["mark"]}"')
    same = client.get(address(made.draw), headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    made.seat_witness("示范丙")
    cache.clear()
    assert client.get(address(made.draw), headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("phase", ["SEATS", "COMMITTED", "DICE", "SIGNED"])
def test_many_phones_cost_one_reading_a_second(cast, browse, phase, monkeypatch, django_assert_max_num_queries):
    assert following.STATE_SECONDS <= 1
    monkeypatch.setattr(following, "STATE_SECONDS", 60)  # the tests' machine may need a second for one phone
    draw = draws.draw_at(cast, phase)
    cache.clear()
    with django_assert_max_num_queries(9):
        browse().get(address(draw))
    with django_assert_max_num_queries(0):
        for _phone in range(20):
            assert browse().get(address(draw)).status_code == 200


def test_a_page_is_never_older_than_the_document_it_follows(cast, browse):
    made = draws.room(cast)
    client = browse()
    client.get(address(made.draw))
    made.seat_witness("示范丙")
    page = client.get(address(made.draw, "page")).content.decode()
    mark = client.get(address(made.draw)).json()["mark"]
    assert re.search(rf'data-mark="{mark}" data-since="\d+\.\d+"', page)


def test_the_mark_changes_with_everything_that_a_screen_shows(cast, browse, noon):
    made = draws.room_at(cast, "DICE")
    marks = [mark_of(made.now())]
    acts = [
        lambda: actions.raise_objection(made.seats[0], token=made.tokens[0], text="看不清", at=noon),
        lambda: made.open(0),
        lambda: made.open(1),
        lambda: actions.show_subject(made.draw, code="X", by=cast.handler, at=noon),
        lambda: actions.sign(made.draw, seat="agency", outcome="SIGNED", by=cast.approver, at=noon),
        lambda: actions.propose_void(made.draw, reason="x", by=cast.approver, at=noon),
    ]
    for act in acts:
        act()
        marks.append(mark_of(made.now()))
    assert len(set(marks)) == len(marks)


def test_names_open_by_the_calendar_too(cast, browse, monkeypatch):
    draw = draws.draw_at(cast, "IN_FORCE", list_timing="AT_END")
    before = document(browse(), draw)
    with unguarded():
        draw.campaign.ends_on = draws.NOON.date()
        draw.campaign.starts_on = draws.NOON.date()
        draw.campaign.save()
    after = document(browse(), draw)
    assert (before["names"]["open"], after["names"]["open"]) == (False, True)
    assert before["mark"] != after["mark"]
    assert after["opening"]["seed"] == draw.seed
