"""The wordings are those of published lists and plans of nineteen counties and cities, one of each kind."""

import pytest

from mingcha.domain.catalogue.rules import shares

RATIOS = {
    "3%": [("", "=", "0.03")],
    "3％": [("", "=", "0.03")],
    "2‰": [("", "=", "0.002")],
    "100%": [("", "=", "1")],
    "不低于3%": [("", ">=", "0.03")],
    "不低于45%": [("", ">=", "0.45")],
    "不少于5%": [("", ">=", "0.05")],
    "≥10%": [("", ">=", "0.1")],
    "5%以上": [("", ">=", "0.05")],
    "30%以上": [("", ">=", "0.3")],
    "≤10%": [("", "<=", "0.1")],
    "不超过 5 %": [("", "<=", "0.05")],
    "市局30%县局每月": [("市局", "=", "0.3")],
    "每年对三级定点医疗机构抽查比例之和≥50%,二级定点医疗机构抽查比例之和≥30%": [
        ("三级定点医疗机构", ">=", "0.5"),
        ("二级定点医疗机构", ">=", "0.3"),
    ],
}
COUNTS = {"1户": [("", 1)], "10%(20户)": [("", 20)]}
FREQUENCIES = {
    "=1": [("", "=", 1, 1, 1, "")],
    ">=1": [("", ">=", 1, 1, 1, "")],
    "4次": [("", "=", 4, 4, 1, "")],
    "12次": [("", "=", 12, 12, 1, "")],
    "抽查1次": [("", "=", 1, 1, 1, "")],
    "1-2次": [("", "=", 1, 2, 1, "")],
    "1次/年": [("", "=", 1, 1, 1, "YEAR")],
    "2次每年": [("", "=", 2, 2, 1, "YEAR")],
    "2-3次每年": [("", "=", 2, 3, 1, "YEAR")],
    "每年1次": [("", "=", 1, 1, 1, "YEAR")],
    "每年1—2次": [("", "=", 1, 2, 1, "YEAR")],
    "一年两次": [("", "=", 2, 2, 1, "YEAR")],
    "每月一次": [("", "=", 1, 1, 1, "MONTH")],
    "每半年1次": [("", "=", 1, 1, 1, "HALF_YEAR")],
    "每季度不少于1次": [("", ">=", 1, 1, 1, "QUARTER")],
    "每两年1次": [("", "=", 1, 1, 2, "YEAR")],
    "1次/2年": [("", "=", 1, 1, 2, "YEAR")],
    "本年度检查一次": [("", "=", 1, 1, 1, "YEAR")],
    "不少于1次/年": [("", ">=", 1, 1, 1, "YEAR")],
    "根据实际情况,每年不少于1次": [("", ">=", 1, 1, 1, "YEAR")],
    "每年抽查1次以上": [("", ">=", 1, 1, 1, "YEAR")],
    "市局30%县局每月": [("县局", "=", 1, 1, 1, "MONTH")],
    "市局每年1次、县局每月1次": [("市局", "=", 1, 1, 1, "YEAR"), ("县局", "=", 1, 1, 1, "MONTH")],
}


# proves S1-05
@pytest.mark.parametrize(("text", "wanted"), RATIOS.items())
def test_a_ratio_is_read_as_lists_write_it(text, wanted):
    assert [(read["whose"], read["op"], read["share"]) for read in shares.read_ratio(text)] == wanted


@pytest.mark.parametrize(("text", "wanted"), COUNTS.items())
def test_a_number_of_subjects_is_read_as_a_number_not_as_a_share(text, wanted):
    assert [(read["whose"], read["count"]) for read in shares.read_ratio(text) if "count" in read] == wanted


# proves S1-05
@pytest.mark.parametrize(("text", "wanted"), FREQUENCIES.items())
def test_a_frequency_is_read_as_lists_write_it(text, wanted):
    assert [tuple(read.values()) for read in shares.read_frequency(text)] == wanted


@pytest.mark.parametrize("text", ["", "抽查频次根据监管需要确定", "按需", "随机", "按市级统一安排"])
def test_words_that_name_no_figure_stay_words(text):
    assert shares.read_ratio(text) == shares.read_frequency(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("不少于5%", "不低于5%"),
        ("10%(20户)", "10%；20 户"),
        ("2‰", "0.2%"),
        ("市局30%,县局10%", "市局30%；县局10%"),
    ],
)
def test_a_read_ratio_is_said_in_one_way(text, said):
    assert shares.say_ratio(shares.read_ratio(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2-3次每年", "每年 2–3 次"),
        ("1次/2年", "每 2 年 1 次"),
        (">=1", "不少于 1 次"),
        ("市局每年1次、县局每月", "市局每年 1 次；县局每月 1 次"),
    ],
)
def test_a_read_frequency_is_said_in_one_way(text, said):
    assert shares.say_frequency(shares.read_frequency(text)) == said
