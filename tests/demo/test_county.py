"""The demonstration county is invented, complete and the same every time."""

import re
from collections import Counter
from datetime import date
from itertools import islice

import pytest
from stdnum.cn import uscc

from demo.accounts import APPROVER, AUDITOR, COORDINATOR, DISCIPLINE, HANDLER, INSPECTOR, accounts
from demo.chance import Chance
from demo.codes import organisation_code
from demo.departments import DEPARTMENTS, INSPECTING
from demo.firms import COLUMNS, firms
from demo.items import items
from demo.people import SKILLS, inspectors
from demo.towns import TOWNS, TOWNS_BY_SIZE
from demo.trades import TRADES

TODAY = date(2026, 11, 22)
A_NAME_IN_A_DRAW = re.compile(r"[0-9A-Za-z._-]{1,64}")


@pytest.fixture(scope="module")
def register() -> list[dict[str, str]]:
    return list(firms(5000, today=TODAY))


def test_the_same_arguments_give_the_same_county(register: list[dict[str, str]]) -> None:
    assert list(firms(5000, today=TODAY)) == register
    assert inspectors(today=TODAY) == inspectors(today=TODAY)
    assert accounts(today=TODAY) == accounts(today=TODAY)
    assert items() == items()


def test_the_first_firm_is_known_by_heart(register: list[dict[str, str]]) -> None:
    assert register[0]["统一社会信用代码"] == "91990000MC0000004Q"
    assert register[0]["名称"] == "明州示范海禾电器有限公司"


def test_another_seed_gives_other_firms(register: list[dict[str, str]]) -> None:
    others = list(firms(100, today=TODAY, seed="another"))
    assert [firm["名称"] for firm in others] != [firm["名称"] for firm in register[:100]]


def test_asking_for_more_firms_keeps_the_first(register: list[dict[str, str]]) -> None:
    assert list(islice(firms(9000, today=TODAY), 5000)) == register


def test_no_two_firms_share_a_code_or_a_name(register: list[dict[str, str]]) -> None:
    assert len({firm["统一社会信用代码"] for firm in register}) == len(register)
    assert len({firm["名称"] for firm in register}) == len(register)


def test_every_code_is_valid_and_of_no_real_place(register: list[dict[str, str]]) -> None:
    codes = [firm["统一社会信用代码"] for firm in register] + [department.uscc for department in DEPARTMENTS]
    assert [code for code in codes if not uscc.is_valid(code)] == []
    assert {code[2:8] for code in codes} == {"990000"}
    assert all(code[8:17] == organisation_code(code[8:16]) for code in codes)


def test_the_check_character_of_an_organisation_code_follows_the_standard() -> None:
    assert organisation_code("D2143569") == "D2143569X"  # the example of GB 11714


def test_every_firm_says_that_it_is_invented(register: list[dict[str, str]]) -> None:
    assert all(firm["名称"].startswith(("示范", "明州示范")) for firm in register)
    assert {firm["联系电话"] for firm in register} == {""}


def test_a_firm_has_exactly_the_columns_of_the_template(register: list[dict[str, str]]) -> None:
    assert all(tuple(firm) == COLUMNS for firm in register)


def test_the_mix_of_firms_looks_like_a_county(register: list[dict[str, str]]) -> None:
    forms = Counter(firm["类型"] for firm in register)
    risks = Counter(firm["风险等级"] for firm in register)
    assert 3100 < forms["个体工商户"] < 3500
    assert 3100 < risks["A"] < 3450 and 1100 < risks["B"] < 1400 and 320 < risks["C"] < 480 and 40 < risks["D"] < 120
    assert {firm["登记状态"] for firm in register} == {"存续", "注销", "吊销"}
    assert {firm["类型"] for firm in register if firm["涉外"] == "是"} == {"企业"}


def test_every_firm_stands_in_a_town_and_was_founded_before_today(register: list[dict[str, str]]) -> None:
    assert {firm["片区代码（乡镇）"] for firm in register} == set(TOWNS) == {code for _, code in TOWNS_BY_SIZE}
    assert all(date.fromisoformat(firm["成立日期"]) < TODAY for firm in register)


def test_sixty_inspectors_have_names_certificates_and_codes_of_their_own() -> None:
    people = inspectors(today=TODAY)
    assert len(people) == 60
    assert Counter(person.department for person in people) == {office.code: 10 for office in INSPECTING}
    for own in ("code", "name", "certificate_no"):
        assert len({getattr(person, own) for person in people}) == 60
    assert all(A_NAME_IN_A_DRAW.fullmatch(person.code) for person in people)


def test_certificates_move_with_today_and_two_are_over() -> None:
    later = date(2030, 1, 1)
    assert [p.code for p in inspectors(today=TODAY) if p.certificate_until < TODAY] == ["shijian-10", "huanbao-10"]
    assert [p.code for p in inspectors(today=later) if p.certificate_until < later] == ["shijian-10", "huanbao-10"]


def test_every_department_has_skilled_people_for_every_town() -> None:
    needed = {(item.department, item.skill) for item in items() if item.skill}
    for department, skill in needed:
        able = [p for p in inspectors(today=TODAY) if p.department == department and skill in p.skills]
        assert len([p for p in able if p.areas == ("*",)]) >= 2, (department, skill)


def test_areas_and_skills_are_known_ones() -> None:
    for person in inspectors(today=TODAY):
        assert person.areas == ("*",) or set(person.areas) <= set(TOWNS)
        assert set(person.skills) <= set(SKILLS)


def test_an_item_has_a_law_and_three_to_five_checkpoints_with_guidance() -> None:
    for item in items():
        assert re.search(r"《.+》第.+条", item.legal_basis), item.code
        assert 3 <= len(item.checkpoints) <= 5, item.code
        assert all(point.text and point.guidance for point in item.checkpoints), item.code
        assert item.item_class in {"GENERAL", "KEY"} and item.method in {"ON_SITE", "WRITTEN"}, item.code
        assert item.skill in {"", *SKILLS}, item.code


def test_items_have_codes_of_their_own_and_concern_somebody() -> None:
    industries = {trade.industry[:4] for trades in TRADES.values() for trade in trades}
    listed = items()
    assert len({item.code for item in listed}) == len(listed) == 31
    assert all(item.code.startswith(item.department + "-") for item in listed)
    assert {code for item in listed for code in item.industries} <= industries


def test_every_seat_at_the_table_has_an_account() -> None:
    everyone = accounts(today=TODAY)
    roles = Counter(account.role for account in everyone)
    assert len({account.username for account in everyone}) == len({account.full_name for account in everyone}) == 82
    assert roles[HANDLER] == roles[APPROVER] == 6
    assert roles[INSPECTOR] == 60
    assert roles[COORDINATOR] == roles[DISCIPLINE] == roles[AUDITOR] == 1
    assert all(re.fullmatch(r"[a-z0-9-]+", account.username) for account in everyone)


def test_departments_are_short_words_and_one_leads() -> None:
    assert all(re.fullmatch(r"[a-z]+", department.code) for department in DEPARTMENTS)
    assert [department.code for department in DEPARTMENTS if department.leads] == ["shijian"]
    assert {account.department for account in accounts(today=TODAY)} == {office.code for office in DEPARTMENTS}


def test_a_weight_of_nothing_is_never_chosen() -> None:
    chance = Chance("weights")
    assert {chance.weighted([(0, "never"), (1, "rare"), (9, "often")]) for _ in range(300)} == {"rare", "often"}


def test_some_takes_different_ones_in_their_order() -> None:
    taken = Chance("some").some("abcdefgh", 5)
    assert len(set(taken)) == 5
    assert taken == sorted(taken)
