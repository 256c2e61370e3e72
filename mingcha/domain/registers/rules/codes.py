"""What a public code says by itself; fast, for a city's file holds a million."""

from functools import lru_cache
from operator import getitem

from mingcha.domain.registers.models import Category, CodeType
from mingcha.domain.registers.rules import entries

# 统一社会信用代码 (GB 32100): the value of each character times 3 to the power of its place, modulo 31.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PARTS = [{letter: value * pow(3, place, 31) for value, letter in enumerate(ALPHABET)} for place in range(17)]
PARTS.append({letter: value for value, letter in enumerate(ALPHABET)})
USCC_LENGTH = 18
OLD_LENGTH = 15
CATEGORIES = {
    "91": Category.ENTERPRISE.value,
    "92": Category.TRADER.value,
    "93": Category.COOPERATIVE.value,
    "11": Category.PUBLIC_BODY.value,
    "12": Category.INSTITUTION.value,
    "5": Category.ASSOCIATION.value,
    "N9": Category.ASSOCIATION.value,
    "81": Category.ASSOCIATION.value,
}


@lru_cache(maxsize=16_384)  # asked more than once of each row of a round
def holds(code: str) -> bool:
    """Is it a 统一社会信用代码 whose last place agrees with the others?"""
    if len(code) != USCC_LENGTH:
        return False
    try:
        return sum(map(getitem, PARTS, code)) % 31 == 0
    except KeyError:
        return False


def doubtful_code(code: str) -> str:
    """What should be looked at in a code that may stand all the same; empty when nothing."""
    return "" if holds(code) else entries.doubtful_code(code)


def category_of(code: str) -> str:
    """What the first two places of a code say of its bearer (GB 32100: who registers, and what)."""
    if len(code) != USCC_LENGTH:
        return Category.ENTERPRISE.value
    return CATEGORIES.get(code[:2], CATEGORIES.get(code[:1], Category.ENTERPRISE.value))


def code_type_of(code: str) -> str:
    """What kind of number a code looks like."""
    if len(code) == USCC_LENGTH and all(letter in ALPHABET for letter in code):
        return CodeType.USCC.value
    return (CodeType.REGISTRATION if len(code) == OLD_LENGTH and code.isdigit() else CodeType.OWN).value
