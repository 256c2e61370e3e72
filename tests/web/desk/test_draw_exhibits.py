"""附件: the list beside a draw, the upload, and each file on its way out."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import draws
from tests.factories.exhibits import PDF, attach

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def address(draw) -> str:
    return reverse("desk:draw_exhibits", args=[draw.pk])


def file_address(exhibit) -> str:
    return reverse("desk:exhibit_file", args=[exhibit.pk])


def sent(content: bytes = PDF, name: str = "公证书.pdf", **change: object) -> dict[str, object]:
    return {"kind": "NOTARY", "words": "县公证处公证书", "file": SimpleUploadedFile(name, content), **change}


# proves S3-15
def test_the_office_uploads_the_certificate_and_finds_it_in_the_list(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    client = browse(cast.handler)
    assert client.post(address(draw), sent()).status_code == 302
    assert client.post(address(draw), sent()).status_code == 302
    made = draw.exhibits.get()
    shown = client.get(address(draw)).content.decode()
    assert "县公证处公证书" in shown
    assert "公证书.pdf" in shown
    assert file_address(made) in shown


def test_a_file_leaves_as_an_attachment_under_our_name_and_is_never_sniffed(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    made = attach(draw, "NOTARY", by=cast.handler, file_name="x.pdf")
    answer = browse(cast.discipline).get(file_address(made))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert "x.pdf" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]


def test_the_page_says_until_when_the_signed_paper_is_due_and_by_which_rule(cast, browse, monkeypatch, noon):
    draw = draws.draw_at(cast, "SIGNED")
    shown = browse(cast.handler).get(address(draw)).content.decode()
    assert "未交" in shown and "11月26日" in shown and "3 个工作日内" in shown
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon + timedelta(days=4))
    assert "已逾期" in browse(cast.handler).get(address(draw)).content.decode()
    attach(draw, "PAPER", by=cast.handler)
    shown = browse(cast.handler).get(address(draw)).content.decode()
    assert "已交" in shown and "已逾期" not in shown


def test_a_reader_sees_the_list_and_no_form(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    shown = browse(cast.approver).get(address(draw)).content.decode()
    assert "enctype" not in shown
    assert "由本部门的抽取经办人或者纪检监察人员上传" in shown
    assert browse(cast.approver).post(address(draw), sent()).status_code == 403
    assert not draw.exhibits.exists()


def test_a_reader_opens_the_dice_but_nothing_else_before_the_names_are_open(cast, browse):
    draw = draws.room_at(cast, "SIGNED", list_timing="AT_START").draw
    dice, paper = attach(draw, by=cast.handler), attach(draw, "PAPER", by=cast.handler)
    reader = browse(cast.approver)
    assert b"".join(reader.get(file_address(dice)).streaming_content)
    assert reader.get(file_address(paper)).status_code == 404
    assert file_address(paper) not in reader.get(address(draw)).content.decode()
    assert b"".join(browse(cast.handler).get(file_address(paper)).streaming_content) == PDF


def test_strangers_and_citizens_get_nothing(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    made = attach(draw, "NOTARY", by=cast.handler)
    for person in (cast.stranger, cast.keeper, cast.inspector):
        for place in (address(draw), file_address(made)):
            assert browse(person).get(place).status_code == 404
        assert browse(person).post(address(draw), sent()).status_code == 404
    assert browse().get(file_address(made)).status_code == 302
    assert draw.exhibits.count() == 1


def test_only_the_methods_that_a_page_has_are_answered(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    made = attach(draw, "NOTARY", by=cast.handler)
    assert browse(cast.handler).delete(address(draw)).status_code == 405
    assert browse(cast.handler).post(file_address(made)).status_code == 405


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "文件是空的"),
        ({"file": ""}, "没有选文件"),
        ({"file": SimpleUploadedFile("a.pdf", b"MZ" + bytes(100))}, "只收 PDF 或照片"),
        ({"words": ""}, "没有写说明"),
    ],
)
def test_a_refused_upload_says_why_beside_its_field(cast, browse, change, words):
    draw = draws.draw_at(cast, "SIGNED")
    answer = browse(cast.handler).post(address(draw), sent(**change))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_file_that_is_not_in_its_place_is_not_found(cast, browse):
    made = attach(draws.draw_at(cast, "SIGNED"), "NOTARY", by=cast.handler)
    made.file.storage.delete(made.file.name)
    assert browse(cast.handler).get(file_address(made)).status_code == 404


def test_the_list_asks_the_database_a_fixed_number_of_times(cast, browse, django_assert_max_num_queries):
    draw = draws.draw_at(cast, "SIGNED")
    for number in range(12):
        attach(draw, "NOTARY", by=cast.handler, content=PDF + bytes([number + 1]))
    client = browse(cast.handler)
    with django_assert_max_num_queries(32):
        client.get(address(draw))


def test_the_console_leads_to_the_page(cast, browse):
    draw = draws.draw_at(cast, "SIGNED")
    assert address(draw) in browse(cast.handler).get(reverse("desk:draw_detail", args=[draw.pk])).content.decode()
