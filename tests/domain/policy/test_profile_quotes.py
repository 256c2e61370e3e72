"""Every clause of a profile must say what its source says: word for word, with the same number."""

import re
import tomllib
from collections.abc import Callable
from datetime import date
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
TRADITIONAL = "門執檢對單員應機構會監紀實簽認確過隨搖號從場體錄庫產職轉變協調組辦報進況開說總關設壓備規縣區"
SIMPLIFIED = "门执检对单员应机构会监纪实签认确过随摇号从场体录库产职转变协调组办报进况开说总关设压备规县区"

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


def patterns_of(clause: Clause) -> list[str]:
    """What must be found in the words for the value to stand in them; nothing for flags and codes."""
    value, unit = clause["value"], clause["unit"]
    if unit in WORDS_AFTER:
        return [number(value, WORDS_AFTER[unit])]
    if unit == "ratio":
        return [rf"(?<![\d.]){int(value * 100)}[%％]"]
    if unit == "day_of_year":
        month, day = (int(part) for part in value.split("-"))
        return [rf"每年{month}月(?:{day}日|底)前" if day in (30, 31) else rf"每年{month}月{day}日前"]
    if unit == "date":
        return [rf"(?<!\d){value.month}月{value.day}日(?:之)?前"]
    if unit == "quota":
        return [rf"\d{name}{share}(?:\d|$)" for name, share in value.items()]
    return []


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


def test_no_key_is_kept_that_no_profile_uses() -> None:
    used = {clause["key"] for profile in PROFILES.values() for clause in profile["clause"]}
    assert used == set(KEYS)


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
    ],
)
def test_a_wrong_number_is_noticed(value: Any, unit: str, words: str) -> None:
    assert not any(re.search(pattern, words) for pattern in patterns_of({"value": value, "unit": unit}))


def test_a_reading_that_rewords_is_noticed() -> None:
    assert not reads_as("應由檢查機構會同紀檢部門簽字確認", "应由检查机构会同财政部门签字确认")
    assert not reads_as("應由檢查機構簽字確認", "应由检查机构和公证处签字确认")
