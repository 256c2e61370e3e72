"""Our list beside the superior system's: who is meant, and what both sides say differently.

Pure: no query, no clock. Nothing is normalised but what is no difference to a reader: width, spaces, line breaks.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import DifferenceKind, InspectionItem, Method, OutsideItem
from mingcha.domain.catalogue.rules import shares
from mingcha.kit.errors import Refused

Kind = DifferenceKind

# Full-width forms mean the same as half-width ones; an ideographic full stop or a quotation mark has no such twin.
WIDTH = {0xFF01 + step: 0x21 + step for step in range(94)} | {0x3000: 0x20, 0xFF61: 0x3002, 0xFF64: 0x3001}
UNSEEN = re.compile(r"[\s\u00a0\u200b-\u200f\u2060\ufeff]+")
DASHES = re.compile(r"[—–]+")
BETWEEN_WORDS = re.compile(r"[、,;/|。]+")

# What lists call the methods of codes-and-data E2, beside the labels themselves.
METHOD_WORDS: Mapping[str, Method] = {
    "实地检查": Method.ON_SITE,
    "现场检查": Method.ON_SITE,
    "书面检查": Method.WRITTEN,
    "部门检查结果或专业意见": Method.ADOPTED,
    "行政部门检查结果或专业意见": Method.ADOPTED,
    "检验检测": Method.TESTING,
    "网络监测": Method.NETWORK,
    "委托专业机构": Method.COMMISSIONED,
    "委托专业机构辅助": Method.COMMISSIONED,
}


@dataclass(frozen=True)
class OutsideRow:
    """One row of the superior system's list, read from a file or an answer; `position` says where it stood."""

    position: int
    code: str
    title: str
    organisation_code: str = ""
    organisation_name: str = ""
    basic_code: str = ""
    basis: str = ""
    method: str = ""
    ratio_text: str = ""
    frequency_text: str = ""
    object_kind: str = ""
    is_random: bool | None = None
    in_use: bool = True


@dataclass(frozen=True)
class Sorted:
    """The rows of one unit, those that name another, and how many of the unit's are out of use."""

    own: Sequence[OutsideRow]
    strays: Sequence[OutsideRow]
    ended: int


@dataclass(frozen=True)
class Said:
    """What one side says about an item, attribute by attribute, in its own words."""

    title: str
    basis: str
    method: str
    ratio: str
    frequency: str


@dataclass(frozen=True)
class Found:
    """One thing that both sides say differently; an empty side of a NUMBER has no such item."""

    kind: DifferenceKind
    ours: str
    theirs: str


@dataclass(frozen=True)
class Pair:
    """The same item on both sides; one of them may be missing."""

    item: InspectionItem | None
    row: OutsideRow | None

    @property
    def code(self) -> str:
        """Our code where we have the item, theirs otherwise."""
        if self.item is not None:
            return self.item.code
        return self.row.code if self.row is not None else ""


def plain(text: str) -> str:
    """A text without what is no difference: full or half width, spaces and line breaks anywhere, unseen characters."""
    return UNSEEN.sub("", text.translate(WIDTH))


# ---- whose rows they are -------------------------------------------------------------------------------------


def same_organisation(theirs: str, ours: str) -> bool:
    """机构代码 on both sides: 18 characters, written in capitals or not."""
    return plain(theirs).upper() == plain(ours).upper()


def sort_out(rows: Iterable[OutsideRow], *, organisation_code: str, strict: bool) -> Sorted:
    """Organisation codes come first. `strict`: the rules of the place want the code to be there and to be the same."""
    own: list[OutsideRow] = []
    strays: list[OutsideRow] = []
    ended = 0
    for row in rows:
        if not (same_organisation(row.organisation_code, organisation_code) or _may_lack_code(row, strict)):
            strays.append(row)
        elif row.in_use:
            own.append(row)
        else:
            ended += 1
    return Sorted(own, strays, ended)


def _may_lack_code(row: OutsideRow, strict: bool) -> bool:
    return not strict and not plain(row.organisation_code)


def check_codes_given(rows: Sequence[OutsideRow], *, strict: bool) -> None:
    """Refuse a list that says nowhere whose it is, where the rules want that known first."""
    if not rows:
        raise Refused(_("上级系统的清单里一项也没有，核对机构和导出条件后重新取"), field="file")
    if strict and not any(plain(row.organisation_code) for row in rows):
        raise Refused(
            _("清单里没有机构代码，无法核实是哪个单位的；导出时带上“机构代码”一列后重新选择文件"), field="file"
        )


# ---- what differs --------------------------------------------------------------------------------------------


def said_by_us(item: InspectionItem) -> Said:
    """An item of our list; several methods are one text."""
    methods = [item.method, *(code for code in item.further_methods if code != item.method)]
    words = "、".join(str(Method(code).label) if code in Method.values else str(code) for code in methods)
    return Said(item.title, item.legal_basis, words, item.ratio_text, item.frequency_text)


def said_by_them(row: OutsideRow | OutsideItem) -> Said:
    """An item of the superior system's list."""
    return Said(row.title, row.basis, row.method, row.ratio_text, row.frequency_text)


def differences(ours: Said | None, theirs: Said | None, *, kinds: Collection[str]) -> list[Found]:
    """What both sides say differently, in the attributes that are compared here."""
    if ours is None or theirs is None:
        found = Found(Kind.NUMBER, ours.title if ours else "", theirs.title if theirs else "")
        return [found] if Kind.NUMBER in kinds and (ours or theirs) else []
    compared = (
        (Kind.TITLE, ours.title, theirs.title, plain),
        (Kind.BASIS, ours.basis, theirs.basis, plain),
        (Kind.METHOD, ours.method, theirs.method, _methods_as_meant),
        (Kind.RATIO, ours.ratio, theirs.ratio, _ratio_as_meant),
        (Kind.FREQUENCY, ours.frequency, theirs.frequency, _frequency_as_meant),
    )
    return [
        Found(kind, our, their)
        for kind, our, their, meaning in compared
        if kind in kinds and meaning(our) != meaning(their)
    ]


def methods_of(text: str) -> list[Method]:
    """The methods that a text names, in its order; empty when a word of it is none that we know."""
    words = [plain(word) for word in BETWEEN_WORDS.split(text.translate(WIDTH)) if plain(word)]
    known = [METHOD_WORDS[word] for word in words if word in METHOD_WORDS]
    return list(dict.fromkeys(known)) if len(known) == len(words) else []


def _methods_as_meant(text: str) -> object:
    """The set of methods, whatever their order; the plain text where a word is unknown."""
    return frozenset(methods_of(text)) or plain(text)


def _ratio_as_meant(text: str) -> object:
    """The figures and whatever else is said beside them: 3% and 3.0% are one ratio, “3%，重点除外” is another."""
    values = [
        (value["whose"], value["op"], Decimal(value["share"]) if "share" in value else value["count"])
        for value in shares.read_ratio(text)
    ]
    return (values, _beside(shares.SHARE, text)) if values else plain(text)


def _frequency_as_meant(text: str) -> object:
    """每年1次 and 1次/年 are one frequency."""
    values = [tuple(value.values()) for value in shares.read_frequency(text)]
    return (values, _beside(shares.TIMES, text)) if values else plain(text)


def _beside(figures: re.Pattern[str], text: str) -> str:
    """What is left of a text without its figures and the words that only lead up to them."""
    said = DASHES.sub("-", plain(text))
    if shares.BARE.fullmatch(said):
        return ""
    words = [shares.FILLING.sub("", word.strip(",;、。()")) for word in figures.sub(" ", said).split()]
    return " ".join(word for word in words if word)


def pair_up(items: Iterable[InspectionItem], rows: Iterable[OutsideRow]) -> list[Pair]:
    """Item beside row: by the national code that the item names, by its own code where it names none.

    The unit's own code (实施编码) counts before the basic code that all units share.
    """
    left = {row.code: row for row in rows}
    basic = Counter(row.basic_code for row in left.values())
    # A basic code that several rows share names none of them.
    named = {row.basic_code: row for row in left.values() if row.basic_code and basic[row.basic_code] == 1} | left
    pairs: list[Pair] = []
    for item in items:
        row = named.get(item.outside_code or item.code)
        pairs.append(Pair(item, left.pop(row.code, None) if row is not None else None))
    return pairs + [Pair(None, row) for row in left.values()]


def comparable(pairs: Iterable[Pair], strays: Iterable[OutsideRow]) -> list[Pair]:
    """Without our items whose row stands under another organisation: whether they differ is not known yet."""
    elsewhere = {code for row in strays for code in (row.code, row.basic_code) if code}
    return [
        pair
        for pair in pairs
        if pair.row is not None or pair.item is None or (pair.item.outside_code or pair.item.code) not in elsewhere
    ]
