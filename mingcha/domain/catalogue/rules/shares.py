"""What the words of ratio and frequency mean, beside the words themselves: “不低于3%”, “2‰”, “市局30%县局每月”.

Lists write them in dozens of ways. What can be read becomes a structured value that plans and meters can count with;
what cannot be read (“根据监管需要确定”) stays words: an empty list, never a guess. Pure: no query, no clock.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

AT_LEAST, AT_MOST, EXACTLY = ">=", "<=", "="


class Share(TypedDict):
    """A part of the subjects (`share`, a decimal in text) or a number of them (`count`); `whose` as the list says."""

    whose: str
    op: str
    share: NotRequired[str]
    count: NotRequired[int]


class Times(TypedDict):
    """So many times (up to `most`) in `every` periods; an empty period means that the list names none."""

    whose: str
    op: str
    times: int
    most: int
    every: int
    period: str


OP_WORDS = {
    AT_LEAST: ("不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", "≥", ">="),
    AT_MOST: ("不超过", "不高于", "不多于", "不大于", "小于等于", "小于或等于", "至多", "最多", "≤", "<="),
    EXACTLY: ("等于", "="),
}
OP_OF = {word: op for op, words in OP_WORDS.items() for word in words}
SUFFIX_OF = {"以上": AT_LEAST, "以下": AT_MOST, "以内": AT_MOST}
PERIODS = {
    "年度": "YEAR",
    "半年": "HALF_YEAR",
    "季度": "QUARTER",
    "年": "YEAR",
    "季": "QUARTER",
    "月": "MONTH",
    "周": "WEEK",
    "日": "DAY",
    "天": "DAY",
}
PERIOD_WORDS = {
    "YEAR": gettext_lazy("年"),
    "HALF_YEAR": gettext_lazy("半年"),
    "QUARTER": gettext_lazy("季度"),
    "MONTH": gettext_lazy("月"),
    "WEEK": gettext_lazy("周"),
    "DAY": gettext_lazy("天"),
}
OP_SAID = {AT_LEAST: gettext_lazy("不低于"), AT_MOST: gettext_lazy("不超过"), EXACTLY: ""}
TIMES_SAID = {AT_LEAST: gettext_lazy("不少于"), AT_MOST: gettext_lazy("不超过"), EXACTLY: ""}
DIGITS = {**dict(zip("一二三四五六七八九十", range(1, 11), strict=True)), "两": 2}
# Words around a figure that do not say whose it is.
FILLING = re.compile(
    r"^(?:根据|按照?|每年|全年|年度|对|的|为|其中)+|(?:检查|抽查|抽取)?(?:对象)?(?:比例|数量|频次|频率|户数)?(?:之和)?(?:为|的)?$"
)

_OPS = "|".join(sorted(map(re.escape, OP_OF), key=len, reverse=True))
_UNITS = "|".join(PERIODS)
_NUMBER = r"\d+|[一二三四五六七八九十两]"
SHARE = re.compile(
    rf"(?P<op>{_OPS})?(?:(?P<share>\d+(?:\.\d+)?)(?P<unit>[%‰])|(?P<count>\d+)[户家个])(?P<suffix>以上|以下|以内)?"
)
# Period first (每年不少于2次), times first (2次/年), times alone (4次), a period alone (每月).
TIMES = re.compile(
    rf"(?:(?:每|全|本|一|(?={_NUMBER}个?(?:{_UNITS})))(?P<every>{_NUMBER})?个?(?P<period>{_UNITS})"
    rf"(?:检查|抽查|开展|监督)*(?P<op>{_OPS})?(?P<times>{_NUMBER})(?:[-~至到](?P<most>{_NUMBER}))?次(?P<suffix>以上)?"
    rf"|(?P<op2>{_OPS})?(?P<times2>{_NUMBER})(?:[-~至到](?P<most2>{_NUMBER}))?次(?P<suffix2>以上)?"
    rf"(?:[/每](?P<every2>{_NUMBER})?个?(?P<period2>{_UNITS}))?"
    rf"|每(?P<every3>{_NUMBER})?个?(?P<period3>{_UNITS})(?![^,;、]*次))"
)
BARE = re.compile(rf"(?P<op>{_OPS})?(?P<times>\d+)")
BREAK = re.compile(r"[,;、。()]")


def read_ratio(text: str) -> list[Share]:
    """Every share or number of subjects that the words name, in order; none when they name none."""
    plain, end = _plain(text), 0
    found: list[Share] = []
    for match in SHARE.finditer(plain):
        value: Share = {"whose": _whose(plain[end : match.start()]), "op": _op(match["op"], match["suffix"])}
        if match["share"] is not None:
            per = 100 if match["unit"] == "%" else 1000
            value["share"] = f"{Decimal(match['share']) / per:f}"
        else:
            value["count"] = int(match["count"])
        found.append(value)
        end = match.end()
    return found


def read_frequency(text: str) -> list[Times]:
    """How often, for everyone the words name; none when they name nothing that can be counted."""
    plain, end = _plain(text), 0
    bare = BARE.fullmatch(plain)
    if bare is not None:
        return [_times("", bare.groupdict())]
    found: list[Times] = []
    for match in TIMES.finditer(plain):
        # Whichever of the three ways of writing was met: its groups without their number.
        said = {name.rstrip("123"): value for name, value in match.groupdict().items() if value is not None}
        found.append(_times(_whose(plain[end : match.start()]), said))
        end = match.end()
    return found


def _times(whose: str, said: Mapping[str, str | None]) -> Times:
    count = _number(said.get("times") or "1")
    return {
        "whose": whose,
        "op": _op(said.get("op"), said.get("suffix")),
        "times": count,
        "most": _number(said.get("most") or str(count)),
        "every": _number(said.get("every") or "1"),
        "period": PERIODS.get(said.get("period") or "", ""),
    }


def _plain(text: str) -> str:
    """Full-width forms, blanks and dashes as one kind."""
    return re.sub(r"\s+", "", re.sub(r"[—–－]+", "-", unicodedata.normalize("NFKC", text)))


def _op(word: str | None, suffix: str | None) -> str:
    return OP_OF[word] if word else SUFFIX_OF.get(suffix or "", EXACTLY)


def _number(text: str) -> int:
    return DIGITS[text] if text in DIGITS else int(text)


def _whose(before: str) -> str:
    """Whose figure it is: the last words before it, without those that only lead up to it."""
    last = BREAK.split(SHARE.sub(",", before))[-1]
    shorter = FILLING.sub("", last)
    while shorter != last:
        last, shorter = shorter, FILLING.sub("", shorter)
    return last[-40:]


def say_ratio(values: Sequence[Share]) -> str:
    """The read value in one way of writing."""
    return _("；").join(f"{value['whose']}{OP_SAID[value['op']]}{_amount(value)}" for value in values)


def _amount(value: Share) -> str:
    if "share" in value:
        return f"{(Decimal(value['share']) * 100).normalize():f}%"
    return _("%d 户") % value["count"]


def say_frequency(values: Sequence[Times]) -> str:
    """The read value in one way of writing."""
    return _("；").join(f"{value['whose']}{_period(value)}{_often(value)}" for value in values)


def _period(value: Times) -> str:
    if not value["period"]:
        return ""
    every = "" if value["every"] == 1 else f" {value['every']} "
    return _("每%(every)s%(period)s") % {"every": every, "period": PERIOD_WORDS[value["period"]]}


def _often(value: Times) -> str:
    count = str(value["times"]) if value["most"] == value["times"] else f"{value['times']}–{value['most']}"
    return _("%(op)s %(count)s 次") % {"op": TIMES_SAID[value["op"]], "count": count}
