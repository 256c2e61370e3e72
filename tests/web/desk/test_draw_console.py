"""控制台: one next step for whoever looks, warnings that the hall does not see, the words to read aloud."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.draws import actions
from mingcha.domain.draws.queries import spoken_digest
from mingcha.domain.draws.rules.aftermath import UNOPENED_FOR
from mingcha.domain.organisation.actions import note_sign_in
from mingcha.domain.registers.actions import close_subject
from mingcha.domain.registers.models import Subject
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def seen(client, draw):
    return client.get(reverse("desk:draw_detail", args=[draw.pk]))


def step_of(client, draw):
    return seen(client, draw).context["next"]


def told(client, draw) -> str:
    return seen(client, draw).content.decode()


def warned(client, draw) -> str:
    return "；".join(seen(client, draw).context.get("warnings", []))


# ---- one next step --------------------------------------------------------------------------------------------


LABELS = {
    "SEATS": ("冻结名单…", "冻结名单…", ""),
    "FROZEN": ("", "", ""),
    "COMMITTED": ("", "", "核对密封副本…"),
    "CHECKED": ("录入骰子", "录入骰子", ""),
    "DICE": ("", "", "用密封副本开封"),
    "RESULT": ("", "代表承办机构签字…", "代表纪检监察机构签字…"),
    "SIGNED": ("生效并派发", "", ""),
    "IN_FORCE": ("看公开的核验页", "看公开的核验页", "看公开的核验页"),
}


@pytest.mark.parametrize("phase", LABELS)
def test_each_person_has_one_next_step_in_each_phase(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    people = (cast.handler, cast.approver, cast.discipline)
    assert tuple(step_of(browse(person), draw).label for person in people) == LABELS[phase]


@pytest.mark.parametrize("phase", LABELS)
def test_whoever_looks_on_is_offered_nothing_and_told_nothing_private(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    answer = seen(browse(cast.supervisor), draw)
    assert answer.context["next"].label in ("", "看公开的核验页")
    assert "warnings" not in answer.context
    assert not any(words in answer.content.decode() for words in ("主持词", "出了状况", "提出中止…", "宣告无效…"))


def test_what_cannot_be_undone_is_said_beside_its_button(cast, browse):
    draw = draws.room(cast).draw
    assert "冻结后不能修改名单，也不能再入席" in told(browse(cast.handler), draw)


def test_a_proposed_stop_comes_before_everything_for_those_who_may_confirm_it(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    actions.propose_abort(draw, reason="停电", by=cast.handler, at=draws.NOON)
    assert [step_of(browse(person), draw).label for person in (cast.handler, cast.approver, cast.discipline)] == [
        "",
        "去确认中止…",
        "去确认中止…",
    ]


def test_who_has_typed_waits_and_both_are_called_when_the_digits_differ(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    actions.enter_dice(draw, digits="9" + draws.DICE[1:], by=cast.handler, at=draws.NOON)
    assert step_of(browse(cast.handler), draw).label == "更正我的录入"
    actions.enter_dice(draw, digits=draws.DICE, by=cast.approver, at=draws.NOON)
    for person in (cast.handler, cast.approver):
        assert step_of(browse(person), draw).label == "核对我的录入"
        assert "第 1 位不同" in warned(browse(person), draw)
        assert "9" + draws.DICE[1:] not in told(browse(cast.approver), draw)


def test_a_refused_signature_leaves_only_the_void(cast, browse):
    draw = draws.draw_at(cast, "RESULT")
    actions.sign(draw, seat="discipline", outcome="REFUSED", text="名单有疑问", by=cast.discipline, at=draws.NOON)
    assert step_of(browse(cast.approver), draw).label == "提出宣告无效…"
    assert step_of(browse(cast.discipline), draw).label == ""
    actions.propose_void(draw, reason="名单有疑问", by=cast.approver, at=draws.NOON)
    assert step_of(browse(cast.discipline), draw).label == "去确认宣告无效…"


# ---- ends -----------------------------------------------------------------------------------------------------


def test_a_void_without_a_result_does_not_speak_of_drawn_firms(cast, browse):
    draw = draws.draw_at(cast, "DICE")
    actions.propose_void(draw, reason="随机数相同", by=cast.approver, at=draws.NOON)
    client = browse(cast.discipline)
    assert "没有企业受影响" in client.get(reverse("desk:draw_void_confirm", args=[draw.pk])).content.decode()
    actions.confirm_void(draw, by=cast.discipline, at=draws.NOON + UNOPENED_FOR)
    assert "抽中的企业" not in told(client, draw)


def test_an_aborted_and_a_void_draw_keep_a_page_with_their_reason(cast, browse):
    draw = draws.draw_at(cast, "FROZEN")
    actions.propose_abort(draw, reason="停电", by=cast.handler, at=draws.NOON)
    actions.confirm_abort(draw, by=cast.approver, at=draws.NOON)
    for person in (cast.handler, cast.approver, cast.discipline, cast.supervisor):
        text = told(browse(person), draw)
        assert "理由：停电" in text
        assert "follow.js" not in text
    second = draws.room(cast, draw.campaign)
    for step in draws.STEPS[: draws.PHASES.index("RESULT")]:
        step(second, draws.NOON)
    actions.propose_void(second.draw, reason="骰子掉落", by=cast.approver, at=draws.NOON)
    actions.confirm_void(second.draw, by=cast.discipline, at=draws.NOON)
    for person in (cast.handler, cast.approver, cast.discipline, cast.supervisor):
        assert "理由：骰子掉落" in told(browse(person), second.draw)


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "CHECKED", "DICE", "RESULT", "SIGNED"])
def test_a_rehearsal_says_so_in_every_phase_and_names_nobody_real(cast, browse, phase):
    campaign = draws.county(cast)
    draw = actions.open_rehearsal(campaign, by=cast.handler, at=draws.NOON, pairing_code=lambda: draws.PAIRING)
    made = draws.Room(cast, draw)
    for name in ("示范甲", "示范乙"):
        made.seat_witness(name)
    for step in draws.STEPS[: draws.PHASES.index(phase)]:
        step(made, draws.NOON)
    for person in (cast.handler, cast.approver, cast.discipline):
        text = told(browse(person), draw)
        assert "不影响正式抽取" in text
        assert "示范企业" not in text
        assert "生效并派发" not in text
    if phase == "RESULT":
        assert "演练企业" in text and "演练人员" in text


# ---- warnings -------------------------------------------------------------------------------------------------


def test_the_host_is_told_when_the_hour_has_come_and_witnesses_are_missing(cast, browse, noon, monkeypatch):
    draw = actions.open_draw(draws.county(cast), by=cast.handler, at=noon, pairing_code=lambda: draws.PAIRING)
    actions.announce(draw, place="三楼", held_at=noon + timedelta(minutes=10), by=cast.handler, at=noon)
    client = browse(cast.handler)
    assert "见证人只有" not in warned(client, draw)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon + timedelta(minutes=10))
    assert "见证人只有 0 位，至少要 2 位" in warned(client, draw)


def test_the_host_is_told_when_no_discipline_officer_has_signed_in_today(cast, browse, noon):
    draw = draws.room(cast).draw
    client = browse(cast.handler)
    note_sign_in(cast.discipline, at=noon - timedelta(days=1))
    assert "纪检监察人员今天还没有登录" in warned(client, draw)
    note_sign_in(cast.discipline, at=noon)
    assert "还没有登录" not in warned(client, draw)


@pytest.mark.parametrize("phase", ["FROZEN", "DICE"])
def test_a_phone_that_is_silent_for_three_minutes_is_named(cast, browse, noon, monkeypatch, phase):
    made = draws.room_at(cast, phase)
    act, words = (made.commit, "没有封存") if phase == "FROZEN" else (made.open, "没有开封")
    act(0)
    client = browse(cast.handler)
    assert words not in warned(client, made.draw)
    assert 'data-look-again="180"' in told(client, made.draw)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon + timedelta(minutes=3))
    assert f"示范乙（w2）超过 3 分钟{words}" in warned(client, made.draw)
    assert "示范甲" not in warned(client, made.draw)


def test_a_firm_that_left_the_register_lately_is_mentioned_before_the_freeze(cast, browse, noon):
    draw = draws.room(cast).draw
    subject = Subject.objects.filter(state="OPEN").first()
    close_subject(subject, reason="办理注销", by=cast.handler, at=noon - timedelta(hours=2))
    assert "标为已注销或吊销 1 条" in warned(browse(cast.handler), draw)


def test_sealed_publication_is_recalled_to_the_host(cast, browse):
    made = draws.room_at(cast, "RESULT", list_timing="AT_START")
    client = browse(cast.handler)
    assert "现场不念企业名称" in warned(client, made.draw)
    assert "今天只公布户数和摘要" in " ".join(seen(client, made.draw).context["script"])


# ---- words, objections, hall ------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["SEATS", "FROZEN", "COMMITTED", "CHECKED", "DICE", "RESULT", "SIGNED"])
def test_the_host_has_two_or_three_sentences_in_every_phase(cast, browse, phase):
    draw = draws.draw_at(cast, phase)
    lines = seen(browse(cast.handler), draw).context["script"]
    assert 2 <= len(lines) <= 3
    assert not any("%(" in line for line in lines)


def test_the_freeze_digest_is_read_aloud_in_words(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    words = spoken_digest(draw.freeze_digest)["words"]
    assert "、".join(words) in " ".join(seen(browse(cast.handler), draw).context["script"])
    assert " ".join(words) in told(browse(cast.handler), draw)


def test_the_clock_of_the_ceremony_starts_with_the_first_witness(cast, browse, noon, monkeypatch):
    draw = draws.room(cast).draw
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon + timedelta(minutes=7, seconds=5))
    assert 'data-elapsed="425">7<' in told(browse(cast.handler), draw)


def test_objections_stand_on_the_console(cast, browse, noon):
    made = draws.room_at(cast, "FROZEN")
    actions.raise_objection(made.seats[0], token=made.tokens[0], text="念得太快", at=noon)
    text = told(browse(cast.discipline), made.draw)
    assert "念得太快" in text and "示范甲（示范县人大）" in text


def test_the_hall_screen_and_the_panic_card_are_at_hand(cast, browse):
    draw = draws.draw_at(cast, "FROZEN")
    text = told(browse(cast.handler), draw)
    assert reverse("ceremony:hall", args=[draw.number]) in text
    assert all(word in text for word in ("停电", "断网", "投影坏了", "见证人身体不适", "有人抗议"))


def test_the_steps_carry_the_numbers_of_every_other_screen(cast, browse):
    draw = draws.draw_at(cast, "CHECKED")
    steps = seen(browse(cast.handler), draw).context["steps"]
    assert [step.label for step in steps if step.present] == ["取数"]
    assert [step.done for step in steps] == [True] * 3 + [False] * 5


@pytest.mark.parametrize("phase", ["SEATS", "CHECKED", "RESULT"])
def test_the_console_takes_a_fixed_number_of_queries(cast, browse, django_assert_max_num_queries, phase):
    made = draws.room_at(cast, phase)
    client = browse(cast.handler)
    with django_assert_max_num_queries(75):
        seen(client, made.draw)


def test_more_witnesses_cost_no_more_queries(cast, browse, django_assert_max_num_queries):
    made = draws.room(cast)
    for number in range(12):
        made.seat_witness(f"示范{number}")
    with unguarded(), django_assert_max_num_queries(75):
        seen(browse(cast.handler), made.draw)
