"""The number register of the requirements against the five files, both ways: nothing missing, nothing unaccounted for.

It cites no requirement as proven: that a number stands in a file does not yet make the platform keep it.
"""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mingcha.domain.policy.rules import ProfileFile, read_profile
from tests.factories.policy import ALL, FIVE, profile_text

ROWS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "number_register.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["row"]
FILES: dict[str, ProfileFile] = {code: read_profile(profile_text(code)) for code in ALL}
NO_NUMBERS = {"flag", "codes", "sectors"}
# Lists of codes that stand in the register because the words name a time and no number: “当天”, “当季度最后一周”.
TIMES_IN_WORDS = {"entry_same_day_modes", "plan_adjustment_window"}


def numbers_of(code: str) -> dict[str, object]:
    """Every number and date that a profile's own document says."""
    return {
        clause.key: clause.value
        for clause in FILES[code].clauses
        if clause.unit not in NO_NUMBERS or clause.key in TIMES_IN_WORDS
    }


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['where']}:{row['name']}") for row in ROWS])
def test_a_number_of_the_register_stands_in_its_profile(row: dict[str, Any]) -> None:
    said = {clause.key: clause.value for clause in FILES[row["where"]].clauses}
    assert said[row["key"]] == row["value"]


@pytest.mark.parametrize("code", FIVE)
def test_a_number_of_a_profile_stands_in_the_register(code: str) -> None:
    registered = {row["key"]: row["value"] for row in ROWS if row["where"] == code}
    assert numbers_of(code) == registered


def test_no_number_of_one_place_is_said_to_hold_in_another() -> None:
    """48 hours is 于都's alone, 3 % 巴南's, 20 working days of publication 郴州's."""
    for row in ROWS:
        elsewhere = [code for code in FIVE if code != row["where"] and numbers_of(code).get(row["key"]) == row["value"]]
        assert elsewhere == []


def test_every_clause_of_the_five_is_their_own() -> None:
    assert {clause.kind for code in FIVE for clause in FILES[code].clauses} == {"local"}
