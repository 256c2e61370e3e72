"""国民经济行业分类, GB/T 4754-2017: its names by code, and the section that an industry lies in."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "reference" / "industries.csv"
DIVISION = 2  # digits of a division, which lies in one section


@cache
def table() -> dict[str, str]:
    """Code → name, from the sections down to the classes."""
    return {row["code"]: row["name"] for row in _rows()}


@cache
def sections() -> dict[str, str]:
    """Letter → name of the sections."""
    return {code: name for code, name in table().items() if code.isalpha()}


def section_of(start: str) -> str:
    """The section of an industry by how it begins: the letter itself, or the two digits of a division."""
    return start[:1] if start[:1] in sections() else _sections_by_division().get(start, "")


@cache
def _sections_by_division() -> dict[str, str]:
    """A register keeps the four digits of a class, not the letter."""
    return {row["code"]: row["parent"] for row in _rows() if len(row["code"]) == DIVISION}


@cache
def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
