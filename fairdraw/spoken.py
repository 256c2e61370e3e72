"""A digest as eight words of two characters, read aloud so that a room can compare them by ear.

Each word stands for 12 bits of the first 96: its first character for the upper six, its second for the lower six.
There are 64 first characters (春, 红, 高: of what kind) and 64 second ones (山, 桥, 灯: a thing), each list in
the order of its pinyin, so these 128 characters are the whole list of 64 × 64 = 4,096 words:

    spoken("0c6f…" of 64 hex characters) -> ("宝藕", "静屋", …)     eight words

The characters are our own choice. Within each list no two syllables sound alike without their tones, nor to ears
that merge zh/z, ch/c, sh/s, n/l/r, f/hu, ang/an, eng/en, ing/in; docs/adr/0013 says why. Words are for ears; what
binds is the whole digest.
"""

from typing import Final

from fairdraw.errors import Refused
from fairdraw.notation import DIGEST

FIRST: Final = (
    "安百宝彩橙春瓷翠大丹冬方福高歌古海禾红画静橘宽阔蓝丽亮林柳棉妙明"
    "暖平千巧青秋绒瑞深书霜桃藤甜铜万文夏香小新秀雪雨远月云早珍竹紫棕"
)
SECOND: Final = (
    "瓣茶橱葱村袋灯笛蝶鼎朵峰鼓瓜果鹤虹湖桨鹃筷筐葵篮梨帘铃鹿莓藕盘坡"
    "桥琴渠泉鹊榕山树笋锁糖梯亭桐瓦碗屋虾箱芽羊叶椅鹰鱼园枣筝枝舟砖桌"
)
WORDS: Final = 8
_HEX_A_WORD: Final = 3


def spoken(digest: str) -> tuple[str, ...]:
    """The eight words of a digest of 64 lower-case hex characters; anything else is refused."""
    if DIGEST.fullmatch(digest) is None:
        raise Refused("要读成八个词的摘要应为 64 位小写十六进制。")
    return tuple(_word(int(digest[at : at + _HEX_A_WORD], 16)) for at in range(0, WORDS * _HEX_A_WORD, _HEX_A_WORD))


def _word(bits: int) -> str:
    upper, lower = divmod(bits, len(SECOND))
    return FIRST[upper] + SECOND[lower]
