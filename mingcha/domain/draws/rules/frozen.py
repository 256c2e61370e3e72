"""The five files that a freeze fixes, and what they show before any chance exists."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

import fairdraw
from fairdraw.notation import is_identifier
from fairdraw.rules import TEAM
from mingcha.domain.draws.rules.teams import teams_forecast
from mingcha.domain.draws.rules.wording import in_our_words, plain_line
from mingcha.kit.errors import Refused

EVERYWHERE = "*"

Tables = dict[str, bytes]
Forecast = dict[str, object]


class FrameEntry(NamedTuple):
    """A subject that can be drawn, as the register knows it."""

    code: str
    area: str
    stratum: str


class RosterEntry(NamedTuple):
    """An inspector that can be sent, as the register knows it; `role` is the department's code."""

    code: str
    role: str
    areas: str
    skills: str
    prior: int


def tables_of(
    frame: Iterable[FrameEntry],
    *,
    excluded: Iterable[tuple[str, str]],
    roster: Sequence[RosterEntry],
    barred: Iterable[tuple[str, str]],
    places: int,
) -> Tables:
    """The four tables, byte for byte. `places` is how many subjects are drawn: nobody can be sent to more."""
    # An area that is no code (free text, nothing) restricts nobody; subjects ask for no skills yet.
    areas = {area: area if is_identifier(area) else None for area in {entry.area for entry in frame}}
    with in_our_words():
        return {
            "frame.tsv": fairdraw.write_frame(
                fairdraw.FrameRow(entry.code, entry.stratum, areas[entry.area], ()) for entry in frame
            ),
            "excluded.tsv": fairdraw.write_excluded(fairdraw.ExcludedRow(code, reason) for code, reason in excluded),
            "roster.tsv": fairdraw.write_roster(_roster_row(entry, capacity=max(places, 1)) for entry in roster),
            "barred.tsv": fairdraw.write_barred(fairdraw.BarredRow(code, person) for code, person in barred),
        }


def _roster_row(entry: RosterEntry, *, capacity: int) -> fairdraw.RosterRow:
    areas = _codes(entry.areas)
    if areas != (EVERYWHERE,) and not all(map(is_identifier, areas)):
        raise Refused(_("人员 %(code)s 的片区“%(areas)s”不是片区代码，到两库改为代码或 *") % entry._asdict())
    # Registers keep skills in words, a draw knows codes only: what no code says, no subject can ask for.
    skills = tuple(filter(is_identifier, _codes(entry.skills)))
    return fairdraw.RosterRow(entry.code, entry.role, areas, skills, capacity, entry.prior)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(sorted({code.strip() for code in text.split(",")} - {""}))


def rules_file(
    number: str,
    *,
    title: str,
    witnesses: Sequence[str],
    strata: Mapping[str, tuple[int, int]],
    roles: Mapping[str, int],
    slack: int,
    tables: Tables,
    public_words: str = "",
    teams: int = 0,
) -> bytes:
    """`rules.json`: everything except chance. Dice, the system, the witnesses and, where one was announced, a public
    value make the seed together. With `teams` so many are formed by lot and matched with the firms by lot."""
    how = fairdraw.TeamMode(teams, roles, slack) if teams else fairdraw.ObjectMode(roles, slack)
    with in_our_words():
        return fairdraw.write_rules(
            draw=number,
            title=plain_line(title),
            parties=["dice", "system", *witnesses],
            public_value=public_words or None,
            strata=strata,
            assignment=how,
            files=tables,
        )


def check_drawable_frame(size: int) -> None:
    """There must be somebody to draw."""
    if not size:
        raise Refused(_("没有一户可以抽：名录中的对象全部被排除，核对分层条件和名录"))


def shortages(inputs: fairdraw.Inputs, *, names: Mapping[str, str]) -> list[str]:
    """Where the frame asks for more people of a role than there are, in words; `names` are those of the roles."""
    return [_shortage(place, names) for place in fairdraw.understaffed(inputs)]


def _shortage(place: fairdraw.Understaffed, names: Mapping[str, str]) -> str:
    area = place.area or _("（未划片）")
    if place.role == TEAM:
        return _("片区 %s：可派人员没有一人能去，怎么编组都没有小组能去") % area
    return _("片区 %(area)s：%(role)s只有 %(available)d 人可派，每户需要 %(need)d 人") % {
        "area": area,
        "role": names.get(place.role, place.role),
        "available": place.available,
        "need": place.need,
    }


def check_staffed(short: Sequence[str], *, reason: str) -> None:
    """Places that nobody can fill need the head's written reason."""
    if short and not reason:
        raise Refused(
            _("人员不足：%s。补充人员，或由部门负责人写明理由后冻结") % "；".join(short), field="unstaffed_reason"
        )


def forecast_of(
    inputs: fairdraw.Inputs, *, register_total: int, short: Sequence[str], sentences: Mapping[str, str] | None = None
) -> Forecast:
    """What is fixed beside chance: the sizes, who is left out, and what the report calls not random."""
    report = fairdraw.predictability(inputs)
    strata = inputs.rules.strata
    excluded = dict(sorted(Counter(row.reason for row in inputs.excluded).items()))
    return {
        "register_total": register_total,
        "frame": len(inputs.frame),
        "excluded": excluded,
        # What the public reads of each reason, as the rules stood on this day.
        "sentences": {reason: sentence for reason, sentence in (sentences or {}).items() if reason in excluded},
        "inspectors": dict(sorted(Counter(row.role for row in inputs.roster).items())),
        "barred": len(inputs.barred),
        "sizes": [
            {"stratum": code, "size": size, "take": strata[code].take, "reserve": strata[code].reserve}
            for code, size in inputs.strata_sizes.items()
        ],
        "strata": [stratum._asdict() for stratum in report.strata],
        "groups": [
            {"role": g.role, "area": g.area or "", "eligible": g.eligible, "need": g.need, "objects": g.objects}
            for g in report.groups
        ],
        "understaffed": list(short),
        "teams": teams_forecast(inputs),
    }
