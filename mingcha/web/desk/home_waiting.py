"""One line of the first page."""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

AT_ONCE = 20  # of a kind; the rest is on the list's own page


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, about which row, and where."""

    word: StrOrPromise
    about: str
    place: str
    address: str
