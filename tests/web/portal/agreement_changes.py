"""One change at a time: to a sound bundle as an attacker would make it, or to the inputs before they are sealed."""

import json
from collections.abc import Callable
from random import Random

from fairdraw.notation import canonical
from tests.web.portal.agreement_bundles import HEX, Parts, Sealed, parts_of, sealed, with_table

TABLES = ("frame.tsv", "excluded.tsv", "roster.tsv", "barred.tsv")
SEVEN = (*TABLES, "rules.json", "ceremony.json", "result.tsv")

# What is likely to be read in two ways, beside plain letters and digits.
_PIECES = (
    *("0", "9", "a", "T", "-", "*", ",", ".", " ", "\t", "\n", "\r", "\0", "\x7f", '"', "\\", "/", ":", "{", "]"),
    *("é", "\u00ad", "\u200b", "\u2028", "\ufeff", "\U0001343a", "１", "𠮷"),
    *("team", "T100", "\\u0041", "\\ud800", "1.0"),
)


def changed(bundle: Sealed, chance: Random) -> tuple[str, Sealed]:
    """Which file (or published digest) changed, and the bundle with it; digests and promises stay as they were."""
    for _ in range(100):
        place, altered = chance.choice(_ATTACKS)(bundle, chance)
        if altered != bundle:
            return place, altered
    raise AssertionError("a bundle always has something to change")


def resealed(parts: Parts, chance: Random) -> Sealed:
    """The draw of a changed table or changed rules, with all digests, promises and the result made to fit."""
    name = chance.choice((*TABLES, "rules.json"))
    content = chance.choice((_with_byte, _with_piece, _with_lines))(parts.inputs[name], chance)
    if name == "rules.json":
        return sealed(parts._replace(inputs={**parts.inputs, name: content}))
    return sealed(parts._replace(inputs=with_table(parts.inputs, name, content)))


def _in_file(change: Callable[[bytes, Random], bytes]) -> Callable[[Sealed, Random], tuple[str, Sealed]]:
    def attack(bundle: Sealed, chance: Random) -> tuple[str, Sealed]:
        name = chance.choice(SEVEN)
        return name, bundle._replace(files={**bundle.files, name: change(bundle.files[name], chance)})

    return attack


def _with_byte(content: bytes, chance: Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    byte = chance.choice((content[at] ^ 1 << chance.randrange(8), chance.choice(b"0aZ-,\t\n"), chance.randrange(256)))
    return content[:at] + bytes([byte]) + content[at + 1 :]


def _with_piece(content: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(_PIECES).encode() + content[at + chance.choice((0, 0, 1, 2)) :]


def _with_lines(content: bytes, chance: Random) -> bytes:
    """Two lines swapped, one repeated, left out or made up."""
    lines = content.splitlines(keepends=True)
    if not lines:
        return b"S1\tgeneral\n"
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.choice(("swap", "repeat", "drop", "add")):
        case "swap":
            lines[one], lines[other] = lines[other], lines[one]
        case "repeat":
            lines.insert(one, lines[other])
        case "drop":
            del lines[one]
        case "add":
            lines.insert(one, lines[one].replace(b"\t", b"0\t", 1))
    return b"".join(lines)


def _other_person(bundle: Sealed, chance: Random) -> tuple[str, Sealed]:
    """Someone else of the roster in one line of the result."""
    lines = bundle.files["result.tsv"].decode().splitlines(keepends=True)
    assigned = [number for number, line in enumerate(lines) if line.startswith("assign\t")]
    people = [line.split("\t")[0] for line in bundle.files["roster.tsv"].decode().splitlines()]
    if assigned and people:
        number = chance.choice(assigned)
        lines[number] = "\t".join([*lines[number].split("\t")[:4], chance.choice(people)]) + "\n"
    return "result.tsv", bundle._replace(files={**bundle.files, "result.tsv": "".join(lines).encode()})


def _other_secret(bundle: Sealed, chance: Random) -> tuple[str, Sealed]:
    ceremony = json.loads(bundle.files["ceremony.json"])
    half = ceremony[chance.choice(("reveals", "commitments"))]
    party = chance.choice(sorted(half))
    half[party] = chance.choice(HEX[:10]) + half[party][1:]
    return "ceremony.json", bundle._replace(files={**bundle.files, "ceremony.json": canonical(ceremony)})


def _other_published(bundle: Sealed, chance: Random) -> tuple[str, Sealed]:
    name = chance.choice(sorted(bundle.published))
    digest = chance.choice(HEX) + bundle.published[name][1:]
    return name, bundle._replace(published={**bundle.published, name: digest})


def _other_draws_file(bundle: Sealed, chance: Random) -> tuple[str, Sealed]:
    """A sound file, but of another draw."""
    name = chance.choice(SEVEN)
    other = sealed(parts_of(Random(chance.random())))
    return name, bundle._replace(files={**bundle.files, name: other.files[name]})


_ATTACKS = (
    *(_in_file(change) for change in (_with_byte, _with_byte, _with_piece, _with_lines, _with_lines)),
    *(_other_person, _other_secret, _other_published, _other_draws_file),
)
