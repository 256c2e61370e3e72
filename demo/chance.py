"""Repeatable choices from a seed text: the same on every machine and every version of Python."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of choices. Only for made-up content; the real draw is `fairdraw`."""

    def __init__(self, *seed: object) -> None:
        self._seed = "/".join(str(part) for part in seed)
        self._count = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, the limit. The bias of the remainder is below 2⁻⁴⁰ here."""
        self._count += 1
        return int.from_bytes(sha256(f"{self._seed}#{self._count}".encode()).digest()[:8]) % limit

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[int, T]]) -> T:
        """One of the choices, each as often as its weight says."""
        left = self.below(sum(weight for weight, _ in choices))
        for weight, choice in choices:
            if left < weight:
                return choice
            left -= weight
        raise AssertionError("the weights cover every number below their sum")

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """So many different ones, in the order of the choices."""
        places = list(range(len(choices)))
        taken = [places.pop(self.below(len(places))) for _ in range(count)]
        return [choices[place] for place in sorted(taken)]
