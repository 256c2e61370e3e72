"""Every clause of a profile must say what its source says: word for word, with the same number."""

import re
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Clause = dict[str, Any]

POLICY = Path(__file__).parents[3] / "mingcha" / "domain" / "policy"
TEXTS = Path(__file__).parent / "texts"
TEXT_OF = {
    "法府建办字〔2020〕1号": "yudu-2020.txt",
    "泰政字〔2019〕80号": "taian-2019.txt",
    "巴南府办发〔2015〕250号": "banan-2015.txt",
    "郴政办发〔2018〕39号": "chenzhou-2018.txt",
    "巴中市政府办公室通知2017-03-17": "bazhong-2017.txt",
    "《中华人民共和国行政处罚法》": "chufafa-2021.txt",
}
PROFILES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for path in sorted((POLICY / "profiles").glob("*.toml"))
}
KEYS = tomllib.loads((POLICY / "reference" / "clause_keys.toml").read_text(encoding="utf-8"))

HEADER = {"schema", "code", "name", "jurisdiction", "effective_from", "document", "documents", "clause"}
CHINESE_NUMBERS = {2: "[二两]", 3: "三", 7: "七", 20: "二十", 48: "四十八"}
# How the texts name the bodies. An older 政府法制部门 is the 司法行政部门 of today where a clause says JUSTICE.
NAMED_AS = {
    "AGENCY": "检查机构",
    "AGENCY_LEGAL": "单位法制机构",
    "BUSINESS_CLIMATE": "优化办",
    "COMMERCE_REFORM": "商改办",
    "COORDINATION": "协调小组办公室|协调办",
    "DISCIPLINE": "纪检、监察",
    "ESTABLISHMENT": "编办",
    "GOVERNMENT_OFFICE": "政府办",
    "GOVERNMENT_SERVICE": "政务服务管理",
    "INDUSTRY": "经济和信息化部门",
    "JUSTICE": "司法局|司法行政部门|政府法制部门",
    "LEGAL_OFFICE": "政府法制(?:办|部门)",
    "MARKET": "市场监管部门|市市场监管局|工商",
    "PRINCIPAL": "责任部门主要负责人",
    "SECTOR_LEAD": "领域牵头部门",
    "SUPERIOR": "上级主管部门",
    "UNIT_HEAD": "本单位负责人",
}
# None of the five texts lets an outside body authorise a department's own list; the next place's may.
SAID_BY_NO_TEXT = {"item_list_approvers"}
WORDS_AFTER = {
    "hours": "小时",
    "working_days": "个工作日",
    "days": "[日天]",
    "years": "年",
    "persons": "[人名]",
    "count": "",
    "day_of_month": "日",
}
# The traditional characters of the 巴中 quotations, one to one.
TRADITIONAL = (
    "個備兩則劃動務區協員單圍執報場實將專對導屬庫廢強從態應戶搖據數時書會業構標機檢欄況減濟為現環產監確礎節簽紀級細組結統經網"
    "織聯職蓋處號見規訂計記設認調變負責轉辦進過達適釋錄門開隨雙項體點齊"
)
SIMPLIFIED = (
    "个备两则划动务区协员单围执报场实将专对导属库废强从态应户摇据数时书会业构标机检栏况减济为现环产监确础节签纪级细组结统经网"
    "织联职盖处号见规订计记设认调变负责转办进过达适释录门开随双项体点齐"
)

# 于都 prints 平合 for 平台: the two may stand for each other.
SIMPLER = str.maketrans(TRADITIONAL + "合", SIMPLIFIED + "台")


def tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def clauses(*, only: Callable[[Clause], bool] = lambda clause: True) -> list[Any]:
    return [
        pytest.param(clause, id=f"{code}:{clause['key']}")
        for code, profile in PROFILES.items()
        for clause in profile["clause"]
        if only(clause)
    ]


def quotations() -> list[Any]:
    return clauses(only=lambda clause: clause["kind"] != "operating")


def number(value: int, after: str) -> str:
    """A pattern for a whole number, in Arabic or Chinese digits, followed by its unit."""
    chinese = CHINESE_NUMBERS.get(value)
    either = rf"(?<![\d.]){value}" + (rf"|(?<![十百]){chinese}" if chinese else "")
    return rf"(?:{either})(?!\d){after}"


def day_pattern(value: str) -> str:
    month, day = (int(part) for part in value.split("-"))
    return rf"每年{month}月(?:{day}日|底)前" if day in (30, 31) else rf"每年{month}月{day}日前"


def sector_pattern(sector: dict[str, Any]) -> str:
    participants = "、".join(sector["participants"])
    return f"{sector['name']}领域。{sector['lead']}牵头，市{participants}等部门参与"


PATTERNS: dict[str, Callable[[Any], list[str]]] = {
    "ratio": lambda value: [rf"(?<![\d.]){int(value * 100)}[%％]"],
    "day_of_year": lambda value: [day_pattern(value)],
    "date": lambda value: [date_pattern(value)],
    "quota": lambda value: [rf"\d{name}{share}(?:\d|$)" for name, share in value.items()],
    "sectors": lambda value: [sector_pattern(sector) for sector in value],
}


def patterns_of(clause: Clause) -> list[str]:
    """What must be found in the words for the value to stand in them; nothing for flags and codes."""
    value, unit = clause["value"], clause["unit"]
    if unit in WORDS_AFTER:
        return [number(value, WORDS_AFTER[unit])]
    return PATTERNS[unit](value) if unit in PATTERNS else []


def date_pattern(value: date) -> str:
    """3月27日前; the last day of a month is also its 底, that of a year the year's."""
    patterns = [rf"(?<!\d){value.month}月{value.day}日(?:之)?前"]
    if (value + timedelta(days=1)).day == 1:
        patterns.append(rf"(?<!\d){value.month}月底前")
    if (value.month, value.day) == (12, 31):
        patterns.append(rf"(?:{value.year}年年|今年)底前")
    return "|".join(patterns)


def reads_as(quote: str, reading: str) -> bool:
    """Whether a reading only repairs: simplified characters, lost characters put back, nothing dropped or reworded."""
    # The damage doubles a character with its pronunciation: 結(jié).
    plain = re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)", "", quote).translate(SIMPLER)
    repaired = iter(reading.translate(SIMPLER))
    return all(character in repaired for character in plain) and len(reading) - len(plain) <= 1


@pytest.mark.parametrize("clause", quotations())
def test_a_quotation_stands_word_for_word_in_its_source(clause: Clause) -> None:
    text = tight((TEXTS / TEXT_OF[clause["source"]]).read_text(encoding="utf-8"))
    assert tight(clause["quote"]) in text


@pytest.mark.parametrize("clause", quotations())
def test_the_value_is_the_number_in_the_words(clause: Clause) -> None:
    words = tight(clause["reading"] if "reading" in clause else clause["quote"])
    missing = [pattern for pattern in patterns_of(clause) if not re.search(pattern, words)]
    assert missing == []


@pytest.mark.parametrize("clause", clauses(only=lambda clause: "reading" in clause))
def test_a_reading_only_repairs_the_quotation(clause: Clause) -> None:
    assert clause["reading"] != clause["quote"]
    assert reads_as(clause["quote"], clause["reading"])


@pytest.mark.parametrize("clause", clauses())
def test_a_clause_has_exactly_the_fields_of_its_kind(clause: Clause) -> None:
    own = {"reason"} if clause["kind"] == "operating" else {"quote", "clause"}
    assert set(clause) - {"reading"} == {"key", "value", "unit", "source", "kind"} | own


@pytest.mark.parametrize("clause", clauses())
def test_a_clause_uses_a_known_key_its_unit_and_its_codes(clause: Clause) -> None:
    known = KEYS[clause["key"]]
    assert clause["unit"] == known["unit"]
    if clause["unit"] == "codes":
        assert clause["value"]
        assert len(set(clause["value"])) == len(clause["value"])
        assert set(clause["value"]) <= set(known["codes"])


@pytest.mark.parametrize("code", PROFILES)
def test_a_profile_has_its_header_and_no_clause_twice(code: str) -> None:
    profile = PROFILES[code]
    keys = [clause["key"] for clause in profile["clause"]]
    assert set(profile) - {"effective_to"} == HEADER
    assert profile["code"] == code
    assert isinstance(profile["effective_from"], date)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("code", PROFILES)
def test_the_kind_of_a_clause_agrees_with_where_it_comes_from(code: str) -> None:
    profile = PROFILES[code]
    named = {clause["source"] for clause in profile["clause"]} | {profile["document"]}
    own = {clause["kind"] for clause in profile["clause"] if clause["source"] == profile["document"]}
    foreign = {clause["kind"] for clause in profile["clause"] if clause["source"] != profile["document"]}
    assert named == set(profile["documents"])
    assert own <= {"local", "operating"}
    assert foreign <= {"borrowed", "national"}


@pytest.mark.parametrize("clause", clauses(only=lambda clause: clause["unit"] == "date"))
def test_a_date_that_happens_once_is_of_the_year_in_the_words_or_of_the_paper(clause: Clause) -> None:
    words = clause.get("reading", clause["quote"])
    issued = next(
        each["documents"][clause["source"]]["issued_on"] for each in PROFILES.values() if clause in each["clause"]
    )
    deadline = re.search(r"(?:(\d{4})年)?\d{0,2}(?:月\d{0,2}日?|年)(?:底|之)?前", words)
    assert clause["key"].endswith("_once")
    assert deadline
    assert clause["value"].year == int(deadline.group(1) or issued.year)


@pytest.mark.parametrize("clause", clauses(only=lambda clause: KEYS[clause["key"]].get("bodies", False)))
def test_every_body_of_a_clause_is_named_in_its_words(clause: Clause) -> None:
    words = tight(clause.get("reading", clause["quote"]))
    assert [code for code in clause["value"] if not re.search(NAMED_AS[code], words)] == []


def test_no_key_is_kept_that_no_profile_uses() -> None:
    used = {clause["key"] for profile in PROFILES.values() for clause in profile["clause"]}
    assert used == set(KEYS) - SAID_BY_NO_TEXT


def test_the_twenty_seventh_of_march_belongs_to_yudu_in_2020_only() -> None:
    yearly = [
        (code, each["key"])
        for code, profile in PROFILES.items()
        for each in profile["clause"]
        if each["value"] == "03-27"
    ]
    once = {
        (code, each["key"])
        for code, profile in PROFILES.items()
        for each in profile["clause"]
        if each["value"] == date(2020, 3, 27)
    }
    assert yearly == []
    assert {code for code, _key in once} == {"yudu-2020"}
    assert all(key.endswith("_due_once") for _code, key in once)


def test_the_quotas_of_yudu_add_up_to_the_total_the_notice_prints() -> None:
    value_of = {clause["key"]: clause["value"] for clause in PROFILES["yudu-2020"]["clause"]}
    assert sum(value_of["monitoring_points_by_department"].values()) == value_of["monitoring_points"]
    assert len(value_of["monitoring_points_by_department"]) == 23


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (8, "hours", "检查结束后48小时内"),
        (48, "hours", "检查结束后48个工作日内"),
        (3, "years", "连续十三年良好"),
        (Decimal("0.03"), "ratio", "不得低于13%"),
        ("01-31", "day_of_year", "每年3月底前"),
        (date(2018, 12, 30), "date", "2018年12月底前"),
        (date(2019, 11, 30), "date", "2019年年底前"),
        (
            [{"name": "农业", "lead": "市农委", "participants": ["林业"]}],
            "sectors",
            "农业领域。市农委牵头，市林业、工商等部门参与",
        ),
    ],
)
def test_a_wrong_number_is_noticed(value: Any, unit: str, words: str) -> None:
    assert not any(re.search(pattern, words) for pattern in patterns_of({"value": value, "unit": unit}))


def test_a_reading_that_rewords_is_noticed() -> None:
    assert not reads_as("應由檢查機構會同紀檢部門簽字確認", "应由检查机构会同财政部门签字确认")
    assert not reads_as("應由檢查機構簽字確認", "应由检查机构和公证处签字确认")
