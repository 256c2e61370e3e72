"""How entries are chained and how a chain is checked: pure functions of copies."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from mingcha.domain.audit.models import DayHead, Entry
from mingcha.kit.digests import canonical_json, sha256_hex


@dataclass(frozen=True)
class Break:
    """The first place of a chain that does not hold."""

    chain: str
    number: int
    reason: str


def digest_of(entry: Entry) -> str:
    """SHA-256 (hex) of the canonical JSON of everything an entry says, the digest before it included."""
    return sha256_hex(
        canonical_json(
            {
                "about": entry.about,
                "about_label": entry.about_label,
                "actor": entry.actor,
                "at": moment(entry.at),
                "chain": entry.chain,
                "details": entry.details,
                "event": entry.event,
                "number": entry.number,
                "previous": entry.previous,
            }
        )
    )


def moment(at: datetime) -> str:
    """UTC with microseconds, the same text on every database."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def first_break(chain: str, entries: Iterable[Entry], heads: Mapping[int, str]) -> Break | None:
    """The first entry that does not hold, or None. `heads`: published count → head.

    Recomputing a chain changes its heads, cutting its tail leaves a published count unreached: both are found
    as long as one head was published after the entries in question.
    """
    number, previous = 0, ""
    for entry in entries:
        number += 1
        if entry.number != number:
            return Break(chain, number, _("缺第 %(number)d 条，下一条是第 %(next)d 条") % _pair(number, entry.number))
        if entry.previous != previous:
            return Break(chain, number, _("与前一条接不上"))
        if digest_of(entry) != entry.digest:
            return Break(chain, number, _("内容与摘要不符"))
        previous = entry.digest
        if heads.get(number, previous) != previous:
            return Break(chain, number, _("与留下的链头不符，此前的记录被重写过"))
    longest = max(heads, default=0)
    if longest > number:
        return Break(chain, number + 1, _("留下过 %(longest)d 条，现在只有 %(number)d 条") % _tail(longest, number))
    return None


def breaks(names: Iterable[str], entries_of: Callable[[str], Iterable[Entry]], heads: Iterable[DayHead]) -> list[Break]:
    """Check every chain against the published heads; the first break of each."""
    known = published(heads)
    every = sorted(set(names) | set(known))
    found = (first_break(name, entries_of(name), known.get(name, {})) for name in every)
    return [broken for broken in found if broken is not None]


def _pair(number: int, following: int) -> dict[str, int]:
    return {"number": number, "next": following}


def _tail(longest: int, number: int) -> dict[str, int]:
    return {"longest": longest, "number": number}


def published(heads: Iterable[DayHead]) -> dict[str, dict[int, str]]:
    """Chain → count → head, for `first_break`; an empty chain says nothing."""
    found: dict[str, dict[int, str]] = {}
    for head in heads:
        if head.count:
            found.setdefault(head.chain, {})[head.count] = head.head
    return found
