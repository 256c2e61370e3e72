"""Random but repeatable draws that differ in all that the protocol leaves open; bundles sealed around any files."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple, TypeVar

from fairdraw import (
    BarredRow,
    ExcludedRow,
    FrameRow,
    ObjectMode,
    Refused,
    RosterRow,
    TeamMode,
    check_files,
    commitment,
    digest_of,
    freeze_digest,
    result_of,
    write_barred,
    write_excluded,
    write_frame,
    write_roster,
    write_rules,
)
from fairdraw.notation import canonical

AREAS = ("A1", "A2", "constructor")
SKILLS = ("fire", "food", "10", "__proto__")
ROLES = ("market", "fire", "10", "__proto__", "R" * 64)
STRATA = ("general", "high-risk", "10", "9", "__proto__", "s.t_r-a", "T001", "Z" * 64)
TITLES = (
    "2026年“双随机、一公开”抽查",
    "",
    'quotes " and \\ and / </script>',
    "𠮷😀 café cafe\u0301 Å",
    "\u00a0\u3000\ue000\U0010ffff\ufffd",
)
DRAWS = ("990000-2026-T1", "〔2026〕第 1 号", "0", '"')
VALUE_WORDS = ("", "当日收盘指数，去掉小数点，十六进制", "𠮷")
HEX = "0123456789abcdef"
MOST = 999_999

Item = TypeVar("Item")


class Sealed(NamedTuple):
    """The seven files, and the two digests published before the dice."""

    files: dict[str, bytes]
    published: dict[str, str]


class Parts(NamedTuple):
    """What a bundle is sealed from."""

    inputs: dict[str, bytes]
    reveals: dict[str, str]
    public_value: str | None


def parts_of(chance: Random, *, medium: bool = False) -> Parts:
    """The five frozen files and the secrets of one random draw."""
    frame, roster = _frame(chance, medium), _roster(chance, medium)
    files = {
        "frame.tsv": write_frame(frame),
        "excluded.tsv": write_excluded(_excluded(chance)),
        "roster.tsv": write_roster(roster),
        "barred.tsv": write_barred(_barred(chance, frame, roster)),
    }
    reveals, public_value = _secrets(chance)
    files["rules.json"] = write_rules(
        draw=chance.choice(DRAWS),
        title=chance.choice(TITLES),
        parties=sorted(reveals),
        public_value=None if public_value is None else chance.choice(VALUE_WORDS),
        strata=_strata(chance, frame),
        assignment=_assignment(chance, roster),
        files=files,
    )
    return Parts(files, reveals, public_value)


def sealed(parts: Parts, result: bytes = b"") -> Sealed:
    """A bundle that is sound but for what its inputs themselves have wrong; `result` is for inputs without a draw."""
    files = dict(parts.inputs)
    digest = digest_of(files["rules.json"])
    draw = _draw_number(files["rules.json"])
    promised = {
        party: commitment(draw, digest, party, secret) for party, secret in parts.reveals.items() if party != "dice"
    }
    files["ceremony.json"] = canonical(
        {"commitments": promised, "reveals": parts.reveals, "public_value": parts.public_value}
    )
    try:
        files["result.tsv"] = result_of(check_files(files), files["ceremony.json"])
    except Refused:
        files["result.tsv"] = result
    return Sealed(files, {"rulesDigest": digest, "freeze": freeze_digest(draw, digest, promised)})


def with_table(inputs: Mapping[str, bytes], name: str, content: bytes) -> dict[str, bytes]:
    """The inputs with another table, and rules that promise just this table."""
    rules = json.loads(inputs["rules.json"])
    rules[name.removesuffix(".tsv")] = {"rows": content.count(b"\n"), "sha256": digest_of(content)}
    return {**inputs, name: content, "rules.json": canonical(rules)}


def _draw_number(rules: bytes) -> str:
    """The number that the commitments speak of, as far as the rules can be read at all."""
    try:
        number = str(json.loads(rules)["draw"])
        number.encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        return "?"
    return number


def _some(chance: Random, items: Sequence[Item], *, least: int = 0) -> tuple[Item, ...]:
    return tuple(chance.sample(items, chance.randint(least, len(items))))


def _codes(chance: Random, count: int) -> list[str]:
    """Different identifiers in which digits, both cases and every mark meet, so that the byte order is put to work."""
    forms = ("91{:016d}", "S{}", "s{}", "_{}", "--{}", ".{}", "T0-{}", "x{:063d}", "Ab.{}")
    return [chance.choice(forms).format(number) for number in chance.sample(range(10 * count + 1), count)]


def _frame(chance: Random, medium: bool) -> list[FrameRow]:
    count = chance.randint(40, 160) if medium else chance.choice((0, 1, 3, 8, 12, 20))
    strata = _some(chance, STRATA, least=1)
    return [
        FrameRow(
            code,
            chance.choice(strata),
            chance.choice((None, *AREAS)),
            chance.choice(((), (), _some(chance, SKILLS[:2]), _some(chance, SKILLS))),
        )
        for code in _codes(chance, count)
    ]


def _excluded(chance: Random) -> list[ExcludedRow]:
    return [
        ExcludedRow(f"E{number}", chance.choice(("closed", "moved.2026"))) for number in range(chance.choice((0, 3)))
    ]


def _roster(chance: Random, medium: bool) -> list[RosterRow]:
    count = chance.randint(15, 45) if medium else chance.choice((0, 2, 5, 9, 15))
    roles = chance.choice((ROLES[:1], ROLES[:2], ROLES))
    capacities, priors = chance.choice(((1,), (1, 2, 3), (9, MOST))), chance.choice(((0,), (0, 1, 2, 7), (0, 30, MOST)))
    return [
        RosterRow(
            f"{chance.choice('MmP_')}{number}",
            chance.choice(roles),
            chance.choice((("*",), _some(chance, AREAS, least=1))),
            _some(chance, SKILLS, least=chance.choice((0, len(SKILLS)))),
            chance.choice(capacities),
            chance.choice(priors),
        )
        for number in range(count)
    ]


def _barred(chance: Random, frame: Sequence[FrameRow], roster: Sequence[RosterRow]) -> list[BarredRow]:
    pairs = [BarredRow(row.object, person.inspector) for row in frame for person in roster]
    share = chance.choice((0, 0.02, 0.3))
    return [pair for pair in pairs if chance.random() < share]


def _strata(chance: Random, frame: Sequence[FrameRow]) -> dict[str, tuple[int, int]]:
    sizes = Counter(row.stratum for row in frame)
    takes = {code: chance.choice((0, 1, size // 2, size, chance.randint(0, size))) for code, size in sizes.items()}
    return {code: (take, chance.choice((0, 1, 3, sizes[code], MOST))) for code, take in sorted(takes.items())}


def _assignment(chance: Random, roster: Sequence[RosterRow]) -> ObjectMode | TeamMode | None:
    people = Counter(row.role for row in roster)
    roles = _some(chance, sorted(people), least=chance.choice((0, min(1, len(people)))))
    slack = chance.choice((0, 0, 1, 2, MOST))
    mode = chance.choice(("object", "object", "team", "none"))
    if mode == "object":
        # Nobody has the role of the last one, so that all its places stay empty.
        wanted = (*roles, "nobody") if chance.random() < 0.1 else roles
        return ObjectMode({role: chance.choice((1, 1, 2, 3, 11, MOST)) for role in wanted}, slack)
    if mode == "team":
        teams = chance.randint(1, max(1, min((people[role] for role in roles), default=3)))
        return TeamMode(teams, {role: chance.randint(1, people[role] // teams) for role in roles}, slack)
    return None


def _secrets(chance: Random) -> tuple[dict[str, str], str | None]:
    """Dice, a public value or both; two witnesses or so many that w10 comes before w2."""
    witnesses = chance.choice((2, 2, 3, 12))
    reveals = {f"w{number}": _hex(chance, chance.randint(32, 64)) for number in range(1, witnesses + 1)}
    reveals["system"] = _hex(chance, 64)
    source = chance.choice(("dice", "value", "both"))
    if source != "value":
        reveals["dice"] = "".join(chance.choices(HEX[:10], k=20))
    return reveals, None if source == "dice" else _hex(chance, chance.choice((1, 17, 128)))


def _hex(chance: Random, length: int) -> str:
    return "".join(chance.choices(HEX, k=length))
