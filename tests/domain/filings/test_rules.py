"""What may be filed, sealed and answered."""

from datetime import date

import pytest

from mingcha.domain.filings import rules
from mingcha.domain.filings.models import Filing
from mingcha.domain.organisation.models import Department
from mingcha.domain.policy.models import Calendar
from mingcha.kit.errors import Refused
from tests.factories.filings import PDF
from tests.factories.policy import clause

PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300)
EVERY_WEEKDAY = Calendar(days={}, known_years=frozenset({2026}))
LIST = clause("item_list_due", "03-20", "day_of_year", quote="以后每年3月20日前", source="郴政办发〔2018〕39号")
JOINT = clause("joint_list_due", "03-31", "day_of_year", quote="以后每年3月底前", source="郴政办发〔2018〕39号")
ONCE = clause("item_list_due_once", date(2020, 3, 27), "date", quote="于3月27日前报送")
TO_LEAD = clause("item_change_filed_with", ["JUSTICE"], "codes", quote="报送至县司法局汇总")
TO_TWO = clause(
    "joint_list_filed_with", ["COMMERCE_REFORM", "BUSINESS_CLIMATE"], "codes", quote="报市商改办、市优化办备案"
)
NIL = clause("nil_return", True, "flag", quote="如无动态调整,也请报送")


def by_key(*clauses) -> dict:
    return {each.key: each for each in clauses}


# proves S1-08
@pytest.mark.parametrize(("year", "due"), [(2020, date(2020, 3, 27)), (2019, None), (2021, None)])
def test_the_27th_of_march_binds_2020_only(year, due):
    assert rules.due_of(ONCE, year) == due


# proves S4-12
@pytest.mark.parametrize("year", [2019, 2026, 2032])
def test_a_list_is_due_on_20_march_of_every_year(year):
    assert rules.due_of(LIST, year) == date(year, 3, 20)


@pytest.mark.parametrize(
    ("value", "year", "due"),
    [("02-29", 2027, date(2027, 2, 28)), ("12-31", 2026, date(2026, 12, 31)), ("02-29", 2028, date(2028, 2, 29))],
)
def test_a_day_that_a_year_lacks_is_the_last_of_its_month(value, year, due):
    assert rules.due_of(clause("item_list_due", value, "day_of_year"), year) == due


def test_a_clause_without_a_day_gives_none():
    assert rules.due_of(clause("entry_hours", 48), 2026) is None


# proves S4-13
# proves S4-14
def test_a_joint_list_is_due_from_leads_only_and_to_both_bodies():
    clauses = by_key(JOINT, TO_TWO)
    assert rules.promises_of(clauses, year=2026, plays={"MARKET"}) == []
    asked = rules.promises_of(clauses, year=2026, plays={"SECTOR_LEAD"})
    assert [(each.body, each.due_on) for each in asked] == [
        ("BUSINESS_CLIMATE", date(2026, 3, 31)),
        ("COMMERCE_REFORM", date(2026, 3, 31)),
    ]


def test_without_a_recipient_nothing_is_promised():
    assert rules.promises_of(by_key(LIST), year=2026, plays=()) == []


def test_a_rulebook_is_asked_of_whom_the_rules_let_draw_it_up():
    clauses = by_key(
        clause("rulebook_due_once", date(2018, 12, 31), "date", quote="2018年12月底前"),
        clause("rulebook_filed_with", ["COMMERCE_REFORM"], "codes", quote="并报市商改办备案"),
    )
    led = {**clauses, "rulebook_led_by": clause("rulebook_led_by", ["SECTOR_LEAD"], "codes", quote="各领域牵头部门")}
    asked = [
        len(rules.promises_of(each, year=2018, plays=plays))
        for each, plays in ((clauses, ()), (led, ()), (led, {"SECTOR_LEAD"}))
    ]
    assert asked == [1, 0, 1]
    assert rules.promises_of(clauses, year=2019, plays=()) == []


def test_two_clauses_with_the_same_day_ask_once():
    market = {
        "market_items_due_once": clause("market_items_due_once", date(2020, 3, 27), "date"),
        "market_items_filed_with": clause("market_items_filed_with", ["JUSTICE"], "codes"),
    }
    assert len(rules.promises_of({**by_key(ONCE, TO_LEAD), **market}, year=2020, plays=())) == 1


ANNUAL = (
    clause("annual_plan_due", "01-31", "day_of_year", quote="每年1月底前报市场监管部门备案"),
    clause("annual_plan_filed_with", ["MARKET"], "codes", quote="每年1月底前报市场监管部门备案"),
)
JOINT_PLAN = (
    clause("joint_plan_due", "03-31", "day_of_year", quote="以后每年3月底前"),
    clause("joint_plan_filed_with", ["COMMERCE_REFORM"], "codes", quote="并报市商改办备案"),
)


# proves S2-22
def test_every_department_owes_its_plan_by_the_end_of_january_but_the_recipient_itself():
    clauses = by_key(*ANNUAL)
    (asked,) = rules.promises_of(clauses, year=2027, plays=())
    assert (asked.kind, asked.body, asked.due_on) == ("PLAN", "MARKET", date(2027, 1, 31))
    assert rules.promises_of(clauses, year=2027, plays={"MARKET"}) == []
    assert rules.recipients_of("PLAN", clauses, year=2027, plays={"MARKET"}) == []


# proves S4-22
def test_a_joint_plan_is_owed_by_leads_by_the_end_of_march():
    clauses = by_key(*JOINT_PLAN)
    assert rules.promises_of(clauses, year=2027, plays={"MARKET"}) == []
    (asked,) = rules.promises_of(clauses, year=2027, plays={"SECTOR_LEAD"})
    assert (asked.kind, asked.body, asked.due_on) == ("PLAN", "COMMERCE_REFORM", date(2027, 3, 31))


def test_a_paper_goes_to_each_recipient_once_with_its_own_day_and_clause():
    clauses = by_key(*ANNUAL, *JOINT_PLAN)
    found = rules.recipients_of("PLAN", clauses, year=2027, plays={"SECTOR_LEAD"})
    assert [(each.body, each.due_on, each.clause.key) for each in found] == [
        ("MARKET", date(2027, 1, 31), "annual_plan_filed_with"),
        ("COMMERCE_REFORM", date(2027, 3, 31), "joint_plan_filed_with"),
    ]
    undated = by_key(ANNUAL[1])
    assert [each.due_on for each in rules.recipients_of("PLAN", undated, year=2027, plays=())] == [None]
    assert rules.recipients_of("RULEBOOK", clauses, year=2027, plays=()) == []


def promise() -> rules.Promise:
    (made,) = rules.promises_of(by_key(LIST, TO_LEAD), year=2026, plays=())
    return made


@pytest.mark.parametrize(
    ("kind", "body", "kept"),
    [
        ("ITEM_LIST", "JUSTICE", True),
        ("NIL_RETURN", "JUSTICE", True),
        ("RULEBOOK", "JUSTICE", False),
        ("ITEM_LIST", "MARKET", False),
    ],
)
def test_a_list_or_a_nil_return_with_the_same_body_keeps_the_promise(kind, body, kept):
    assert rules.is_kept(promise(), kind=kind, body=body) is kept


@pytest.mark.parametrize(
    ("today", "filed_on", "colour", "said"),
    [
        (date(2026, 3, 10), None, "green", "还有 10 天"),
        (date(2026, 3, 18), None, "yellow", "还有 2 天"),
        (date(2026, 3, 20), None, "yellow", "还有 0 天"),
        (date(2026, 3, 21), None, "red", "已超过 1 天"),
        (date(2026, 4, 1), date(2026, 3, 20), "green", "没有超过期限"),
        (date(2026, 4, 1), date(2026, 3, 25), "mended", "晚了 5 天"),
    ],
)
def test_the_light_of_a_filing_says_how_it_came_about(today, filed_on, colour, said):
    warning = clause("warn_filing_working_days", 3, "working_days")
    light = rules.light_of(promise(), filed_on=filed_on, today=today, warning=warning, calendar=EVERY_WEEKDAY)
    assert light.colour == colour
    assert said in light.explanation
    assert "郴政办发〔2018〕39号" in light.explanation


def test_without_a_warning_clause_no_light_turns_yellow():
    light = rules.light_of(promise(), filed_on=None, today=date(2026, 3, 20), warning=None, calendar=EVERY_WEEKDAY)
    assert light.colour == "green"


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [(PDF, "a.pdf", ".pdf"), (PNG, "a.png", ".png"), (JPEG, "IMG.JPEG", ".jpg"), (PDF, "没有后缀", ".pdf")],
)
def test_a_scan_is_told_by_its_content(content, name, ending):
    assert rules.check_scan(rules.ScanFile(content, name)).ending == ending


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "是空的"),
        (b"MZ" + bytes(300), "a.pdf", "不是扫描件"),
        (b"GIF89a" + bytes(300), "a.gif", "不是扫描件"),
        (PDF, "a.png", "内容却是 PDF"),
        (PDF + bytes(20 * 1024 * 1024), "a.pdf", "超过 20 MB"),
    ],
)
def test_what_is_no_scan_is_refused_with_the_way_out(content, name, said):
    with pytest.raises(Refused, match=said) as refusal:
        rules.check_scan(rules.ScanFile(content, name))
    assert refusal.value.field == "scan"


def test_a_nil_return_is_known_only_where_the_rules_say_so():
    assert rules.check_nil_return_known(by_key(NIL), name="甲地") == NIL
    with pytest.raises(Refused, match="甲地没有“无调整也须报送”"):
        rules.check_nil_return_known(by_key(LIST), name="甲地")


def test_a_nil_return_goes_where_the_list_would_go():
    rules.check_recipient(by_key(TO_LEAD), "JUSTICE")
    with pytest.raises(Refused, match="司法行政部门"):
        rules.check_recipient(by_key(TO_LEAD), "MARKET")


@pytest.mark.parametrize("year", [2014, 2027])
def test_a_year_that_has_not_begun_has_nothing_to_report(year):
    with pytest.raises(Refused, match="2015 到 2026"):
        rules.check_year(year, today=date(2026, 11, 23))


# proves S1-08
def test_a_list_that_changed_is_no_nil_return():
    rules.check_nothing_changed(False, None, year=2026)
    with pytest.raises(Refused, match="不是“无调整”"):
        rules.check_nothing_changed(True, None, year=2026)
    with pytest.raises(Refused, match="不用再报"):
        rules.check_nothing_changed(False, Filing(title="清单", state="SENT"), year=2026)


@pytest.mark.parametrize(("number", "said"), [("  ", "缺备案号"), ("备" * 61, "超过 60 个字")])
def test_a_receipt_carries_a_number(number, said):
    with pytest.raises(Refused, match=said):
        rules.check_number(number)


def test_a_return_says_what_has_to_be_put_right():
    with pytest.raises(Refused, match="补正什么"):
        rules.check_return_reason(" ")


def test_nobody_receives_what_they_sent_unless_the_body_answers_on_paper():
    theirs = Filing(recipient=Department(short_name="司法局"), sent_by_id=7)
    with pytest.raises(Refused, match="自己报送"):
        rules.check_answerer(theirs, answerer_id=7)
    rules.check_answerer(theirs, answerer_id=8)
    rules.check_answerer(Filing(sent_by_id=7), answerer_id=7)


def test_a_content_of_its_own_needs_the_other_to_be_withdrawn_first():
    present = Filing(title="清单", body="JUSTICE", state="PREPARED", digest="a")
    accepted = Filing(digest="b", state="ACKNOWLEDGED")
    assert rules.filing_in_place(present, None, digest="a") is present
    assert rules.filing_in_place(None, accepted, digest="b") is accepted
    assert rules.filing_in_place(None, accepted, digest="c") is None
    with pytest.raises(Refused, match="先撤回"):
        rules.filing_in_place(present, None, digest="c")
