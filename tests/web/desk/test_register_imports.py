"""Naming by hand the columns of a file whose headings were not recognised."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mingcha.domain.registers.models import ImportBatch, Subject
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
    return {"column_code": "号", "column_name": "店招", "file": SimpleUploadedFile("名录.csv", UNNAMED), **values}


def test_a_file_with_unknown_headings_is_read_by_the_columns_that_were_named(cast, browse, batch):
    browser = browse(cast.handler)
    page = browser.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()
    assert (batch.state, batch.fault_count, "表头里找不到这一列" in page) == ("REFUSED", 2, True)
    assert reverse("desk:import_columns", args=[batch.pk]) in page
    answer, _page = posted(browser, "import_columns", columns(), batch.pk)
    fresh = ImportBatch.objects.exclude(pk=batch.pk).get()
    assert answer.url == reverse("desk:import_detail", args=[fresh.pk])
    assert (fresh.state, fresh.created, fresh.headings[1]) == ("CHECKED", 1, {"heading": "店招", "field": "名称"})
    browser.post(reverse("desk:import_merge", args=[fresh.pk]))
    assert Subject.objects.get().name == "青禾粮油店"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"column_name": ""}, "没有指定"),
        ({"column_name": "号"}, "“号”已经指定给统一社会信用代码"),
        ({"column_name": "没有的"}, "选择"),
        ({"file": ""}, "没有选择文件"),
        ({"file": SimpleUploadedFile("x.csv", b"%PDF-1.7")}, "文件内容是 PDF"),
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
    posted(browser, "import_columns", columns(file=SimpleUploadedFile("x.csv", content)), batch.pk)
    assert ImportBatch.objects.exclude(pk=batch.pk).get().staged.get().content["name"] == "青禾粮油店"


def test_only_a_file_that_lacks_columns_has_its_columns_named(cast, browse):
    done = make.batch(cast.market)
    faulty = make.batch(
        cast.market,
        state="REFUSED",
        headings=[{"heading": "代码", "field": "统一社会信用代码"}, {"heading": "名称", "field": "名称"}],
    )
    for batch in (done, faulty):
        assert browse(cast.handler).get(reverse("desk:import_columns", args=[batch.pk])).status_code == 404
