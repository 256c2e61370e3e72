"""A file of invented firms in the invented county, the same at every run: no name, code or address is anybody's."""

import csv
import sys
from datetime import date, timedelta
from itertools import product
from pathlib import Path

HEADING = [
    "统一社会信用代码",
    "名称",
    "主体大类",
    "类型",
    "行业",
    "地址",
    "片区代码（乡镇）",
    "涉外（是/否）",
    "信用风险（A–D）",
    "登记状态",
    "成立日期",
    "联系电话",
    "来源",
    "备注",
]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WORDS = [
    "青禾",
    "云帆",
    "星野",
    "山海",
    "明月",
    "竹里",
    "松间",
    "晨曦",
    "远帆",
    "知行",
    "和畅",
    "清泉",
    "南风",
    "北辰",
    "东篱",
    "西窗",
    "白鹭",
    "丹枫",
    "金穗",
    "银杏",
    "长歌",
    "短笛",
]
TRADES = [
    "粮油",
    "五金",
    "服装",
    "餐饮",
    "物流",
    "建材",
    "农资",
    "文具",
    "家电",
    "汽修",
    "美容",
    "食品",
    "药品",
    "运输",
    "养殖",
    "种植",
    "印刷",
    "广告",
    "旅馆",
    "超市",
    "茶叶",
    "水果",
]
FORMS = (
    ("有限公司", "企业", "有限责任公司"),
    ("店", "个体工商户", "个体工商户"),
    ("合作社", "农民专业合作社", "合作社"),
)
ROADS = [
    "东街",
    "西街",
    "南街",
    "北街",
    "人民路",
    "建设路",
    "解放路",
    "中山路",
    "迎宾大道",
    "工业园路",
    "滨河路",
    "学府路",
    "站前路",
    "环城路",
]
STATES = ("存续", "存续（在营、开业、在册）", "开业", "注销", "吊销，未注销")
FIRST_DAY = date(1990, 1, 1)
DAYS = 13_000


def write_file(path: Path, rows: int) -> None:
    """So many rows under one heading, as Excel saves them."""
    pairs = [a + b for a, b in product(WORDS, WORDS)]
    days = [(FIRST_DAY + timedelta(days=number)).isoformat() for number in range(DAYS)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADING)
        lines.writerows(_row(number, pairs, days) for number in range(rows))


def _row(number: int, pairs: list[str], days: list[str]) -> tuple[str, ...]:
    mixed = number * 2_654_435_761 % 4_294_967_291
    ending, category, kind = FORMS[mixed % 3]
    trade = TRADES[mixed // 7 % len(TRADES)]
    name = f"示范{pairs[mixed // 11 % len(pairs)]}{WORDS[mixed // 13 % len(WORDS)]}{trade}{ending}"
    return (
        _code(number, "123"[mixed % 3]),
        name,
        category,
        kind,
        f"{trade}零售",
        f"明察示范县{ROADS[mixed // 17 % len(ROADS)]}{mixed % 999 + 1}号{mixed // 19 % 30 + 1}室",
        f"990000{100 + mixed % 23}",
        "是" if mixed % 50 == 0 else "否",
        "ABCD"[min(3, mixed // 23 % 9)],
        STATES[0 if mixed % 10 else mixed // 29 % len(STATES)],
        days[mixed // 31 % DAYS],
        f"0990-{mixed % 90_000_000 + 10_000_000}",
        "市场主体库",
        "",
    )


def _code(number: int, kind: str) -> str:
    """A number that is well formed and nobody's: the county does not exist."""
    body = f"9{kind}990000{number * 48_611 % 999_999_937:09d}"
    total = sum(ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + ALPHABET[-total % 31]


if __name__ == "__main__":
    write_file(Path(sys.argv[1]), int(sys.argv[2]))
