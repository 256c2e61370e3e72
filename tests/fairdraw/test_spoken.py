"""Digests as words: the list is fixed, every word is different, and no two sound alike."""

import re
from hashlib import sha256
from itertools import product

import pytest

import fairdraw
from fairdraw.spoken import FIRST, SECOND
from tests.fairdraw.test_verify import FILES, FREEZE, RULES_DIGEST

SOUNDS = {
    FIRST: """an bai bao cai cheng chun ci cui da dan dong fang fu gao ge gu hai he hong hua jing ju kuan kuo lan li
    liang lin liu mian miao ming nuan ping qian qiao qing qiu rong rui shen shu shuang tao teng tian tong wan wen xia
    xiang xiao xin xiu xue yu yuan yue yun zao zhen zhu zi zong""",
    SECOND: """ban cha chu cong cun dai deng di die ding duo feng gu gua guo he hong hu jiang juan kuai kuang kui lan
    li lian ling lu mei ou pan po qiao qin qu quan que rong shan shu sun suo tang ti ting tong wa wan wu xia xiang ya
    yang ye yi ying yu yuan zao zheng zhi zhou zhuan zhuo""",
}
# What ears of the south hear as one: each left side is taken for the right side.
MERGED = (
    (r"^([zcs])h", r"\1"),
    (r"^[nr](?=.)", "l"),
    (r"^(hu(?=.)|f)", "h"),
    (r"(?<=[aei])ng$", "n"),
)
# Read aloud in a hall, each of these would be an insult, a brand, a campaign or an ill omen.
UNWANTED = """
    白痴 小鸟 春宫 云雨 风月 花柳 青楼 绿帽 破鞋 小三 古板 红旗 红卫 红星 红船 黄色 天门 金门 早苗 小瓶
    小米 小松 宝马 红牛 红豆 红塔 飞鹤 三鹿 天猫 金山 金杯 海尔 长虹 白象 东风 丰田 福田 喜茶 紫光 大众 瑞星
    死山 病树 鬼屋 灵车 墓园 白花 白灯 荷灯 黄泉 九泉 囚车 林钟 松钟 早糕 末路 青岛 荷兰 丹麦
"""


def as_heard(sound: str) -> str:
    """The syllable as it reaches somebody who merges what the south merges."""
    for heard, taken in MERGED:
        sound = re.sub(heard, taken, sound)
    return sound


@pytest.mark.parametrize("row", SOUNDS)
def test_no_two_characters_of_a_row_sound_alike(row: str) -> None:
    sounds = SOUNDS[row].split()
    assert len(sounds) == len(set(sounds)) == len(row) == 64
    assert len({as_heard(sound) for sound in sounds}) == 64


@pytest.mark.parametrize("row", SOUNDS)
def test_a_row_stands_in_the_order_of_its_pinyin_so_that_a_printed_list_can_be_searched(row: str) -> None:
    assert SOUNDS[row].split() == sorted(SOUNDS[row].split())


def test_what_the_south_merges_is_merged_here() -> None:
    pairs = ("zhu zu", "chen ceng", "shuang suan", "nuan luan", "rui lui", "fang huan", "jing jin")
    assert all(as_heard(one) == as_heard(other) for one, other in map(str.split, pairs))
    assert as_heard("hu") != as_heard("he") and as_heard("dong") != as_heard("duo")


def test_there_are_4096_different_words_and_no_character_stands_in_both_rows() -> None:
    assert len({"".join(pair) for pair in product(FIRST, SECOND)}) == 4096
    assert set(FIRST).isdisjoint(SECOND)


def test_no_word_is_one_that_a_hall_would_laugh_or_frown_at() -> None:
    words = {"".join(pair) for pair in product(FIRST, SECOND)}
    assert words.isdisjoint(UNWANTED.split())


def test_a_digest_is_read_as_eight_words_of_its_first_96_bits() -> None:
    assert fairdraw.spoken("000001040fff" + "0" * 12 + "f" * 40) == ("安瓣", "安茶", "百瓣", "棕桌", *["安瓣"] * 4)


def test_another_digest_has_other_words() -> None:
    words = {fairdraw.spoken(sha256(str(number).encode()).hexdigest()) for number in range(1000)}
    assert len(words) == 1000


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n", "０" * 64])
def test_only_a_digest_is_read_aloud(text: str) -> None:
    with pytest.raises(fairdraw.Refused, match="64 位小写十六进制"):
        fairdraw.spoken(text)


def test_verify_prints_the_words_under_both_digests() -> None:
    lines = fairdraw.verify(fairdraw.Bundle(FILES)).lines
    for digest in (RULES_DIGEST, FREEZE):
        shown = next(number for number, line in enumerate(lines) if digest in line)
        assert " ".join(fairdraw.spoken(digest)) in lines[shown + 1]
