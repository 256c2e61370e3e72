"""Invented names of firms in a hundred invented counties: pairs as common and as rare as in real ones."""

import random
from collections.abc import Iterator

from mingcha.domain.registers.rules import search_words

PLACE_FIRST = "明云青松岭溪平安永新"
PLACE_SECOND = "山河州城川泉湖江原谷"
BRAND = (
    "青禾晨光远航瑞丰金穗宏图博雅天润恒通盛世嘉禾立信同心永昌德源和泰福临吉祥如意鼎新卓越启明星辰海纳百川万顺"
    "华美康宁佳乐优品汇聚创想智联云帆锦绣春晓秋实凌霄飞跃腾达兴旺隆庆丽景碧波翠竹梧桐凤凰麒麟鸿雁骏马长风破浪"
)
TRADES = (
    "粮油 百货 餐饮 食品 药品零售 电梯维保 建材 五金 服装 教育咨询 文化传媒 信息技术 机械加工 物流 汽车维修 美容美发"
)
FORMS = "有限公司 有限责任公司 店 商行 经营部 超市 合作社 股份有限公司"
FORM_WEIGHTS = (46, 6, 20, 10, 10, 4, 3, 1)
ELSEWHERE = "上海"  # a place that one name in a hundred carries, in every county
REGIONS = 100


def region_of(number: int) -> tuple[str, str]:
    """The code and the two-character name of one of the counties."""
    tens, ones = divmod(number, 10)
    return f"99{tens + 1:02}{ones + 1:02}", PLACE_FIRST[tens] + PLACE_SECOND[ones]


def names(count: int, region: int) -> Iterator[str]:
    """Names of one county's firms, the same at every run."""
    chance = random.Random(region)
    place = region_of(region)[1]
    for _ in range(count):
        brand = "".join(chance.choices(BRAND, k=chance.choice((2, 2, 3))))
        where = ELSEWHERE if chance.random() < 0.01 else place if chance.random() < 0.7 else ""
        yield where + brand + chance.choice(TRADES.split()) + chance.choices(FORMS.split(), FORM_WEIGHTS)[0]


def seeds(count: int) -> Iterator[tuple[str, str, str, str]]:
    """Region, name and its two search columns, so many over all counties."""
    for number in range(REGIONS):
        code = region_of(number)[0]
        for name in names(count // REGIONS, number):
            yield code, name, *search_words(name)
