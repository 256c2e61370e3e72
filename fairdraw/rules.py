"""`rules.json` of section 2: everything but chance, in one file whose digest is published before the dice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fairdraw.errors import Refused
from fairdraw.notation import (
    PROTOCOL,
    canonical,
    check_digest,
    check_keys,
    check_number,
    check_table,
    check_text,
    digest_of,
    read_canonical,
)

TABLE_FILES = ("barred", "excluded", "frame", "roster")
LARGEST_ROWS = 20_000_000
LARGEST_TEAMS = 9999
LEAST_WITNESSES = 2
SYSTEM, DICE = "system", "dice"
TEAM = "team"

_TEAM_LIKE = re.compile(r"T[0-9]{3,}")
_KEYS = (
    *("assignment", "draw", "hash", "parties", "physical", "protocol", "public_value", "strata", "title"),
    *TABLE_FILES,
)


class Stratum(NamedTuple):
    """How many of a stratum are drawn, and how many reserves follow them."""

    take: int
    reserve: int


class FileNote(NamedTuple):
    """What the rules say about a table: its number of rows and the SHA-256 of its bytes."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class ObjectMode:
    """`roles` people are assigned to each drawn object."""

    roles: Mapping[str, int]
    slack: int


@dataclass(frozen=True)
class TeamMode:
    """`teams` teams are formed with `roles` people each, then every drawn object gets a team."""

    teams: int
    roles: Mapping[str, int]
    slack: int


@dataclass(frozen=True)
class Rules:
    """`rules.json`, parsed; `files` by table name without `.tsv`."""

    draw: str
    title: str
    parties: tuple[str, ...]
    physical: tuple[str, ...]
    public_value: str | None
    strata: Mapping[str, Stratum]
    assignment: ObjectMode | TeamMode | None
    files: Mapping[str, FileNote]

    @property
    def committing(self) -> tuple[str, ...]:
        """The parties that publish a commitment: all that are not physical."""
        return tuple(party for party in self.parties if party not in self.physical)


def team_like(code: str) -> bool:
    """Whether a code could be taken for a team: `T` and three or more digits."""
    return _TEAM_LIKE.fullmatch(code) is not None


def write_rules(
    *,
    draw: str,
    title: str,
    parties: Sequence[str],
    public_value: str | None,
    strata: Mapping[str, tuple[int, int]],
    assignment: ObjectMode | TeamMode | None,
    files: Mapping[str, bytes],
) -> bytes:
    """The bytes of `rules.json` for the four tables in `files` (name → bytes); raises Refused (section 2).

    What concerns the tables' contents (strata, sizes, teams) is refused by `check_files`, which comes next.
    """
    value: dict[str, object] = {
        "protocol": PROTOCOL,
        "hash": "sha256",
        "draw": draw,
        "title": title,
        "parties": sorted(parties),
        "physical": [party for party in parties if party == DICE],
        "public_value": public_value,
        "strata": {code: {"take": take, "reserve": reserve} for code, (take, reserve) in strata.items()},
        "assignment": _written_assignment(assignment),
    }
    for name in TABLE_FILES:
        content = files[f"{name}.tsv"]
        value[name] = {"rows": content.count(b"\n"), "sha256": digest_of(content)}
    _checked(value)
    return canonical(value)


def read_rules(content: bytes) -> Rules:
    """The rules of a canonical `rules.json`; raises Refused."""
    return _checked(read_canonical(content, "rules.json"))


def _written_assignment(assignment: ObjectMode | TeamMode | None) -> dict[str, object] | None:
    if assignment is None:
        return None
    written: dict[str, object] = {"roles": dict(assignment.roles), "slack": assignment.slack}
    if isinstance(assignment, TeamMode):
        return {"mode": "team", "teams": assignment.teams, **written}
    return {"mode": "object", **written}


def _checked(value: object) -> Rules:
    fields = check_keys(value, _KEYS, "rules.json")
    if fields["protocol"] != PROTOCOL:
        raise Refused(f"rules.json 的 protocol：应为 {PROTOCOL}。")
    if fields["hash"] != "sha256":
        raise Refused("rules.json 的 hash：应为 sha256。")
    public_value = fields["public_value"]
    if public_value is not None:
        public_value = check_text(public_value, "rules.json 的 public_value")
    parties = _checked_parties(fields["parties"])
    rules = Rules(
        draw=check_text(fields["draw"], "rules.json 的 draw"),
        title=check_text(fields["title"], "rules.json 的 title"),
        parties=parties,
        physical=_checked_physical(fields["physical"], parties),
        public_value=public_value,
        strata=_checked_strata(fields["strata"]),
        assignment=_checked_assignment(fields["assignment"]),
        files={name: _checked_note(fields[name], f"rules.json 的 {name}") for name in TABLE_FILES},
    )
    if DICE not in rules.parties and rules.public_value is None:
        raise Refused("rules.json：既没有骰子（dice）也没有公共随机数（public_value），至少要有一样。")
    if sum(note.rows for note in rules.files.values()) > LARGEST_ROWS:
        raise Refused(f"rules.json：四个表合计超过 {LARGEST_ROWS} 行。")
    return rules


def _checked_parties(value: object) -> tuple[str, ...]:
    """`system`, witnesses `w1` … `wn` with n ≥ 2, perhaps `dice`, sorted."""
    if not isinstance(value, list) or not all(isinstance(party, str) for party in value):
        raise Refused("rules.json 的 parties：应为代码列表。")
    others = {SYSTEM, DICE}.intersection(value)
    witnesses = len(value) - len(others)
    wanted = sorted([*others, *(f"w{number}" for number in range(1, witnesses + 1))])
    if value != wanted or SYSTEM not in others or witnesses < LEAST_WITNESSES:
        raise Refused("rules.json 的 parties：应为 system、至少两名见证人 w1、w2……，可另有 dice，按字节排序且不重复。")
    return tuple(value)


def _checked_physical(value: object, parties: tuple[str, ...]) -> tuple[str, ...]:
    physical = tuple(party for party in parties if party == DICE)
    if value != list(physical):
        raise Refused("rules.json 的 physical：有骰子时应恰为 dice，没有骰子时应为空列表。")
    return physical


def _checked_strata(value: object) -> dict[str, Stratum]:
    strata = {}
    for code, stratum in check_table(value, "rules.json 的 strata").items():
        place = f"rules.json 的层 {code}"
        fields = check_keys(stratum, ("take", "reserve"), place)
        strata[code] = Stratum(
            take=check_number(fields["take"], f"{place} 的 take"),
            reserve=check_number(fields["reserve"], f"{place} 的 reserve"),
        )
    return dict(sorted(strata.items()))


def _checked_assignment(value: object) -> ObjectMode | TeamMode | None:
    place = "rules.json 的 assignment"
    if value is None:
        return None
    if not isinstance(value, dict) or value.get("mode") not in ("object", "team"):
        raise Refused(f"{place}：应为 null，或 mode 为 object 或 team 的对象。")
    if value["mode"] == "object":
        fields = check_keys(value, ("mode", "roles", "slack"), place)
        return ObjectMode(_checked_roles(fields["roles"], place), check_number(fields["slack"], f"{place} 的 slack"))
    fields = check_keys(value, ("mode", "teams", "roles", "slack"), place)
    return TeamMode(
        check_number(fields["teams"], f"{place} 的 teams", least=1, most=LARGEST_TEAMS),
        _checked_roles(fields["roles"], place),
        check_number(fields["slack"], f"{place} 的 slack"),
    )


def _checked_roles(value: object, place: str) -> dict[str, int]:
    roles = check_table(value, f"{place} 的 roles")
    if TEAM in roles:
        raise Refused(f"{place} 的 roles：角色不能叫 {TEAM}，这个名字留给小组。")
    return {role: check_number(need, f"{place} 的角色 {role}", least=1) for role, need in sorted(roles.items())}


def _checked_note(value: object, place: str) -> FileNote:
    fields = check_keys(value, ("rows", "sha256"), place)
    return FileNote(
        rows=check_number(fields["rows"], f"{place} 的 rows", most=LARGEST_ROWS),
        sha256=check_digest(fields["sha256"], f"{place} 的 sha256"),
    )
