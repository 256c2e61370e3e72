"""Section 4: the key, the tickets, and who is drawn in each stratum."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fairdraw.frame import OBJECT, STRATUM, FrameRow
from fairdraw.notation import sha, tagged
from fairdraw.rules import Stratum
from fairdraw.tables import Rows


class Place(NamedTuple):
    """An object's place in its stratum: ranks count from 1 and go on through the reserves."""

    rank: int
    object: str
    ticket: str


def key_of(seed: str) -> str:
    """The key that everything is drawn with: 32 hex characters."""
    return tagged("key", seed)[:32]


def ticket(key: str, id: str) -> str:
    """The ticket of an object, 64 hex characters: `printf '%s' "KEY:CODE" | sha256sum`."""
    return sha(f"{key}:{id}")


def draw_objects(
    frame: Rows[FrameRow], strata: Mapping[str, Stratum], key: str
) -> dict[str, tuple[list[Place], list[Place]]]:
    """Per stratum, sorted: the drawn objects and the reserves, each in the order of their tickets."""
    objects = defaultdict(list)
    for stratum_code, name in zip(frame.column(STRATUM), frame.column(OBJECT), strict=True):
        objects[stratum_code].append(name)
    outcome = {}
    for code, stratum in sorted(strata.items()):
        first = smallest(objects[code], key, stratum.take + stratum.reserve)
        places = [Place(rank, name, digest.hex()) for rank, (digest, name) in enumerate(first, 1)]
        outcome[code] = (places[: stratum.take], places[stratum.take :])
    return outcome


def smallest(objects: Sequence[str], key: str, wanted: int) -> list[tuple[bytes, str]]:
    """The `wanted` objects with the smallest (ticket, id), in that order, all of them if there are fewer.

    Tickets are uniform, so a bound slightly above wanted ÷ size leaves enough of them nearly always;
    when it does not, all are sorted, so the answer never depends on the bound.
    """
    if not wanted:
        return []
    bound = _bound(wanted, len(objects))
    for limit in (bound, b"\xff" * 33):
        tickets = _tickets_below(objects, key, limit)
        if len(tickets) >= min(wanted, len(objects)):
            break
    tickets.sort()
    return tickets[:wanted]


def _bound(wanted: int, size: int) -> bytes:
    """A prefix that, with six standard deviations to spare, more than `wanted` of `size` tickets stay below."""
    share = (wanted + 6 * math.sqrt(wanted) + 10) / max(size, 1)
    return b"\xff" * 33 if share >= 1 else int(share * 2**64).to_bytes(8, "big")


def _tickets_below(objects: Sequence[str], key: str, limit: bytes) -> list[tuple[bytes, str]]:
    # The common beginning is hashed once; a copy of that state is cheaper than a new hash.
    begun = hashlib.sha256(f"{key}:".encode()).copy
    tickets = []
    for name in objects:
        hashed = begun()
        hashed.update(name.encode())
        digest = hashed.digest()
        if digest < limit:
            tickets.append((digest, name))
    return tickets
