"""The demonstration takes place where no real firm can be."""

import csv
from pathlib import Path

from demo.codes import REGION
from demo.towns import COUNTY, TOWNS

REGIONS = Path(__file__).parents[2] / "mingcha" / "domain" / "organisation" / "reference" / "regions.csv"


def regions() -> list[dict[str, str]]:
    with REGIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_county_is_the_only_invented_region_and_alone_under_its_digits() -> None:
    rows = regions()
    assert [row["name"] for row in rows if row["invented"] == "1"] == [COUNTY]
    assert [row["code"] for row in rows if row["code"].startswith("99")] == [REGION]


def test_every_region_stands_under_one_that_comes_before_it() -> None:
    seen = {""}
    for row in regions():
        assert row["parent_code"] in seen
        assert row["code"] not in seen
        seen.add(row["code"])


def test_the_towns_lie_in_the_county() -> None:
    assert all(code.startswith(REGION) and len(code) == 9 for code in TOWNS)
