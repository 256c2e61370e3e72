"""What the frozen files and the opened secrets give, as files and as rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import fairdraw
from fairdraw import engines
from fairdraw.rules import TEAM
from mingcha.domain.draws.rules.teams import Assigned, in_teams
from mingcha.domain.draws.rules.wording import in_our_words

CEREMONY, RESULT = "ceremony.json", "result.tsv"


class OwnBundleDiffers(AssertionError):
    """Our own bundle does not verify: a fault in this program. Nothing of such a result is kept."""


@dataclass(frozen=True)
class Result:
    """Seed and key, and the two files that join the frozen ones."""

    seed: str
    key: str
    files: Mapping[str, bytes]


class Drawn(NamedTuple):
    """An `object` line of result.tsv."""

    stratum: str
    rank: int
    reserve: bool
    code: str
    ticket: str


def commitment_of(number: str, *, rules_digest: str, party: str, secret: str) -> str:
    """What a party publishes before the dice."""
    return fairdraw.commitment(number, rules_digest, party, secret)


def freeze_digest_of(number: str, *, rules_digest: str, commitments: Mapping[str, str]) -> str:
    """The digest over all commitments, read aloud before the dice."""
    return fairdraw.freeze_digest(number, rules_digest, commitments)


def result_of(
    frozen: Mapping[str, bytes],
    *,
    commitments: Mapping[str, str],
    reveals: Mapping[str, str],
    rules_digest: str,
    freeze_digest: str,
    public_value: str | None = None,
) -> Result:
    """Compute the result; it counts only when an independent pass over the whole bundle finds no difference.

    That pass is the reference's: it reads and draws from all rows itself, also where DuckDB found those of the result.
    """
    with in_our_words():
        ceremony = fairdraw.write_ceremony(commitments, reveals, public_value)
        large = frozen["frame.tsv"].count(b"\n") >= engines.WORTH_FROM
        inputs = engines.inputs_of({**frozen, CEREMONY: ceremony}) if large else fairdraw.check_files(frozen)
        seed = fairdraw.seed_of(inputs.rules.draw, inputs.rules_digest, reveals, public_value)
        files = {CEREMONY: ceremony, RESULT: fairdraw.result_of(inputs, ceremony)}
    report = fairdraw.verify(fairdraw.Bundle(files={**frozen, **files}), rules_digest, freeze_digest)
    if report.exit_code:
        raise OwnBundleDiffers(report.refused or "；".join(report.differences))
    return Result(seed=seed, key=fairdraw.key_of(seed), files=files)


def places_in(result: bytes) -> Iterator[Drawn]:
    """The drawn and reserve lines of result.tsv."""
    for kind, *fields in _lines(result):
        if kind == "object":
            stratum, rank, what, code, ticket = fields
            yield Drawn(stratum, int(rank), what == "reserve", code, ticket)


def people_in(result: bytes) -> Iterator[Assigned]:
    """The assignments of result.tsv as people at firms; a team's people at each firm that the team got."""
    lines = [
        Assigned(code, role, int(position), who)
        for kind, *fields in _lines(result)
        if kind == "assign"
        for code, role, position, who in [fields]
    ]
    return in_teams(lines) if any(line.role == TEAM for line in lines) else iter(lines)


def _lines(result: bytes) -> Iterator[list[str]]:
    for line in result.decode().splitlines():
        yield line.split("\t")
