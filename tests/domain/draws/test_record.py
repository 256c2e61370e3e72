"""《随机抽取记录单》: what each edition says, and above all what it does not."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache

import fairdraw
from mingcha.domain.draws import actions
from mingcha.domain.draws.queries import Edition, record_of
from mingcha.domain.draws.queries.record import TEMPLATE, facts_of, outcome
from mingcha.domain.draws.queries.record.wording import PLAIN, VEILED
from mingcha.domain.registers.actions import close_subject, declare_avoidance
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.kit import paper
from mingcha.kit.errors import Refused
from tests.factories import draws
from tests.reading import pages_of, text_of

pytestmark = pytest.mark.django_db

SITE = "https://mingcha.example"


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test sets its own sheets."""
    cache.clear()


def sheet(draw, edition=Edition.ARCHIVE, *, names=True, site=SITE) -> str:
    return text_of(record_of(draw, edition, names=names, site=site))


def names_of(draw) -> set[str]:
    people = {p.name for row in draw.subjects.all() for p in row.inspectors.all()}
    return people | {text for row in draw.subjects.all() for text in (row.name, row.code)}


def chance_of(draw) -> set[str]:
    tickets = {row.ticket[:12] for row in draw.subjects.all()}
    return {draw.seed[:12], draw.key[:12], draw.system_secret[:12], *tickets}


# ---- the archive edition ---------------------------------------------------------------------------------------


def test_the_archive_edition_is_whole(cast):
    draw = draws.draw_at(cast, "IN_FORCE")
    said = sheet(draw)
    wanted = names_of(draw) | {row.ticket[:16] for row in draw.subjects.all()}
    wanted |= {draw.number, draw.campaign.title, "存档版", draw.dice, draw.seed, draw.key}
    wanted |= {draw.rules_digest, draw.system_commitment, draw.freeze_digest, draw.result_sha256, draw.system_secret}
    wanted |= {seat.commitment for seat in draw.seats.all()} | {seat.secret for seat in draw.seats.all()}
    wanted |= {"名录共61户，排除1户，入抽60户", "已注销或吊销1户", "16.67%", "4.17%", "示范甲", "示范乙", "fairdraw/1"}
    wanted |= {
        f"printf'%s'\"{draw.key}:CODE\"|sha256sum",
        "五幅图看懂这次抽取",
        "公章处",
        "签字确认",
        f"{SITE}/v/{draw.number}",
    }
    assert [text for text in wanted if text not in said] == []
    assert said.count("一致") >= 3
    assert "不一致" not in said


def test_each_stratum_shows_the_ticket_of_its_last_drawn_subject(cast):
    draw = draws.draw_at(cast, "RESULT")
    said = sheet(draw)
    for stratum in ("foreign", "rest"):
        assert draw.subjects.filter(stratum=stratum, reserve=False).order_by("rank").last().ticket in said


def test_every_page_names_the_edition_its_place_and_one_fingerprint(cast):
    draw = draws.draw_at(cast, "IN_FORCE")
    for edition, word in ((Edition.ARCHIVE, "存档版"), (Edition.PUBLIC, "公开版")):
        pages = pages_of(record_of(draw, edition, names=True, site=SITE))
        mark = facts_of(draw, edition, names=True, site=SITE)["fingerprint"]
        for number, page in enumerate(pages, 1):
            assert f"第{number}页共{len(pages)}页" in page
            assert word in page
            assert f"页指纹{mark}" in page


def test_the_head_of_a_table_stands_on_each_of_its_pages(cast):
    facts = dict(facts_of(draws.draw_at(cast, "RESULT"), Edition.ARCHIVE, names=True, site=SITE))
    facts["drawn"] = facts["drawn"] * 30
    pages = pages_of(paper.typeset(TEMPLATE, facts, at=draws.NOON))
    assert sum("序号对象代码" in page for page in pages) > 3


def test_a_broken_commitment_is_called_so(cast, monkeypatch):
    draw = draws.draw_at(cast, "RESULT")
    draw.system_secret = "0" * 64
    assert "不一致" in sheet(draw)


def test_words_for_reading_aloud_stand_over_their_digests(cast):
    draw = draws.draw_at(cast, "RESULT")
    said = sheet(draw)
    for digest in (draw.rules_digest, draw.system_commitment, draw.freeze_digest, draw.result_sha256):
        words = fairdraw.spoken(digest)
        assert len(words) == 8
        assert "".join(words) in said


# ---- the public edition ----------------------------------------------------------------------------------------


def test_the_public_edition_veils_inspectors_and_witnesses(cast):
    draw = draws.draw_at(cast, "IN_FORCE")
    said = sheet(draw, Edition.PUBLIC)
    for row in draw.subjects.all():
        assert row.name in said
        assert row.code in said  # of enterprises; whose is veiled: test_naming.py
        for person in row.inspectors.all():
            assert person.name not in said
            assert f"示某（{person.inspector.certificate_no[-4:]}）" in said
    assert "示范甲" not in said
    assert "w1示某（示范县人大，人大代表）" in said


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张某（0123）"),
        ("欧阳修文", "欧阳某（0123）"),
        ("阿卜杜拉·买买提", "阿某（0123）"),
        ("𬱖某人", "𬱖某（0123）"),
    ],
)
def test_an_inspector_is_a_surname_and_the_tail_of_a_certificate(name, shown):
    assert VEILED.inspector(name, "36000123") == shown
    assert PLAIN.inspector(name, "36000123") == name


def test_nobody_without_a_certificate_gets_an_empty_bracket():
    assert VEILED.inspector("张三", "") == "张某"


# proves S4-03
@pytest.mark.parametrize("edition", list(Edition))
def test_while_the_list_is_closed_neither_edition_lets_anybody_compute_it(cast, edition):
    draw = draws.draw_at(cast, "SIGNED", list_timing="AT_END")
    facts = json.dumps(facts_of(draw, edition, names=False, site=SITE), ensure_ascii=False)
    said = sheet(draw, edition, names=False)
    assert [mark for mark in names_of(draw) | chance_of(draw) if mark in facts or mark in said] == []
    for digest in (draw.rules_digest, draw.freeze_digest, draw.result_sha256):
        assert digest in said
    assert "抽中4户，备选4户；名单、种子和抽签值在名单公开时一并公开" in said
    assert "按计划在检查结束日2026-12-14公开" in said
    assert draw.seats.first().secret in said


# ---- other ends ------------------------------------------------------------------------------------------------


def test_there_is_no_sheet_before_there_is_an_end(cast):
    with pytest.raises(Refused, match="还没有结果，产生结果或者中止后才有记录单"):
        record_of(draws.draw_at(cast, "DICE"), Edition.ARCHIVE, names=True, site=SITE)


@pytest.mark.parametrize("phase", ["SEATS", "COMMITTED"])
@pytest.mark.parametrize("edition", list(Edition))
def test_an_aborted_draw_shows_its_reason_and_two_people(cast, noon, phase, edition):
    made = draws.room_at(cast, phase)
    actions.propose_abort(made.draw, reason="全县停电", by=cast.handler, at=noon)
    actions.confirm_abort(made.draw, by=cast.approver, at=noon)
    content = record_of(made.now(), edition, names=True, site=SITE)
    said = text_of(content)
    assert "本次抽取已中止，编号作废" in said
    assert "理由：全县停电" in said
    assert f"提出：{cast.handler.full_name}".replace(" ", "") in said
    assert f"确认：{cast.approver.full_name}".replace(" ", "") in said
    assert cast.approver.username + "，" not in said
    assert all("已中止" in page for page in pages_of(content))
    assert "没有产生名单" in said
    assert "bundle.zip" not in said  # there is none to lead to


def test_a_void_draw_shows_its_reason_on_a_stamped_sheet(cast, noon):
    made = draws.room_at(cast, "RESULT")
    actions.propose_void(made.draw, reason="骰子拍摄中断", by=cast.approver, at=noon)
    actions.confirm_void(made.draw, by=cast.discipline, at=noon)
    pages = pages_of(record_of(made.now(), Edition.PUBLIC, names=False, site=SITE))
    assert "理由：骰子拍摄中断" in pages[0]
    assert all("已宣告无效" in page for page in pages)


def test_a_rehearsal_is_stamped_on_each_page(cast, noon):
    campaign = draws.county(cast)
    draw = actions.open_rehearsal(campaign, by=cast.handler, at=noon, pairing_code=lambda: draws.PAIRING)
    made = draws.Room(cast, draw)
    for name in ("示范甲", "示范乙"):
        made.seat_witness(name)
    for step in draws.STEPS[: draws.PHASES.index("RESULT")]:
        step(made, noon)
    pages = pages_of(record_of(made.now(), Edition.ARCHIVE, names=True, site=SITE))
    assert all("演练" in page for page in pages)
    assert "不产生任何检查" in pages[0]
    assert made.now().subjects.first().name.replace(" ", "") in "".join(pages)


def test_a_draw_of_nobody_has_a_sheet(cast):
    facts = facts_of(draws.draw_at(cast, "RESULT"), Edition.ARCHIVE, names=True, site=SITE)
    empty = {**facts, "drawn_total": 0, "reserve_total": 0, "drawn": [], "reserves": []}
    assert "没有产生名单" in text_of(paper.typeset(TEMPLATE, empty, at=draws.NOON))


def test_a_list_too_long_for_paper_points_to_the_file(cast, monkeypatch):
    monkeypatch.setattr(outcome, "LISTED", 7)
    draw = draws.draw_at(cast, "RESULT")
    said = sheet(draw)
    assert "户数太多，不逐户打印；名单以抽取档案包中的result.tsv为准" in said
    assert not any(row.name in said for row in draw.subjects.all())


# ---- what happened in the room ---------------------------------------------------------------------------------


def test_absences_objections_and_reservations_stand_there(cast, noon):
    made = draws.room_at(cast, "COMMITTED")
    actions.raise_objection(made.seats[0], token=made.tokens[0], text="看不清骰子", at=noon)
    draws.check_copies(made, noon)
    draws.throw(made, noon)
    made.open(0)
    actions.open_sealed_copy(made.seats[1], secret=draws.secret_of("w2"), by=cast.discipline, at=noon)
    actions.sign(made.now(), seat="agency", outcome="RESERVED", text="名单有疑问", by=cast.approver, at=noon)
    said = sheet(made.now())
    assert "w2没有亲自开封" in said
    assert "由纪检监察机构的密封副本开封" in said
    assert "w1在“各方已封存随机数”阶段" in said
    assert "看不清骰子" in said
    assert "承办机构（保留意见）：名单有疑问" in said


def test_the_announced_place_stands_there(cast, noon):
    made = draws.room(cast)
    held = {"place": "县政务服务中心三楼", "held_at": noon + timedelta(minutes=20), "by": cast.handler, "at": noon}
    actions.announce(made.draw, **held)
    for step in draws.STEPS[: draws.PHASES.index("RESULT")]:
        step(made, noon)
    assert "抽取地点县政务服务中心三楼" in sheet(made.now())


def test_a_public_value_stands_there_with_its_words(cast):
    draw = draws.draw_at(cast, "RESULT")
    draw.public_words, draw.public_value = "当日某指数收盘价", "ab12"
    assert "公共随机数（当日某指数收盘价）：ab12" in sheet(draw)


def test_the_trial_of_the_sealed_copies_stands_there(cast):
    assert f"纪检监察人员{cast.discipline.full_name}".replace(" ", "") in sheet(draws.draw_at(cast, "RESULT"))


def test_the_registers_changes_before_the_freeze_are_counted_but_never_who_avoids_whom(cast, noon):
    campaign = draws.county(cast)
    subject, person = Subject.objects.get(code__contains="007"), Inspector.objects.get(code="market-001")
    early, late = noon - timedelta(hours=49), noon - timedelta(hours=47)
    close_subject(Subject.objects.get(code__contains="008"), reason="注销", by=cast.handler, at=early)
    close_subject(subject, reason="注销", by=cast.handler, at=late)
    declare_avoidance(Subject.objects.get(code__contains="009"), person, reason="亲属", by=cast.handler, at=late)
    draw = draws.draw_at(cast, "RESULT", campaign)
    changes = facts_of(draw, Edition.PUBLIC, names=True, site=SITE)["changes"]
    assert changes == {"hours": 48, "rows": [["标为已注销或吊销", "1"], ["申报回避", "1"]]}
    said = sheet(draw)
    assert "冻结前48小时内的名录变动" in said
    assert "亲属" not in said
