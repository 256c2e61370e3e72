"""The county's inspectors. Every name is a play on words; nobody bears it."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.chance import Chance
from demo.codes import REGION
from demo.departments import INSPECTING, Department
from demo.towns import TOWNS

SKILLS = ("食品安全", "特种设备", "危险化学品", "消防监督", "卫生监督", "农业投入品", "污染源监管")

NAMES: dict[str, str] = {
    "shijian": "甄公正 史明察 程不欺 童叟安 贾如实 尚规矩 纪量平 颜有据 毕核验 单随机",
    "yingji": "安如山 常备战 尹患清 平安年 严防范 余预案 石在岗 景长鸣 居思危 文当先",
    "xiaofang": "霍速至 江长流 童道畅 彭淋好 全常有 阎感灵 孟常开 舒散快 苗初起 邓常亮",
    "weijian": "白无尘 席手勤 肖菌净 康长乐 温度准 卞历全 甄安全 易仁心 田伏清 苗冷链",
    "nongye": "田丰年 谷满仓 何穗齐 姚对症 钟真优 耿有时 寿无恙 涂不欺 费适量 农时准",
    "huanbao": "蓝天在 毕水长 秦如许 吕满山 费不乱 闫达标 盛不扰 陈不扬 靳土生 裴有证",
}

_SKILLS_OF: dict[str, tuple[str, ...]] = {
    "shijian": ("食品安全", "特种设备"),
    "yingji": ("危险化学品",),
    "xiaofang": ("消防监督",),
    "weijian": ("卫生监督",),
    "nongye": ("农业投入品",),
    "huanbao": ("污染源监管",),
}
# Days until the certificates of four unlucky ones end: two are already over, two end soon.
_SHORT_CERTIFICATES = {("shijian", 9): -40, ("huanbao", 9): -3, ("yingji", 8): 12, ("weijian", 9): 25}
# The first six of a department go everywhere, so that no town is without people.
_EVERYWHERE = 6
_SKILLED = 7


@dataclass(frozen=True)
class Inspector:
    """`code` is the roster number a draw knows; areas are town codes, or `*` alone for the whole county."""

    code: str
    name: str
    department: str
    certificate_no: str
    certificate_until: date
    areas: tuple[str, ...]
    skills: tuple[str, ...]


def inspectors(*, today: date, seed: str = "mingcha") -> list[Inspector]:
    """Sixty people, ten a department; two with a certificate that is over on the day."""
    return [
        _inspector(department, place, name, today=today, seed=seed)
        for department in INSPECTING
        for place, name in enumerate(NAMES[department.code].split())
    ]


def _inspector(department: Department, place: int, name: str, *, today: date, seed: str) -> Inspector:
    office = department.code
    chance = Chance(seed, "inspector", office, place)
    days_left = _SHORT_CERTIFICATES.get((office, place), 200 + chance.below(1400))
    return Inspector(
        code=f"{office}-{place + 1:02d}",
        name=name,
        department=office,
        certificate_no=f"{REGION}{INSPECTING.index(department) + 1:02d}{place + 1:03d}",
        certificate_until=today + timedelta(days=days_left),
        areas=("*",) if place < _EVERYWHERE else tuple(chance.some(list(TOWNS), 4)),
        skills=_SKILLS_OF[office] if place < _SKILLED else (),
    )
