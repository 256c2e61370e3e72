"""A digest for the ear: eight two-character words, read aloud in the hall and compared by whoever listens.

The fixed list of 4,096 words is every one of 64 first characters with every one of 64 second ones, six bits each,
so the whole list fits on a card. Inside each row no two characters sound alike, not even to somebody who does not
tell zh from z, n from l or -ng from -n. Eight words carry the first 96 bits: enough for ears. What binds is the
whole digest, which is published beside them and compared by machines.
"""

import re

from fairdraw.errors import Refused
from fairdraw.notation import DIGEST

FIRST = (
    "春夏秋冬晨晚红白黑蓝绿紫金银铜铁玉石木竹花草果麦米茶盐糖水火风云"
    "雪雷月星高大小长宽远老西北左右双千七九五六八天地海河古布皮沙青方"
)
SECOND = (
    "山江湖桥船车门灯鱼崖鹅牛羊兔鹿鹤盆蝶树叶枝松柏梅桃梨杏瓜豆菜饭铃"
    "饼汤酒碗盘筷岛锅衣鞋袖笙线针笔墨瓦琴鼓粽塔廊亭园田井渠溪霞光坡墙"
)
WORDS = 8

_TWELVE_BITS = re.compile("...")


def spoken(digest: str) -> tuple[str, ...]:
    """The eight words of a SHA-256 digest (64 lower-case hex characters); raises Refused for anything else."""
    if DIGEST.fullmatch(digest) is None:
        raise Refused("要读成词的摘要应为 64 位小写十六进制。")
    return tuple(_word(int(bits, 16)) for bits in _TWELVE_BITS.findall(digest[: 3 * WORDS]))


def _word(number: int) -> str:
    return FIRST[number >> 6] + SECOND[number & 63]
