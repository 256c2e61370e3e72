"""One entry of 两库 by hand at the desk: who may, entering, correcting."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.registers.models import Avoidance, ImportBatch, Inspector, Subject
from tests.factories import registers as make
from tests.factories.organisation import code_for

pytestmark = pytest.mark.django_db
CODE = code_for(7, prefix="91")
UNNAMED = f"号,店招,备注\n{CODE},青禾粮油店,x\n".encode()


def posted(browser, name: str, values: dict, *args: int):
    """The answer to a form, and its text."""
    answer = browser.post(reverse(f"desk:{name}", args=args), values)
    return answer, answer.content.decode()


def shown(browser, name: str, pk: int) -> dict:
    """What an amending page sends when nothing is touched but the reason."""
    form = browser.get(reverse(f"desk:{name}", args=[pk])).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {key: value for key, value in values.items() if value not in (None, False)} | {"reason": "照证件核对"}


def new_subject(cast, **values) -> dict:
    return {"department": cast.market.pk, "code": CODE, "name": "青禾粮油店", "risk": "B", **values}


def new_inspector(cast, **values) -> dict:
    kept = {"department": cast.market.pk, "code": "SC-009", "name": "王示范", "certificate_no": "ZF99000000009"}
    return {**kept, "certificate_until": "2030-12-31", "areas": "101，102", "skills": "", **values}


@pytest.fixture
def rows(cast) -> SimpleNamespace:
    firm, person = make.subject(1, name="旧名"), make.inspector(cast.market, 1, certificate_no="ZF99000000001")
    return SimpleNamespace(firm=firm, person=person, avoidance=make.avoidance(firm, person))


@pytest.fixture
def batch(cast, browse) -> ImportBatch:
    sent = {"kind": "SUBJECTS", "department": cast.market.pk, "file": SimpleUploadedFile("名录.csv", UNNAMED)}
    browse(cast.handler).post(reverse("desk:import_new"), sent)
    return ImportBatch.objects.get()


def pages(rows, batch) -> list[str]:
    return [
        reverse("desk:subject_new"),
        reverse("desk:inspector_new"),
        reverse("desk:subject_amend", args=[rows.firm.pk]),
        reverse("desk:inspector_amend", args=[rows.person.pk]),
        reverse("desk:login_give", args=[rows.person.pk]),
        reverse("desk:avoidance_declare", args=[rows.person.pk]),
        reverse("desk:avoidance_withdraw", args=[rows.person.pk, rows.avoidance.pk]),
        reverse("desk:import_columns", args=[batch.pk]),
    ]


def test_every_page_opens_for_the_keeper_and_takes_only_get_and_post(cast, browse, rows, batch):
    for address in pages(rows, batch):
        assert browse(cast.handler).get(address).status_code == 200, address
        assert browse(cast.handler).put(address).status_code == 405, address
        assert browse().get(address).status_code == 302, address


def test_readers_are_refused_and_strangers_find_nothing(cast, browse, rows, batch):
    for address in pages(rows, batch):
        for send in (browse(cast.supervisor).get, browse(cast.supervisor).post):
            assert send(address).status_code == 403, address
        answer = browse(cast.stranger).post(address, {"reason": "x"})
        assert answer.status_code == (422 if address.endswith("s/new/") and "avoid" not in address else 404), address
    assert Avoidance.objects.count() == Subject.objects.count() == Inspector.objects.count() == 1


def test_a_firm_is_entered_by_hand_once(cast, browse):
    browser = browse(cast.handler)
    answer, _page = posted(browser, "subject_new", new_subject(cast))
    firm = Subject.objects.get()
    assert (answer.url, firm.risk) == (reverse("desk:subject_detail", args=[firm.pk]), "B")
    answer, page = posted(browser, "subject_new", new_subject(cast))
    assert (answer.status_code, "名录里已有" in page, Subject.objects.count()) == (422, True, 1)
    assert reverse("desk:subject_new") in browser.get(reverse("desk:register_list")).content.decode()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": ""}, "没有填"),
        ({"code": "3.7E+14"}, "科学计数法"),
        ({"code": "青禾"}, "只能有 2 至 64 个半角数字"),
        ({"name": " "}, "没有填"),
        ({"name": "青禾\u200b店"}, "看不见的字符"),
        ({"kind": "个体\u200b户"}, "看不见的字符"),
        ({"industry": "零\u200b售"}, "看不见的字符"),
        ({"area": "东街"}, "片区要用代码"),
        ({"established_on": "去年"}, "不是日期"),
        ({"department": "0"}, "从列出的选项里选一个"),
    ],
)
def test_a_firm_that_cannot_be_entered_says_why_and_keeps_what_was_typed(cast, browse, values, reason):
    answer, page = posted(browse(cast.handler), "subject_new", new_subject(cast, address="东街 1 号", **values))
    assert (answer.status_code, reason in page, "东街 1 号" in page) == (422, True, True)
    assert not Subject.objects.exists()


def test_nobody_enters_anything_for_a_foreign_department(cast, browse):
    for name, values in (("subject_new", new_subject(cast)), ("inspector_new", new_inspector(cast))):
        answer, _page = posted(browse(cast.handler), name, {**values, "department": cast.fire.pk})
        assert answer.status_code == 422
    assert not Subject.objects.exists()
    assert not Inspector.objects.exists()


def test_a_firm_is_corrected_with_what_it_was_before_in_the_trail(cast, browse, rows):
    browser = browse(cast.handler)
    values = shown(browser, "subject_amend", rows.firm.pk) | {"name": "新名", "established_on": "2020-05-18"}
    answer, _page = posted(browser, "subject_amend", values | {"is_foreign": "on"}, rows.firm.pk)
    assert answer.url == reverse("desk:subject_detail", args=[rows.firm.pk])
    rows.firm.refresh_from_db()
    assert (rows.firm.name, rows.firm.established_on, rows.firm.is_foreign) == ("新名", date(2020, 5, 18), True)
    assert trail_of(rows.firm).get().details == {
        "code": rows.firm.code,
        "reason": "照证件核对",
        **{"name_before": "旧名", "name_after": "新名", "is_foreign_before": "否", "is_foreign_after": "是"},
        **{"established_on_before": "", "established_on_after": "2020-05-18"},
    }
    answer, page = posted(browser, "subject_amend", values | {"is_foreign": "on"}, rows.firm.pk)
    assert (answer.status_code, "没有可改的" in page, trail_of(rows.firm).count()) == (422, True, 1)


def test_an_entry_that_changed_meanwhile_is_not_written_over(cast, browse, rows):
    first, second = browse(cast.handler), browse(cast.second_handler)
    for name, row in (("subject_amend", rows.firm), ("inspector_amend", rows.person)):
        mine, theirs = shown(first, name, row.pk), shown(second, name, row.pk)
        assert posted(second, name, theirs | {"name": "别人改的"}, row.pk)[0].status_code == 302
        answer, page = posted(first, name, mine | {"name": "我改的"}, row.pk)
        assert (answer.status_code, "已经改动过" in page, "我改的" in page) == (422, True, True)
        row.refresh_from_db()
        assert row.name == "别人改的"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"reason": " "}, "没有写理由"),
        ({"seen": ""}, "重新打开再改"),
        ({"seen": "昨天"}, "重新打开再改"),
        ({"name": ""}, "没有填"),
        ({"area": "东街"}, "片区要用代码"),
        ({"risk": "E"}, "从列出的选项里选一个"),
    ],
)
def test_a_correction_of_a_firm_that_cannot_be_kept_says_why(cast, browse, rows, values, reason):
    browser = browse(cast.handler)
    sent = shown(browser, "subject_amend", rows.firm.pk) | {"address": "东街 2 号"} | values
    answer, page = posted(browser, "subject_amend", sent, rows.firm.pk)
    assert (answer.status_code, reason in page, "东街 2 号" in page) == (422, True, True)
    rows.firm.refresh_from_db()
    assert rows.firm.address == ""


def test_a_person_is_entered_by_hand_once(cast, browse):
    browser = browse(cast.handler)
    posted(browser, "inspector_new", new_inspector(cast))
    person = Inspector.objects.get()
    assert (person.code, person.areas, person.department) == ("SC-009", "101,102", cast.market)
    answer, page = posted(browser, "inspector_new", new_inspector(cast))
    assert (answer.status_code, "名录里已有" in page, Inspector.objects.count()) == (422, True, 1)
    assert reverse("desk:inspector_new") in browser.get(reverse("desk:inspector_list")).content.decode()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": "王"}, "只能有 2 至 64 个半角数字"),
        ({"name": ""}, "没有填"),
        ({"certificate_no": "ZF99000000001"}, "执法证号已登记在"),
        ({"certificate_until": ""}, "没有填"),
        ({"certificate_until": "长期"}, "不是日期"),
        ({"areas": "东街"}, "片区要用代码"),
        ({"skills": "食\u200b品"}, "看不见的字符"),
    ],
)
def test_a_person_who_cannot_be_entered_says_why(cast, browse, rows, values, reason):
    answer, page = posted(browse(cast.handler), "inspector_new", new_inspector(cast, **values))
    assert (answer.status_code, reason in page) == (422, True)
    assert Inspector.objects.get() == rows.person


# proves S1-16
def test_a_person_is_corrected_and_the_trail_never_learns_the_whole_certificate(cast, browse, rows):
    browser, pk = browse(cast.handler), rows.person.pk
    values = shown(browser, "inspector_amend", pk)
    assert (values["certificate_no"], values["areas"]) == ("ZF99000000001", "")
    sent = values | {"certificate_no": "ZF99000000777", "skills": "食品，特种设备"}
    posted(browser, "inspector_amend", sent | {"certificate_until": "2031-12-31"}, pk)
    rows.person.refresh_from_db()
    assert (rows.person.certificate_until, rows.person.skills) == (date(2031, 12, 31), "食品,特种设备")
    details = trail_of(rows.person).get().details
    assert (details["certificate_no_before"], details["certificate_no_after"]) == ("ZF9****0001", "ZF9****0777")
    assert (details["certificate_until_before"], "areas_before" in details) == ("2030-12-31", False)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "没有可改的"),
        ({"reason": ""}, "没有写理由"),
        ({"name": ""}, "没有填"),
        ({"certificate_no": "ZF-TAKEN-1"}, "执法证号已登记在"),
        ({"certificate_until": ""}, "没有填"),
        ({"areas": "东街"}, "片区要用代码"),
    ],
)
def test_a_correction_of_a_person_that_cannot_be_kept_says_why(cast, browse, rows, values, reason):
    make.inspector(cast.market, 2, certificate_no="ZF-TAKEN-1")
    browser = browse(cast.handler)
    sent = shown(browser, "inspector_amend", rows.person.pk) | values
    answer, page = posted(browser, "inspector_amend", sent, rows.person.pk)
    assert (answer.status_code, reason in page, trail_of(rows.person).count()) == (422, True, 0)


def test_acts_stand_on_the_pages_of_keepers_only(cast, browse, rows):
    for name, row, acts in (
        ("subject_detail", rows.firm, ("amend",)),
        ("inspector_detail", rows.person, ("amend", "login", "avoidances")),
    ):
        address = reverse(f"desk:{name}", args=[row.pk])
        for who, seen in ((cast.handler, True), (cast.supervisor, False)):
            page = browse(who).get(address).content.decode()
            assert [f"{address}{act}/" in page for act in acts] == [seen] * len(acts)


def test_an_ended_certificate_may_be_entered(cast, browse, noon):
    ended = (noon.date() - timedelta(days=900)).isoformat()
    assert (
        posted(browse(cast.handler), "inspector_new", new_inspector(cast, certificate_until=ended))[0].status_code
        == 302
    )
