"""Kinds of subjects and their codes, who can be reached, two people at one entry."""

import pytest
from django.urls import reverse

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.registers.models import Subject
from tests.factories import registers as make
from tests.factories.organisation import code_for
from tests.web.desk.test_register_entries import CODE, new_subject, posted, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "kept", "warning"),
    [
        ({}, ("ENTERPRISE", "USCC"), ""),
        ({"code": code_for(7, prefix="92")}, ("TRADER", "USCC"), ""),
        ({"code": CODE[:-1] + "A"}, ("ENTERPRISE", "USCC"), "校验位不对"),
        ({"code": "3636000001", "code_type": "SCHOOL", "category": "SCHOOL"}, ("SCHOOL", "SCHOOL"), ""),
        ({"code": "36360001", "code_type": "SCHOOL", "category": "SCHOOL"}, ("SCHOOL", "SCHOOL"), "10 位数字"),
        ({"code": "GAN-B12345", "code_type": "PLATE", "category": "VEHICLE"}, ("VEHICLE", "PLATE"), ""),
        ({"code": "B12345", "code_type": "PLATE", "category": "VEHICLE"}, ("VEHICLE", "PLATE"), "汉字写成拼音"),
        (
            {"code": "2026-990000-47-03-000001", "code_type": "PROJECT", "category": "PROJECT"},
            ("PROJECT", "PROJECT"),
            "",
        ),
        ({"code": "2026-47", "code_type": "PROJECT", "category": "PROJECT"}, ("PROJECT", "PROJECT"), "20 位数字"),
        ({"code": "990000000000001", "code_type": "REGISTRATION"}, ("ENTERPRISE", "REGISTRATION"), ""),
        ({"code": "WZ-001", "code_type": "OWN", "category": "UNLICENSED"}, ("UNLICENSED", "OWN"), ""),
    ],
)
# proves S0-13
def test_every_kind_of_subject_is_entered_under_its_own_kind_of_code(cast, browse, values, kept, warning):
    answer, text = posted(browse(cast.handler), "subject_new", new_subject(cast, **values))
    assert answer.status_code == 302, text
    row = Subject.objects.get()
    assert (row.category, row.code_type) == kept
    assert warning in row.warning
    assert bool(row.warning) == bool(warning)


def test_a_phone_that_reaches_nobody_is_refused(cast, browse):
    answer, text = posted(browse(cast.handler), "subject_new", new_subject(cast, phone="见名片"))
    assert (answer.status_code, "不是电话号码" in text) == (422, True)


def test_who_can_be_reached_is_masked_in_the_form_and_in_the_trail_and_stays_when_nothing_is_typed(cast, browse):
    row = make.subject(1, contact="王建国", phone="13800001234")
    browser = browse(cast.handler)
    page = browser.get(reverse("desk:subject_amend", args=[row.pk])).content.decode()
    assert ("王建国" in page, "13800001234" in page, "现在是 王某" in page) == (False, False, True)
    values = shown(browser, "subject_amend", row.pk)
    posted(browser, "subject_amend", {**values, "name": "新名"}, row.pk)
    row.refresh_from_db()
    assert (row.name, row.contact, row.phone) == ("新名", "王建国", "13800001234")
    values = shown(browser, "subject_amend", row.pk)
    posted(browser, "subject_amend", {**values, "contact": "无", "phone": "0797-1234567"}, row.pk)
    row.refresh_from_db()
    assert (row.contact, row.phone) == ("", "0797-1234567")
    told = str([entry.details for entry in trail_of(row)])
    assert not any(secret in told for secret in ("王建国", "13800001234", "0797-1234567"))


def test_two_at_one_entry_the_second_sees_what_the_first_changed_and_keeps_what_was_typed(cast, browse):
    row = make.subject(1, name="旧名", address="东街 1 号", is_foreign=False)
    first, second = browse(cast.handler), browse(cast.handler)
    early = shown(second, "subject_amend", row.pk)
    posted(
        first, "subject_amend", {**shown(first, "subject_amend", row.pk), "name": "新名", "is_foreign": "on"}, row.pk
    )
    answer, text = posted(second, "subject_amend", {**early, "address": "西街 9 号"}, row.pk)
    assert answer.status_code == 422
    for words in ("名称：旧名 → 新名", "西街 9 号", cast.handler.label, "已经改动过"):
        assert words in text
    row.refresh_from_db()
    assert row.address == "东街 1 号"
    again = {field.html_name: field.value() for field in answer.context["form"]}
    again = {key: value for key, value in again.items() if value not in (None, False, "")}
    answer, text = posted(second, "subject_amend", again, row.pk)
    assert answer.status_code == 302, text
    row.refresh_from_db()
    assert (row.name, row.address, row.is_foreign) == ("新名", "西街 9 号", True)
