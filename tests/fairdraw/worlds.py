"""Small made-up draws for the tests: files from rows, ceremonies from secrets, and Hypothesis strategies for both."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from fairdraw import (
    BarredRow,
    ExcludedRow,
    FrameRow,
    ObjectMode,
    RosterRow,
    TeamMode,
    check_files,
    commitment,
    result_of,
    write_barred,
    write_ceremony,
    write_excluded,
    write_frame,
    write_roster,
    write_rules,
)

VECTORS = Path(__file__).parent / "vectors"
DRAW = "990000-2026-T1"
SECRETS = {"system": "5" * 64, "w1": "1" * 32, "w2": "2" * 40, "dice": "01234567890123456789"}
AREAS, SKILLS = ("A1", "A2", "A3"), ("fire", "food")


class World(NamedTuple):
    """What goes into the five files."""

    frame: list[FrameRow]
    excluded: list[ExcludedRow]
    roster: list[RosterRow]
    barred: list[BarredRow]
    strata: dict[str, tuple[int, int]]
    assignment: ObjectMode | TeamMode | None


def input_files(world: World, **rules: object) -> dict[str, bytes]:
    """The five frozen files; `rules` replaces single values of `rules.json`."""
    files = {
        "frame.tsv": write_frame(world.frame),
        "excluded.tsv": write_excluded(world.excluded),
        "roster.tsv": write_roster(world.roster),
        "barred.tsv": write_barred(world.barred),
    }
    values = {
        "draw": DRAW,
        "title": "2026年示例抽查",
        "parties": ["system", "w1", "w2", "dice"],
        "public_value": None,
        "strata": world.strata,
        "assignment": world.assignment,
        **rules,
    }
    return {**files, "rules.json": write_rules(files=files, **values)}


def bundle_files(world: World, secrets: Mapping[str, str] = SECRETS) -> dict[str, bytes]:
    """Everything of a bundle but signatures and record."""
    files = input_files(world)
    inputs = check_files(files)
    promised = {
        party: commitment(DRAW, inputs.rules_digest, party, secrets[party]) for party in inputs.rules.committing
    }
    ceremony = write_ceremony(promised, secrets, None)
    return {**files, "ceremony.json": ceremony, "result.tsv": result_of(inputs, ceremony)}


def vector_files(name: str) -> dict[str, bytes]:
    """The files of a worked bundle of the protocol, without what it expects."""
    return {path.name: path.read_bytes() for path in (VECTORS / name).iterdir() if path.name != "expected.json"}


def plain_world(objects: int = 12, people: int = 4, take: int = 3) -> World:
    """One stratum, everybody can go everywhere."""
    return World(
        frame=[FrameRow(f"S{number:03d}", "general", None, ()) for number in range(objects)],
        excluded=[ExcludedRow("X001", "closed")],
        roster=[RosterRow(f"M{number:03d}", "market", ("*",), (), 9, 0) for number in range(people)],
        barred=[],
        strata={"general": (take, 2)},
        assignment=ObjectMode({"market": 2}, 1),
    )


keys = st.text("0123456789abcdef", min_size=32, max_size=32)
dice = st.text("0123456789", min_size=20, max_size=20)
some_skills = st.sampled_from([(), ("fire",), ("food",), ("food", "fire")])
some_areas = st.sampled_from([("*",), ("A1",), ("A2", "A1"), ("A3",), ("A2", "A3")])


@st.composite
def frames(draw: st.DrawFn, least: int = 0) -> list[FrameRow]:
    count = draw(st.integers(least, 14))
    return [
        FrameRow(
            f"S{number:02d}",
            draw(st.sampled_from(["general", "high-risk"])),
            draw(st.sampled_from([None, *AREAS])),
            draw(some_skills),
        )
        for number in range(count)
    ]


@st.composite
def rosters(draw: st.DrawFn) -> list[RosterRow]:
    return [
        RosterRow(
            f"M{number:02d}",
            draw(st.sampled_from(["fire", "market"])),
            draw(some_areas),
            draw(some_skills),
            draw(st.integers(1, 5)),
            draw(st.integers(0, 4)),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


@st.composite
def assignments(draw: st.DrawFn, roster: Iterable[RosterRow]) -> ObjectMode | TeamMode | None:
    slack = draw(st.integers(0, 2))
    people = Counter(row.role for row in roster)
    if draw(st.booleans()):
        return ObjectMode({"fire": draw(st.integers(1, 2)), "market": draw(st.integers(1, 3))}, slack)
    most = min(people["fire"], people["market"])
    if most and draw(st.booleans()):
        return TeamMode(draw(st.integers(1, most)), {"fire": 1, "market": 1}, slack)
    return None


@st.composite
def worlds(draw: st.DrawFn, least: int = 0) -> World:
    """Anything small that the protocol allows; with `least` objects in the frame."""
    frame, roster = draw(frames(least)), draw(rosters())
    pairs = [BarredRow(row.object, person.inspector) for row in frame for person in roster]
    sizes = Counter(row.stratum for row in frame)
    return World(
        frame=frame,
        excluded=[ExcludedRow("X01", "closed")],
        roster=roster,
        barred=draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8)) if pairs else [],
        strata={code: (draw(st.integers(0, size)), draw(st.integers(1, 3))) for code, size in sizes.items()},
        assignment=draw(assignments(roster)),
    )
