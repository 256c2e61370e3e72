"""Large made-up frames and bundles for the benchmarks; codes have 18 characters like real ones."""

from collections.abc import Iterator

from fairdraw import commitment, digest_of, engines, write_ceremony, write_roster, write_rules

STRATUM = "general"
SECRETS = {"system": "5" * 64, "w1": "1" * 32, "w2": "2" * 32, "dice": "01234567890123456789"}
NUMBER = "990000-2026-B1"
_BLOCK = 100_000


def frame_of(rows: int) -> bytes:
    """`frame.tsv` with so many rows of one stratum."""
    return b"".join(_blocks(rows))


def bundle_of(rows: int, take: int) -> dict[str, bytes]:
    """All files of a draw of `take` of so many objects, without assignments."""
    files = {"frame.tsv": frame_of(rows), "excluded.tsv": b"", "roster.tsv": write_roster([]), "barred.tsv": b""}
    files["rules.json"] = write_rules(
        draw=NUMBER,
        title="大名录示例抽查",
        parties=list(SECRETS),
        public_value=None,
        strata={STRATUM: (take, 0)},
        assignment=None,
        files=files,
    )
    digest = digest_of(files["rules.json"])
    promised = {
        party: commitment(NUMBER, digest, party, secret) for party, secret in SECRETS.items() if party != "dice"
    }
    files["ceremony.json"] = write_ceremony(promised, SECRETS, None)
    return {**files, "result.tsv": engines.result_of(files)}


def _blocks(rows: int) -> Iterator[bytes]:
    for start in range(0, rows, _BLOCK):
        numbers = range(start, min(start + _BLOCK, rows))
        yield "".join(
            f"91990000{number:010d}\t{STRATUM}\tA{number % 12:02d}\t{'food' if number % 2 else '-'}\n"
            for number in numbers
        ).encode()
