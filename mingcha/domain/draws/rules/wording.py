"""Text on its way into the engine, and the engine's refusals on their way to a reader."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import fairdraw
from mingcha.kit.errors import Refused

# What the protocol forbids in a string (draw-protocol §1).
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


@contextmanager
def in_our_words() -> Iterator[None]:
    """The engine refuses with a Chinese sentence already; here it becomes the refusal that pages know."""
    try:
        yield
    except fairdraw.Refused as refusal:
        raise Refused(str(refusal)) from refusal


def words_of(digest: str) -> tuple[str, ...]:
    """The eight words that a digest is read aloud as; nothing for no digest."""
    return fairdraw.spoken(digest) if digest else ()


def plain_line(text: str) -> str:
    """One line without invisible characters, as the public files demand."""
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in INVISIBLE)
    return " ".join(seen.split())
