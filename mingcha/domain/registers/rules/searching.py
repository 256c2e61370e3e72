"""The words by which a name is found: pairs of its characters, and of the first letters of their pinyin.

Pairs, because the commonest question is two characters long and trigram indexes answer it with nothing. Both search
indexes (PostgreSQL's and SQLite's) are made over these words, split at spaces.
"""

import re
import unicodedata
from array import array
from functools import cache
from sys import byteorder

from pypinyin.constants import PINYIN_DICT

from mingcha.domain.registers.models import Position, Words
from mingcha.domain.registers.rules.entries import CODE

END = "$"  # after the last character, which no pair would begin with otherwise; not in any folded text
LONGEST = 200
POSITION = re.compile(r"([0-9]{6})\.([0-9A-Za-z._-]{2,64})")
# Characters whose usual reading is another than that in names of firms and places: 商行, 长沙, 重庆, 厦门.
IN_NAMES = {"行": "h", "长": "c", "重": "c", "厦": "x"}
SPACE = ord(" ")
UTF32 = "utf-32-le" if byteorder == "little" else "utf-32-be"
LETTERS = frozenset({"L", "M", "N"})
PRIVATE = frozenset({"Co", "Cn"})  # rare characters that this Python or Unicode itself does not know yet


def search_words(name: str) -> tuple[str, str]:
    """`search` and `initials` of a subject: pairs of the folded name, then of the initials; and the initials."""
    is_plain = name.isalnum() and len(name) <= LONGEST and unicodedata.is_normalized("NFKC", name)
    folded = name.lower()[:LONGEST] if is_plain else fold(name)
    initials = folded.translate(first_letters())
    return _pairs(f"{folded}{END}{initials}{END}"), initials


def fold(text: str) -> str:
    """What counts in a search: width, case, spaces and punctuation do not, every other character does."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(filter(_counts, plain))[:LONGEST]


def words_of(text: str) -> Words | None:
    """What somebody typed, as a search takes it; None when nothing in it counts."""
    folded, typed = fold(text), text.strip()
    if not folded:
        return None
    return Words(folded, _pairs(folded), code=typed if CODE.fullmatch(typed) else "")


def position_of(text: str, *, is_backwards: bool = False) -> Position | None:
    """A place in the list as an address holds it; None for anything else."""
    found = POSITION.fullmatch(text)
    return Position(found[1], found[2], is_backwards) if found else None


def _pairs(text: str) -> str:
    """ABCD → "AB BC CD"; made in two strokes over the code points, ten times as fast as character by character."""
    points = array("I", text.encode(UTF32))
    words = array("I", [SPACE]) * max(0, 3 * len(points) - 4)
    words[0::3] = points[:-1]
    words[1::3] = points[1:]
    return words.tobytes().decode(UTF32)


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in LETTERS or category in PRIVATE


@cache
def first_letters() -> dict[int, str]:
    """Code point → the first letter of its usual reading; characters without one stand for themselves.

    Built once (0.2 s): asking the pinyin library name by name takes 0.2 ms, which is half an hour for ten million.
    """
    bare = {point: unicodedata.normalize("NFD", reading)[0] for point, reading in PINYIN_DICT.items()}
    usual = {point: letter.lower() for point, letter in bare.items() if letter.isascii() and letter.isalpha()}
    return usual | {ord(character): letter for character, letter in IN_NAMES.items()}
