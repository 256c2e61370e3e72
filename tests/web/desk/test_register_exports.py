"""The list of subjects as a file."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import RegisterExport
from mingcha.kit.tabular import read_table
from mingcha.web.desk import jobs
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


@pytest.fixture
def few_at_once(monkeypatch):
    """Two rows are too many to wait for, and the worker takes one at a time."""
    monkeypatch.setattr("mingcha.domain.registers.rules.names.MOST_AT_ONCE", 1)
    monkeypatch.setattr(jobs, "A_LOT", 1)


def asked(browser, query: str = "") -> RegisterExport:
    answer = taken(browser, "xlsx", query)
    export = RegisterExport.objects.order_by("-pk").first()
    assert answer.url == reverse("desk:export_detail", args=[export.pk])
    return export


def test_a_long_workbook_is_written_by_the_worker_while_its_page_tells_how_far_it_is(cast, browse, rows, few_at_once):
    browser = browse(cast.handler)
    export = asked(browser)
    assert Entry.objects.get(event="registers.register_exported").details["rows"] == 2
    page, progress = (reverse(f"desk:export_{name}", args=[export.pk]) for name in ("detail", "progress"))
    assert "在后台生成" in browser.get(page).content.decode()
    assert browser.get(progress).json() == {"state": "WAITING", "share": 0.0, "words": "排队等待生成"}
    assert browser.get(reverse("desk:export_file", args=[export.pk])).status_code == 404
    told = []
    for written, _row in enumerate(
        jobs._in_lots(jobs.exported_rows(cast.handler, jobs.search_from(cast.handler, "")), export)
    ):
        told.append((written, browser.get(progress).json()["words"]))
    assert told == [(0, "排队等待生成"), (1, "已写 1 行，共 2 行")]
    jobs.write_exports(timezone.now())
    assert browser.get(progress).json() == {"state": "ENDED", "share": 1.0, "words": "已生成，2 行"}
    assert "下载 XLSX" in browser.get(page).content.decode()
    assert "可以下载" in browser.get(reverse("desk:register_list")).content.decode()
    content = b"".join(browser.get(reverse("desk:export_file", args=[export.pk])).streaming_content)
    found = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in found[1:]] == [['=HYPERLINK("x")店', DIGITS], ["𬱖䶮“商行”,乙", "A2"]]


def test_a_long_workbook_is_its_owners_alone_and_pressed_twice_written_once(cast, browse, rows, few_at_once):
    export = asked(browse(cast.handler))
    assert asked(browse(cast.handler)).pk == export.pk
    jobs.write_exports(timezone.now())
    for name in ("detail", "progress", "file"):
        assert browse(cast.supervisor).get(reverse(f"desk:export_{name}", args=[export.pk])).status_code == 404
        assert browse(cast.handler).post(reverse(f"desk:export_{name}", args=[export.pk])).status_code == 405


def test_what_cannot_be_written_says_so_and_holds_up_nobody(cast, browse, rows, few_at_once, monkeypatch):
    first = asked(browse(cast.handler))
    second = asked(browse(cast.approver))
    real = jobs.exported_rows
    monkeypatch.setattr(
        jobs, "exported_rows", lambda user, search: 1 / 0 if user == cast.handler else real(user, search)
    )
    jobs.write_exports(timezone.now())
    assert "稍后再导出一次" in browse(cast.handler).get(reverse("desk:export_detail", args=[first.pk])).content.decode()
    second.refresh_from_db()
    assert second.is_ready


def test_a_written_file_is_gone_after_a_day(cast, browse, rows, few_at_once):
    export = asked(browse(cast.handler))
    now = timezone.now()
    jobs.write_exports(now)
    jobs.discard_old_exports(now + timedelta(hours=23))
    export.refresh_from_db()
    name = export.file.name
    assert export.is_ready and export.file.storage.exists(name)
    jobs.discard_old_exports(now + timedelta(hours=25))
    export.refresh_from_db()
    assert (export.is_ready, export.file.storage.exists(name)) == (False, False)
    assert "已过保留期" in browse(cast.handler).get(reverse("desk:export_detail", args=[export.pk])).content.decode()
