"""报备 at the desk: found, sealed, sent, received, returned; what is due; the nil return."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mingcha.domain.filings.models import Filing
from mingcha.domain.organisation.models import Body, Department
from mingcha.web.desk.filings_due import DueRow, due_rows
from tests.conftest import NOON
from tests.factories import catalogue, policy
from tests.factories import filings as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

LIST, DUE, NIL = "/desk/filings/", "/desk/filings/due/", "/desk/filings/nil/"
LAST_YEAR = datetime(2025, 6, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SPRING = datetime(2026, 3, 18, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def receiver(cast):
    make.body("JUSTICE", cast.justice, contact="办公楼 201 室，beian@county.example")
    return make.recipient(cast.justice)


@pytest.fixture
def filing(cast, receiver) -> Filing:
    return make.prepared(cast.region, cast.market, by=cast.handler)


def address(filing: Filing, act: str = "detail") -> str:
    return reverse(f"desk:filing_{act}", args=[filing.pk])


def upload(content: bytes = make.PDF, name: str = "盖章.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fresh(filing: Filing) -> Filing:
    return Filing.objects.get(pk=filing.pk)


# proves S0-10
# proves S1-51
def test_a_filing_goes_from_form_and_seal_to_the_number_of_its_recipient(cast, browse, filing, receiver):
    ours, theirs = browse(cast.handler), browse(receiver)
    assert ours.get(address(filing, "form")).content.startswith(b"%PDF")
    assert "报送后不能再补" in ours.get(address(filing)).content.decode()
    assert ours.post(address(filing, "seal"), {"scan": upload()}).status_code == 302
    assert "报送后不能再补" not in ours.get(address(filing)).content.decode()
    assert ours.post(address(filing, "send")).status_code == 302
    page = theirs.get(address(filing)).content.decode()
    assert "登记备案号" in page
    assert "办公楼 201 室" in page
    assert b"".join(theirs.get(address(filing, "scan")).streaming_content) == make.PDF
    assert theirs.post(address(filing, "acknowledge"), {"number": "备〔2026〕7号"}).status_code == 302
    assert fresh(filing).is_acknowledged
    shown = ours.get(address(filing)).content.decode()
    assert "备〔2026〕7号" in shown
    assert "接收备案" in shown


def test_a_return_shows_its_reason_and_lets_the_filing_be_sent_again(cast, browse, filing, receiver):
    browse(cast.handler).post(address(filing, "send"))
    theirs = browse(receiver)
    assert theirs.post(address(filing, "return"), {"reason": ""}).status_code == 422
    assert theirs.post(address(filing, "return"), {"reason": "缺附件3"}).status_code == 302
    page = browse(cast.handler).get(address(filing)).content.decode()
    assert "缺附件3" in page
    assert "报送司法行政部门" in page


# proves S1-51
def test_a_receipt_on_paper_is_entered_with_its_scan(cast, browse):
    outside = make.sent(cast.region, cast.market, by=cast.handler, body="ESTABLISHMENT")
    browser = browse(cast.handler)
    assert "没有账号" in browser.get(address(outside)).content.decode()
    assert browser.post(address(outside, "acknowledge"), {"number": "1"}).status_code == 422
    answer = {"number": "编办备1号", "scan": upload(name="回执.pdf")}
    assert browser.post(address(outside, "acknowledge"), answer).status_code == 302
    receipt = outside.receipts.get()
    sent = browser.get(reverse("desk:receipt_scan", args=[receipt.pk]))
    assert b"".join(sent.streaming_content) == make.PDF
    assert sent["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ((b"MZ" + bytes(300), "盖章.pdf"), "不是扫描件"),
        ((make.PDF, "盖章.png"), "内容却是 PDF"),
        ((b"", "盖章.pdf"), "是空的"),
    ],
)
def test_what_is_no_scan_is_refused_beside_its_field(cast, browse, filing, sent, said):
    response = browse(cast.handler).post(address(filing, "seal"), {"scan": upload(*sent)})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not fresh(filing).scan


def test_strangers_see_nothing_and_the_wrong_side_may_not_act(cast, browse, filing, receiver):
    for person in (cast.stranger, cast.fire_handler):
        assert browse(person).get(address(filing)).status_code == 404
        assert browse(person).post(address(filing, "send")).status_code == 404
    assert browse(receiver).get(address(filing)).status_code == 404
    assert browse(cast.approver).post(address(filing, "send")).status_code == 403
    assert browse(cast.auditor).get(LIST).status_code == 403
    assert browse().get(LIST).status_code == 302
    browse(cast.handler).post(address(filing, "send"))
    assert browse(cast.handler).post(address(filing, "acknowledge"), {"number": "1"}).status_code == 403


@pytest.mark.parametrize("act", ["seal", "send", "acknowledge", "return"])
def test_no_act_is_done_by_get(cast, browse, filing, act):
    assert browse(cast.handler).get(address(filing, act)).status_code == 405


@pytest.mark.parametrize("page", [LIST, DUE])
def test_a_list_is_never_posted_to(cast, browse, page):
    assert browse(cast.handler).post(page).status_code == 405


def test_a_missing_scan_is_not_found(cast, browse, filing):
    assert browse(cast.handler).get(address(filing, "scan")).status_code == 404


def test_the_list_is_filtered_in_the_address_and_counts_each_state(cast, browse, filing, receiver):
    sent = make.sent(cast.market, cast.market, by=cast.handler)
    make.answered(sent, by=receiver, number="备〔2026〕9号")
    browser = browse(cast.handler)
    for query, found in (
        ("", {filing, sent}),
        ("?state=PREPARED", {filing}),
        ("?state=ACKNOWLEDGED", {sent}),
        ("?q=9号", {sent}),
        ("?side=out", {filing, sent}),
        ("?side=in", set()),
        ("?kind=RULEBOOK", set()),
        ("?year=2025", set()),
        ("?department=fire", set()),
    ):
        assert set(browser.get(LIST + query).context["page"]) == found, query
    counts = {each.state: each.number for each in browser.get(LIST).context["counts"]}
    assert counts == {"PREPARED": 1, "SENT": 0, "RETURNED": 0, "ACKNOWLEDGED": 1, "WITHDRAWN": 0}
    assert set(browse(receiver).get(LIST + "?side=in").context["page"]) == {sent}


@pytest.mark.parametrize("page", [LIST, DUE, NIL])
def test_garbage_in_the_address_breaks_nothing(cast, browse, filing, page):
    query = "?state=x&kind=%7F&page=-9&year=９９９９９&side=<&department=%27&colour=zz&q=%25&body=1"
    assert browse(cast.handler).get(page + query).status_code == 200


def test_the_list_asks_the_database_a_bounded_number_of_times(cast, browse, receiver, django_assert_max_num_queries):
    for department in (cast.market, cast.fire, cast.justice):
        make.prepared(department, cast.market, by=cast.handler)
    browser = browse(cast.handler)
    with django_assert_max_num_queries(22):
        browser.get(LIST)


@pytest.fixture
def rules(cast):
    make.body("MARKET", cast.justice)
    policy.calendar()
    return policy.demo_profile()


def lists_owed_by(department: Department, response) -> DueRow:
    """The row of its item list among all that it owes."""
    rows = response.context["rows"]
    return next(row for row in rows if (row.department, row.promise.kind) == (department, "ITEM_LIST"))


# proves S4-12
def test_who_has_not_filed_is_shown_with_a_light_that_explains_itself(cast, browse, rules, monkeypatch):
    browser = browse(cast.handler)
    (row,) = [row for row in browser.get(DUE).context["rows"] if row.promise.kind == "ITEM_LIST"]
    assert (row.department, row.promise.body, row.light.colour) == (cast.market, "MARKET", "red")
    monkeypatch.setattr("django.utils.timezone.now", lambda: SPRING)
    response = browse(cast.handler).get(DUE)
    assert "yellow" in {row.light.colour for row in response.context["rows"]}
    page = response.content.decode()
    assert "以后每年3月20日前" in page
    assert "报送“无调整”" in page


def test_the_recipient_sees_what_others_owe_it_and_filing_ends_that(cast, browse, rules):
    receiver = make.recipient(cast.justice)
    owed = {row.department.code for row in browse(receiver).get(DUE).context["rows"] if row.promise.body == "MARKET"}
    assert owed == {"market", "fire"}
    make.sent(cast.region, cast.market, by=cast.handler, body="MARKET")
    row = lists_owed_by(cast.market, browse(receiver).get(DUE))
    assert row.filing is not None
    assert row.light.colour == "mended"
    assert browse(cast.stranger).get(DUE).context["rows"] == []


def test_what_was_sent_back_is_owed_again_and_what_waits_is_shown_to_its_department_only(cast, browse, rules):
    receiver = make.recipient(cast.justice)
    filing = make.prepared(cast.region, cast.market, by=cast.handler, body="MARKET")
    assert address(filing) in browse(cast.handler).get(DUE).content.decode()
    assert address(filing) not in browse(receiver).get(DUE).content.decode()
    browse(cast.handler).post(address(filing, "send"))
    browse(receiver).post(address(filing, "return"), {"reason": "缺附件3"})
    response = browse(receiver).get(DUE)
    row = lists_owed_by(cast.market, response)
    assert (row.filing, row.light.colour) == (filing, "red")


def test_what_is_due_is_computed_with_a_bounded_number_of_queries(cast, rules, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        due_rows(Department.objects.all(), year=2026, today=NOON.date())


# proves S1-08
def test_a_nil_return_is_made_sealed_and_sent_from_the_desk(cast, browse, rules):
    catalogue.list_in_force(cast.handler, cast.approver, at=LAST_YEAR)
    browser = browse(cast.handler)
    given = {"department": "market", "body": "MARKET", "year": "2026"}
    early = browser.post(NIL, given | {"year": "2024"})
    assert (early.status_code, "第一版清单 2025 年才施行" in early.content.decode()) == (422, True)
    response = browser.post(NIL, given, follow=True)
    made = Filing.objects.get(kind="NIL_RETURN")
    assert "上传扫描件" in response.content.decode()
    assert browser.post(address(made, "send"), HTTP_REFERER=f"http://testserver{address(made)}").status_code == 302
    assert not fresh(made).is_sent
    browser.post(address(made, "seal"), {"scan": upload()})
    browser.post(address(made, "send"))
    assert fresh(made).is_sent
    again = browser.post(NIL, given)
    assert again.status_code == 422
    assert "不用再报" in again.content.decode()


# proves S1-08
def test_a_list_that_came_into_force_this_year_is_no_nil_return(cast, browse, rules):
    catalogue.list_in_force(cast.handler, cast.approver)
    response = browse(cast.handler).post(NIL, {"department": "market", "body": "MARKET", "year": "2026"})
    assert response.status_code == 422
    assert "不是“无调整”" in response.content.decode()


def test_only_the_bodies_that_the_rules_name_are_offered_and_the_first_is_chosen(cast, browse, rules):
    page = browse(cast.handler).get(NIL)
    field = page.context["form"]["body"]
    assert [code for code, _label in field.field.choices] == ["MARKET"]
    assert field.value() == "MARKET"


def test_a_department_is_not_offered_itself(cast, browse):
    make.body("MARKET", cast.market)
    policy.demo_profile()
    assert list(browse(cast.handler).get(NIL).context["form"]["body"].field.choices) == []


def test_nobody_reports_for_another_department(cast, browse, rules):
    response = browse(cast.handler).post(NIL, {"department": "fire", "body": "MARKET", "year": "2026"})
    assert response.status_code == 422
    assert browse(cast.approver).get(NIL).status_code == 403
    assert not Filing.objects.exists()


def test_who_has_nobody_to_report_to_is_told_so_instead_of_an_empty_form(cast, browse, rules):
    asked = browse(cast.handler).get(NIL).content.decode()
    assert "形成无调整报送" in asked
    with unguarded():
        Body.objects.filter(code="MARKET").update(department=cast.market)
    told = browse(cast.handler).get(NIL).content.decode()
    assert "不用报送" in told
    assert "形成无调整报送" not in told


# proves S0-10
def test_the_form_is_offered_as_word_too(cast, browse, noon):
    filing = make.sent(cast.region, cast.market, by=cast.handler)
    browser, address = browse(cast.handler), f"/desk/filings/{filing.pk}/form.docx"
    assert f'href="{address}"' in browser.get(f"/desk/filings/{filing.pk}/").content.decode()
    answer = browser.get(address)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"].endswith(".docx") and answer.content.startswith(b"PK")
    assert browse(cast.stranger).get(address).status_code == 404
