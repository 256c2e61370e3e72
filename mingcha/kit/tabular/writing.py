"""Workbooks of texts, as Chinese Excel opens them without asking."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import xlsxwriter

from mingcha.kit.tabular.separated import harmless

WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """A named sheet; the first row is its heading."""

    name: str
    rows: Sequence[Sequence[str]]


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """All cells are texts: no number loses its digits, nothing that begins with `=` is ever a formula."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        text, heading = workbook.add_format({"num_format": "@"}), workbook.add_format({"num_format": "@", "bold": True})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            for position, width in enumerate(_widths(sheet.rows)):
                page.set_column(position, position, width, text)
            page.freeze_panes(1, 0)
            for number, row in enumerate(sheet.rows):
                for position, cell in enumerate(row):
                    page.write_string(number, position, cell, heading if number == 0 else text)
    return buffer.getvalue()


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """A Chinese character is two wide."""
    longest = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [min(2 * length + 2, WIDEST) for length in longest]


def neutral(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `plain_cell` takes the mark off again."""
    return harmless(text)


def plain_cell(text: str) -> str:
    """What stood there before it was made neutral."""
    return text[1:] if text[:1] == "'" and harmless(text[1:]) == text else text


def csv_of(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The rows of a CSV that Chinese Excel opens right: UTF-8 with its mark, nothing a formula."""
    yield "\ufeff".encode()
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer).writerow([neutral(cell) for cell in row])
        yield buffer.getvalue().encode()
