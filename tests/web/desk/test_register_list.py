"""The list of subjects at the desk: what is asked of it, page by page, the sheet over it, the page behind it."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from mingcha.domain.registers import actions
from mingcha.domain.registers.models import ItemLink, Register, RegisterEntry, Signal
from mingcha.domain.registers.rules import SubjectEntry
from tests.factories import registers as make
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db
CODE = code_for(1, prefix="91")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["甲店", "乙店", "丙店"]),
        ({"q": "乙"}, ["乙店"]),
        ({"q": CODE[:-1].lower()}, ["甲店"]),
        ({"state": "CLOSED"}, ["丙店"]),
        ({"risk": "D"}, ["乙店"]),
        ({"foreign": "1"}, ["丙店"]),
        ({"area": "990000101"}, ["甲店"]),
        ({"state": "开了"}, ["甲店", "乙店", "丙店"]),
        ({"q": "bd"}, ["丙店"]),
        ({"category": "SCHOOL"}, ["乙店"]),
        ({"industry": "F52"}, ["甲店"]),
        ({"address": "东街"}, ["甲店", "丙店"]),
        ({"address": "东街", "q": "丙"}, ["丙店"]),
        ({"since": "2026-06-01"}, ["乙店"]),
        ({"doubtful": "on"}, ["丙店"]),
        ({"signal": "ANY"}, ["甲店"]),
        ({"signal": "PENALTY"}, []),
        ({"item": "SC-001"}, ["乙店"]),
        ({"register": "餐饮"}, ["丙店"]),
        ({"q": "没有这家"}, []),
    ],
)
def test_subjects_are_found_by_what_is_asked(cast, browse, query, found):
    june = datetime(2026, 6, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    one = make.subject(1, name="甲店", area="990000101", industry="F5281", address="东街 1 号")
    two = make.subject(2, name="乙店", risk="D", category="SCHOOL", changed_at=june)
    three = make.subject(3, name="丙店", state="CLOSED", is_foreign=True, address="东街 3 号", warning="校验位不对")
    with unguarded():
        tag = Register.objects.create(region=cast.region, department=cast.market, kind="TAG", name="餐饮")
        RegisterEntry.objects.create(register=tag, subject=three)
        ItemLink.objects.create(subject=two, department=cast.market, item_code="SC-001")
        Signal.objects.create(
            subject=one, kind="COMPLAINTS", since=date(2026, 1, 1), source="12315", recorded_by=cast.handler
        )
    query = {**query, "register": tag.pk} if "register" in query else query
    page = browse(cast.handler).get(reverse("desk:register_list"), query).content.decode()
    assert [name for name in ("甲店", "乙店", "丙店") if name in page] == found


@pytest.mark.parametrize(
    "query",
    [
        {"after": "x"},
        {"after": "990000.'"},
        {"before": "."},
        {"after": "999999.ZZ", "q": "店"},
        {"view": "9" * 30},
        {"view": "一"},
        {"register": "9" * 30},
        {"since": "昨天", "state": "?", "signal": "?", "foreign": "2", "category": "'"},
        {"q": "'\"\\$:*&|!()"},
        {"q": "长" * 200},
        {"address": "%_'"},
        {"item": "x" * 99, "area": "y" * 99, "industry": "%"},
        {"page": "-1"},
    ],
)
def test_no_garbage_in_the_address_breaks_the_list(cast, browse, query):
    make.subjects(3)
    for name in ("register_list", "inspector_list", "view_list", "columns"):
        assert browse(cast.handler).get(reverse(f"desk:{name}"), query).status_code == 200


def test_pages_go_on_from_the_last_row_and_back_with_the_filters_kept(cast, browse):
    for number in range(120):
        make.subject(code=f"A{number:03}", name=f"甲店{number:03}")
    browser, seen = browse(cast.handler), []
    address = reverse("desk:register_list") + "?q=甲店"
    for word in ("下一页", "下一页", "上一页"):
        page = browser.get(address).content.decode()
        seen.append((re.findall(r"甲店(\d{3})<", page)[0], len(re.findall(r"甲店\d{3}<", page))))
        found = re.search(rf'href="(\?[^"]+)">{word}', page)
        assert "q=" in found[1]
        address = reverse("desk:register_list") + found[1].replace("&amp;", "&")
    page = browser.get(address).content.decode()
    seen.append((re.findall(r"甲店(\d{3})<", page)[0], len(re.findall(r"甲店\d{3}<", page))))
    assert seen == [("000", 50), ("050", 50), ("100", 20), ("050", 50)]
    assert "符合条件 120 户" in browser.get(reverse("desk:register_list")).content.decode()


def test_a_name_opens_a_sheet_that_holds_no_page_around_it(cast, browse):
    row = make.subject(1, contact="王建国", phone="13800001234")
    browser = browse(cast.handler)
    page = browser.get(reverse("desk:register_list")).content.decode()
    assert f'href="{reverse("desk:subject_detail", args=[row.pk])}" data-drawer' in page
    sheet = browser.get(reverse("desk:subject_detail", args=[row.pk]), {"drawer": "1"}).content.decode()
    assert "<html" not in sheet
    assert "13800001234" not in sheet
    assert "打开全部内容" in sheet
    assert browse(cast.stranger).get(reverse("desk:subject_detail", args=[row.pk]), {"drawer": "1"}).status_code == 404


# proves S2-12
def test_the_page_of_an_entry_tells_who_changed_what_when_from_what_to_what_and_why(cast, browse, noon):
    row = make.subject(1, name="旧名商店")
    entry = {field: getattr(row, field) for field in SubjectEntry.__annotations__} | {"name": "新名商店"}
    actions.amend_subject(row, entry=entry, reason="营业执照变更", seen=row.changed_at, by=cast.handler, at=noon)
    page = browse(cast.handler).get(reverse("desk:subject_detail", args=[row.pk])).content.decode()
    history = page[page.index("变更记录") :]
    for words in ("旧名商店 → 新名商店", "营业执照变更", cast.handler.label, "2026年11月23日 12:00", "更正检查对象"):
        assert words in history
