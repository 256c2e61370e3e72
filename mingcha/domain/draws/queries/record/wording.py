"""How a sheet writes moments, codes and people."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

TAIL = 6  # digits of a code that the public edition leaves out
CERTIFICATE_TAIL = 4

# 复姓 that are in use; of every other name the first character is the surname.
COMPOUND = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "令狐",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "西门",
        "轩辕",
        "拓跋",
    ]
)


class Veil(NamedTuple):
    """What an edition makes of a code, of an inspector (name, certificate) and of a witness."""

    code: Callable[[str], str]
    inspector: Callable[[str, str], str]
    witness: Callable[[str], str]


def _masked_code(code: str) -> str:
    return code[:-TAIL] + "*" * min(TAIL, len(code))


def _surname(name: str) -> str:
    return (name[:2] if name[:2] in COMPOUND else name[:1]) + "某"


def _masked_inspector(name: str, certificate: str) -> str:
    tail = certificate[-CERTIFICATE_TAIL:]
    return f"{_surname(name)}（{tail}）" if tail else _surname(name)


PLAIN = Veil(code=str, inspector=lambda name, _certificate: name, witness=str)
VEILED = Veil(code=_masked_code, inspector=_masked_inspector, witness=_surname)


def moment(at: datetime | None) -> str:
    """2026年11月26日 16:20, in Asia/Shanghai."""
    if at is None:
        return _("—")
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
