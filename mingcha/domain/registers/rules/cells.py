"""How one cell of an import file is read: a typed value, or what is wrong with it and what to do.

A file of a city has a million rows: what is right is recognised in one stroke, only the rest is looked at closely.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Risk
from mingcha.domain.registers.rules import entries
from mingcha.domain.registers.rules.codes import holds
from mingcha.domain.registers.states import SubjectState

DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]0?0:00(?::00)?)?")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
SERIAL = re.compile(r"([1-9]\d{3,4})(?:\.0+)?")
SERIALS_BEGIN = date(1899, 12, 30)  # what a spreadsheet counts days from, its own leap-year mistake included
YEARS = range(1900, 2101)
MONTHS = 12
SPACES = re.compile(r"\s+")
INSIDE = re.compile(r"[\u3400-\u9fff] [\u3400-\u9fff]")
UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
PHONE = re.compile(r"[0-9+][0-9()+,;/ 转-]{4,29}")
NOTHING = frozenset({"N/A", "n/a", "NA", "#N/A", "-", "--", "—", "——", "/", "NULL", "null", "None", "无"})

OPEN_WORDS = frozenset(
    # 歇业 (市场主体登记管理条例 §30) is a pause of a firm that stays registered.
    {"存续", "在业", "开业", "正常", "在营", "在册", "登记成立", "有效", "存续(在营、开业、在册)", "歇业", "open"}
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
        "吊销,已注销",
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


class Noted(NamedTuple):
    """A value that is taken, and what should be known about how it was read."""

    value: str
    reason: str


Reading = str | bool | Noted


def read_code(text: str) -> Reading:
    """A public code; width, spaces and small letters are put right."""
    if holds(text):
        return text
    code = entries.tidy_code(UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    if not holds(code):
        _accept(entries.wrong_code(code))
    if code == text:
        return code
    return Noted(code, _("小写、全角或空格已改为 %s") % code)


def read_text(longest: int) -> Callable[[str], Reading]:
    """A text as it stands: brackets, width and rare characters are kept, blanks inside become one space."""

    def read(text: str) -> Reading:
        if len(text) <= longest and text.isprintable() and " " not in text:
            return text
        plain = SPACES.sub(" ", text)
        _accept(entries.wrong_text(plain, longest=longest))
        if plain != text:
            return Noted(plain, _("多余的空白或换行已改为一个空格"))
        return Noted(text, _("汉字之间有空格，已照原样保留")) if INSIDE.search(text) else text

    return read


def read_number(text: str) -> Reading:
    """A certificate number: any text, but not what a spreadsheet made of a long one."""
    if entries.SCIENTIFIC.fullmatch(text):
        raise Wrong(_("被表格软件变成了科学计数法"), _("把这一列设为文本，重新填入完整号码"))
    return read_text(60)(text)


def read_phone(text: str) -> Reading:
    """A telephone number as it is dialled, or several."""
    if text.isascii() and PHONE.fullmatch(text) and "  " not in text:
        return text
    if entries.SCIENTIFIC.fullmatch(text):
        raise Wrong(_("电话号码被表格软件变成了科学计数法"), _("把这一列设为文本，重新填入完整号码"))
    number = SPACES.sub(" ", unicodedata.normalize("NFKC", text).replace("、", ",")).removesuffix(".0")
    if not PHONE.fullmatch(number):
        raise Wrong(_("不是电话号码"), _("只写数字、+、- 和括号，几个号码用逗号分开"))
    return number


def read_area(text: str) -> Reading:
    """One area code."""
    code = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    _accept(entries.wrong_area(code))
    return code if code == text else Noted(code, _("全角或空格已改为 %s") % code)


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


def read_date(text: str) -> Reading:
    """A day, kept as 2026-11-23; a spreadsheet's number for a day is one too."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    found = DATE.fullmatch(plain)
    if not found:
        plain = UNSEEN.sub("", plain)
        found = DATE.fullmatch(plain)
    if found:
        year, month, day, short_month, short_day = found.groups()
        on = _day(year, month or short_month, day or short_day)
    else:
        on = _day_first(plain) or _serial(plain)
    if on is None or on.year not in YEARS:
        raise Wrong(_("不是日期"), _("写成 2026-11-23 的样子"))
    is_written = bool(found) and plain == text
    return on.isoformat() if is_written else Noted(on.isoformat(), _("读作 %s") % on.isoformat())


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day_first(text: str) -> date | None:
    """31/12/2020; refused where day and month could be either."""
    found = DAY_FIRST.fullmatch(text)
    if not found:
        return None
    first, second, year = found.groups()
    if int(first) <= MONTHS and int(second) <= MONTHS and first != second:
        raise Wrong(_("分不清哪个是月、哪个是日"), _("写成 2026-11-23 的样子"))
    day, month = (first, second) if int(second) <= MONTHS else (second, first)
    return _day(year, month, day)


def _serial(text: str) -> date | None:
    found = SERIAL.fullmatch(text)
    return SERIALS_BEGIN + timedelta(days=int(found.group(1))) if found else None


def read_state(text: str) -> str:
    """存续 or not, by the words registers use."""
    word = plain_word(text)
    if word in OPEN_WORDS:
        return SubjectState.OPEN.value
    if word in CLOSED_WORDS:
        return SubjectState.CLOSED.value
    raise Wrong(_("不认识的登记状态"), _("写“存续”“注销”或“吊销”"))


def read_flag(text: str) -> bool:
    """是 or 否."""
    word = plain_word(text)
    if word not in YES | NO:
        raise Wrong(_("只能是“是”或“否”"), _("改为“是”或“否”"))
    return word in YES


def read_risk(text: str) -> str:
    """A to D, with or without 类 or 级."""
    letter = plain_word(text).upper().removesuffix("类").removesuffix("级")
    if letter not in Risk.values:
        raise Wrong(_("信用风险只有 A、B、C、D"), _("改为 A、B、C、D 之一，没有就留空"))
    return letter


def read_item_codes(text: str) -> str:
    """A comma list of item codes, kept as a list."""
    _accept(entries.wrong_text(text, longest=2000))
    return json.dumps(list(entries.listed(text)), ensure_ascii=False)


def plain_word(text: str) -> str:
    """Width, case and the blanks around it do not count."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def _accept(wrong: entries.Reason | None) -> None:
    if wrong:
        raise Wrong(*wrong)
