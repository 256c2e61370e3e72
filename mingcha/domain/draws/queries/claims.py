"""The server's own check of a draw, for whoever has no scripts: a claim, and shown as one."""

from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.core.cache import cache

import fairdraw
from mingcha.domain.draws.models import Draw

# A result never changes; an hour keeps a crowd from making the server repeat the same draw again and again.
REMEMBERED = 3600
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Claim:
    """What this server found when it repeated the draw from the published files."""

    holds: bool
    lines: list[str]
    refused: str


def own_check(draw: Draw) -> Claim:
    """Repeat the draw from the files as they are stored, against the digests published before the dice."""
    remembered = f"own-check:{draw.pk}:{draw.result_sha256}"
    known = cache.get(remembered)
    if known is None:
        with _one_at_a_time:  # a crowd that comes at once waits for the first answer
            known = cache.get(remembered) or _repeat(draw)
            cache.set(remembered, known, REMEMBERED)
    return Claim(**known)


def _repeat(draw: Draw) -> dict[str, Any]:
    files = {file.name: bytes(file.content) for file in draw.files.all()}
    report = fairdraw.verify(fairdraw.Bundle(files=files), draw.rules_digest, draw.freeze_digest)
    return {"holds": report.exit_code == 0, "lines": report.lines, "refused": report.refused}
