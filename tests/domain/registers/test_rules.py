"""What may stand in the registers: pure, without a database."""

from datetime import date, timedelta

import pytest

from mingcha.domain.registers import rules
from mingcha.domain.registers.models import BatchKind, ImportBatch, Inspector
from mingcha.domain.registers.rules import cells, entries
from mingcha.kit.errors import Refused
from tests.factories.organisation import code_for

TODAY = date(2026, 11, 23)
GOOD = code_for(1, prefix="91")


def batch(state: str) -> ImportBatch:
    return ImportBatch(kind=BatchKind.SUBJECTS, file_name="名录.xlsx", state=state)


@pytest.mark.parametrize("code", [GOOD, "360100110001234", "XM-2026.01_a", "ab"])
def test_codes_that_can_be_drawn_may_stand(code):
    rules.check_subject(code=code, name="甲")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "没有填"),
        ("3.7E+14", "科学计数法"),
        ("9.13600001582620E+17", "科学计数法"),
        ("a", "半角"),
        ("９１３６", "半角"),
        ("A 1", "半角"),
        ("x" * 65, "半角"),
        ("110101199003070038", "身份证"),
        (GOOD[:-1], "不是 18 位"),
        (GOOD + "1", "不是 18 位"),
    ],
)
def test_codes_that_cannot_be_drawn_or_shown_are_refused(code, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        rules.check_subject(code=code, name="甲")
    assert refusal.value.field == "code"


# proves S0-13
@pytest.mark.parametrize(
    ("code", "doubt"),
    [
        (GOOD, ""),
        (GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"), "校验位"),
        ("360100110001234", "15 位"),
        ("XM-2026", "登记编号"),
    ],
)
def test_objects_without_a_valid_credit_code_are_taken_and_remarked_on(code, doubt):
    rules.check_subject(code=code, name="甲")
    assert doubt in rules.doubtful_code(code)
    assert bool(rules.doubtful_code(code)) == bool(doubt)


def test_a_code_of_18_places_is_written_in_capitals_and_others_as_given():
    assert rules.tidy_code(f" {GOOD.lower()} ") == GOOD
    assert rules.tidy_code("xm-1") == "xm-1"


@pytest.mark.parametrize("name", ["", "   ", "甲\n乙", "甲\u200b乙", "甲\u2028乙", "甲\u2029乙", "甲\x07", "甲" * 201])
def test_names_that_cannot_be_read_back_are_refused(name):
    with pytest.raises(Refused) as refusal:
        rules.check_subject(code=GOOD, name=name)
    assert refusal.value.field == "name"


@pytest.mark.parametrize("name", ["甲" * 200, "明察(示范)店", "明察（示范）店", "𫛴鸟店", "Café 甲"])
def test_brackets_rare_characters_and_200_places_are_kept(name):
    rules.check_subject(code=GOOD, name=name)


def test_an_area_is_a_code():
    rules.check_subject(code=GOOD, name="甲", area="990000101")
    for area in ("东街", "-", "a b", "x" * 65):
        with pytest.raises(Refused, match="片区"):
            rules.check_subject(code=GOOD, name="甲", area=area)


def test_an_address_has_a_length():
    with pytest.raises(Refused, match="超过 300 个字"):
        rules.check_subject(code=GOOD, name="甲", address="街" * 301)


def person(**changes: str) -> dict[str, str]:
    return {"code": "SJ-001", "name": "王示范", "certificate_no": "ZF-1", "areas": "*", "skills": "", **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "王"},
        {"name": ""},
        {"name": "王" * 61},
        {"certificate_no": ""},
        {"areas": "东街"},
        {"skills": "食\n品"},
    ],
)
def test_a_person_that_cannot_be_drawn_is_refused(changes):
    rules.check_inspector(**person())
    with pytest.raises(Refused) as refusal:
        rules.check_inspector(**person(**changes))
    assert refusal.value.field == next(iter(changes))


def test_lists_of_areas_take_any_comma_and_no_repeats():
    assert rules.tidy_areas("101，102、101;103") == "101,102,103"
    assert rules.tidy_areas("") == "*"


def test_one_certificate_one_person_one_account():
    rules.check_certificate_free("ZF-1", holder=None)
    with pytest.raises(Refused, match="王示范（SJ-001）"):
        rules.check_certificate_free("ZF-1", holder=Inspector(name="王示范", code="SJ-001"))
    me, other = Inspector(pk=1, name="王示范"), Inspector(pk=2, name="李示范")
    rules.check_login_free(me, held_by=None)
    rules.check_login_free(me, held_by=me)
    with pytest.raises(Refused, match="李示范"):
        rules.check_login_free(me, held_by=other)


def test_an_entry_is_made_once():
    rules.check_new("检查对象", "A-1", exists=False)
    with pytest.raises(Refused, match="已有 A-1"):
        rules.check_new("检查对象", "A-1", exists=True)


@pytest.mark.parametrize("reason", ["", "  ", "甲\n乙", "由" * 201])
def test_a_change_of_state_says_why(reason):
    with pytest.raises(Refused) as refusal:
        rules.check_reason(reason)
    assert refusal.value.field == "reason"


@pytest.mark.parametrize(("state", "reason"), [("MERGED", "已经合并过"), ("REFUSED", "有错误"), ("DROPPED", "已放弃")])
def test_only_a_checked_file_is_merged(state, reason):
    rules.check_mergeable(batch("CHECKED"), good_only=False)
    with pytest.raises(Refused, match=reason):
        rules.check_mergeable(batch(state), good_only=False)


@pytest.mark.parametrize(
    ("state", "reason"), [("MERGED", "不能再放弃"), ("UNDONE", "不用放弃"), ("DROPPED", "不用放弃")]
)
def test_what_is_not_in_the_register_yet_can_be_given_up(state, reason):
    rules.check_droppable(batch("CHECKED"))
    rules.check_droppable(batch("REFUSED"))
    with pytest.raises(Refused, match=reason):
        rules.check_droppable(batch(state))


def test_what_is_merged_is_what_was_shown():
    rules.check_undisturbed(batch("CHECKED"), differing=0)
    with pytest.raises(Refused, match="有 3 条已被改动"):
        rules.check_undisturbed(batch("CHECKED"), differing=3)


@pytest.mark.parametrize(("left", "colour"), [(-1, "red"), (0, "yellow"), (30, "yellow"), (31, "green")])
def test_a_certificate_shows_its_last_30_days_and_its_end(left, colour):
    light = rules.certificate_light(TODAY + timedelta(days=left), on=TODAY)
    assert light.colour == colour
    assert light.shape
    assert str(TODAY + timedelta(days=left)) in light.explanation


@pytest.mark.parametrize(("number", "shown"), [("ZF99000000001", "ZF9****0001"), ("1234567", "*******"), ("", "")])
def test_a_certificate_number_is_masked_in_lists(number, shown):
    assert rules.masked(number) == shown


@pytest.mark.parametrize(
    "text",
    ["2020-05-18", "2020/5/18", "2020.5.18", "2020年5月18日", "20200518", "2020-05-18 00:00:00"],
)
def test_days_are_read_however_they_are_written(text):
    assert cells.read_date(text) == "2020-05-18"


@pytest.mark.parametrize(("text", "day"), [("２０２０-05-18", "2020-05-18"), ("45292", "2024-01-01")])
def test_a_day_that_had_to_be_guessed_is_noted(text, day):
    read = cells.read_date(text)
    assert read.value == day
    assert day in read.reason


@pytest.mark.parametrize(
    "text", ["2020-13-01", "2021-02-29", "昨天", "1899-12-31", "2101-01-01", "2020-5", "0000-00-00"]
)
def test_what_is_no_day_is_wrong(text):
    with pytest.raises(rules.Wrong, match="不是日期"):
        cells.read_date(text)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (cells.read_state, "存续（在营、开业、在册）", "OPEN"),
        (cells.read_state, "在业", "OPEN"),
        (cells.read_state, "吊销，未注销", "CLOSED"),
        (cells.read_state, "注销", "CLOSED"),
        (cells.read_flag, "是", True),
        (cells.read_flag, "否", False),
        (cells.read_flag, "Ｎ", False),
        (cells.read_risk, "b类", "B"),
        (cells.read_risk, "D", "D"),
        (cells.read_areas, "全部", "*"),
        (cells.read_areas, "101、102", "101,102"),
        (cells.read_list, "食品，特种设备", "食品,特种设备"),
        (cells.read_code, GOOD.lower(), GOOD),
        (cells.read_number, "ZF-1", "ZF-1"),
        (cells.read_area, "101", "101"),
    ],
)
def test_cells_are_read_by_the_words_offices_use(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        (cells.read_state, "开了", "不认识的登记状态"),
        (cells.read_flag, "或许", "只能是"),
        (cells.read_risk, "E", "只有 A、B、C、D"),
        (cells.read_areas, "东街", "片区要用代码"),
        (cells.read_area, "东街", "片区要用代码"),
        (cells.read_list, "食\u200b品", "看不见的字符"),
        (cells.read_code, "3.7E+14", "科学计数法"),
        (cells.read_number, "3.7E+14", "科学计数法"),
        (cells.read_text(3), "四个字符", "超过 3 个字"),
    ],
)
def test_cells_that_cannot_be_taken_say_why_and_what_to_do(read, text, reason):
    with pytest.raises(rules.Wrong, match=reason) as wrong:
        read(text)
    assert wrong.value.fix


@pytest.mark.parametrize("kind", BatchKind.values)
def test_every_example_of_a_template_can_be_read_by_its_own_column(kind):
    for column in rules.columns_of(kind):
        assert column.read(column.example) is not None
        assert str(column.note)


def test_every_heading_names_one_column_only():
    for kind in BatchKind.values:
        names = [name for column in rules.columns_of(kind) for name in column.also]
        assert len(names) == len(set(names))


def test_a_list_that_is_longer_than_its_column_is_wrong():
    assert entries.wrong_areas(",".join(f"9900001{n:03d}" for n in range(70)))


def test_a_code_like_that_of_a_drawn_team_is_refused_on_entry():
    assert entries.wrong_code("T001") is not None
    assert entries.wrong_code("T01") is None
