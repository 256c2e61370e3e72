"""One line of the first page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

AT_ONCE = 20  # of a kind; the rest is on the list's own page
FIRST = 5  # of a kind before the others are folded away: many of one kind must not hide the one of another


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, about which row, and where."""

    word: StrOrPromise
    about: str
    place: str
    address: str


def foremost(waiting: Iterable[Waiting]) -> tuple[list[Waiting], list[Waiting]]:
    """The first few of each kind, and those that are folded away below them."""
    shown: list[Waiting] = []
    folded: list[Waiting] = []
    seen: Counter[str] = Counter()
    for task in waiting:
        seen[str(task.word)] += 1
        (shown if seen[str(task.word)] <= FIRST else folded).append(task)
    return shown, folded
