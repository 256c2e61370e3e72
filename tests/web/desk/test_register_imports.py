"""Naming by hand the columns of a file whose headings were not recognised."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mingcha.domain.registers.models import ImportBatch, StagedSubject, Subject
from tests.factories import registers as make
from tests.factories.organisation import code_for

pytestmark = pytest.mark.django_db
CODE = code_for(7, prefix="91")
UNNAMED = f"号,店招,备注\n{CODE},青禾粮油店,x\n".encode()


def posted(browser, name: str, values: dict, *args: int):
    """The answer to a form, and its text."""
    answer = browser.post(reverse(f"desk:{name}", args=args), values)
    return answer, answer.content.decode()


@pytest.fixture
def batch(cast, browse) -> ImportBatch:
    sent = {"kind": "SUBJECTS", "department": cast.market.pk, "file": SimpleUploadedFile("名录.csv", UNNAMED)}
    browse(cast.handler).post(reverse("desk:import_new"), sent)
    return ImportBatch.objects.get()


def columns(**values) -> dict:
    return {"column_code": "号", "column_name": "店招", **values}


def test_a_file_with_unknown_headings_is_read_by_the_columns_that_were_named(cast, browse, batch):
    browser = browse(cast.handler)
    page = browser.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()
    assert (batch.state, batch.fault_count, "表头里找不到这一列" in page) == ("REFUSED", 2, True)
    assert reverse("desk:import_columns", args=[batch.pk]) in page
    answer, _page = posted(browser, "import_columns", columns(), batch.pk)
    assert answer.url == reverse("desk:import_detail", args=[batch.pk])
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.headings[1]) == ("CHECKED", 1, {"heading": "店招", "field": "名称"})
    browser.post(reverse("desk:import_merge", args=[batch.pk]))
    assert Subject.objects.get().name == "青禾粮油店"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"column_name": ""}, "没有指定"),
        ({"column_name": "号"}, "“号”已经指定给统一社会信用代码"),
        ({"column_name": "没有的"}, "从列出的选项里选"),
    ],
)
def test_columns_that_cannot_be_used_say_why_and_stay_chosen(cast, browse, batch, values, reason):
    answer, page = posted(browse(cast.handler), "import_columns", columns(column_kind="备注", **values), batch.pk)
    assert (answer.status_code, reason in page, '<option value="备注" selected>' in page) == (422, True, True)
    assert ImportBatch.objects.get() == batch


def test_what_the_person_names_outweighs_a_familiar_heading(cast, browse):
    content = f"号,名称,店招\n{CODE},张三,青禾粮油店\n".encode()
    sent = {"kind": "SUBJECTS", "department": cast.market.pk, "file": SimpleUploadedFile("x.csv", content)}
    browser = browse(cast.handler)
    browser.post(reverse("desk:import_new"), sent)
    batch = ImportBatch.objects.get()
    posted(browser, "import_columns", columns(), batch.pk)
    assert StagedSubject.objects.get(batch=batch).name == "青禾粮油店"


def test_what_was_said_of_columns_is_remembered_for_the_departments_next_file(cast, browse, batch):
    browser = browse(cast.handler)
    posted(browser, "import_columns", columns(), batch.pk)
    sent = {"kind": "SUBJECTS", "department": cast.market.pk, "file": SimpleUploadedFile("下月.csv", UNNAMED)}
    browser.post(reverse("desk:import_new"), sent)
    assert ImportBatch.objects.exclude(pk=batch.pk).get().state == "CHECKED"
    theirs = {**sent, "department": cast.fire.pk, "file": SimpleUploadedFile("消防.csv", UNNAMED)}
    browse(cast.fire_handler).post(reverse("desk:import_new"), theirs)
    assert ImportBatch.objects.get(department=cast.fire).state == "REFUSED"


def test_a_merged_file_keeps_its_columns(cast, browse):
    merged = make.batch(cast.market, state="MERGED", headings=[{"heading": "代码", "field": "统一社会信用代码"}])
    unread = make.batch(cast.market, state="REFUSED")
    for batch in (merged, unread):
        assert browse(cast.handler).get(reverse("desk:import_columns", args=[batch.pk])).status_code == 404


def test_the_preview_is_no_way_round_the_mask_of_contacts(cast, browse):
    """A file of made-up numbers would else show everybody's own, and nobody would be on record as having looked."""
    make.subject(code=CODE, name="青禾粮油店", contact="王建国", phone="13800001234")
    rows = f"统一社会信用代码,名称,联络员,联系电话\n{CODE},青禾粮油店,李四海,13900005678\n".encode()
    sent = {"kind": "SUBJECTS", "department": cast.market.pk, "file": SimpleUploadedFile("名录.csv", rows)}
    browse(cast.handler).post(reverse("desk:import_new"), sent)
    batch = ImportBatch.objects.get()
    for person in (cast.handler, cast.approver, cast.coordinator):
        address = reverse("desk:import_detail", args=[batch.pk])
        page = browse(person).get(f"{address}?show=CHANGED").content.decode()
        assert "联系电话" in page
        assert not any(text in page for text in ("13800001234", "13900005678", "王建国", "李四海"))
