"""CSV that opens right in Chinese Excel and calculates nothing."""

import csv
import io

import pytest

from mingcha.kit.tabular.separated import csv_of, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "＝1", "  =HYPERLINK(1)"])
def test_what_looks_like_a_formula_is_a_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "不低于3%", "2‰", "M-01", "《示范法》第一条", "a=b"])
def test_other_texts_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_excel_recognises_the_encoding_and_reads_every_cell_back():
    rows = [["事项", "依据"], ["示范“,”事项", "一行\n两行"], ["=1", "𬱖"]]
    content = csv_of(rows)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [rows[0], rows[1], ["'=1", "𬱖"]]
