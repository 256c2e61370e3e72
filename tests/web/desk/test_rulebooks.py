"""一细则 at the desk: begun, written chapter by chapter, decided on, published, compared."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from mingcha.domain.catalogue.models import Rulebook
from mingcha.domain.catalogue.queries import chapters_of, rulebook_in_force
from mingcha.domain.filings.models import Filing
from mingcha.web.desk.rulebooks import settled_by
from tests.conftest import NOON
from tests.factories import catalogue
from tests.factories import filings as file
from tests.factories import rulebooks as make

pytestmark = pytest.mark.django_db

LIST = "/desk/rulebooks/"
NEW = "/desk/rulebooks/new/market/"
PUBLICATION = {"text": "十五个工作日内公示。", "outlets": ["CREDIT_PUBLICITY"], "working_days": "15"}


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def plain(cast):
    catalogue.bare_rules(cast.region)


def page_of(rulebook: Rulebook, end: str = "") -> str:
    return f"{LIST}{rulebook.pk}/{end}"


def chapter_page(rulebook: Rulebook, code: str, end: str = "") -> str:
    return f"{LIST}chapters/{make.chapter(rulebook, code).pk}/{end}"


# proves S0-16
# proves S2-19
def test_a_rulebook_is_begun_written_and_brought_into_force_at_the_desk(cast, browse, plain):
    ours = browse(cast.handler)
    begun = ours.post(NEW, {"title": "市场监管实施细则", "parent": ""}, follow=True)
    made = begun.context["rulebook"]
    page = begun.content.decode()
    assert "归档方式" in page
    assert "没有内容" in page
    assert ours.post(chapter_page(made, "PUBLICATION"), PUBLICATION).status_code == 302
    assert make.chapter(made, "PUBLICATION").settings == {"outlets": ["CREDIT_PUBLICITY"], "working_days": 15}
    for chapter in chapters_of(made):
        make.write(made, chapter.code, by=cast.handler)
    assert ours.post(page_of(made, "submit/")).status_code == 302
    head = browse(cast.approver)
    read = head.get(page_of(made, "decide/"))
    said = {"seen": read.context["seen"], "step": "APPROVAL", "opinion": "同意"}
    assert head.post(page_of(made, "decide/"), said).status_code == 302
    assert rulebook_in_force(cast.market) == made
    assert "公示期限" in head.get(page_of(made)).content.decode()


def test_what_is_laid_before_an_approver_is_what_was_read(cast, browse, plain):
    made = make.written(cast.handler)
    browse(cast.handler).post(page_of(made, "submit/"))
    response = browse(cast.approver).post(page_of(made, "decide/"), {"seen": "x" * 64, "step": "APPROVAL"})
    assert response.status_code == 422
    assert not Rulebook.objects.get(pk=made.pk).is_in_force


# proves S2-19
def test_an_empty_chapter_keeps_the_rulebook_at_the_drafter(cast, browse, plain):
    made = make.written(cast.handler)
    make.write(made, "BASIS", "", by=cast.handler)
    back = {"HTTP_REFERER": f"http://testserver{page_of(made)}"}
    response = browse(cast.handler).post(page_of(made, "submit/"), follow=True, **back)
    assert "检查依据（没有内容）" in response.content.decode()
    assert Rulebook.objects.get(pk=made.pk).is_draft


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"working_days": "0"}, "太小"),
        ({"working_days": "很快"}, "只能填整数"),
        ({"outlets": ["NOWHERE"]}, "从列出的选项里选"),
    ],
)
def test_a_wrong_setting_is_said_beside_its_field(cast, browse, plain, change, said):
    made = make.draft(cast.handler)
    response = browse(cast.handler).post(chapter_page(made, "PUBLICATION"), {**PUBLICATION, **change})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_lines_are_typed_one_below_the_other_and_shown_so(cast, browse, plain):
    made = make.draft(cast.handler)
    given = {"text": "归档。", "retention_years": "10", "materials": " 检查记录表 \n\n送达回证"}
    browser = browse(cast.handler)
    browser.post(chapter_page(made, "ARCHIVING"), given)
    assert make.chapter(made, "ARCHIVING").settings["materials"] == ["检查记录表", "送达回证"]
    assert "检查记录表\n送达回证" in browser.get(chapter_page(made, "ARCHIVING")).content.decode()


@pytest.fixture
def led(cast, plain):
    """Market leads; its rulebook holds."""
    catalogue.rules_naming(cast.region, rulebook_led_by=["MARKET"])
    file.body("MARKET", cast.market)
    return make.in_force(cast.handler, cast.approver)


# proves S2-18
def test_what_is_inherited_is_marked_and_a_new_upper_edition_is_told(cast, browse, led):
    ours = browse(cast.fire_handler)
    assert "市场监督管理局随机抽查实施细则" in ours.get("/desk/rulebooks/new/fire/").content.decode()
    ours.post("/desk/rulebooks/new/fire/", {"title": "消防实施细则", "parent": str(led.pk)})
    made = Rulebook.objects.get(department=cast.fire)
    assert ours.get(page_of(made)).content.decode().count("照上级细则") >= len(chapters_of(made))
    ours.post(chapter_page(made, "BASIS"), {"text": "消防法"})
    compared = ours.get(page_of(made, "compare/?with=parent"))
    assert [change.code for change in compared.context["changes"]] == ["BASIS"]
    assert ours.post(chapter_page(made, "BASIS", "restore/")).status_code == 302
    assert make.chapter(made, "BASIS").is_inherited
    assert "上级细则已有新版" not in ours.get(page_of(made)).content.decode()
    make.in_force(cast.handler, cast.approver)
    assert "上级细则已有新版" in ours.get(page_of(made)).content.decode()


# proves S4-20
def test_a_rulebook_is_published_once_its_receipt_is_there(cast, browse, plain):
    catalogue.rules_naming(cast.region, rulebook_filed_with=["COMMERCE_REFORM"])
    file.body("COMMERCE_REFORM", cast.justice)
    reform = file.recipient(cast.justice)
    made = make.in_force(cast.handler, cast.approver)
    assert made.state == "FILING"
    head = browse(cast.approver)
    assert "备案" in head.get(page_of(made, "publish/")).content.decode()
    head.post(page_of(made, "publish/"), HTTP_REFERER="http://testserver/")
    assert rulebook_in_force(cast.market) is None
    filing = Filing.objects.get()
    browse(cast.handler).post(f"/desk/filings/{filing.pk}/send/")
    browse(reform).post(f"/desk/filings/{filing.pk}/acknowledge/", {"number": "商改备1号"})
    assert head.post(page_of(made, "publish/")).status_code == 302
    assert rulebook_in_force(cast.market) == made


def test_a_return_goes_back_to_the_drafter_with_its_reason(cast, browse, plain):
    made = make.written(cast.handler)
    browse(cast.handler).post(page_of(made, "submit/"))
    head = browse(cast.approver)
    assert head.post(page_of(made, "return/"), {"reason": ""}).status_code == 422
    assert head.post(page_of(made, "return/"), {"reason": "补写归档"}).status_code == 302
    assert "补写归档" in browse(cast.handler).get(page_of(made)).content.decode()


def test_two_editions_are_compared(cast, browse, plain):
    first = make.in_force(cast.handler, cast.approver)
    second = make.draft(cast.handler)
    make.write(second, "BASIS", "新依据", by=cast.handler)
    browser = browse(cast.handler)
    for address in (page_of(second, "compare/"), page_of(first, f"compare/?with={second.pk}")):
        context = browser.get(address).context
        assert (context["old"], context["new"]) == (first, second)
        assert [change.code for change in context["changes"]] == ["BASIS"]


def test_strangers_see_nothing_and_others_may_not_write(cast, browse, plain):
    made = make.draft(cast.handler)
    for person in (cast.stranger, cast.fire_handler):
        assert browse(person).get(page_of(made)).status_code == 404
        assert browse(person).get(chapter_page(made, "BASIS")).status_code == 404
        assert browse(person).get(NEW).status_code == 404
    assert browse(cast.approver).get(chapter_page(made, "BASIS")).status_code == 403
    assert browse(cast.approver).post(page_of(made, "submit/")).status_code == 403
    assert browse(cast.handler).get(page_of(made, "publish/")).status_code == 403
    assert browse(cast.auditor).get(LIST).status_code == 403
    assert browse().get(LIST).status_code == 302


@pytest.mark.parametrize("end", ["submit/"])
def test_no_act_is_done_by_get(cast, browse, plain, end):
    made = make.draft(cast.handler)
    assert browse(cast.handler).get(page_of(made, end)).status_code == 405
    assert browse(cast.handler).get(chapter_page(made, "BASIS", "restore/")).status_code == 405
    assert browse(cast.handler).post(LIST).status_code == 405


def test_garbage_in_the_address_breaks_nothing(cast, browse, plain):
    made = make.draft(cast.handler)
    browser = browse(cast.handler)
    for address in (
        LIST + "?q=%25&page=x",
        page_of(made, "compare/?with=%27"),
        page_of(made, f"compare/?with={'9' * 40}"),
    ):
        assert browser.get(address).status_code == 200, address


def test_the_list_asks_a_bounded_number_of_times(cast, browse, plain, django_assert_max_num_queries):
    make.in_force(cast.handler, cast.approver)
    make.draft(cast.handler)
    make.in_force(cast.fire_handler, cast.fire_approver)
    browser = browse(cast.supervisor)
    with django_assert_max_num_queries(16):
        response = browser.get(LIST)
    assert len(response.context["page"]) == 2


# proves S2-19
def test_a_page_of_the_work_shows_what_the_rulebook_of_the_day_settles(cast, plain):
    today = NOON.date()
    assert settled_by(cast.market, "approver", on=today) is None
    made = make.in_force(cast.handler, cast.approver)
    settled = settled_by(cast.market, "approver", "ratio_text", "working_days", on=today)
    assert settled.rulebook == made
    assert settled.rows == [("审批权限", "实施检查由谁批准", "部门负责人"), ("公示程序", "公示期限（工作日）", "15")]
    shown = render_to_string("desk/rulebooks/settled.html", {"settled": settled})
    assert "部门负责人" in shown
    assert page_of(made) in shown
    assert settled_by(cast.market, "office", on=today) is None
    assert settled_by(cast.market, "approver", on=date(2020, 1, 1)) is None
