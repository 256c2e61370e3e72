"""How the public reads the code of a drawn subject: whole where a registrar publishes it, else veiled.

A trader's credit code is published by whoever registers traders; a number of another kind may be that of a person. One
rule for every list that we print or show; the bundle's tables hold the codes themselves, which a draw is made of.
"""

import re
from datetime import date

from mingcha.domain.draws.models import DrawnSubject
from mingcha.domain.registers.models import Category
from mingcha.domain.registers.rules.codes import holds

KEPT = 6  # the characters before which nothing tells one person from another: the region of an identity number
IDENTITY = re.compile(r"(?:[0-9]{6})((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])[0-9]{3}([0-9Xx])")
WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
CHECKS = "10X98765432"


def code_for_all(code: str, category: str) -> str:
    """The code of a subject of this category as anybody reads it."""
    unregistered = category == Category.UNLICENSED or (category == Category.TRADER and not holds(code))
    if unregistered or is_identity_number(code):
        return code[:KEPT] + "*" * max(len(code) - KEPT, 0)
    return code


def code_of(row: DrawnSubject) -> str:
    """The same for a row of a result; the firms of a rehearsal are in no register and nobody's."""
    return code_for_all(row.code, row.subject.category if row.subject else "")


def is_identity_number(code: str) -> bool:
    """Eighteen characters with a day of birth and the check character of a resident's identity number (GB 11643)."""
    found = IDENTITY.fullmatch(code)
    return found is not None and _is_day(*map(int, found.groups()[:3])) and _check_of(code) == code[-1].upper()


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_of(code: str) -> str:
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(code, WEIGHTS, strict=False)) % 11]
