"""Tables read from a stream, as somebody said they are to be read; and cells on their way out."""

import io

import pytest
import xlsxwriter

from mingcha.kit.tabular import Sheet, Wanted, csv_of, neutral, open_table, plain_cell, workbook_of

HEADINGS = {"代码", "名称"}
PLAIN = "代码,名称\r\nA-1,青禾粮油店\r\nA-2,(半角)店\r\n"


def test_a_file_is_read_row_by_row_and_says_how_far_it_is():
    table = open_table(io.BytesIO(PLAIN.encode() + b"A-3,x\r\n" * 50_000), headings=HEADINGS)
    assert next(table.lines).cells == ("A-1", "青禾粮油店")
    assert 0 < table.share() < 0.9
    assert len(list(table.lines)) == 50_001
    assert table.share() == 1.0


def test_the_sheet_and_the_heading_row_may_be_said():
    content = workbook_of(
        [Sheet("一月", [["代码", "名称"], ["A-1", "甲"]]), Sheet("二月", [["x", ""], ["代码", "名称"]])]
    )
    table = open_table(io.BytesIO(content), headings=HEADINGS, wanted=Wanted(sheet="二月", heading_row=1))
    assert (table.sheets, table.sheet, table.heading.cells) == (("一月", "二月"), "二月", ("x", ""))
    assert [line.cells for line in table.lines] == [("代码", "名称")]


def test_a_table_may_have_no_heading_at_all():
    table = open_table(io.BytesIO(PLAIN.encode()), headings=HEADINGS, wanted=Wanted(heading_row=0))
    assert (table.heading.cells, len(list(table.lines))) == (("", ""), 3)


def test_a_few_unreadable_bytes_spoil_their_row_and_no_other():
    content = "代码,名称\n".encode() + "A-1,青禾\n".encode() * 60 + b"A-2,\xff\xfe\n"
    lines = list(open_table(io.BytesIO(content), headings=HEADINGS).lines)
    assert (len(lines), lines[0].cells) == (61, ("A-1", "青禾"))
    assert not lines[-1].cells[1].isprintable()


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "青禾", "'=x", ""])
def test_a_neutral_cell_is_no_formula_and_is_read_back(text):
    assert not neutral(text).startswith(("=", "+", "-", "@"))
    assert plain_cell(neutral(text)) == text or text.startswith("'")


def test_a_csv_for_excel_begins_with_its_mark_and_holds_no_formula():
    assert b"".join(csv_of([["代码", "名称"], ["A-1", "=1+1"]])).decode("utf-8") == "\ufeff代码,名称\r\nA-1,'=1+1\r\n"


def test_a_formula_gives_its_value_and_merged_cells_their_first():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("名录")
        page.write_row(0, 0, ["代码", "名称"])
        page.write_formula(1, 0, '="A-"&1', None, "A-1")
        page.merge_range(1, 1, 2, 1, "合并的名称")
        page.write(2, 0, "A-2")
    table = open_table(io.BytesIO(buffer.getvalue()), headings=HEADINGS)
    assert [line.cells for line in table.lines] == [("A-1", "合并的名称"), ("A-2", "")]
