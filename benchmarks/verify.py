"""Verifying a whole bundle: 300,000 objects against merely hashing every ticket, 10 million by an engine.

python benchmarks/verify.py
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.frames import bundle_of
from fairdraw import (
    FrameRow,
    ObjectMode,
    RosterRow,
    check_files,
    commitment,
    open_bundle,
    pack,
    result_of,
    verify,
    write_ceremony,
    write_frame,
    write_roster,
    write_rules,
)

ROOT = Path(__file__).resolve().parent.parent
OBJECTS = 300_000
KEY = "bdb143474b1a2b873eb93b82b6b94ce7"
GOAL = 4.0
LARGE, TAKE = 10_000_000, 300_000
# A process of its own for each, because memory is measured at its highest.
ALONE = """
import resource, sys, time
from fairdraw import engines, open_bundle, verify
start = time.perf_counter()
report = (verify if sys.argv[1] == "reference" else engines.verify)(open_bundle(sys.argv[2]))
seconds = time.perf_counter() - start
print(report.exit_code, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
SECRETS = {"system": "5" * 64, "w1": "1" * 32, "w2": "2" * 32, "dice": "01234567890123456789"}


def main() -> None:
    for line in run():
        print(line, flush=True)


def run() -> Iterator[str]:
    names = [f"91990000{number:010d}" for number in range(OBJECTS)]
    peer = best(lambda: tickets(names), 3)
    for words, assignment in (
        ("objects only", None),
        ("with 1,000 places for 200 people", ObjectMode({"market": 2}, 1)),
    ):
        ours = verified(bundle(names, assignment))
        yield (
            f"verify 300,000 objects, {words}: ours {ours:.2f} s, peer {peer:.2f} s (hashlib alone, every ticket), "
            f"ratio {ours / peer:.2f}, goal ratio {GOAL} {'met' if ours / peer <= GOAL else 'short'}"
        )
    yield from large()


def large() -> Iterator[str]:
    """Seconds and memory from the path of a bundle of 10 million rows to the report on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        path.write_bytes(pack(bundle_of(LARGE, TAKE)))
        ours, peer = alone("duckdb", path), alone("reference", path)
    for words, unit, one, other in zip(("time", "memory"), ("s", "MiB"), ours, peer, strict=True):
        yield (
            f"verify {LARGE:,} objects with DuckDB, {words}: ours {one:.1f} {unit}, peer {other:.1f} {unit} "
            f"(the reference), ratio {one / other:.2f}, goal ratio 1.0 {'met' if one <= other else 'short'}"
        )


def alone(engine: str, path: Path) -> tuple[float, float]:
    words = subprocess.run(
        [sys.executable, "-c", ALONE, engine, str(path)], check=True, cwd=ROOT, capture_output=True, text=True
    ).stdout.split()
    if words[0] != "0":
        raise SystemExit("the bundle of the benchmark does not hold")
    return float(words[1]), float(words[2])


def verified(files: dict[str, bytes]) -> float:
    """Seconds from the path of a bundle to the report on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        path.write_bytes(pack(files))
        return best(lambda: check(path), 3)


def bundle(names: list[str], assignment: ObjectMode | None) -> dict[str, bytes]:
    frame = [
        FrameRow(name, "high-risk" if number % 50 == 0 else "general", f"A{number % 12:02d}", ("food",)[: number % 2])
        for number, name in enumerate(names)
    ]
    roster = [RosterRow(f"M{number:03d}", "market", ("*",), ("food",), 10_000, number % 4) for number in range(200)]
    files = {
        "frame.tsv": write_frame(frame),
        "excluded.tsv": b"",
        "roster.tsv": write_roster(roster),
        "barred.tsv": b"",
    }
    files["rules.json"] = write_rules(
        draw="990000-2026-B1",
        title="三十万户示例抽查",
        parties=list(SECRETS),
        public_value=None,
        strata={"general": (400, 100), "high-risk": (100, 100)},
        assignment=assignment,
        files=files,
    )
    inputs = check_files(files)
    promised = {
        party: commitment(inputs.rules.draw, inputs.rules_digest, party, SECRETS[party])
        for party in inputs.rules.committing
    }
    files["ceremony.json"] = write_ceremony(promised, SECRETS, None)
    return {**files, "result.tsv": result_of(inputs, files["ceremony.json"])}


def check(path: Path) -> None:
    if verify(open_bundle(path)).exit_code:
        raise SystemExit("the bundle of the benchmark does not hold")


def tickets(names: list[str]) -> None:
    for name in names:
        hashlib.sha256(f"{KEY}:{name}".encode()).hexdigest()


def best(action: Callable[[], object], repeats: int) -> float:
    """The shortest of some runs: what the machine can do when nobody disturbs it."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
