"""The list of subjects as a file."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import rules
from mingcha.kit.tabular import read_table
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
DIGITS = "913607310000000017"


@pytest.fixture
def rows(cast):
    make.subject(code=DIGITS, name='=HYPERLINK("x")店', contact="王建国", phone="13800001234", risk="D")
    make.subject(code="A2", name="𬱖䶮“商行”,乙", address="+1 号", risk="A")
    make.subject(code="A3", name="别处的店", place=cast.stranger.department.region)


def taken(browser, form: str, query: str = ""):
    return browser.post(f"{reverse('desk:subject_export')}?{query}", {"form": form})


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_csv_opens_right_in_excel_codes_as_text_nothing_a_formula_persons_masked(cast, browse, rows):
    answer = taken(browse(cast.handler), "csv")
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert f"\t{DIGITS}," in text
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(text)) for cell in row)
    assert "13800001234" not in text
    assert "王建国" not in text
    assert "别处的店" not in text
    assert "filename*=UTF-8''%E6%A3%80" in answer["Content-Disposition"]


def test_an_exported_code_is_read_again_as_it_was(cast, browse, rows):
    content = b"".join(taken(browse(cast.handler), "csv").streaming_content)
    table = read_table(content, headings={"名称", "统一社会信用代码"})
    assert [rules.tidy_code(line.cells[1]) for line in table.lines] == [DIGITS, "A2"]


def test_the_workbook_holds_texts_only(cast, browse, rows):
    content = b"".join(taken(browse(cast.handler), "xlsx").streaming_content)
    found = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in found[1:]] == [['=HYPERLINK("x")店', DIGITS], ["𬱖䶮“商行”,乙", "A2"]]


def test_an_export_holds_what_the_filters_leave_and_stays_on_record_before_it_leaves(cast, browse, rows):
    found = lines(taken(browse(cast.handler), "csv", "risk=A&after=990000.Z&junk=1"))
    assert [row[0] for row in found[1:]] == ["𬱖䶮“商行”,乙"]
    entry = Entry.objects.get(event="registers.register_exported")
    assert entry.actor == cast.handler.label
    assert entry.details == {"table": "subjects", "form": "csv", "rows": 1, "query": "risk=A"}


@pytest.mark.parametrize(("query", "count"), [("q=商行", 1), ("q=sh", 1), ("address=1 号", 1), ("q=店", 1)])
def test_words_and_addresses_narrow_an_export_too(cast, browse, rows, query, count):
    assert len(lines(taken(browse(cast.handler), "csv", query))) == 1 + count


def test_an_empty_export_is_refused_and_leaves_nothing_on_record(cast, browse, rows):
    answer = taken(browse(cast.handler), "csv", "q=没有这家")
    assert (answer.status_code, "没有符合条件的行" in answer.content.decode()) == (409, True)
    assert not Entry.objects.filter(event="registers.register_exported").exists()


def test_a_workbook_that_excel_would_take_minutes_over_is_refused_with_the_way_out(cast, browse, rows, monkeypatch):
    monkeypatch.setattr("mingcha.domain.registers.rules.names.MOST_IN_WORKBOOK", 1)
    answer = taken(browse(cast.handler), "xlsx")
    assert (answer.status_code, "改为导出 CSV" in answer.content.decode()) == (409, True)
    assert len(lines(taken(browse(cast.handler), "csv"))) == 3


def test_nobody_exports_by_a_link_or_without_a_right(cast, browse, rows):
    assert browse(cast.handler).get(reverse("desk:subject_export")).status_code == 405
    assert taken(browse(cast.inspector), "csv").status_code == 403
    assert taken(browse(), "csv").status_code == 302
