"""What firms do, by the names and numbers of GB/T 4754: what somebody types means the beginnings of codes.

A register keeps a code ("6291"), a code with its section ("H6291"), a code and a name, or words alone. So a question
becomes a few beginnings, which the index of the column answers; no name stands in the database.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from mingcha.domain.registers.rules.industries import DIVISION, section_of, table

# Of a division, a group or a class, with its section or without; or of a section. A name may follow.
CODE = re.compile(r"([A-T]?)([0-9]{1,4})(?![0-9A-Z])|([A-T])(?=\s|$)")
CLASS = 4  # digits of a class, under which nothing stands
MOST = 100  # beginnings that one question may have: beyond it, nearly every code would be asked for
JOINED = re.compile("[、和及与]")  # a name of several industries: 住宿和餐饮业


@dataclass(frozen=True)
class Industries:
    """What was meant: the beginnings to look for, and the industries by name; none when nothing is so called."""

    starts: tuple[str, ...]
    named: tuple[str, ...] = ()

    @property
    def is_too_wide(self) -> bool:
        return not self.starts


def industries_of(text: str) -> Industries | None:
    """What a code or a part of a name means; words that no industry is called are looked for as they stand."""
    typed = text.strip()
    if not typed:
        return None
    codes = _with_code(typed.upper()) or _with_word(typed)
    classes = {code for code in table() if len(code) == CLASS and _is_within(code, codes)}
    starts = sorted({typed, *_shortest(classes)})
    return Industries(tuple(starts) if len(starts) <= MOST else (), tuple(f"{code} {table()[code]}" for code in codes))


def industry_named(kept: str) -> str:
    """What a register keeps, with the name beside a bare code."""
    found = CODE.fullmatch(kept)
    if not found or (found[1] and found[1] != _section(found[2])):
        return kept
    name = table().get(found[2] or found[3])
    return f"{kept} {name}" if name else kept


# ---- which codes are meant -------------------------------------------------------------------------------------


def _with_code(typed: str) -> list[str]:
    """The industries whose code begins as typed, the widest only."""
    found = CODE.match(typed)
    if not found:
        return []
    letter, digits, section = found.groups()
    if section:
        return [section]
    codes = {code for code in table() if code.startswith(digits) and (not letter or _section(code) == letter)}
    return _widest(codes)


def _with_word(word: str) -> list[str]:
    """The industries with the word in their name. One of several trades gives way to those of its parts that have the
    word too: whoever asks for 餐饮 does not mean the hotels of 住宿和餐饮业.
    """
    holding = {code for code, name in table().items() if word in name}
    above = {wider for code in holding for wider in _wider(code)}
    return _widest({code for code in holding if not (code in above and JOINED.search(table()[code]))})


def _widest(codes: Collection[str]) -> list[str]:
    return sorted(code for code in codes if not any(wider in codes for wider in _wider(code)))


def _wider(code: str) -> list[str]:
    """What a code lies in: 6291 → 629, 62, H."""
    if not code[:1].isdigit():
        return []
    return [*(code[:length] for length in range(DIVISION, len(code))), _section(code)]


def _section(code: str) -> str:
    return section_of(code[:DIVISION])


def _is_within(code: str, codes: Collection[str]) -> bool:
    return code in codes or any(wider in codes for wider in _wider(code))


# ---- which beginnings they have --------------------------------------------------------------------------------


def _shortest(classes: Collection[str]) -> set[str]:
    """The fewest beginnings that these classes have and no other has, with the letter of the section or without."""
    counted = Counter(start for code in classes for start in _starts(code))
    whole = {start for start, number in counted.items() if number == _under()[start]}
    return {start for start in whole if start[:-1] not in whole}


@cache
def _under() -> Counter[str]:
    """How many classes begin so."""
    return Counter(start for code in table() if len(code) == CLASS for start in _starts(code))


def _starts(code: str) -> Iterable[str]:
    for written in (code, f"{_section(code)}{code}"):
        yield from (written[:length] for length in range(1, len(written) + 1))
