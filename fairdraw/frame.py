"""The frozen files of section 2: read, write, refuse, digest."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from fairdraw.errors import Refused
from fairdraw.notation import digest_of
from fairdraw.rules import TABLE_FILES, TEAM, Rules, TeamMode, read_rules, team_like
from fairdraw.tables import (
    Rows,
    Table,
    areas_column,
    code_column,
    list_column,
    number_column,
    optional_code_column,
    positive_column,
)

RULES_FILE = "rules.json"
OBJECT, STRATUM = 0, 1  # columns of the frame
INPUT_FILES = (*(f"{name}.tsv" for name in TABLE_FILES), RULES_FILE)


class FrameRow(NamedTuple):
    """An object that can be drawn: `area` None for none, `needs` the skills it asks for."""

    object: str
    stratum: str
    area: str | None
    needs: tuple[str, ...]


class ExcludedRow(NamedTuple):
    """An object of the register that cannot be drawn, with the code of the rule that excludes it."""

    object: str
    reason: str


class RosterRow(NamedTuple):
    """A person who can be sent: `areas` is `("*",)` for everywhere; `capacity` new and `prior` old assignments."""

    inspector: str
    role: str
    areas: tuple[str, ...]
    skills: tuple[str, ...]
    capacity: int
    prior: int


class BarredRow(NamedTuple):
    """回避: this person never inspects this object."""

    object: str
    inspector: str


FRAME = Table(
    "frame.tsv",
    FrameRow,
    (code_column("检查对象"), code_column("层"), optional_code_column("区域"), list_column("所需技能")),
)
EXCLUDED = Table("excluded.tsv", ExcludedRow, (code_column("检查对象"), code_column("排除理由")))
ROSTER = Table(
    "roster.tsv",
    RosterRow,
    (
        code_column("检查人员"),
        code_column("角色"),
        areas_column("区域"),
        list_column("技能"),
        positive_column("承担上限"),
        number_column("已承担数"),
    ),
)
BARRED = Table("barred.tsv", BarredRow, (code_column("检查对象"), code_column("检查人员")), unique_first=False)


def write_frame(rows: Iterable[FrameRow]) -> bytes:
    """The bytes of `frame.tsv`, whatever the order of the rows; raises Refused."""
    return FRAME.write(rows)


def write_excluded(rows: Iterable[ExcludedRow]) -> bytes:
    """The bytes of `excluded.tsv`, whatever the order of the rows; raises Refused."""
    return EXCLUDED.write(rows)


def write_roster(rows: Iterable[RosterRow]) -> bytes:
    """The bytes of `roster.tsv`, whatever the order of the rows; raises Refused."""
    return ROSTER.write(rows)


def write_barred(rows: Iterable[BarredRow]) -> bytes:
    """The bytes of `barred.tsv`, whatever the order of the rows; raises Refused."""
    return BARRED.write(rows)


@dataclass(frozen=True)
class Inputs:
    """The five frozen files, parsed and checked against each other; `rules_digest` fixes them all."""

    rules: Rules
    rules_digest: str
    frame: Rows[FrameRow]
    excluded: Rows[ExcludedRow]
    roster: Rows[RosterRow]
    barred: Rows[BarredRow]

    @cached_property
    def strata_sizes(self) -> Mapping[str, int]:
        """How many objects each stratum has, by its code, sorted."""
        return dict(sorted(Counter(self.frame.column(STRATUM)).items()))

    @property
    def absent_strata(self) -> list[str]:
        """Strata of the rules without any object, sorted; nobody is drawn in them, whatever their `take` says."""
        return [code for code in self.rules.strata if code not in self.strata_sizes]


def check_files(files: Mapping[str, bytes]) -> Inputs:
    """The five input files by name → their contents; whatever section 2 refuses raises Refused."""
    for name in INPUT_FILES:
        if name not in files:
            raise Refused(f"缺少文件 {name}。")
    rules = read_rules(files[RULES_FILE])
    for name in TABLE_FILES:
        _check_note(f"{name}.tsv", files[f"{name}.tsv"], rules)
    inputs = Inputs(
        rules=rules,
        rules_digest=digest_of(files[RULES_FILE]),
        frame=FRAME.read(files["frame.tsv"]),
        excluded=EXCLUDED.read(files["excluded.tsv"]),
        roster=ROSTER.read(files["roster.tsv"]),
        barred=BARRED.read(files["barred.tsv"]),
    )
    _check_names(inputs)
    _check_disjoint(inputs)
    _check_barred(inputs)
    _check_strata(inputs)
    _check_teams(inputs)
    return inputs


def check_freezable(inputs: Inputs) -> None:
    """Raises Refused for a stratum of the rules without any object (section 2).

    A check of its own and not part of `check_files`: the protocol's text refuses such rules, but its worked
    bundle `tight-staff` has one and a result, so reading accepts it (and says so) while freezing does not.
    """
    for code in inputs.absent_strata:
        raise Refused(f"层 {code}：rules.json 中有而 frame.tsv 中没有，应从规则中删去，或补上该层的检查对象。")


def _check_note(name: str, content: bytes, rules: Rules) -> None:
    note = rules.files[name.removesuffix(".tsv")]
    rows = content.count(b"\n")
    if rows != note.rows:
        raise Refused(f"{name}：有 {rows} 行，规则文件写的是 {note.rows} 行。")
    if digest_of(content) != note.sha256:
        raise Refused(f"{name}：摘要与规则文件所写的不同，文件在冻结后被改动过。")


def _check_names(inputs: Inputs) -> None:
    """No object or inspector looks like a team."""
    for name, rows in (("frame.tsv", inputs.frame), ("excluded.tsv", inputs.excluded), ("roster.tsv", inputs.roster)):
        codes = rows.column(0)
        for code in codes[bisect_left(codes, "T0") : bisect_left(codes, "T:")]:
            if team_like(code):
                raise Refused(f"{name}：代码 {code} 与小组编号（T 加三位以上数字）混淆，应改用别的代码。")
    if any(row.role == TEAM for row in inputs.roster):
        raise Refused(f"roster.tsv：角色不能叫 {TEAM}，这个名字留给小组。")


def _check_disjoint(inputs: Inputs) -> None:
    both = set(inputs.excluded.column(0)).intersection(inputs.frame.column(0))
    if both:
        raise Refused(f"excluded.tsv：检查对象 {min(both)} 同时在 frame.tsv 中，只能二者居一。")


def _check_barred(inputs: Inputs) -> None:
    unknown = set(inputs.barred.column(0))
    if not unknown:
        return
    unknown.difference_update(inputs.frame.column(0), inputs.excluded.column(0))
    if unknown:
        raise Refused(f"barred.tsv：检查对象 {min(unknown)} 不在 frame.tsv 或 excluded.tsv 中。")
    strangers = set(inputs.barred.column(1)).difference(inputs.roster.column(0))
    if strangers:
        raise Refused(f"barred.tsv：检查人员 {min(strangers)} 不在 roster.tsv 中。")


def _check_strata(inputs: Inputs) -> None:
    sizes, strata = inputs.strata_sizes, inputs.rules.strata
    for code in sizes:
        if code not in strata:
            raise Refused(f"层 {code}：frame.tsv 中有而 rules.json 中没有，两处应当一致。")
    for code, stratum in strata.items():
        if stratum.take > sizes.get(code, stratum.take):
            raise Refused(f"rules.json：层 {code} 要抽 {stratum.take} 个，而该层只有 {sizes[code]} 个检查对象。")


def _check_teams(inputs: Inputs) -> None:
    """Team mode needs a person for every place of every team (section 5)."""
    mode = inputs.rules.assignment
    if not isinstance(mode, TeamMode):
        return
    people = Counter(row.role for row in inputs.roster)
    for role, need in mode.roles.items():
        wanted = need * mode.teams
        if people[role] < wanted:
            raise Refused(f"roster.tsv：角色 {role} 只有 {people[role]} 人，{mode.teams} 个小组共需 {wanted} 人。")
