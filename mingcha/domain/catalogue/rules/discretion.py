"""自由裁量权基准: what a benchmark must say and when a new wording takes over. Pure: no query, no clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Circumstance, Discretion, Law
from mingcha.kit.errors import Refused

Degrees = Mapping[str, tuple[str, str]]  # circumstance → how it is recognised, what it entails


@dataclass(frozen=True)
class Violation:
    """One violation with its degrees, from the lightest to the gravest."""

    name: str
    rows: tuple[Discretion, ...]

    @property
    def is_complete(self) -> bool:
        """Every degree says what it entails."""
        return {row.circumstance for row in self.rows} >= set(Circumstance.values)

    @property
    def absent(self) -> list[str]:
        said = {row.circumstance for row in self.rows}
        return [str(label) for value, label in Circumstance.choices if value not in said]


def by_violation(rows: Iterable[Discretion]) -> list[Violation]:
    """The benchmarks of one item, grouped."""
    order = list(Circumstance.values)
    named: dict[str, list[Discretion]] = {}
    for row in rows:
        named.setdefault(row.violation, []).append(row)
    return [
        Violation(name, tuple(sorted(found, key=lambda row: (order.index(row.circumstance), row.since, row.pk))))
        for name, found in named.items()
    ]


def degrees_of(given: Degrees) -> dict[str, tuple[str, str]]:
    """Those that say something, trimmed; a degree with half of it is refused."""
    said: dict[str, tuple[str, str]] = {}
    for value, label in Circumstance.choices:
        description, entailed = (text.strip() for text in given.get(value, ("", "")))
        if bool(description) != bool(entailed):
            field = f"description_{value.lower()}" if entailed else f"range_{value.lower()}"
            raise Refused(_("“%s”的情节认定和裁量幅度要一起写，或都留空") % label, field=field)
        if description:
            said[value] = (description, entailed)
    if not said:
        raise Refused(_("至少写一种情节的认定和裁量幅度"), field="description_minor")
    return said


def check_benchmark(
    *, item_code: str, listed: Collection[str], violation: str, law: Law, article: str, since: date
) -> None:
    """A benchmark belongs to an item of the department and rests on an article in force."""
    if item_code not in listed:
        raise Refused(_("事项 %s 不在本部门施行中的清单里，先把它列入清单") % item_code)
    if not violation.strip():
        raise Refused(_("写明违法行为"), field="violation")
    if not law.holds_on(since):
        raise Refused(
            _("%(law)s在 %(on)s 不是现行有效的，改选依据或改施行日期") % {"law": law, "on": since.isoformat()},
            field="law",
        )
    if not article.strip():
        raise Refused(_("写明处罚依据的条款，例如：第四十二条"), field="article")


def check_follows(present: Iterable[Discretion], *, since: date) -> None:
    """A new wording does not reach back before the one it ends."""
    latest = max((row.since for row in present), default=None)
    if latest is not None and since < latest:
        raise Refused(_("现行基准 %s 起施行，新的施行日期不能早于它") % latest.isoformat(), field="since")


def check_endable(row: Discretion, *, on: date) -> None:
    """A benchmark stops once, not before it began."""
    if row.until is not None:
        raise Refused(_("这一条已于 %s 停止") % row.until.isoformat(), field="on")
    if on < row.since:
        raise Refused(_("停止日期早于施行日期 %s，改正日期") % row.since.isoformat(), field="on")
