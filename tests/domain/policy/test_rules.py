import tomllib
from datetime import datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from mingcha.domain.organisation.models import BodyCode, Region
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.rules import (
    Clause,
    clause_of,
    clauses_of,
    has_clause,
    label_of,
    read_profile,
    words_of,
)
from mingcha.domain.policy.rules.clauses import keys
from mingcha.domain.policy.rules.codes import INSIDE, WORDS
from mingcha.domain.policy.rules.units import UNITS, WrongValue, fitting
from mingcha.kit.errors import Refused
from tests.factories.policy import ALL, clause, profile_text


def lines_of_clauses(*fields: str) -> list[tuple[str, int]]:
    """Every line of the profiles that gives one of these fields of a clause, as file and line number."""
    return [
        (code, number)
        for code in ALL
        for number, line in enumerate(profile_text(code).splitlines())
        if line.startswith(tuple(f"{field} = " for field in fields))
    ]


def profile(code: str = "demo-county") -> Profile:
    file = read_profile(profile_text(code))
    kept = [one.model_dump(mode="json", exclude_defaults=True) for one in file.clauses]
    return Profile(name=file.name, clauses=kept, effective_from=file.effective_from, region=Region(code="990000"))


def test_a_file_nested_without_end_is_refused_in_words():
    with pytest.raises(Refused, match="不是合格的 TOML"):
        read_profile("a = " + "[" * 100_000)


@pytest.mark.parametrize("code", ALL)
def test_the_profiles_of_the_product_are_read(code):
    file = read_profile(profile_text(code))
    assert file.code == code
    assert len(file.clauses) == profile_text(code).count("[[clause]]")


@pytest.mark.parametrize(("code", "number"), lines_of_clauses("clause", "quote", "reason", "source"))
def test_a_value_without_any_one_of_its_origins_is_not_read(code, number):
    lines = profile_text(code).splitlines()
    with pytest.raises(Refused):
        read_profile("\n".join(lines[:number] + lines[number + 1 :]))


@pytest.mark.parametrize("field", ["key", "value", "unit", "kind"])
def test_a_clause_that_lacks_a_field_is_not_read(field):
    lines = profile_text().splitlines()
    gone = next(number for number, line in enumerate(lines) if line.startswith(f"{field} = "))
    with pytest.raises(Refused, match=f"第 1 条.*缺“{field}”"):
        read_profile("\n".join(lines[:gone] + lines[gone + 1 :]))


ENTRY_HOURS = profile_text().splitlines().index('key = "entry_hours"') + 1


def changed(old: str, new: str) -> str:
    text = profile_text()
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('clause = "二（三）1"\nkind', "kind", "缺条次（clause）：每个数都要有出处"),
        (
            'quote = "在每个监管对象检查结束后48小时内将检查情况录入平台"\n',
            "",
            "（entry_hours）：缺引文（quote）：每个数都要有原文",
        ),
        ('reason = "低风险按巴南二（四）的下限安排。"', "", "（ratio_risk_a）：运行设置要写理由"),
        ("value = 0.03", "value = 3", "（min_ratio）：要写大于 0、不大于 1 的小数"),
        ("value = 48", "value = 48.0", "要写大于 0 的整数"),
        ("value = 48", 'value = "48"', "要写大于 0 的整数"),
        ("value = true", "value = false", "只能是 true；不成立的规则整条删去"),
        ('unit = "hours"', 'unit = "days"', "“register_changes_shown_hours”的单位应是 hours"),
        ('unit = "hours"', 'unit = "moons"', "不认识单位“moons”"),
        ('key = "entry_hours"', 'key = "entry_moons"', "不认识条款“entry_moons”"),
        ('key = "entry_hours"', 'key = "warn_entry_hours"', "“warn_entry_hours”写了两次"),
        ('["AGENCY", "DISCIPLINE"]', '["AGENCY", "FRIENDS"]', "“draw_signatories”不认识代码 FRIENDS"),
        ('["AGENCY", "DISCIPLINE"]', '["AGENCY", "AGENCY"]', "代码重复"),
        ('["AGENCY", "DISCIPLINE"]', "[]", "要写代码的列表"),
        ('code = "CULTURE"', 'code = "culture"', "每个领域要写 code（大写字母）、name、lead 和 participants"),
        ('code = "CULTURE"', 'code = "ECOLOGY"', "（sectors）：代码重复"),
        ('value = "03-20"', 'value = "02-30"', "要写“月-日”"),
        ('value = "17:00"', 'value = "25:00"', "要写 24 小时制的时刻"),
        ('value = 3\nunit = "day_of_month"', 'value = 32\nunit = "day_of_month"', "要写 1 到 31 的整数"),
        ('kind = "borrowed"', 'kind = "local"', "“list_only”的种类 local 与出处不符"),
        ('kind = "borrowed"', 'kind = "rumoured"', "“kind”的写法不对"),
        ('source = "法府建办字〔2020〕1号"', 'source = "某号"', "“list_only”的出处“某号”不在 documents 里"),
        ('document = "明察示范规则"', 'document = "别的规则"', "document“别的规则”不在 documents 里"),
        ("schema = 1", "schema = 2", "“schema”的写法不对"),
        ("schema = 1", "schema = 1\nmood = 3", "不认识“mood”"),
        ('code = "demo-county"', "", "缺“code”"),
        ('issuer = "泰安市人民政府"', "", "documents.泰政字〔2019〕80号：缺“issuer”"),
        ("effective_from = 2024-01-01", "effective_from = 2024-01-01\neffective_to = 2023-01-01", "effective_to 早于"),
        ('key = "entry_hours"', "key = entry_hours", f"不是合格的 TOML，错在第 {ENTRY_HOURS} 行附近"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place_in_chinese(old, new, sentence):
    with pytest.raises(Refused) as refusal:
        read_profile(changed(old, new))
    assert sentence in refusal.value.reason
    assert refusal.value.field == "text"


def test_many_faults_are_counted_not_poured_out():
    text = profile_text().replace('kind = "borrowed"', 'kind = "rumoured"')
    with pytest.raises(Refused, match=r"；另有 \d+ 处$"):
        read_profile(text)


def test_a_file_that_ends_in_the_middle_is_refused():
    with pytest.raises(Refused, match="不是合格的 TOML"):
        read_profile('schema = 1\nname = "')


def test_an_empty_file_is_refused():
    with pytest.raises(Refused, match="缺“schema”"):
        read_profile("")


def test_an_operating_setting_cannot_dress_up_as_law():
    with pytest.raises(ValidationError, match="不是法定数字"):
        clause(kind="operating", reason="我们定的")


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("flag", 1),
        ("hours", True),
        ("hours", 0),
        ("ratio", 0.03),
        ("ratio", "much"),
        ("ratio", Decimal(0)),
        ("ratio", True),
        ("date", datetime(2020, 3, 27)),
        ("date", "27 March"),
        ("codes", [1]),
        ("quota", {}),
        ("quota", {"市场监管局": 0}),
        ("sectors", []),
        ("sectors", "农业"),
        ("sectors", [{"code": "AGRICULTURE", "name": "农业", "lead": "市农委", "participants": []}]),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_wrong(unit, value):
    with pytest.raises(WrongValue):
        fitting(value, unit)


def test_a_clause_survives_being_kept_as_json():
    for code in ALL:
        for one in read_profile(profile_text(code)).clauses:
            kept = Clause.model_validate(one.model_dump(mode="json", exclude_defaults=True))
            assert kept == one
            assert type(kept.value) is type(one.value)


def test_a_clause_is_found_by_its_key():
    county = profile()
    assert clause_of(county, "entry_hours").number == 48
    assert clause_of(county, "min_ratio").share == Decimal("0.03")
    assert clause_of(county, "draw_signatories").codes == ["AGENCY", "DISCIPLINE"]
    assert len(clauses_of(county)) == profile_text().count("[[clause]]")


def test_what_a_place_does_not_say_is_no_rule_there():
    yudu = profile("yudu-2020")
    assert has_clause(yudu, "entry_hours")
    assert not has_clause(yudu, "min_ratio")
    with pytest.raises(Refused, match=r"本地规则未作规定：.*没有“.+”这一条"):
        clause_of(yudu, "min_ratio")


@pytest.mark.parametrize(
    ("key", "reader"),
    [
        ("list_only", "number"),
        ("entry_hours", "share"),
        ("entry_hours", "codes"),
        ("sectors", "codes"),
        ("draw_signatories", "sectors"),
        ("sectors", "quota"),
    ],
)
def test_a_clause_is_read_as_what_it_is(key, reader):
    with pytest.raises(TypeError):
        getattr(clause_of(profile(), key), reader)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("list_only", "适用"),
        ("entry_hours", "48 小时"),
        ("publish_working_days", "20 个工作日"),
        ("min_ratio", "3%"),
        ("foreign_ratio_up_to", "10%"),
        ("annual_plan_due", "每年 1 月 31 日前"),
        ("quarterly_return_day", "次月 3 日"),
        ("draw_signatories", "检查机构、纪检监察"),
        ("min_inspectors", "2 人"),
        ("reminders_from", "08:30"),
        ("visits_per_year_warn", "4"),
    ],
)
def test_a_value_is_said_as_people_say_it(key, words):
    assert words_of(clause_of(profile(), key)) == words


def test_the_quotas_and_dates_of_yudu_are_said_too():
    yudu = profile("yudu-2020")
    assert words_of(clause_of(yudu, "monitoring_points_by_department")).startswith("工信局 2、")
    assert words_of(clause_of(yudu, "item_list_due_once")) == "2020-03-27"


def test_a_sector_is_said_with_its_lead_and_its_participants():
    sectors = clause_of(profile("chenzhou-2018"), "sectors")
    assert [sector.code for sector in sectors.sectors][-1] == "AGRICULTURE"
    assert words_of(sectors).endswith("；农业：市农委牵头，林业、工商、质监参与")


def test_a_citation_says_document_clause_and_words_and_never_calls_a_setting_law():
    county = profile()
    entry = clause_of(county, "entry_hours").citation
    assert entry == "法府建办字〔2020〕1号 二（三）1（借用）“在每个监管对象检查结束后48小时内将检查情况录入平台”"
    assert "（运行设置，不是法定数字）" in clause_of(county, "warn_entry_hours").citation
    assert "（借用）" not in clause_of(profile("yudu-2020"), "entry_hours").citation


def test_a_damaged_quotation_is_shown_as_its_reading():
    signatories = clause_of(profile(), "draw_signatories")
    assert "會同" in signatories.quote
    assert signatories.words == signatories.reading


def test_every_key_has_its_label_every_unit_its_type_every_code_its_word():
    assert {key["unit"] for key in keys().values()} <= set(UNITS)
    assert {code for key in keys().values() for code in key.get("codes", [])} == set(WORDS)
    assert all(str(word) for word in WORDS.values())
    assert label_of("entry_hours") != "entry_hours"
    assert label_of("nonsense") == "nonsense"


def test_a_body_is_one_that_the_organisation_knows_or_sits_inside_the_acting_department():
    bodies = {code for key in keys().values() if key.get("bodies") for code in key["codes"]}
    assert bodies - INSIDE == set(BodyCode.values)
    assert bodies & INSIDE == INSIDE
    assert all(str(WORDS[body.value]) == str(body.label) for body in BodyCode)


def test_no_value_of_the_profiles_is_a_binary_float():
    values = [one.value for code in ALL for one in read_profile(profile_text(code)).clauses]
    assert not [value for value in values if isinstance(value, float)]
    assert tomllib.loads("x = 0.03", parse_float=Decimal)["x"] == Decimal("0.03")


def test_a_quota_is_told_in_the_order_of_its_quotation_whatever_the_stored_order():
    shares = {"林业局": 2, "工信局": 2, "公安局": 4}
    for stored in (shares, dict(sorted(shares.items()))):
        points = clause("monitoring_points_by_department", stored, "quota", quote="1工信局2 13林业局2 21公安局4")
        assert words_of(points) == "工信局 2、林业局 2、公安局 4"
