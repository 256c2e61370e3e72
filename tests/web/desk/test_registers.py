"""两库 at the desk."""

import io
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from mingcha.domain.registers import actions
from mingcha.domain.registers.models import ImportBatch, Subject
from mingcha.kit.tabular import read_table
from mingcha.web.desk.forms import imports as forms
from tests.factories import registers as make
from tests.factories.organisation import code_for

pytestmark = pytest.mark.django_db
CODE = code_for(1, prefix="91")
GOOD = f"统一社会信用代码,名称,备注\n{CODE},青禾粮油店,x\n".encode()
BAD = "统一社会信用代码,名称\n3.7E+14,\n".encode()


def upload(browser, department, content: bytes, *, kind: str = "SUBJECTS", name: str = "名录.csv"):
    sent = {"kind": kind, "department": department.pk, "file": SimpleUploadedFile(name, content)}
    return browser.post(reverse("desk:import_new"), sent)


@pytest.fixture
def batch(cast, noon):
    return actions.read_file(
        "SUBJECTS", department=cast.market, file_name="名录.csv", content=GOOD, by=cast.handler, at=noon
    )


def pages(cast, batch) -> list[str]:
    subject, person = make.subject(2), make.inspector(cast.market, 1)
    return [
        reverse("desk:register_list"),
        reverse("desk:inspector_list"),
        reverse("desk:import_list"),
        reverse("desk:import_new"),
        reverse("desk:import_detail", args=[batch.pk]),
        reverse("desk:subject_detail", args=[subject.pk]),
        reverse("desk:subject_close", args=[subject.pk]),
        reverse("desk:subject_reopen", args=[subject.pk]),
        reverse("desk:inspector_detail", args=[person.pk]),
        reverse("desk:inspector_suspend", args=[person.pk]),
        reverse("desk:inspector_restore", args=[person.pk]),
        reverse("desk:import_template", args=["subjects"]),
    ]


def test_every_page_opens_for_who_keeps_the_registers_and_asks_a_citizen_to_sign_in(cast, browse, batch):
    for address in pages(cast, batch):
        assert browse(cast.handler).get(address).status_code == 200, address
        answer = browse().get(address)
        assert (answer.status_code, reverse("shared:login") in answer.url) == (302, True), address


def test_a_stranger_finds_no_row_of_ours(cast, browse, batch):
    for address in pages(cast, batch):
        answer = browse(cast.stranger).get(address)
        single = any(part.isdecimal() for part in address.split("/"))
        assert answer.status_code == (404 if single else 200), address
    assert "示范企业002" not in browse(cast.stranger).get(reverse("desk:register_list")).content.decode()


@pytest.mark.parametrize("name", ["import_merge", "import_drop"])
def test_an_act_is_never_a_get(cast, browse, batch, name):
    assert browse(cast.handler).get(reverse(f"desk:{name}", args=[batch.pk])).status_code == 405
    assert browse(cast.handler).post(reverse("desk:register_list")).status_code == 405
    batch.refresh_from_db()
    assert batch.may_be_merged


def test_an_empty_register_says_what_to_do(cast, browse):
    page = browse(cast.handler).get(reverse("desk:register_list")).content.decode()
    assert "库里还没有检查对象" in page
    assert reverse("desk:import_new") in page
    page = browse(cast.supervisor).get(reverse("desk:register_list")).content.decode()
    assert reverse("desk:import_new") not in page


def test_lists_take_the_same_number_of_statements_however_long(cast, browse, django_assert_max_num_queries):
    make.subjects(60)
    make.inspectors(60, cast.market)
    for name in ("register_list", "inspector_list"):
        with django_assert_max_num_queries(50):
            browse(cast.handler).get(reverse(f"desk:{name}"))


# proves S1-16
def test_the_list_of_people_masks_certificates_and_shows_which_have_ended(cast, browse):
    today = timezone.localdate()
    make.inspector(cast.market, 1, certificate_no="ZF99000000001", certificate_until=today + timedelta(days=400))
    make.inspector(cast.market, 2, certificate_no="ZF99000000002", certificate_until=today + timedelta(days=30))
    make.inspector(cast.market, 3, certificate_no="ZF99000000003", certificate_until=today - timedelta(days=1))
    page = browse(cast.handler).get(reverse("desk:inspector_list")).content.decode()
    assert "ZF9****0001" in page
    assert "ZF99000000001" not in page
    assert [page.count(f"light-{colour}") for colour in ("green", "yellow", "red")] == [1, 1, 1]


def test_the_whole_certificate_is_for_who_keeps_the_roster(cast, browse):
    person = make.inspector(cast.market, 1, certificate_no="ZF99000000001")
    address = reverse("desk:inspector_detail", args=[person.pk])
    assert "ZF99000000001" in browse(cast.handler).get(address).content.decode()
    assert "ZF99000000001" not in browse(cast.supervisor).get(address).content.decode()


def test_avoidances_are_shown_to_the_keeper_only(cast, browse):
    person = make.inspector(cast.market, 1)
    make.avoidance(make.subject(1), person, reason="近亲属任职")
    address = reverse("desk:inspector_detail", args=[person.pk])
    assert "近亲属任职" in browse(cast.handler).get(address).content.decode()
    assert "近亲属任职" not in browse(cast.supervisor).get(address).content.decode()


# proves S2-13
def test_a_file_is_read_shown_and_merged(cast, browse):
    browser = browse(cast.handler)
    answer = upload(browser, cast.market, GOOD)
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("desk:import_detail", args=[batch.pk])
    page = browser.get(answer.url).content.decode()
    for words in ("合并入库", "放弃", "CSV，UTF-8 编码，第 1 行为表头", "备注", CODE):
        assert words in page
    assert not Subject.objects.exists()
    browser.post(reverse("desk:import_merge", args=[batch.pk]))
    assert Subject.objects.get().name == "青禾粮油店"
    page = browser.get(answer.url).content.decode()
    assert "已经入库" in page
    assert reverse("desk:import_merge", args=[batch.pk]) not in page


def test_pressing_merge_twice_merges_once_and_says_so(cast, browse, batch):
    browser = browse(cast.handler)
    back = {"HTTP_REFERER": "http://testserver" + reverse("desk:import_detail", args=[batch.pk])}
    for _press in range(2):
        answer = browser.post(reverse("desk:import_merge", args=[batch.pk]), **back)
        assert answer.status_code == 302
    assert "已经合并过" in browser.get(answer.url).content.decode()
    assert Subject.objects.count() == 1


def test_a_dropped_file_leaves_nothing(cast, browse, batch):
    browser = browse(cast.handler)
    browser.post(reverse("desk:import_drop", args=[batch.pk]))
    assert "已放弃，什么都没有入库" in browser.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()
    assert not Subject.objects.exists()


# proves S2-13
def test_a_faulty_file_shows_every_fault_with_line_column_and_remedy(cast, browse):
    browser = browse(cast.handler)
    page = browser.get(upload(browser, cast.market, BAD).url).content.decode()
    for words in ("有误，未合并", "2 处问题", "3.7E+14", "科学计数法", "没有填", "补上名称", "怎么改"):
        assert words in page
    assert "合并入库</button>" not in page


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"%PDF-1.7", "文件内容是 PDF"), (b"", "文件是空的"), ("名称,名称\nx,y\n".encode(), "有两列都是")],
)
def test_a_file_that_cannot_be_read_says_why_in_the_form(cast, browse, content, reason):
    answer = upload(browse(cast.handler), cast.market, content)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_and_too_large_a_file_are_said_in_words(cast, browse, monkeypatch):
    answer = browse(cast.handler).post(reverse("desk:import_new"), {"kind": "SUBJECTS", "department": cast.market.pk})
    assert (answer.status_code, "没有选择文件" in answer.content.decode()) == (422, True)
    monkeypatch.setattr(forms, "LIMITS", forms.LIMITS.__class__(size=10))
    answer = upload(browse(cast.handler), cast.market, GOOD)
    assert (answer.status_code, "分成几个文件导入" in answer.content.decode()) == (422, True)


def test_nobody_loads_into_a_foreign_department_and_readers_load_nothing(cast, browse):
    assert upload(browse(cast.handler), cast.fire, GOOD).status_code == 422
    assert upload(browse(cast.supervisor), cast.market, GOOD).status_code == 403
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("show", ["CREATED", "CHANGED", "UNCHANGED", "开了"])
def test_the_counts_of_a_preview_are_filters(cast, browse, batch, show):
    page = browse(cast.handler).get(reverse("desk:import_detail", args=[batch.pk]), {"show": show}).content.decode()
    assert ("<td>青禾粮油店</td>" in page) == (show in {"CREATED", "开了"})


def test_a_firm_shows_what_imports_changed(cast, browse, noon):
    subject = make.subject(1, name="旧名")
    batch = actions.read_file(
        "SUBJECTS", department=cast.market, file_name="名录.csv", content=GOOD, by=cast.handler, at=noon
    )
    actions.merge_batch(batch, by=cast.handler, at=noon)
    page = browse(cast.handler).get(reverse("desk:subject_detail", args=[subject.pk])).content.decode()
    assert "名称：旧名 → 青禾粮油店" in page


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("subject_close", "OPEN", "CLOSED"),
        ("subject_reopen", "CLOSED", "OPEN"),
        ("inspector_suspend", "ACTIVE", "SUSPENDED"),
        ("inspector_restore", "SUSPENDED", "ACTIVE"),
    ],
)
def test_a_state_is_changed_with_a_reason_and_once(cast, browse, name, before, after):
    row = make.subject(1, state=before) if name.startswith("subject") else make.inspector(cast.market, 1, state=before)
    browser, address = browse(cast.handler), reverse(f"desk:{name}", args=[row.pk])
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "核实过"}).status_code == 302
    row.refresh_from_db()
    assert row.state == after
    answer = browser.post(address, {"reason": "核实过"})
    assert (answer.status_code, "之后不能是" in answer.content.decode()) == (422, True)


def test_a_reader_cannot_change_a_state(cast, browse):
    subject = make.subject(1)
    answer = browse(cast.supervisor).post(reverse("desk:subject_close", args=[subject.pk]), {"reason": "x"})
    assert answer.status_code == 403
    subject.refresh_from_db()
    assert subject.is_open


@pytest.mark.parametrize(("kind", "name"), [("subjects", "检查对象"), ("inspectors", "执法检查人员")])
def test_a_template_can_be_loaded_as_it_is(cast, browse, kind, name):
    answer = browse(cast.handler).get(reverse("desk:import_template", args=[kind]))
    assert f"{name}导入模板.xlsx" in unquote(answer["Content-Disposition"])
    assert load_workbook(io.BytesIO(answer.content)).sheet_names == [name, "填写说明"]
    assert len(list(read_table(answer.content, headings={"名称", "姓名"}).lines)) == 1
    browser = browse(cast.handler)
    upload(browser, cast.market, answer.content, kind=kind.upper(), name="模板.xlsx")
    assert (ImportBatch.objects.get().created, ImportBatch.objects.get().fault_count) == (1, 0)


def test_there_is_no_other_template(cast, browse):
    assert browse(cast.handler).get(reverse("desk:import_template", args=["x"])).status_code == 404


def test_a_firms_page_tells_a_visit_without_problems_from_one_with(browse, cast):
    firm = make.subject(77, place=cast.region)
    make.note(firm, cast.market, item_code="SC-001", on=date(2026, 3, 2), clean=True)
    make.note(firm, cast.market, item_code="SC-002", on=date(2026, 4, 2), clean=False)
    page = browse(cast.handler).get(reverse("desk:subject_detail", args=[firm.pk])).content.decode()
    rows = {code: page[page.index(code) :].split("</tr>")[0] for code in ("SC-001", "SC-002")}
    assert "未发现问题" in rows["SC-001"]
    assert "未发现问题" not in rows["SC-002"] and "发现问题" in rows["SC-002"]
