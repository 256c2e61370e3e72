"""Who sees which filing; what is still asked; the 备案表."""

from datetime import date

import pytest

from mingcha.domain.filings import actions
from mingcha.domain.filings.queries import (
    bodies_played,
    content_sheets,
    filed_in,
    filers_among,
    filings_visible_to,
    form_of,
    receipts_visible_to,
)
from mingcha.domain.filings.queries.form import facts_of
from mingcha.domain.organisation.models import Department
from tests.factories import filings as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(cast):
    make.body("JUSTICE", cast.justice)
    return make.recipient(cast.justice)


def test_the_recipient_sees_a_filing_once_it_was_sent_and_strangers_never(cast, noon, receiver):
    filing = make.prepared(cast.region, cast.market, by=cast.handler)
    assert list(filings_visible_to(cast.handler)) == [filing]
    assert list(filings_visible_to(receiver)) == []
    actions.send_filing(filing, by=cast.handler, at=noon)
    assert list(filings_visible_to(receiver)) == [filing]
    receipt = make.answered(filing, by=receiver)
    assert list(receipts_visible_to(cast.approver)) == [receipt]
    for stranger in (cast.stranger, cast.fire_handler, cast.auditor):
        assert not filings_visible_to(stranger).exists()
        assert not receipts_visible_to(stranger).exists()


def test_what_was_handed_in_comes_before_what_was_sent_back(cast, noon, receiver):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    everywhere = Department.objects.all()
    assert list(filed_in(everywhere, 2025)) == []
    assert filing.is_handed_in
    actions.return_filing(filing, reason="缺附件", by=receiver, at=noon)
    other = make.sent(cast.market, cast.market, by=cast.handler)
    waiting = make.prepared(cast.fire, cast.market, by=cast.handler)
    taken_back = make.prepared(cast.justice, cast.market, by=cast.handler)
    actions.withdraw_filings(cast.justice, by=cast.handler, at=noon)
    found = list(filed_in(everywhere, 2026))
    assert found[0] == other
    assert set(found[1:]) == {filing, waiting}
    assert [each.is_handed_in for each in found] == [True, False, False]
    assert taken_back not in found


def test_nothing_is_asked_of_a_department_where_nobody_files(cast, noon):
    asked = filers_among(Department.objects.filter(region=cast.region), on=noon.date())
    assert {each.code for each in asked} == {"market", "fire"}


def test_a_department_is_known_by_the_bodies_it_plays(cast):
    make.body("SECTOR_LEAD", cast.fire, sector="消防安全")
    make.body("JUSTICE", cast.justice)
    make.body("LEGAL_OFFICE", cast.justice)
    assert bodies_played(Department.objects.all()) == {
        cast.fire.pk: frozenset({"SECTOR_LEAD"}),
        cast.justice.pk: frozenset({"JUSTICE", "LEGAL_OFFICE"}),
    }


# proves S0-10
def test_the_form_names_recipient_department_kind_contents_digest_and_rule(cast, noon, receiver):
    filing = make.sent(cast.region, cast.market, by=cast.handler, due_on=date(2026, 3, 20))
    facts = facts_of(filing)
    said = str(facts)
    for words in (
        "司法局",
        cast.market.uscc,
        "抽查事项清单",
        "M-01",
        filing.digest,
        "报送至县司法局汇总",
        "2026-03-20",
    ):
        assert words in said
    assert facts["answer"]["number"] == ""
    make.answered(filing, by=receiver)
    assert facts_of(filing)["answer"]["number"] == "备〔2026〕1号"


def test_the_form_is_a_pdf_and_the_same_filing_gives_the_same_bytes(cast, receiver):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    made = form_of(filing)
    assert made.startswith(b"%PDF")
    assert form_of(filing) == made


def test_any_content_becomes_facts_and_tables():
    content = {
        "版次": 2,
        "首版": False,
        "说明": "",
        "领域": ["消防", "价格"],
        "调整": [{"编码": "M-01", "名称": "甲"}, {"编码": "M-02", "原因": None}],
        "章节": [["章", "字数"], ["检查依据", 12], ["审批权限"]],
        "空": [],
    }
    facts, chapters, changes = content_sheets(content)
    assert facts.rows == (("版次", "2"), ("说明", "—"), ("空", "—"), ("领域", "消防、价格"), ("首版", "否"))
    assert (changes.title, changes.header) == ("调整", ("原因", "名称", "编码"))
    assert changes.rows == (("—", "甲", "M-01"), ("—", "—", "M-02"))
    assert chapters.rows == (("检查依据", "12"), ("审批权限", ""))
    assert changes.labelled[0] == [("原因", "—"), ("名称", "甲"), ("编码", "M-01")]
    assert changes.widths == [6, 6, 6]
    assert not changes.is_wide


def test_a_table_too_wide_for_paper_becomes_paragraphs(cast, receiver):
    wide = {"事项清单": [{f"栏{number}": "值" * number for number in range(1, 13)}]}
    filing = make.sent(cast.region, cast.market, by=cast.handler, content=wide)
    (sheet,) = facts_of(filing)["sheets"]
    assert sheet["wide"]
    assert form_of(filing).startswith(b"%PDF")
