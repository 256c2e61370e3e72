"""The county's register of subjects, as the rows of the import template."""

from collections.abc import Iterator
from datetime import date, timedelta

from demo.chance import Chance
from demo.codes import COMPANY, SOLE_TRADER, credit_code
from demo.towns import COUNTY, TOWNS, TOWNS_BY_SIZE
from demo.trades import FORM_NAMES, FORMS, TRADES, Trade

COLUMNS = (
    "统一社会信用代码",
    "名称",
    "类型",
    "行业",
    "地址",
    "片区代码（乡镇）",
    "涉外",
    "风险等级",
    "登记状态",
    "成立日期",
    "联系电话",
)

_FIRST = "青明瑞恒德福祥和丰盛永安泰康宏广兴隆金玉春秋朝晨晓云星月海江河溪林森松竹梅兰"
_SECOND = "禾源达顺通联成业诚信美佳品味香园苑轩阁坊庄泉峰谷原野光华彩艺风雅正平宁欣悦嘉"
_RISKS = ((650, "A"), (250, "B"), (80, "C"), (15, "D"))
_STATES = ((94, "存续"), (5, "注销"), (1, "吊销"))
_FOREIGN = ((4, "是"), (96, "否"))
_OLDEST_DAYS = 20 * 365


def firms(count: int = 5000, *, today: date, seed: str = "mingcha") -> Iterator[dict[str, str]]:
    """So many different invented firms; the first rows stay the same when more are asked for."""
    names: set[str] = set()
    for place in range(count):
        chance = Chance(seed, "firm", place)
        form = chance.weighted(FORMS)
        trade = chance.weighted([(trade.weight, trade) for trade in TRADES[form]])
        town = chance.weighted(TOWNS_BY_SIZE)
        name = _new_name(form, trade, town, chance=chance, taken=names)
        names.add(name)
        values = (
            credit_code(form, f"MC{place:06d}"),
            name,
            FORM_NAMES[form],
            trade.industry,
            f"{COUNTY}{TOWNS[town]}示范路{chance.below(900) + 1}号",
            town,
            chance.weighted(_FOREIGN) if form == COMPANY else "否",
            chance.weighted(_RISKS),
            chance.weighted(_STATES),
            (today - timedelta(days=30 + chance.below(_OLDEST_DAYS))).isoformat(),
            "",
        )
        yield dict(zip(COLUMNS, values, strict=True))


def _new_name(form: str, trade: Trade, town: str, *, chance: Chance, taken: set[str]) -> str:
    """A name nobody has yet; a number is added once a trade has used up the words of its town."""
    name = _name(form, trade, town, chance.pick(_FIRST) + chance.pick(_SECOND))
    number = 1
    while name in taken:
        number += 1
        name = _name(form, trade, town, f"{chance.pick(_FIRST)}{chance.pick(_SECOND)}{number}号")
    return name


def _name(form: str, trade: Trade, town: str, mark: str) -> str:
    if form == SOLE_TRADER:
        return f"示范{TOWNS[town]}{mark}{trade.word}"
    return f"明州示范{mark}{trade.word}" + ("有限公司" if form == COMPANY else "农民专业合作社")
