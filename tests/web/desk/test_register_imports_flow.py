"""An import from its upload to its end, as a handler sees it."""

import io
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from mingcha.domain.registers.jobs import carry_on_with_imports
from mingcha.domain.registers.models import ImportBatch, Subject
from mingcha.web.desk import import_files, register_imports
from mingcha.web.shared.templatetags.mingcha import moment
from tests.factories import registers as make
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db
HEADING = "统一社会信用代码,名称,信用风险,备注"


def code(number: int) -> str:
    return code_for(number, prefix="91")


MIXED = f"{HEADING}\n{code(1)},新名,B,x\n{code(2)},乙,E,x\n{code(3)},丙,A,x\n".encode()
GOOD = f"{HEADING}\n{code(1)},新名,B,x\n{code(3)},丙,A,x\n".encode()


@pytest.fixture
def upload(cast, browse):
    def send(content: bytes = b"", *, pasted: str = "", name: str = "名录.csv") -> ImportBatch | None:
        sent = {"kind": "SUBJECTS", "department": cast.market.pk, "pasted": pasted}
        if content:
            sent["file"] = SimpleUploadedFile(name, content)
        send.answer = browse(cast.handler).post(reverse("desk:import_new"), sent)
        return ImportBatch.objects.order_by("-pk").first()

    return send


def page_of(browser, batch: ImportBatch, **query: str) -> str:
    return browser.get(reverse("desk:import_detail", args=[batch.pk]), query).content.decode()


def test_a_block_pasted_from_a_worksheet_is_read_like_a_file(cast, browse, upload):
    batch = upload(pasted=GOOD.decode().replace(",", "\t"))
    assert (batch.state, batch.created, batch.file_name) == ("CHECKED", 2, "粘贴的内容")
    assert "识别为 粘贴的表格" in page_of(browse(cast.handler), batch)


def test_the_good_rows_that_carry_a_remark_are_counted_on_the_button(cast, browse, upload):
    batch = upload(MIXED.replace("丙".encode(), "=丙".encode()) + "合计,3,,\n".encode())
    page = page_of(browse(cast.handler), batch)
    assert "先导入没有问题的 2 行（其中 1 行有提醒）" in page
    assert "先导入无误的" not in page


@pytest.mark.parametrize(("content", "pasted", "reason"), [(b"", "", "没有选择文件"), (GOOD, "a\tb", "已经选了文件")])
def test_one_of_file_and_block_is_given_not_both(upload, content, pasted, reason):
    upload(content, pasted=pasted)
    assert (upload.answer.status_code, reason in upload.answer.content.decode()) == (422, True)
    assert not ImportBatch.objects.exists()


# proves S2-13
def test_a_file_with_faults_offers_both_ways_and_the_good_rows_go_in_alone(cast, browse, upload):
    make.subject(1, name="旧名")
    make.subject(4, name="不在文件里")
    batch, browser = upload(MIXED), browse(cast.handler)
    page = page_of(browser, batch)
    for words in (
        "先导入无误的 2 行",
        "下载问题行",
        "识别为 CSV",
        "备注",
        "信用风险只有",
        "不在这份文件里 1",
        "有问题 1",
    ):
        assert words in page
    assert "旧名 → 新名" in page_of(browser, batch, show="CHANGED")
    assert "不在文件里" in page_of(browser, batch, show="MISSING")
    address = reverse("desk:import_merge", args=[batch.pk])
    assert browser.post(address).status_code == 409
    assert browser.post(address, {"rows": "good"}).status_code == 302
    assert sorted(Subject.objects.values_list("name", flat=True)) == ["不在文件里", "丙", "新名"]
    assert "已经入库" in page_of(browser, batch)


def test_problem_rows_and_missing_ones_can_be_taken_away(cast, browse, upload):
    make.subject(4, name="不在文件里")
    batch, browser = upload(MIXED), browse(cast.handler)
    answer = browser.get(reverse("desk:import_problems", args=[batch.pk]))
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["原行号", *HEADING.split(","), "问题说明"]
    assert (rows[1][1], len(rows), "名录 问题行.xlsx" in unquote(answer["Content-Disposition"])) == (code(2), 2, True)
    answer = browser.get(reverse("desk:import_missing", args=[batch.pk]))
    assert load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()[1][1] == "不在文件里"
    for name in ("import_problems", "import_missing"):
        assert browse(cast.supervisor).get(reverse(f"desk:{name}", args=[batch.pk])).status_code == 403


def test_many_problem_rows_come_as_a_csv_that_is_no_formula_anywhere(cast, browse, upload, monkeypatch):
    monkeypatch.setattr(import_files, "MOST_IN_A_WORKBOOK", 2)
    rows = "".join(f"{code(n)},=1+1,E,x\n" for n in range(1, 5))
    batch = upload(f"{HEADING}\n{rows}{code(9)},好,A,x\n".encode())
    answer = browse(cast.handler).get(reverse("desk:import_problems", args=[batch.pk]))
    text = b"".join(answer.streaming_content)
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode().count("'=1+1") == 4
    again = upload(text.replace(b",E,", b",A,"))
    assert (again.created, again.faulty) == (4, 0)


def test_a_file_that_nobody_goes_on_with_says_since_when_and_what_to_do(cast, browse, upload, monkeypatch):
    monkeypatch.setattr(register_imports, "SMALL_FILE", 10)
    batch, browser = upload(GOOD), browse(cast.handler)
    progress = reverse("desk:import_progress", args=[batch.pk])
    received = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: received + timedelta(minutes=4))
    assert browser.get(progress).json()["words"] == "排队等待读取"
    monkeypatch.setattr("django.utils.timezone.now", lambda: received + timedelta(minutes=6))
    for words in (browser.get(progress).json()["words"], page_of(browser, batch)):
        assert f"从 {moment(received)} 起没有进展" in words
        assert "告诉系统管理员重新启动它" in words and "不用重新上传" in words
    assert "正在后台处理" not in page_of(browser, batch)
    carry_on_with_imports(timezone.now())
    assert browser.get(progress).json()["words"] == ""


def test_a_file_half_read_stands_still_only_when_a_look_found_the_same_some_minutes_ago(
    cast, browse, upload, monkeypatch
):
    monkeypatch.setattr(register_imports, "SMALL_FILE", 10)
    batch, received = upload(GOOD), timezone.now()
    words = []
    for minutes, read_to in ((20, 5_000), (24, 5_000), (26, 10_000), (30, 10_000), (32, 10_000)):
        with unguarded():
            ImportBatch.objects.filter(pk=batch.pk).update(state="READING", read_to=read_to, rows=read_to)
        monkeypatch.setattr("django.utils.timezone.now", lambda at=received + timedelta(minutes=minutes): at)
        words.append(browse(cast.handler).get(reverse("desk:import_progress", args=[batch.pk])).json()["words"])
    assert ["没有进展" in told for told in words] == [False, False, False, False, True]
    assert f"从 {moment(received + timedelta(minutes=26))} 起" in words[-1]


def test_a_large_file_waits_for_the_worker_and_the_page_says_how_far_it_is(cast, browse, upload, monkeypatch):
    monkeypatch.setattr(register_imports, "SMALL_FILE", 10)
    monkeypatch.setattr(register_imports, "FEW_ROWS", 1)
    batch, browser = upload(GOOD), browse(cast.handler)
    assert batch.state == "RECEIVED"
    page = page_of(browser, batch)
    assert "正在后台处理" in page and "desk/imports.js" in page
    progress = reverse("desk:import_progress", args=[batch.pk])
    assert browser.get(progress).json() == {"state": "RECEIVED", "share": 0.0, "words": "排队等待读取"}
    assert browser.post(progress).status_code == 405
    assert browse(cast.stranger).get(progress).status_code == 404
    carry_on_with_imports(timezone.now())
    assert browser.get(progress).json()["state"] == "CHECKED"
    browser.post(reverse("desk:import_merge", args=[batch.pk]))
    assert browser.get(progress).json() == {"state": "MERGING", "share": 1.0, "words": "正在写入名录"}
    assert "合并入库</button>" not in page_of(browser, batch)
    carry_on_with_imports(timezone.now())
    assert Subject.objects.count() == 2
    browser.post(reverse("desk:import_undo", args=[batch.pk]))
    carry_on_with_imports(timezone.now())
    assert not Subject.objects.exists()
    assert "已撤销" in page_of(browser, batch)


def test_an_import_is_taken_back_after_a_look_at_what_that_does(cast, browse, upload):
    batch, browser = upload(GOOD), browse(cast.handler)
    browser.post(reverse("desk:import_merge", args=[batch.pk]))
    address = reverse("desk:import_undo", args=[batch.pk])
    assert address in page_of(browser, batch)
    assert "撤销本次导入" in browser.get(address).content.decode()
    assert browse(cast.supervisor).post(address).status_code == 403
    make.note(Subject.objects.get(code=code(3)), cast.market, on=timezone.localdate())
    page = browser.get(address).content.decode()
    assert ("已被使用" in page, "丙" in page, "撤销本次导入</button>" in page) == (True, True, False)
    assert (browser.post(address).status_code, Subject.objects.count()) == (409, 2)


def test_a_day_later_the_page_no_longer_offers_it(cast, browse, upload):
    batch, browser = upload(GOOD), browse(cast.handler)
    browser.post(reverse("desk:import_merge", args=[batch.pk]))
    with unguarded():
        ImportBatch.objects.update(merged_at=timezone.now() - timedelta(hours=25))
    assert reverse("desk:import_undo", args=[batch.pk]) not in page_of(browser, batch)
    assert "超过 24 小时" in browser.get(reverse("desk:import_undo", args=[batch.pk])).content.decode()


def test_another_sheet_and_another_heading_row_are_read_when_they_are_chosen(cast, browse, upload):
    book = (import_files.workbook_of)(
        [
            import_files.Sheet("一月", [HEADING.split(","), [code(1), "甲", "A", ""]]),
            import_files.Sheet("二月", [["说明", "", "", ""], HEADING.split(","), [code(2), "乙", "A", ""]]),
        ]
    )
    batch, browser = upload(book, name="名录.xlsx"), browse(cast.handler)
    address = reverse("desk:import_columns", args=[batch.pk])
    assert "一月" in browser.get(address).content.decode()
    browser.post(address, {"sheet": "二月", "heading_row": "1"})
    batch.refresh_from_db()
    assert (batch.state, batch.found) == ("CHECKED", "XLSX，工作表“二月”，第 2 行为表头")
    assert browser.post(address, {"sheet": "三月", "heading_row": "-1"}).status_code == 422


@pytest.mark.parametrize("query", [{"show": "x"}, {"page": "x"}, {"page": "-1", "show": "MISSING"}, {"show": "DOUBTS"}])
def test_whatever_stands_in_the_address_the_page_opens(cast, browse, upload, query):
    batch = upload(MIXED)
    answer = browse(cast.handler).get(reverse("desk:import_detail", args=[batch.pk]), query)
    assert answer.status_code == 200


@pytest.mark.parametrize("show", ["CREATED", "CHANGED", "MISSING", "FAULTY", "DOUBTS"])
def test_a_page_of_rows_takes_the_same_number_of_statements_however_many(
    cast, browse, upload, show, django_assert_max_num_queries
):
    make.subjects(60)
    rows = "".join(f"{code(n)},{'店' if n % 3 else ''},A,x\n" for n in range(20, 200))
    batch, browser = upload(f"{HEADING}\n{rows}".encode()), browse(cast.handler)
    with django_assert_max_num_queries(30):
        page_of(browser, batch, show=show)


def test_acts_on_an_import_are_posts_of_who_keeps_the_register(cast, browse, upload):
    batch = upload(GOOD)
    for name in ("import_merge", "import_drop", "import_reread"):
        address = reverse(f"desk:{name}", args=[batch.pk])
        assert browse(cast.handler).get(address).status_code == 405
        assert browse(cast.supervisor).post(address).status_code == 403
        assert browse(cast.stranger).post(address).status_code == 404
    batch.refresh_from_db()
    assert batch.may_be_merged


def test_what_is_doubtful_on_every_row_is_said_once_and_opens_its_rows(cast, browse, upload):
    heading = "统一社会信用代码,名称,片区代码,信用风险"
    rows = "".join(f"{code(n)},店{n},360731101,{'E' if n == 1 else 'A'}\n" for n in range(1, 31))
    batch, browser = upload(f"{heading}\n{rows}{code(31)},=店,,A\n".encode()), browse(cast.handler)
    page = page_of(browser, batch, show="DOUBTS")
    sentence = f"不在{cast.region.name}的区划代码之内"
    assert f"29 行的片区代码：{sentence}" in page
    assert (page.count(f"<td>{sentence}"), "像公式" in page, "其余 1 处提醒" in page) == (0, True, True)
    key = browser.get(reverse("desk:import_detail", args=[batch.pk]), {"show": "DOUBTS"}).context["groups"][0].key
    opened = page_of(browser, batch, show="DOUBTS", about=str(key))
    assert (opened.count(f"<td>{sentence}"), "像公式" in opened) == (29, False)
    assert page_of(browser, batch, show="DOUBTS", about="x").count("像公式") == 1
    answer = browser.get(reverse("desk:import_problems", args=[batch.pk]))
    (told,) = [row[-1] for row in load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()[1:]]
    assert "信用风险只有" in told
