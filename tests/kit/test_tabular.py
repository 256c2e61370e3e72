"""Files as offices have them: no database is touched."""

import gzip
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mingcha.kit.errors import Refused
from mingcha.kit.tabular import Limits, Sheet, csv_of, plain_cell, plain_heading, read_table, workbook_of
from mingcha.kit.tabular import workbook as workbook_module
from mingcha.kit.tabular.sheets import text_of

HEADINGS = {"代码", "名称"}
PLAIN = "代码,名称\r\nA-1,青禾粮油店\r\nA-2,(半角)店\r\n"


def workbook(*rows, title: str = "名录", more: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name).append(["说明"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(content: bytes, change, *, sheet: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The same package with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(part) if entry.filename == sheet else part)
    return buffer.getvalue()


def read(content: bytes, **limits: int):
    table = read_table(content, headings=HEADINGS, limits=Limits(**limits))
    return table, list(table.lines)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PLAIN.encode(), "UTF-8"),
        (PLAIN.encode("utf-8-sig"), "UTF-8 BOM"),
        (PLAIN.encode("gb18030"), "GB18030"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (PLAIN.encode("utf-16-be"), "UTF-16"),
        (PLAIN.encode("utf-16-le"), "UTF-16"),
        (PLAIN.replace(",", "\t").encode("utf-16"), "UTF-16"),
        (gzip.compress(PLAIN.encode(), mtime=0), "UTF-8"),
    ],
)
def test_a_csv_reads_the_same_in_every_encoding(content, encoding):
    table, lines = read(content)
    assert table.found == f"CSV，{encoding} 编码，第 1 行为表头"
    assert table.heading.cells == ("代码", "名称")
    assert [(line.number, line.cells) for line in lines] == [(2, ("A-1", "青禾粮油店")), (3, ("A-2", "(半角)店"))]


def test_the_heading_row_may_stand_below_a_title_and_blank_rows():
    table, lines = read("明察示范县名录\n\n代码,名称\nA-1,甲\n\nA-2,乙\n".encode())
    assert table.heading.number == 3
    assert [line.number for line in lines] == [4, 6]


def test_a_row_that_spans_lines_has_the_number_of_its_first_line():
    _table, lines = read('代码,名称\nA-1,"甲\n乙"\nA-2,丙\n'.encode())
    assert [line.number for line in lines] == [2, 4]


def test_a_workbook_reads_dates_long_numbers_and_truths_as_they_are_seen():
    _table, lines = read(workbook(["代码", "名称"], [360100110001234, "甲"], [913600001582619648, True]))
    assert [line.cells for line in lines] == [("360100110001234", "甲"), ("9.13600001582620E+17", "是")]


def test_the_sheet_that_looks_most_like_the_register_is_read_whatever_its_place():
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    page = book.create_sheet("数据")
    page.append(["代码", "名称"])
    page.append(["A-1", "甲"])
    buffer = io.BytesIO()
    book.save(buffer)
    table, lines = read(buffer.getvalue())
    assert table.found == "XLSX，工作表“数据”，第 1 行为表头"
    assert lines[0].cells == ("A-1", "甲")


def test_an_old_workbook_is_read_by_what_it_is_whatever_it_is_called():
    """The file was written with xlwt; a name is never asked for."""
    table, lines = read((Path(__file__).parent / "files" / "register.xls").read_bytes())
    assert table.found == "XLS，工作表“名录”，第 1 行为表头"
    assert [line.cells for line in lines] == [("92990000MA00000018", "青禾粮油店", "2020-05-18")]


SHEETS = """print('{"sheets": [["名录", [["代码", "名称"]], 2]]}', flush=True)"""


@pytest.mark.parametrize(
    "reader",
    [
        "import os; os.abort()",
        "import sys; sys.exit(1)",
        f'import os, sys; sys.stdin.buffer.read(8); {SHEETS}; print(\'["代码", "名称"]\', flush=True); os.abort()',
    ],
)
@pytest.mark.parametrize("size", [1, 5_000_000])
def test_a_workbook_that_brings_its_reader_down_is_refused(tmp_path, monkeypatch, reader, size):
    script = tmp_path / "reader.py"
    script.write_text(reader, encoding="utf-8")
    monkeypatch.setattr(workbook_module, "READER", script)
    with pytest.raises(Refused, match="打不开这个工作簿"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(size))


def test_a_reader_that_is_not_heard_to_the_end_is_ended():
    content = workbook(["代码", "名称"], *(["A", "甲"] for _ in range(5000)))
    table = read_table(content, headings=HEADINGS, limits=Limits(rows=10))
    with pytest.raises(Refused, match="超过 10 行"):
        list(table.lines)


@pytest.mark.parametrize(
    ("heading", "plain"),
    [("涉外(是/否)", "涉外"), ("片区代码（乡镇）", "片区代码"), (" 名 称* ", "名称"), ("USCC", "uscc")],
)
def test_headings_are_known_without_notes_stars_and_spaces(heading, plain):
    assert plain_heading(heading) == plain


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b" \r\n\r\n", "文件是空的"),
        (b"\xef\xbb\xbf,,\n,,\n", "文件里没有内容"),
        (b"%PDF-1.7\n...", "文件内容是 PDF"),
        (b"\n<html><table></table></html>", "文件内容是 HTML"),
        (b"\x89PNG\r\n\x1a\n....", "文件内容是 PNG"),
        (b"\x01\x02\x03\x04" * 200, "文件内容不是表格"),
        (b"\xff\xfe\x00\xd8A\x00" * 200, "不是 UTF-8、GB18030 或 UTF-16"),
        (b"\x80\x81\xff" * 200, "不是 UTF-8、GB18030 或 UTF-16"),
        ("代码,名称\nA-1,甲\nA-2,乙\0\n".encode(), "第 3 行有空字符"),
        ('代码,名称\nA-1,"甲\nA-2,乙\n'.encode(), "第 2 行的引号没有成对"),
        ("代码,名称\nA-1,".encode() + b"x" * 200_000, "第 2 行的引号没有成对，或一格太长"),
        (gzip.compress(b"x" * 5000, mtime=0)[:-9], "压缩文件不完整"),
        (b"\x1f\x8b rubbish", "压缩文件已损坏"),
        (b"PK\x03\x04 rubbish", "XLSX 文件已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 2000, "打不开这个工作簿"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        read(content)
    assert refusal.value.field == "file"


def test_an_archive_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(Refused, match="不是 XLSX"):
        read(buffer.getvalue())


def test_an_empty_workbook_is_refused():
    with pytest.raises(Refused, match="工作簿里没有内容"):
        read(workbook())


def test_a_workbook_cut_short_is_refused():
    with pytest.raises(Refused, match="已损坏"):
        read(workbook(["代码", "名称"])[:-300])


def test_a_file_may_be_so_large_and_no_larger():
    content = PLAIN.encode()
    assert len(read(content, size=len(content))[1]) == 2
    with pytest.raises(Refused, match="文件超过"):
        read(content, size=len(content) - 1)
    with pytest.raises(Refused, match="解压后超过"):
        read(gzip.compress(b"x" * 100_000), unpacked=50_000)


def test_so_many_rows_and_no_more():
    assert len(read(PLAIN.encode(), rows=2)[1]) == 2
    with pytest.raises(Refused, match="超过 1 行"):
        read(PLAIN.encode(), rows=1)


def test_a_package_that_unpacks_to_too_much_is_refused_even_when_its_header_lies():
    buffer = io.BytesIO(workbook(["代码", "名称"], ["A-1", "甲"]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/large.bin", bytes(3_000_000))
    content = bytearray(buffer.getvalue())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as lying:
        assert lying.getinfo("xl/media/large.bin").file_size == 10
    with pytest.raises(Refused, match="解压后超过"):
        read(bytes(content), unpacked=2_000_000)


@pytest.mark.parametrize(
    "far",
    [
        lambda part: part.replace(b'r="B2"', b'r="XFD1048576"'),
        lambda part: part.replace(b'r="B2"', b"r='xfd1048576'"),
        lambda part: part.replace(b'r="A2"', b'r="A99999999999999999999"'),
        lambda part: part.replace(b'<row r="2"><c r="A2"', b'<row r="99999999"><c'),
    ],
)
def test_a_far_away_cell_is_refused_before_memory_is_given_to_it(far):
    plain = workbook(["代码", "名称"], ["A-1", "甲"])
    changed = repacked(plain, far)
    assert changed != repacked(plain, lambda part: part)
    with pytest.raises(Refused, match="工作表占了超过"):
        read(changed)


def test_empty_but_formatted_far_cells_do_no_harm():
    changed = repacked(
        workbook(["代码", "名称"], ["A-1", "甲"]),
        lambda part: part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'),
    )
    assert [line.cells for line in read(changed)[1]] == [("A-1", "甲")]


def test_a_broken_stream_inside_a_package_is_refused():
    content = bytearray(workbook(["代码", "名称"], ["A-1", "甲"]))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        start = package.getinfo("xl/worksheets/sheet1.xml").header_offset
    name, extra = content[start + 26], content[start + 28]
    content[start + 30 + name + extra] = 0xFF
    with pytest.raises(Refused, match="已损坏"):
        read(bytes(content))


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (1.5, "1.5"), (3.0, "3"), (10**15, "1.00000000000000E+15"), (False, "否"), ("x ", "x ")],
)
def test_a_cell_becomes_the_text_a_person_sees(value, text):
    assert text_of(value) == text


def test_what_is_written_is_read_back_and_never_a_formula():
    content = workbook_of([Sheet("名录", [["代码", "名称"], ["00012", "=1+1"], ["913600001582619648", "甲"]])])
    _table, lines = read(content)
    assert [line.cells for line in lines] == [("00012", "=1+1"), ("913600001582619648", "甲")]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not re.search(rb"<f[ >]", package.read("xl/worksheets/sheet1.xml"))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1", "  =1"]
)
def test_a_csv_that_is_streamed_holds_no_formula_either_and_the_mark_comes_off_again(cell):
    _bom, line = csv_of([[cell]])
    written = line.decode().strip('"\r\n').split('"')[0]
    assert written.startswith("'")
    assert plain_cell(f"'{cell}") == cell


@pytest.mark.parametrize("cell", ["'单引号开头的店", "甲", "' 甲", ""])
def test_a_name_that_begins_with_a_quotation_mark_keeps_it(cell):
    assert plain_cell(cell) == cell
