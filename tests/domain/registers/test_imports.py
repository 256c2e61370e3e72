"""Reading a register's file: everything that is wrong is said at once, with its line."""

import pytest

from mingcha.kit.errors import Refused
from tests.domain.registers.readings import Reading, doubts, faults, file_of, part
from tests.factories import registers as make
from tests.factories.organisation import code_for

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (code_for(number, prefix="91") for number in (1, 2, 3))
HEADINGS = ["统一社会信用代码", "名称", "类型", "片区代码(乡镇)", "涉外(是/否)", "信用风险", "登记状态", "成立日期"]
SORTED = ["统一社会信用代码", "名称", "主体大类"]


@pytest.fixture
def subjects(cast):
    def read(*rows: list[str], heading: list[str] = HEADINGS, chosen: dict[str, str] | None = None) -> Reading:
        return Reading(file_of(heading, *rows), make.batch(cast.market), cast.handler, chosen)

    return read


def test_a_full_row_becomes_typed_content_with_its_search_words(subjects):
    reading = subjects([ONE, "青禾粮油店", "个体工商户", "990000101", "是", "B", "存续", "2020/5/18"])
    assert (faults(reading), doubts(reading)) == ([], [])
    (row,) = reading.rows
    assert (row["line"], row["code"], row["verdict"]) == (2, ONE, "CREATED")
    assert part(row, "name", "kind", "area", "is_foreign", "risk", "state", "established_on", "warning") == {
        "name": "青禾粮油店", "kind": "个体工商户", "area": "990000101", "is_foreign": True, "risk": "B",
        "state": "OPEN", "established_on": "2020-05-18", "warning": "",
    }  # fmt: skip
    assert (row["initials"], "粮油" in row["search"], row["category"], row["code_type"]) == (
        "qhlyd", True, "ENTERPRISE", "USCC",
    )  # fmt: skip


def test_the_headings_of_a_register_exchange_file_are_known_and_unknown_columns_are_named(subjects):
    heading = [
        "uscc", "name", "entity_type", "established_on", "status", "industry_code", "industry_name",
        "business_scope", "address", "region_code", "source", "uscc_valid", "region_code_basis",
    ]  # fmt: skip
    row = [ONE, "甲", "", "1990-04-04", "", "", "出版", "范围", "东街", "990000", "x", "1", "city"]
    reading = subjects(row, heading=heading)
    left = [entry["heading"] for entry in reading.headings if not entry["field"]]
    assert left == ["industry_code", "business_scope", "uscc_valid", "region_code_basis"]
    assert part(reading.rows[0], "name", "established_on", "industry", "address", "area", "source") == {
        "name": "甲", "established_on": "1990-04-04", "industry": "出版", "address": "东街", "area": "990000",
        "source": "x",
    }  # fmt: skip


@pytest.mark.parametrize("nothing", ["", "N/A", "-", "NULL", "无", "\u3000"])
def test_an_empty_cell_and_what_stands_for_one_changes_nothing(subjects, nothing):
    make.subject(1, risk="D", address="东街")
    reading = subjects([ONE, "甲", "", "", "", nothing, "", ""])
    assert (reading.rows[0]["risk"], reading.rows[0]["address"]) == ("D", "东街")


# proves S2-13
def test_all_faults_of_all_rows_are_said_at_once_with_line_and_column(subjects):
    reading = subjects(
        ["3.7E+14", "甲", "", "", "", "", "", ""],
        [ONE, "N/A", "", "东街", "或许", "E", "开了", "昨天"],
        [TWO, "乙", "", "", "", "", "", ""],
        [TWO, "丙", "", "", "", "", "", "05/06/2019"],
        [THREE, "丁\x07丁", "", "", "", "", "", "", "多出来的"],
    )
    assert sorted(faults(reading), key=lambda fault: fault[0]) == [
        (2, "统一社会信用代码", "被表格软件变成了科学计数法"),
        (3, "名称", "没有填"),
        (3, "片区代码（乡镇）", "片区要用代码，不用名称"),
        (3, "涉外（是/否）", "只能是“是”或“否”"),
        (3, "信用风险（A–D）", "信用风险只有 A、B、C、D"),
        (3, "登记状态", "不认识的登记状态"),
        (3, "成立日期", "不是日期"),
        (5, "成立日期", "分不清哪个是月、哪个是日"),
        (5, "统一社会信用代码", "与第 4 行重复"),
        (6, "", "这一行的格数比表头多"),
        (6, "名称", "有换行或看不见的字符"),
    ]
    assert all(fault.fix for fault in reading.faults)
    assert [row["line"] for row in reading.good] == [4]


def test_a_row_without_a_code_is_a_fault_not_a_gap(subjects):
    assert faults(subjects(["", "甲", "", "", "", "", "", ""])) == [(2, "统一社会信用代码", "没有填")]


def test_total_rows_are_skipped_with_a_warning(subjects):
    reading = subjects([ONE, "甲"], ["合计", "1"], ["", "总 计：", "1"])
    assert [row["code"] for row in reading.rows] == [ONE]
    assert doubts(reading) == [(3, "", "疑似合计行，已跳过"), (4, "", "疑似合计行，已跳过")]


def test_a_firm_whose_name_begins_like_a_total_is_no_total(subjects):
    reading = subjects(["总计量具厂", ONE], heading=["名称", "统一社会信用代码"])
    assert [row["code"] for row in reading.good] == [ONE]
    assert doubts(reading) == []


# proves S0-13
def test_old_numbers_own_numbers_and_wrong_check_digits_are_taken_with_a_warning(subjects):
    wrong = ONE[:-1] + ("0" if ONE[-1] != "0" else "1")
    reading = subjects(["360100110001234", "甲"], ["XM-2026", "乙"], [wrong, "丙"], [TWO, "丁"])
    assert faults(reading) == []
    assert [row["warning"] for row in reading.rows] == [reason for _line, _column, reason in doubts(reading)] + [""]
    assert [line for line, _column, _reason in doubts(reading)] == [2, 3, 4]
    assert [row["code_type"] for row in reading.rows] == ["REGISTRATION", "OWN", "USCC", "USCC"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (ONE.lower(), ONE),
        (ONE[:4] + " " + ONE[4:], ONE),
        ("\u3000" + ONE + "\u00a0", ONE),
        ("".join(chr(ord(letter) + 0xFEE0) for letter in ONE), ONE),
    ],
)
def test_a_code_in_small_or_wide_letters_or_with_spaces_is_put_right(subjects, written, read):
    reading = subjects([written, "甲"])
    assert (faults(reading), reading.rows[0]["code"]) == ([], read)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("43969", "2020-05-18"),
        ("43969.0", "2020-05-18"),
        ("18/05/2020", "2020-05-18"),
        ("2020年5月18日", "2020-05-18"),
        ("20200518", "2020-05-18"),
        ("2020-05-18 00:00:00", "2020-05-18"),
        ("２０２０－０５－１８", "2020-05-18"),
        ("2020-05- 18", "2020-05-18"),
    ],
)
def test_a_day_is_read_however_a_spreadsheet_left_it(subjects, written, read):
    assert subjects([ONE, "甲", "", "", "", "", "", written]).rows[0]["established_on"] == read


def test_blanks_inside_a_name_become_one_space_and_are_mentioned(subjects):
    reading = subjects([ONE, "甲\t\u3000乙"], [TWO, "丙\n丁"], [THREE, "Any Ltd"])
    assert [row["name"] for row in reading.rows] == ["甲 乙", "丙 丁", "Any Ltd"]
    assert [line for line, _column, _reason in doubts(reading)] == [2, 3]


@pytest.mark.parametrize("name", ["\U0002b5b4(示范)店", "𬱖记", "䶮㛃坊", "阿依古丽·买买提", "店", "长" * 200])
def test_rare_characters_and_half_width_brackets_are_kept(subjects, name):
    assert subjects([ONE, name]).rows[0]["name"] == name


def test_what_some_screens_cannot_show_is_named(subjects):
    assert "U+2B5B4" in subjects([ONE, "\U0002b5b4店"]).doubts[0].reason


def test_a_damaged_value_is_shown_short_and_without_control_characters(subjects):
    fault = subjects([ONE, "甲\x07" + "乙" * 300]).faults[0]
    assert fault.value.startswith("甲\\u0007")
    assert len(fault.value) < 60


def test_a_row_with_unreadable_bytes_is_a_fault_and_the_others_are_read(cast):
    good = "".join(f"{code_for(number, prefix='91')},店{number}\n" for number in range(1, 9)).encode()
    content = "统一社会信用代码,名称\n".encode() + good + f"{code_for(9, prefix='91')},".encode() + b"\xff\xfe\xff\n"
    reading = Reading(content, make.batch(cast.market), cast.handler)
    assert len(reading.good) == 8
    assert faults(reading) == [(10, "名称", "有换行或看不见的字符")]


# proves S0-13
@pytest.mark.parametrize(
    ("code", "category"),
    [("91", "ENTERPRISE"), ("92", "TRADER"), ("93", "COOPERATIVE"), ("11", "PUBLIC_BODY"), ("12", "INSTITUTION")],
)
def test_what_a_subject_is_follows_from_its_code_where_the_file_does_not_say(subjects, code, category):
    reading = subjects([code_for(5, prefix=code), "甲"], ["XM-1", "工地", "工程项目"], heading=SORTED)
    assert [row["category"] for row in reading.rows] == [category, "PROJECT"]


def test_what_was_entered_by_mistake_is_not_brought_back_by_a_file(subjects):
    make.subject(1, state="VOID")
    reading = subjects([ONE, "甲", "", "", "", "", "存续", ""])
    assert [column for _line, column, _reason in faults(reading)] == ["登记状态"]
    assert "误录作废" in faults(reading)[0][2]


@pytest.mark.parametrize(
    ("heading", "missing"),
    [(["统一社会信用代码", "备注"], ["名称"]), (["备注", ""], ["统一社会信用代码", "名称"])],
)
def test_a_file_without_the_columns_names_them_and_keeps_its_headings(subjects, heading, missing):
    reading = subjects([ONE, "甲"], heading=heading)
    assert [str(column.label) for column in reading.missing] == missing
    assert [entry["heading"] for entry in reading.headings] == [heading[0], heading[1] or "第 2 列（没有表头）"]


def test_of_a_file_that_is_no_register_only_the_first_headings_are_kept(subjects):
    reading = subjects(["x"], heading=[f"列{number}" for number in range(500)] + ["名称"])
    assert len(reading.headings) == 201
    assert reading.headings[-1] == {"heading": "名称", "field": "名称"}


def test_two_columns_of_the_same_meaning_are_refused(subjects):
    with pytest.raises(Refused, match="有两列都是“名称”"):
        subjects([ONE, "甲", "乙"], heading=["统一社会信用代码", "名称", "企业名称"])


def test_the_person_may_say_which_column_is_which(subjects):
    reading = subjects([ONE, "甲"], heading=["号", "名"], chosen={"号": "code", "名": "name"})
    assert reading.rows[0]["name"] == "甲"


@pytest.mark.parametrize("phone", ["1.39E+10", "没有电话", "12"])
def test_what_is_no_telephone_number_says_so(subjects, phone):
    (fault,) = faults(subjects([ONE, "甲", phone], heading=["统一社会信用代码", "名称", "联系电话"]))
    assert fault[1] == "联系电话"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("歇业", "OPEN"),
        ("存续（在营、开业、在册）", "OPEN"),
        ("吊销，未注销", "CLOSED"),
        ("吊销，已注销", "CLOSED"),
        ("迁出", "CLOSED"),
    ],
)
def test_the_words_of_a_business_register_are_known(subjects, word, state):
    assert subjects([ONE, "甲", "", "", "", "", word, ""]).rows[0]["state"] == state


def test_an_area_outside_the_place_is_doubtful(subjects):
    reading = subjects([ONE, "甲", "", "330103"], [TWO, "乙", "", "990000101"], [THREE, "丙", "", "东-1"][:3])
    assert [(line, column) for line, column, _reason in doubts(reading)] == [(2, "片区代码")]
