"""The words by which a name is found."""

import pytest
from pypinyin import Style, lazy_pinyin

from mingcha.domain.registers import rules


def test_a_name_becomes_pairs_with_an_end_mark_and_its_initials():
    words, initials = rules.search_words("青禾粮油店")
    assert initials == "qhlyd"
    assert words == "青禾 禾粮 粮油 油店 店$ $q qh hl ly yd d$"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("上海一店", "shyd"),
        ("ＫＦＣ（上海）餐厅", "kfcshct"),
        ("A1 商 店", "a1sd"),
        ("阿依古丽·买买提", "ayglmmt"),
        ("䶮㛃店", "yjd"),
        ("店", "d"),
        ("长沙商行重庆厦门分行", "csshcqxmfh"),
    ],
)
def test_width_case_spaces_and_punctuation_do_not_count(name, initials):
    assert rules.search_words(name)[1] == initials


@pytest.mark.parametrize("name", ["𬱖䶮㛃", "𠅤氏商行", "\U0003183a记", "\ue001记"])
def test_rare_characters_are_kept_as_they_are(name):
    words, initials = rules.search_words(name)
    assert "".join(pair[0] for pair in words.split()[: len(name)]) == name
    assert len(initials) == len(name)


def test_a_character_without_a_reading_stands_for_itself_among_the_initials():
    assert rules.search_words("\ue001记")[1] == "\ue001j"


def test_initials_are_those_that_the_pinyin_library_gives_character_by_character():
    characters = "江西省于都县人民医院药品零售粮油加工厂教育科技发展有限责任公司"
    asked = "".join(lazy_pinyin(list(characters), style=Style.FIRST_LETTER, strict=False))
    assert rules.search_words(characters)[1] == asked


def test_no_words_hold_two_spaces_or_one_at_an_end_which_the_index_would_refuse():
    for name in ("！！", " ", "", "甲", "甲　乙", "ﷺ" * 50, "长" * 300, "İ" * 200):
        words, initials = rules.search_words(name)
        assert all(len(word) == 2 for word in words.split(" "))
        assert len(initials) <= 200


def test_a_part_of_a_name_gives_words_that_stand_side_by_side_in_the_whole():
    words, _initials = rules.search_words("江西（于都）青禾粮油有限公司")
    for part in ("西于都青", "于都", "有限公司", "油有限"):
        assert rules.words_of(part).pairs in words
    assert rules.words_of("都于江").pairs not in words
