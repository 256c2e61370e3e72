"""Who hears of what stands beside a draw, and until when its signed paper is due."""

from datetime import date, timedelta

import pytest

from mingcha.domain.draws import queries
from mingcha.domain.draws.models import ExhibitKind
from tests.factories import draws, exhibits
from tests.factories.exhibits import attach

pytestmark = pytest.mark.django_db


def with_each_kind(cast, draw):
    for number, kind in enumerate(ExhibitKind):
        content, _name = exhibits.content_for(kind)
        attach(draw, kind, by=cast.handler, content=content if kind == "DICE" else content + bytes([number]))


def test_the_public_hears_of_exhibits_once_the_list_is_public_and_of_other_material_never(cast, noon):
    sealed = draws.draw_at(cast, "SIGNED")
    with_each_kind(cast, sealed)
    assert not queries.public_exhibits(sealed, noon).exists()
    dice = sealed.exhibits.get(kind="DICE")
    assert queries.public_picture(sealed, dice.pk, noon) is None
    after = noon + timedelta(days=400)
    shown = queries.public_exhibits(sealed, after)
    assert {exhibit.kind for exhibit in shown} == {"DICE", "NOTARY", "PAPER", "RECORDING"}
    openable = [exhibit for exhibit in sealed.exhibits.all() if queries.public_picture(sealed, exhibit.pk, after)]
    assert openable == [dice]


def test_the_scan_is_due_three_working_days_after_the_draw_by_the_clause_of_the_profile(cast, noon):
    draw = draws.draw_at(cast, "SIGNED")
    due = queries.paper_due(draw, noon)
    assert due is not None
    assert (due.on, due.word, due.is_late) == (date(2026, 11, 26), "未交", False)
    assert due.clause.key == "signed_scan_working_days"
    assert queries.paper_due(draw, noon + timedelta(days=3)).word == "未交"
    assert queries.paper_due(draw, noon + timedelta(days=4)).word == "已逾期"
    attach(draw, "PAPER", by=cast.handler, at=noon + timedelta(days=2))
    assert queries.paper_due(draw, noon + timedelta(days=9)).word == "已交"


def test_a_late_scan_stays_late(cast, noon):
    draw = draws.draw_at(cast, "SIGNED")
    attach(draw, "PAPER", by=cast.handler, at=noon + timedelta(days=4))
    assert queries.paper_due(draw, noon + timedelta(days=9)).word == "已交（晚于期限）"


def test_no_scan_is_due_before_a_result(cast, noon):
    assert queries.paper_due(draws.draw_at(cast, "DICE"), noon) is None


def test_no_scan_is_due_where_the_rules_set_no_day(cast, noon, monkeypatch):
    draw = draws.draw_at(cast, "SIGNED")
    monkeypatch.setattr("mingcha.domain.draws.queries.exhibits.has_clause", lambda *_asked: False)
    assert queries.paper_due(draw, noon) is None
