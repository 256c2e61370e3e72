"""The profiles that come with the product, read once; and every paper they quote."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mingcha.domain.policy.rules.profiles import Document, ProfileFile, read_profile

PROFILES = Path(__file__).parents[1] / "profiles"

FIVE = ("bazhong-2017", "yudu-2020", "taian-2019", "banan-2015", "chenzhou-2018")
"""The five local policies; the sixth file is the invented county's, which borrows from them."""


@cache
def shipped_profiles() -> Mapping[str, ProfileFile]:
    """Code → profile, of every file that comes with the product."""
    return {path.stem: read_profile(path.read_text(encoding="utf-8")) for path in sorted(PROFILES.glob("*.toml"))}


def five_profiles() -> list[ProfileFile]:
    """The five local policies, in the order in which the requirements number them."""
    return [shipped_profiles()[code] for code in FIVE]


@cache
def papers() -> Mapping[str, Document]:
    """Number → paper, of all that the shipped profiles quote: who issued it, and what it is called."""
    return {number: paper for file in shipped_profiles().values() for number, paper in file.documents.items()}
