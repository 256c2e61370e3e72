"""Digests as words: the list is fixed, every word is different, and no two sound alike."""

from hashlib import sha256
from itertools import product

import pytest

import fairdraw
from fairdraw.spoken import FIRST, SECOND

SOUNDS = {
    FIRST: """chun xia qiu dong chen wan hong bai hei lan lv zi jin yin tong tie yu shi mu zhu hua cao guo mai mi cha
    yan tang shui huo feng yun xue lei yue xing gao da xiao chang kuan yuan lao xi bei zuo you shuang qian qi jiu wu
    liu ba tian di hai he gu bu pi sha qing fang""",
    SECOND: """shan jiang hu qiao chuan che men deng yu ya e niu yang tu lu he pen die shu ye zhi song bai mei tao li
    xing gua dou cai fan ling bing tang jiu wan pan kuai dao guo yi xie xiu sheng xian zhen bi mo wa qin gu zong ta
    lang ting yuan tian jing qu xi xia guang po qiang""",
}


def as_heard(sound: str) -> str:
    """The syllable as it reaches somebody who does not tell zh from z, n from l, -ng from -n (but -ong stays)."""
    for full, flat in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n")):
        if sound.startswith(full):
            sound = flat + sound[len(full) :]
            break
    return sound[:-1] if sound.endswith("ng") and not sound.endswith("ong") else sound


@pytest.mark.parametrize("row", SOUNDS)
def test_no_two_characters_of_a_row_sound_alike(row):
    sounds = SOUNDS[row].split()
    assert len(sounds) == len(row) == 64
    assert len({as_heard(sound) for sound in sounds}) == 64


def test_there_are_4096_different_words_and_no_character_stands_in_both_rows():
    assert len({"".join(pair) for pair in product(FIRST, SECOND)}) == 4096
    assert set(FIRST).isdisjoint(SECOND)


def test_a_digest_is_read_as_eight_words_of_its_first_96_bits():
    assert fairdraw.spoken("000001040fff" + "0" * 12 + "f" * 40) == (
        "春山",
        "春江",
        "夏山",
        "方墙",
        *["春山"] * 4,
    )


def test_another_digest_has_other_words():
    words = {fairdraw.spoken(sha256(str(number).encode()).hexdigest()) for number in range(1000)}
    assert len(words) == 1000


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_only_a_digest_is_read_aloud(text):
    with pytest.raises(fairdraw.Refused, match="64 位小写十六进制"):
        fairdraw.spoken(text)
