"""How the public reads the code of a drawn subject: whole where a registrar publishes it, else veiled.

A trader's credit code is published by whoever registers traders; a number of another kind may be that of a person. One
rule for every list that we print or show; the bundle's tables hold the codes themselves, which a draw is made of.
"""

from stdnum.cn import ric

from mingcha.domain.draws.models import DrawnSubject
from mingcha.domain.registers.models import Category
from mingcha.domain.registers.rules.codes import holds

KEPT = 6  # the characters before which nothing tells one person from another: the region of an identity number


def code_for_all(code: str, category: str) -> str:
    """The code of a subject of this category as anybody reads it."""
    unregistered = category == Category.UNLICENSED or (category == Category.TRADER and not holds(code))
    if unregistered or ric.is_valid(code):
        return code[:KEPT] + "*" * max(len(code) - KEPT, 0)
    return code


def code_of(row: DrawnSubject) -> str:
    """The same for a row of a result; the firms of a rehearsal are in no register and nobody's."""
    return code_for_all(row.code, row.subject.category if row.subject else "")
