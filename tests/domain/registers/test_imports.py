"""Reading a register's file: everything that is wrong is said at once, with its line."""

import csv
import io
from datetime import date

import pytest

from mingcha.domain.registers.imports import Reading, read_register
from mingcha.domain.registers.imports import reading as reading_module
from mingcha.kit.errors import Refused
from tests.factories import registers as make
from tests.factories.organisation import code_for

TODAY = date(2026, 11, 23)
ONE, TWO, THREE = (code_for(number, prefix="91") for number in (1, 2, 3))
HEADINGS = ["统一社会信用代码", "名称", "类型", "片区代码(乡镇)", "涉外(是/否)", "信用风险", "登记状态", "成立日期"]
PEOPLE = ["名录编号", "姓名", "部门", "执法证号", "有效期至", "片区", "专业"]


def file_of(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def subjects(*rows: list[str], heading: list[str] = HEADINGS, **chosen) -> Reading:
    return read_register("SUBJECTS", file_of(heading, *rows), departments={}, on=TODAY, **chosen)


def inspectors(*rows: list[str], heading: list[str] = PEOPLE) -> Reading:
    departments = {"market": "market", "市场监督管理局": "market"}
    return read_register("INSPECTORS", file_of(heading, *rows), departments=departments, on=TODAY)


def faults(reading: Reading) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.reason) for fault in reading.faults.kept]


def test_a_full_row_becomes_typed_content():
    reading = subjects([ONE, "青禾粮油店", "个体工商户", "990000101", "是", "B", "存续", "2020/5/18"])
    assert faults(reading) == []
    assert [(row.line, row.code) for row in reading.rows] == [(2, ONE)]
    assert reading.rows[0].content == {
        "name": "青禾粮油店",
        "kind": "个体工商户",
        "area": "990000101",
        "is_foreign": True,
        "risk": "B",
        "state": "OPEN",
        "established_on": "2020-05-18",
        "warning": "",
    }


def test_the_headings_of_a_register_exchange_file_are_known_and_unknown_columns_are_named():
    heading = [
        "uscc", "name", "entity_type", "established_on", "status", "industry_code", "industry_name",
        "business_scope", "address", "region_code", "source", "uscc_valid", "region_code_basis",
    ]  # fmt: skip
    row = [ONE, "甲", "", "1990-04-04", "", "", "出版", "范围", "东街", "990000", "x", "1", "city"]
    reading = subjects(row, heading=heading)
    left = [entry["heading"] for entry in reading.headings if not entry["field"]]
    assert left == ["industry_code", "business_scope", "source", "uscc_valid", "region_code_basis"]
    assert reading.rows[0].content == {
        "name": "甲", "established_on": "1990-04-04", "industry": "出版", "address": "东街", "area": "990000",
        "warning": "",
    }  # fmt: skip


def test_an_empty_cell_says_nothing():
    assert "risk" not in subjects([ONE, "甲", "", "", "", "", "", ""]).rows[0].content


# proves S2-13
def test_all_faults_of_all_rows_are_said_at_once_with_line_and_column():
    reading = subjects(
        ["3.7E+14", "甲", "", "", "", "", "", ""],
        [ONE, "", "", "东街", "或许", "E", "开了", "昨天"],
        [TWO, "乙", "", "", "", "", "", ""],
        [TWO, "丙", "", "", "", "", "", ""],
        [THREE, "丁\n丁", "", "", "", "", "", "", "多出来的"],
    )
    assert faults(reading) == [
        (2, "统一社会信用代码", "被表格软件变成了科学计数法"),
        (3, "名称", "没有填"),
        (3, "片区代码（乡镇）", "片区要用代码，不用名称"),
        (3, "涉外（是/否）", "只能是“是”或“否”"),
        (3, "信用风险（A–D）", "信用风险只有 A、B、C、D"),
        (3, "登记状态", "不认识的登记状态"),
        (3, "成立日期", "不是日期"),
        (5, "统一社会信用代码", "与第 4 行重复"),
        (6, "名称", "有换行或看不见的字符"),
        (6, "", "这一行的格数比表头多"),
    ]
    assert all(fault.fix for fault in reading.faults.kept)


def test_a_row_without_a_code_is_a_fault_not_a_gap():
    assert faults(subjects(["", "甲", "", "", "", "", "", ""])) == [(2, "统一社会信用代码", "没有填")]


def test_total_rows_are_skipped_with_a_warning():
    reading = subjects([ONE, "甲"], ["合计", "1"], ["", "总 计：", "1"])
    assert [row.code for row in reading.rows] == [ONE]
    assert [(w.line, w.reason) for w in reading.warnings.kept] == [(3, "疑似合计行，已跳过"), (4, "疑似合计行，已跳过")]


def test_a_firm_whose_name_begins_like_a_total_is_no_total():
    reading = subjects(["总计量具厂", ONE], heading=["名称", "统一社会信用代码"])
    assert [row.code for row in reading.rows] == [ONE]
    assert reading.warnings.count == 0


# proves S0-13
def test_old_numbers_own_numbers_and_wrong_check_digits_are_taken_with_a_warning():
    wrong = ONE[:-1] + ("0" if ONE[-1] != "0" else "1")
    reading = subjects(["360100110001234", "甲"], ["XM-2026", "乙"], [wrong, "丙"], [TWO, "丁"])
    assert faults(reading) == []
    assert [row.content["warning"] for row in reading.rows] == [w.reason for w in reading.warnings.kept] + [""]
    assert [w.line for w in reading.warnings.kept] == [2, 3, 4]


def test_rare_characters_and_half_width_brackets_are_kept_and_the_rare_ones_named():
    reading = subjects([ONE, "\U0002b5b4(示范)店"])
    assert reading.rows[0].content["name"] == "\U0002b5b4(示范)店"
    assert "U+2B5B4" in reading.warnings.kept[0].reason


def test_a_damaged_value_is_shown_short_and_without_control_characters():
    fault = subjects([ONE, "甲\x07" + "乙" * 300]).faults.kept[0]
    assert fault.value.startswith("甲\\u0007")
    assert len(fault.value) < 60


def test_more_faults_than_can_be_shown_are_counted(monkeypatch):
    monkeypatch.setattr(reading_module, "SHOWN", 3)
    reading = subjects(*([ONE, ""] for _ in range(5)))
    assert (reading.faults.count, len(reading.faults.kept)) == (9, 3)


@pytest.mark.parametrize(
    ("heading", "missing"),
    [(["统一社会信用代码", "备注"], ["名称"]), (["备注", ""], ["统一社会信用代码", "名称"])],
)
def test_a_file_without_the_columns_names_them_and_keeps_its_headings(heading, missing):
    reading = subjects([ONE, "甲"], heading=heading)
    assert faults(reading) == [(1, column, "表头里找不到这一列") for column in missing]
    assert [entry["heading"] for entry in reading.headings] == [heading[0], heading[1] or "第 2 列（没有表头）"]
    assert reading.rows == []


def test_of_a_file_that_is_no_register_only_the_first_headings_are_kept():
    reading = subjects(["x"], heading=[f"列{number}" for number in range(500)] + ["名称"])
    assert len(reading.headings) == 201
    assert reading.headings[-1] == {"heading": "名称", "field": "名称"}


def test_two_columns_of_the_same_meaning_are_refused():
    with pytest.raises(Refused, match="有两列都是“名称”"):
        subjects([ONE, "甲", "乙"], heading=["统一社会信用代码", "名称", "企业名称"])


def test_a_heading_without_rows_is_refused():
    with pytest.raises(Refused, match="没有数据行"):
        subjects()


def test_the_person_may_say_which_column_is_which():
    reading = subjects([ONE, "甲"], heading=["号", "名"], chosen={"号": "code", "名": "name"})
    assert reading.rows[0].content["name"] == "甲"


@pytest.mark.django_db
def test_a_full_row_of_people_is_read():
    reading = inspectors(["SJ-1", "王示范", "市场监督管理局", "ZF-1", "2030-12-31", "101、102", "食品，特种设备"])
    assert faults(reading) == []
    assert reading.rows[0].content == {
        "name": "王示范",
        "department": "market",
        "certificate_no": "ZF-1",
        "certificate_until": "2030-12-31",
        "areas": "101,102",
        "skills": "食品,特种设备",
    }


@pytest.mark.django_db
def test_an_ended_certificate_is_a_warning_here():
    reading = inspectors(["SJ-1", "王", "", "ZF-1", "2026-11-22"], ["SJ-2", "李", "", "ZF-2", "2026-11-23"])
    assert faults(reading) == []
    assert [(w.line, w.column) for w in reading.warnings.kept] == [(2, "有效期至")]


def test_people_clash_with_one_another_with_the_roster_and_with_other_departments(cast):
    make.inspector(cast.market, 1, certificate_no="ZF-9")
    make.inspector(cast.fire, 1)
    reading = inspectors(
        ["SJ-1", "王", "外单位", "ZF-1", "2030-12-31"],
        ["SJ-2", "李", "", "ZF-1", "2030-12-31"],
        ["SJ-3", "赵", "", "ZF-9", "2030-12-31"],
        ["fire-001", "钱", "", "ZF-7", "2030-12-31"],
        ["market-001", "孙", "", "ZF-9", "2030-12-31"],
    )
    assert faults(reading) == [
        (2, "部门", "没有这个部门，或者不归这个账号经办"),
        (3, "执法证号", "与第 2 行重复"),
        (4, "执法证号", "已登记在编号 market-001 名下"),
        (5, "名录编号", "这个编号已经是别的部门的人员"),
        (6, "执法证号", "与第 4 行重复"),
    ]
