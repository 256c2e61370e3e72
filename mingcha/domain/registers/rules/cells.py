"""How one cell of an import file is read: a typed value, or what is wrong with it and what to do."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Risk
from mingcha.domain.registers.rules import entries
from mingcha.domain.registers.states import SubjectState

DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]0?0:00(?::00)?)?")
YEARS = range(1900, 2101)

OPEN_WORDS = frozenset(
    {"存续", "在业", "开业", "正常", "在营", "在册", "登记成立", "有效", "存续(在营、开业、在册)", "open"}
)
CLOSED_WORDS = frozenset(
    {
        "注销",
        "已注销",
        "吊销",
        "已吊销",
        "吊销未注销",
        "吊销,未注销",
        "吊销已注销",
        "撤销",
        "已撤销",
        "迁出",
        "已迁出",
        "closed",
    }
)
YES = frozenset({"是", "y", "yes", "true", "1", "涉外"})
NO = frozenset({"否", "n", "no", "false", "0", "非涉外"})


class Wrong(ValueError):
    """A cell that cannot be taken: what is wrong with it and what to do."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.reason, self.fix = reason, fix


def read_code(text: str) -> str:
    """A public code."""
    code = entries.tidy_code(text)
    _accept(entries.wrong_code(code))
    return code


def read_text(longest: int) -> Callable[[str], str]:
    """A text as it stands: brackets, width and rare characters are kept."""

    def read(text: str) -> str:
        _accept(entries.wrong_text(text, longest=longest))
        return text

    return read


def read_number(text: str) -> str:
    """A certificate number: any text, but not what a spreadsheet made of a long one."""
    if entries.SCIENTIFIC.fullmatch(text):
        raise Wrong(_("被表格软件变成了科学计数法"), _("把这一列设为文本，重新填入完整号码"))
    return read_text(60)(text)


def read_area(text: str) -> str:
    """One area code."""
    _accept(entries.wrong_area(text))
    return text


def read_areas(text: str) -> str:
    """A comma list of area codes, or everywhere."""
    if text in {"全部", "不限", "全县", "全市", "全域"}:
        return entries.EVERYWHERE
    _accept(entries.wrong_areas(text))
    return entries.tidy_areas(text)


def read_list(text: str) -> str:
    """A comma list of words."""
    _accept(entries.wrong_text(text, longest=300))
    return ",".join(entries.listed(text))


def read_date(text: str) -> str:
    """A day, kept as 2026-11-23."""
    found = DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if found:
        year, month, day, short_month, short_day = found.groups()
        try:
            on = date(int(year), int(month or short_month), int(day or short_day))
        except ValueError:
            on = date.min
        if on.year in YEARS:
            return on.isoformat()
    raise Wrong(_("不是日期"), _("写成 2026-11-23 的样子"))


def read_state(text: str) -> str:
    """存续 or not, by the words registers use."""
    word = _plain(text)
    if word in OPEN_WORDS:
        return SubjectState.OPEN.value
    if word in CLOSED_WORDS:
        return SubjectState.CLOSED.value
    raise Wrong(_("不认识的登记状态"), _("写“存续”“注销”或“吊销”"))


def read_flag(text: str) -> bool:
    """是 or 否."""
    word = _plain(text)
    if word not in YES | NO:
        raise Wrong(_("只能是“是”或“否”"), _("改为“是”或“否”"))
    return word in YES


def read_risk(text: str) -> str:
    """A to D, with or without 类 or 级."""
    letter = _plain(text).upper().removesuffix("类").removesuffix("级")
    if letter not in Risk.values:
        raise Wrong(_("信用风险只有 A、B、C、D"), _("改为 A、B、C、D 之一，没有就留空"))
    return letter


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _accept(wrong: entries.Reason | None) -> None:
    if wrong:
        raise Wrong(*wrong)
