"""What firms do: from a word or a code to the beginnings that a register is asked for."""

from collections import Counter

import pytest

from mingcha.domain.registers.rules.industries import section_of, sections, table
from mingcha.domain.registers.rules.industry_names import MOST, industries_of, industry_named


def test_the_table_is_whole_and_every_division_lies_in_a_section():
    codes = table()
    assert Counter(map(len, codes)) == {1: 20, 2: 97, 3: 473, 4: 1_381}
    assert "".join(sections()) == "ABCDEFGHIJKLMNOPQRST"
    assert (sections()["H"], section_of("62"), section_of("00"), section_of("98")) == ("住宿和餐饮业", "H", "", "")
    assert all(code[:-1] in codes for code in codes if len(code) > 2)
    assert all(section_of(code[:2]) for code in codes)


@pytest.mark.parametrize(
    ("typed", "starts", "named"),
    [
        # Not H 住宿和餐饮业: that would bring the hotels; nor 624 and 6241 apart from 62, which they lie in.
        ("餐饮", {"62", "H62"}, ["62 餐饮业"]),
        ("住宿和餐饮业", {"61", "62", "H"}, ["H 住宿和餐饮业"]),
        ("小吃", {"6291", "H6291"}, ["6291 小吃服务"]),
        ("医院", {"8222", "O8222", "841", "Q841"}, ["8222 宠物医院服务", "841 医院"]),
        # All of C is 13 to 43: fewer beginnings than divisions.
        ("制造", {*map(str, range(13, 20)), "2", "3", "40", "41", "42", "43", "C"}, ["C 制造业"]),
        ("62", {"62", "H62"}, ["62 餐饮业"]),
        ("h62", {"62", "H62"}, ["62 餐饮业"]),
        ("H", {"61", "62", "H"}, ["H 住宿和餐饮业"]),
        ("F5281", {"5281", "F5281"}, ["5281 五金零售"]),
        ("6291 小吃服务", {"6291", "H6291"}, ["6291 小吃服务"]),
        ("没有这行", set(), []),
        ("9999", set(), []),
        ("A62", set(), []),
        ("KTV", set(), []),
        ("T恤", set(), []),
        ("61100", set(), []),
        ("%", set(), []),
    ],
)
def test_a_word_or_a_code_becomes_the_shortest_beginnings_of_what_is_called_so(typed, starts, named):
    found = industries_of(f" {typed} ")
    # Registers that keep words instead of codes are asked for what was typed.
    assert (set(found.starts), list(found.named), found.is_too_wide) == ({*starts, typed}, named, False)


@pytest.mark.parametrize("word", ["餐饮", "药", "食品", "汽车", "加工", "卫生", "农"])
def test_the_beginnings_hold_every_class_with_the_word_in_its_name_and_no_more_than_a_question_takes(word):
    starts = tuple(industries_of(word).starts)
    missed = [code for code, name in table().items() if len(code) == 4 and word in name and not code.startswith(starts)]
    assert (missed, len(starts) <= MOST) == ([], True)


@pytest.mark.parametrize("word", ["服务", "其他", "业"])
def test_a_word_in_the_names_of_too_many_is_looked_for_nowhere(word):
    found = industries_of(word)
    assert (found.is_too_wide, found.starts, len(found.named) > 50) == (True, (), True)


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_typed_means_nothing(text):
    assert industries_of(text) is None


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("6291", "6291 小吃服务"),
        ("H6291", "H6291 小吃服务"),
        ("62", "62 餐饮业"),
        ("H", "H 住宿和餐饮业"),
        ("6291 小吃服务", "6291 小吃服务"),
        ("小吃", "小吃"),
        ("9999", "9999"),
        ("C6291", "C6291"),
        ("", ""),
    ],
)
def test_a_bare_code_is_shown_with_its_name_and_everything_else_as_it_is_kept(kept, shown):
    assert industry_named(kept) == shown
