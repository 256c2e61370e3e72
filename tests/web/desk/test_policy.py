"""规则与日历 at the desk."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.domain.policy.actions import adopt_profile
from mingcha.domain.policy.models import CalendarDay, CalendarYear, Profile
from mingcha.kit.actors import SYSTEM
from mingcha.kit.digests import sha256_hex
from mingcha.web.desk.policy import papers_of
from tests.conftest import NOON
from tests.factories import policy as make
from tests.factories.organisation import user

pytestmark = pytest.mark.django_db

RULES, ADOPT, CALENDAR = "/desk/policy/", "/desk/policy/adopt/", "/desk/policy/calendar/"
AMEND, KNOWN = "/desk/policy/calendar/new/", "/desk/policy/calendar/2027/known/"
HOLIDAY = {"is_workday": "0", "on": "2027-01-01", "until": "", "name": "元旦", "source": "示范文号"}


@pytest.fixture(autouse=True)
def the_county_at_noon(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def rules(cast) -> Profile:
    return make.demo_profile()


def test_the_rules_in_force_are_shown_each_with_its_words_and_place(cast, browse, rules):
    response = browse(cast.handler).get(RULES)
    page = response.content.decode()
    assert len(response.context["rows"]) == len(rules.clauses)
    assert '<tr id="entry_hours">' in page
    assert "48 小时" in page
    assert "“在每个监管对象检查结束后48小时内将检查情况录入平台”" in page
    assert "法府建办字〔2020〕1号 二（三）1" in page
    assert "借用外地文件" in page


def test_a_setting_is_never_shown_as_law(cast, browse, rules):
    page = browse(cast.handler).get(RULES + "?q=四十八小时的最后四分之一").content.decode()
    assert "运行设置（不是法定数字）" in page
    assert "“四十八小时" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=20个工作日", 1), ("?kind=national", 2), ("?q=没有的词", 0), ("?q=48小时&kind=local", 0)],
)
def test_rules_are_searched_and_filtered(cast, browse, rules, query, found):
    assert len(browse(cast.handler).get(RULES + query).context["rows"]) == found


def test_what_the_place_does_not_say_is_said(cast, browse, rules):
    response = browse(cast.handler).get(RULES)
    assert "本地规则未作规定的" in response.content.decode()
    assert response.context["unsaid"]


def test_without_rules_the_page_says_who_can_help(cast, browse):
    page = browse(cast.handler).get(RULES).content.decode()
    assert "明察示范县在 2026-11-23 没有施行中的规则" in page
    assert ADOPT not in page
    assert ADOPT in browse(cast.coordinator).get(RULES).content.decode()


def test_an_earlier_edition_can_still_be_read(cast, browse, rules):
    adopt_profile(
        make.profile_text().replace("effective_from = 2024-01-01", "effective_from = 2026-06-01"), by=SYSTEM, at=NOON
    )
    page = browse(cast.handler).get(f"{RULES}{rules.pk}/").content.decode()
    assert "这一版已不施行；它施行时起算的期限仍按它计算。" in page
    assert "2026年5月31日" in page


def test_the_rules_of_another_county_are_not_found(cast, browse, rules):
    assert browse(cast.stranger).get(f"{RULES}{rules.pk}/").status_code == 404


def test_whoever_has_no_business_with_rules_is_refused(cast, browse, rules):
    for blind in (cast.inspector, cast.auditor):
        assert browse(blind).get(RULES).status_code == 403
        assert browse(blind).get(CALENDAR).status_code == 403
    assert browse().get(RULES).status_code == 302


@pytest.mark.parametrize("address", [ADOPT, AMEND, KNOWN])
def test_only_the_coordinating_body_changes_anything(cast, browse, address):
    assert browse(cast.coordinator).get(address).status_code == 200
    for other in (cast.handler, cast.supervisor, cast.stranger):
        assert browse(other).get(address).status_code == 403
        assert browse(other).post(address, HOLIDAY).status_code == 403


@pytest.mark.parametrize("address", [RULES, CALENDAR])
def test_the_pages_answer_to_get_only(cast, browse, address):
    assert browse(cast.coordinator).post(address).status_code == 405


def test_a_new_edition_is_compared_before_it_is_adopted(cast, browse, rules):
    text = make.profile_text().replace("effective_from = 2024-01-01", "effective_from = 2026-12-01")
    text = text.replace("value = 0.03", "value = 0.05").replace("不得低于市场主体的3%", "不得低于市场主体的5%")
    browser = browse(cast.coordinator)
    compared = browser.post(ADOPT, {"file": SimpleUploadedFile("demo-county.toml", text.encode())})
    assert [each[1:] for each in compared.context["differences"]][:1] == [("3%", "5%")]
    assert Profile.objects.count() == 1
    again = {"text": compared.context["form"]["text"].value(), "confirmed": "True"}
    response = browser.post(ADOPT, again, follow=True)
    assert "已启用" in response.content.decode()
    assert Profile.objects.get(state="IN_FORCE").effective_from == date(2026, 12, 1)
    twice = browser.post(ADOPT, again)
    assert twice.status_code == 422
    assert "已经启用" in twice.content.decode()


def test_the_line_ends_of_a_browser_do_not_change_the_digest(cast, browse):
    pasted = {"text": make.profile_text().replace("\n", "\r\n"), "confirmed": "True"}
    browse(cast.coordinator).post(ADOPT, pasted)
    adopted = Profile.objects.get()
    assert adopted.digest == sha256_hex(make.profile_text())


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "选一个规则文件，或粘贴全文"),
        ({"text": "schema = 1"}, "规则文件不能用：缺“code”"),
        ({"file": SimpleUploadedFile("x.toml", b"\xff\xfe")}, "不是 UTF-8 编码的文本"),
        ({"file": SimpleUploadedFile("x.toml", b"#" * 600_000)}, "超过 512 KB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_on_its_page(cast, browse, sent, sentence):
    response = browse(cast.coordinator).post(ADOPT, sent)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Profile.objects.exists()


def test_a_coordinator_elsewhere_may_read_but_not_adopt_our_rules(cast, browse, rules):
    far = user("far", "R01", within=cast.stranger.department)
    text = make.profile_text().replace("effective_from = 2024-01-01", "effective_from = 2026-12-01")
    assert browse(far).post(ADOPT, {"text": text, "confirmed": "True"}).status_code == 403


def test_the_calendar_lists_the_days_of_a_year_with_their_notices(cast, browse):
    make.calendar()
    page = browse(cast.handler).get(CALENDAR).content.decode()
    assert "2026年10月10日" in page
    assert "国办发明电〔2025〕7号" in page
    assert "放假安排已知" in page


def test_an_unknown_year_is_marked_as_a_guess(cast, browse):
    make.calendar()
    page = browse(cast.handler).get(CALENDAR + "?year=2027").content.decode()
    assert "暂按周一至周五估算" in page
    assert "2027 年放假安排尚未录入" in page
    assert KNOWN not in page
    coordinator = browse(cast.coordinator)
    assert KNOWN not in coordinator.get(CALENDAR + "?year=2027").content.decode()
    coordinator.post(AMEND, HOLIDAY)
    assert KNOWN in coordinator.get(CALENDAR + "?year=2027").content.decode()


@pytest.mark.parametrize("year", ["", "abc", "0", "99999"])
def test_a_year_that_is_none_shows_this_year(cast, browse, year):
    assert browse(cast.handler).get(f"{CALENDAR}?year={year}").context["year"] == 2026


def test_a_holiday_is_entered_and_shown_and_not_entered_twice(cast, browse):
    browser = browse(cast.coordinator)
    response = browser.post(AMEND, HOLIDAY, follow=True)
    assert response.redirect_chain == [("/desk/policy/calendar/?year=2027", 302)]
    assert "已录入 1 天" in response.content.decode()
    again = browser.post(AMEND, HOLIDAY)
    assert again.status_code == 422
    assert "已经是休息日" in again.content.decode()
    assert CalendarDay.objects.count() == 1


def test_what_is_wrong_with_an_entry_is_said_at_its_field(cast, browse):
    response = browse(cast.coordinator).post(AMEND, HOLIDAY | {"until": "2026-12-31"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"until": ["最后一天早于第一天，对调后再存"]}


def test_a_year_is_declared_known_after_its_days_are_entered(cast, browse):
    browser = browse(cast.coordinator)
    early = browser.post(KNOWN, {"source": "示范文号"})
    assert early.status_code == 422
    assert "还没有录入放假和调休" in early.content.decode()
    browser.post(AMEND, HOLIDAY)
    assert browser.post(KNOWN, {"source": "示范文号"}).status_code == 302
    assert CalendarYear.objects.get().year == 2027


def test_the_rules_take_few_queries(cast, browse, rules, django_assert_max_num_queries):
    browser = browse(cast.handler)
    with django_assert_max_num_queries(40):
        browser.get(RULES)


def test_the_papers_are_listed_by_their_day_whatever_the_stored_order(rules):
    papers = papers_of(rules)
    rules.documents = dict(reversed(rules.documents.items()))
    assert papers_of(rules) == papers
    days = [paper["issued_on"] for _number, paper in papers]
    assert (len(days), days) == (7, sorted(days))
