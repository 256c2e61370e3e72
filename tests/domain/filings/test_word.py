"""《备案表》 as Word: the same facts as the PDF, editable."""

import io

import pytest
from docx import Document

from mingcha.domain.filings.queries.form import facts_of
from mingcha.domain.filings.queries.form.word import word_form_of
from tests.factories import filings as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(cast):
    make.body("JUSTICE", cast.justice)
    return make.recipient(cast.justice)


def words_of(content: bytes) -> str:
    """Every word of the file, tables too."""
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


# proves S0-10
def test_the_word_file_says_everything_that_the_pdf_says(cast):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    facts, said = facts_of(filing), words_of(word_form_of(filing))
    wanted = [facts["title"], facts["digest"], facts["department"], facts["recipient"], facts["rule"]["words"]]
    wanted += [part for row in facts["head"] for part in row]
    for sheet in facts["sheets"]:
        wanted += [sheet["title"], *sheet["header"], *(cell for row in sheet["rows"] for cell in row if cell != "—")]
    assert [words for words in wanted if words not in said] == []
    assert "报备部门（盖章）" in said and "接收机构（盖章）" in said


def test_a_table_too_wide_for_a_sheet_is_written_row_by_row(cast):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    filing.content = {"清单": [{f"栏{number:02}": f"值{number}" if number else "" for number in range(12)}]}
    said = words_of(word_form_of(filing))
    assert "栏01：值1；栏02：值2" in said and "栏00" not in said


def test_the_answer_stands_on_it_once_there_is_one(cast, receiver):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    assert "备〔2026〕1号" not in words_of(word_form_of(filing))
    make.answered(filing, by=receiver)
    assert "备案号：备〔2026〕1号" in words_of(word_form_of(filing))
    created = Document(io.BytesIO(word_form_of(filing))).core_properties.created
    assert created.replace(tzinfo=filing.prepared_at.tzinfo).date() == filing.prepared_at.date()


def test_what_was_pasted_from_a_word_processor_is_written_and_a_soft_break_is_a_break(cast):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    unseen = "".join(map(chr, [*range(1, 9), 0x0E, 0x1F, 0xFFFE, 0xFFFF]))
    filing.content = {"说明": f"第一行\x0b第二行\u2028第三行{unseen}完", "表": [{"甲": "一\x0c二", "乙": "\x01三"}]}
    said = words_of(word_form_of(filing))
    assert "第一行\n第二行\n第三行完" in said and "一\n二" in said and "三" in said


def test_a_title_longer_than_the_properties_of_a_file_stands_whole_on_the_paper(cast):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    filing.title = "示" * 300
    paper = Document(io.BytesIO(word_form_of(filing)))
    assert paper.core_properties.title == "示" * 255
    assert filing.title in [paragraph.text for paragraph in paper.paragraphs]
